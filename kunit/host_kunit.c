// SPDX-License-Identifier: GPL-2.0
/*
 * The live host: what the module has read of it, against the CPU's instructions
 * and the kernel's own flags; and the answer, against KVM on this very CPU.
 */
#include "../kvmcaps/kernel_flag.h"
#include <linux/cpumask.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <asm/cpufeature.h>
#include <asm/fpu/xcr.h>
#include <asm/processor.h>
#include <kunit/test.h>
#include <kvmcaps/answer.h>
#include "../kvmcaps/host_live.h"
#include "../tests/engine/oracle.h"

struct trial {
	struct kvmcaps_host host;
	struct kvmcaps_caps caps;
	struct kvmcaps_answer answer;
	struct oracle kvm;
	struct kvm_cpuid_entry2 entries[KVMCAPS_MAX_ENTRIES];
};

static void execute(void *unused, struct kvmcaps_cpuid *regs)
{
	cpuid_count(regs->function, regs->index,
		    &regs->eax, &regs->ebx, &regs->ecx, &regs->edx);
}

/* The test runs in this thread, which ends with it and is to stay on one CPU. */
static int trial_init(struct kunit *test)
{
	struct trial *t = kunit_kzalloc(test, sizeof(*t), GFP_KERNEL);

	if (!t)
		return -ENOMEM;
	test->priv = t;
	if (set_cpus_allowed_ptr(current, cpumask_of(raw_smp_processor_id())))
		return -EBUSY;
	kvmcaps_host_read_facts(&t->host.facts);
	kvmcaps_host_read_cpuid(&t->host);
	t->kvm = (struct oracle){
		.facts = &t->host.facts, .cpuid = execute, .ctx = t,
	};
	return 0;
}

static void record_is_what_the_cpu_says(struct kunit *test)
{
	const struct trial *t = test->priv;
	const struct kvmcaps_cpuid *recorded = t->host.cpuid;
	struct kvmcaps_cpuid now;

	KUNIT_EXPECT_GT(test, t->host.nr_cpuid, 3);
	for (; recorded < t->host.cpuid + t->host.nr_cpuid; recorded++) {
		now = (struct kvmcaps_cpuid){
			.function = recorded->function, .index = recorded->index,
		};
		execute(NULL, &now);
		KUNIT_EXPECT_MEMEQ_MSG(test, recorded, &now, sizeof(now), "leaf %#x, index %u",
				       now.function, now.index);
	}
}

static void record_has_every_word(struct kunit *test)
{
	const struct kvmcaps_word_info *word = kvmcaps_words;
	const struct trial *t = test->priv;
	struct kvmcaps_cpuid regs;

	for (; word < kvmcaps_words + KVMCAPS_NR_WORDS; word++) {
		regs = (struct kvmcaps_cpuid){
			.function = word->function, .index = word->index,
		};
		execute(NULL, &regs);
		KUNIT_EXPECT_EQ_MSG(test, kvmcaps_host_word(&t->host, word - kvmcaps_words),
				    kvmcaps_cpuid_reg(&regs, word->reg), "%s", word->name);
	}
}

/* The kernel's numbers of words that it keeps as hardware has them, from 1. */
#define KEPT(word, theirs) \
	[KVMCAPS_W_##word] = (theirs) + 1

static const u8 kernel_words[KVMCAPS_NR_WORDS] = {
	KEPT(1_EDX, CPUID_1_EDX),
	KEPT(1_ECX, CPUID_1_ECX),
	KEPT(6_EAX, CPUID_6_EAX),
	KEPT(7_0_EBX, CPUID_7_0_EBX),
	KEPT(7_0_ECX, CPUID_7_ECX),
	KEPT(7_0_EDX, CPUID_7_EDX),
	KEPT(7_1_EAX, CPUID_7_1_EAX),
	KEPT(D_1_EAX, CPUID_D_1_EAX),
	KEPT(80000001_ECX, CPUID_8000_0001_ECX),
	KEPT(80000001_EDX, CPUID_8000_0001_EDX),
	KEPT(80000008_EBX, CPUID_8000_0008_EBX),
	KEPT(8000000A_EDX, CPUID_8000_000A_EDX),
	KEPT(8000001F_EAX, CPUID_8000_001F_EAX),
	KEPT(80000021_EAX, CPUID_8000_0021_EAX),
	KEPT(80860001_EDX, CPUID_8086_0001_EDX),
	KEPT(C0000001_EDX, CPUID_C000_0001_EDX),
};

/* -1 for a feature of another word. */
static int kernel_word(unsigned int feature)
{
	unsigned int word = KVMCAPS_WORD(feature);

	return word < KVMCAPS_NR_WORDS ? kernel_words[word] - 1 : -1;
}

static void check_place(struct kunit *test, const char *name, unsigned int feature,
			unsigned int flag)
{
	if (flag >= KVMCAPS_NO_FLAG || kernel_word(feature) < 0)
		return;
	KUNIT_EXPECT_EQ_MSG(test, flag / 32, kernel_word(feature), "%s", name);
	KUNIT_EXPECT_EQ_MSG(test, flag % 32, feature % 32, "%s", name);
}

static void features_are_where_the_kernel_has_them(struct kunit *test)
{
#define KVMCAPS_FEATURE(word, name, bit) \
	check_place(test, #name, KVMCAPS_W_##word * 32 + (bit), X86_FEATURE_##name)
#include <kvmcaps/feature_list.h>
}

/* A class that asks for a flag which the kernel keeps elsewhere than hardware. */
static bool asks_for_flag(unsigned int feature, u32 release)
{
	return feature < NR_KVMCAPS_FEATURES &&
	       kvmcaps_classes[kvmcaps_class_of(feature, release)].needs & KVMCAPS_NEED_FLAG;
}

static void check_flag(struct kunit *test, const char *name, unsigned int feature,
		       unsigned int flag)
{
	const struct trial *t = test->priv;
	bool ours = kvmcaps_host_has(&t->host, feature);

	if (flag >= KVMCAPS_NO_FLAG)
		return;
	if (kernel_word(feature) >= 0 || asks_for_flag(feature, t->caps.release))
		KUNIT_EXPECT_EQ_MSG(test, ours, boot_cpu_has(flag), "%s", name);
	else if (ours)
		KUNIT_EXPECT_TRUE_MSG(test, boot_cpu_has(flag), "%s", name);
}

static void flags_are_boot_cpu_has(struct kunit *test)
{
	struct trial *t = test->priv;

	kvmcaps_decide(&t->host, &t->caps);
#define KVMCAPS_FEATURE(word, name, bit) \
	check_flag(test, #name, KVMCAPS_W_##word * 32 + (bit), X86_FEATURE_##name)
#include <kvmcaps/feature_list.h>
}

/* Where the kernel has no flag: what the CPU enumerates in a range that it has. */
static void shows_what_cpuid_says(struct kunit *test)
{
	const struct kvmcaps_word_info *word = kvmcaps_words;
	struct kvmcaps_cpuid regs;
	unsigned int i, bit;
	u32 last, want;

	for (i = 0; i < KVMCAPS_NR_WORDS; i++, word++) {
		last = cpuid_eax(word->function & 0xffff0000);
		regs = (struct kvmcaps_cpuid){
			.function = word->function, .index = word->index,
		};
		execute(NULL, &regs);
		want = last >> 16 == word->function >> 16 && last >= word->function ?
		       kvmcaps_cpuid_reg(&regs, word->reg) : 0;
		for (bit = 0; bit < 32; bit++)
			KUNIT_EXPECT_EQ_MSG(test, kvmcaps_host_shows(i * 32 + bit),
					    !!(want & BIT(bit)), "%s[%u]", word->name, bit);
	}
	KUNIT_EXPECT_FALSE(test, kvmcaps_host_shows(KVMCAPS_F_BUG_MDS));
	KUNIT_EXPECT_FALSE(test, kvmcaps_host_shows(KVMCAPS_F_BUG_NULL_SEG));
}

struct defect_row {
	const char *desc;
	u16 feature;
	u16 bug;
};

#define DEFECT(name)	{ #name, KVMCAPS_F_BUG_##name, X86_BUG_##name }

static const struct defect_row defect_rows[] = {
	DEFECT(NULL_SEG), DEFECT(SPEC_STORE_BYPASS), DEFECT(EIBRS_PBRSB),
	DEFECT(CPU_MELTDOWN), DEFECT(L1TF), DEFECT(MDS), DEFECT(TAA),
};

KUNIT_ARRAY_PARAM_DESC(defect, defect_rows, desc);

static void defects_are_boot_cpu_has_bug(struct kunit *test)
{
	const struct defect_row *row = test->param_value;
	const struct trial *t = test->priv;

	KUNIT_EXPECT_EQ(test, kvmcaps_host_has(&t->host, row->feature),
			boot_cpu_has_bug(row->bug));
}

static void xcr0_is_what_xgetbv_says(struct kunit *test)
{
	const struct trial *t = test->priv;
	u32 eax, ebx, ecx, edx;

	if (!boot_cpu_has(X86_FEATURE_OSXSAVE)) {
		KUNIT_EXPECT_EQ(test, t->host.facts.xcr0, 0);
		return;
	}
	KUNIT_EXPECT_EQ(test, t->host.facts.xcr0, xgetbv(XCR_XFEATURE_ENABLED_MASK));
	cpuid_count(0xd, 0, &eax, &ebx, &ecx, &edx);
	KUNIT_EXPECT_EQ(test, t->host.facts.xcr0 & ~((u64)edx << 32 | eax), 0);
}

struct maker_row {
	const char *desc;
	u8 maker;
	u8 vendor;
};

/* CPUID.0: EBX, EDX, ECX. */
static const struct maker_row maker_rows[] = {
	{ "GenuineIntel", KVMCAPS_MAKER_INTEL, KVMCAPS_VENDOR_VMX },
	{ "AuthenticAMD", KVMCAPS_MAKER_AMD, KVMCAPS_VENDOR_SVM },
	{ "HygonGenuine", KVMCAPS_MAKER_HYGON, KVMCAPS_VENDOR_SVM },
	{ "CentaurHauls", KVMCAPS_MAKER_CENTAUR, KVMCAPS_VENDOR_VMX },
	{ "  Shanghai  ", KVMCAPS_MAKER_ZHAOXIN, KVMCAPS_VENDOR_VMX },
};

KUNIT_ARRAY_PARAM_DESC(maker, maker_rows, desc);

/* Each name goes with its maker, and no other name does. */
static void maker_is_cpuids_name(struct kunit *test)
{
	const struct maker_row *row = test->param_value;
	const struct trial *t = test->priv;
	char name[12];
	u32 eax;

	cpuid(0, &eax, (u32 *)name, (u32 *)(name + 8), (u32 *)(name + 4));
	if (memcmp(name, row->desc, sizeof(name))) {
		KUNIT_EXPECT_NE(test, t->host.facts.maker, row->maker);
		return;
	}
	KUNIT_EXPECT_EQ(test, t->host.facts.maker, row->maker);
	KUNIT_EXPECT_EQ(test, t->host.facts.vendor, row->vendor);
}

static void sizes_are_the_kernels(struct kunit *test)
{
	const struct trial *t = test->priv;

	KUNIT_EXPECT_EQ(test, t->host.facts.phys_bits, boot_cpu_data.x86_phys_bits);
	KUNIT_EXPECT_EQ(test, t->host.facts.power, boot_cpu_data.x86_power);
	KUNIT_EXPECT_EQ(test, t->host.facts.cpu, raw_smp_processor_id());
	KUNIT_EXPECT_TRUE(test, t->host.facts.flags & BIT(KVMCAPS_FACT_X86_64));
}

/* The engine on the record, KVM's rules on the CPU's own instructions. */
static void kvm_on_this_cpu(struct kunit *test)
{
	struct trial *t = test->priv;
	int theirs;
	u32 i;

	kvmcaps_host_assume(&t->host, &t->caps);
	kvmcaps_decide(&t->host, &t->caps);
	kvmcaps_answer_supported(&t->host, &t->caps, kvmcaps_permitted_xcr0(&t->caps, 0),
				 &t->answer);
	oracle_load(&t->kvm);
	theirs = oracle_supported(&t->kvm, 0, t->entries, KVMCAPS_MAX_ENTRIES);
	KUNIT_EXPECT_MEMEQ(test, t->caps.mask, t->kvm.caps, sizeof(t->caps.mask));
	KUNIT_ASSERT_EQ(test, t->answer.nent, theirs);
	for (i = 0; i < t->answer.nent; i++)
		KUNIT_EXPECT_MEMEQ_MSG(test, &t->answer.entries[i], &t->entries[i],
				       sizeof(t->entries[i]), "leaf %#x, index %u",
				       t->entries[i].function, t->entries[i].index);
}

struct msr_row {
	const char *desc;
	u32 number;
	enum kvmcaps_msr msr;
	bool any_vendors;
};

#define ROW(name, ...)	{ #name, MSR_IA32_##name, KVMCAPS_MSR_##name, ##__VA_ARGS__ }

static const struct msr_row msr_rows[] = {
	ROW(FEAT_CTL), ROW(ARCH_CAPABILITIES, true), ROW(PERF_CAPABILITIES),
	ROW(VMX_BASIC), ROW(VMX_PINBASED_CTLS), ROW(VMX_PROCBASED_CTLS),
	ROW(VMX_PROCBASED_CTLS2), ROW(VMX_PROCBASED_CTLS3), ROW(VMX_EXIT_CTLS),
	ROW(VMX_ENTRY_CTLS), ROW(VMX_MISC), ROW(VMX_EPT_VPID_CAP), ROW(VMX_CR0_FIXED1),
	ROW(VMX_CR4_FIXED1), ROW(UCODE_REV, true), ROW(MCU_OPT_CTRL),
};

KUNIT_ARRAY_PARAM_DESC(msr, msr_rows, desc);
static_assert(ARRAY_SIZE(msr_rows) == KVMCAPS_NR_MSRS);

/* Most of them KVM asks Intel's CPUs alone. */
static void msrs_are_what_rdmsr_says(struct kunit *test)
{
	const struct msr_row *row = test->param_value;
	const struct trial *t = test->priv;
	bool there = t->host.facts.vendor == KVMCAPS_VENDOR_VMX || row->any_vendors;
	u64 value = 0;

	there = there && !rdmsrq_safe(row->number, &value);
	KUNIT_EXPECT_EQ(test, !!(t->host.facts.msrs & BIT(row->msr)), there);
	KUNIT_EXPECT_EQ(test, t->host.facts.msr[row->msr], there ? value : 0);
}

/* A type of memory, as MSR_IA32_CR_PAT has it for each entry. */
#define WRITE_BACK	6

static bool has_fact(const struct trial *t, enum kvmcaps_fact fact)
{
	return t->host.facts.flags & BIT(fact);
}

static void facts_are_what_msrs_say(struct kunit *test)
{
	const struct trial *t = test->priv;
	u64 value = 0;
	bool good;

	good = !rdmsrq_safe(MSR_IA32_CR_PAT, &value);
	KUNIT_EXPECT_EQ(test, has_fact(t, KVMCAPS_FACT_PAT_WB),
			good && (value & 7) == WRITE_BACK);
	good = !rdmsrq_safe(MSR_TSC_AUX, &value) && !wrmsrq_safe(MSR_TSC_AUX, value);
	KUNIT_EXPECT_EQ(test, has_fact(t, KVMCAPS_FACT_TSC_AUX), good);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(record_is_what_the_cpu_says),
	KUNIT_CASE(record_has_every_word),
	KUNIT_CASE(features_are_where_the_kernel_has_them),
	KUNIT_CASE(flags_are_boot_cpu_has),
	KUNIT_CASE(shows_what_cpuid_says),
	KUNIT_CASE_PARAM(defects_are_boot_cpu_has_bug, defect_gen_params),
	KUNIT_CASE(xcr0_is_what_xgetbv_says),
	KUNIT_CASE_PARAM(maker_is_cpuids_name, maker_gen_params),
	KUNIT_CASE(sizes_are_the_kernels),
	KUNIT_CASE_PARAM(msrs_are_what_rdmsr_says, msr_gen_params),
	KUNIT_CASE(facts_are_what_msrs_say),
	KUNIT_CASE(kvm_on_this_cpu),
	{}
};

static struct kunit_suite suite = {
	.name = "kvmcaps_host",
	.init = trial_init,
	.test_cases = cases,
};

kunit_test_suite(suite);
