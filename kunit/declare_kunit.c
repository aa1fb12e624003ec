// SPDX-License-Identifier: GPL-2.0
/* Places of words, classes and their meaning, completeness of declarations. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <kunit/test.h>
#include <kvmcaps/decide.h>
#include <kvmcaps/declare.h>
#include "../tests/engine/hosts.h"
#include "../tests/engine/oracle.h"

struct trial {
	struct kvmcaps_host host;
	struct kvmcaps_caps caps;
	u32 seen[NR_KVMCAPS_FEATURES];
};

static int trial_init(struct kunit *test)
{
	test->priv = kunit_kzalloc(test, sizeof(struct trial), GFP_KERNEL);
	return test->priv ? 0 : -ENOMEM;
}

static void words_are_where_kvm_looks(struct kunit *test)
{
	const struct kvmcaps_word_info *ours = kvmcaps_words;
	const struct oracle_word *kvm;
	unsigned int word;

	for (word = 0; word < KVMCAPS_NR_WORDS; word++, ours++) {
		kvm = oracle_word(KVMCAPS_RELEASE(6, 12), word);
		KUNIT_ASSERT_EQ_MSG(test, ours->function, kvm->function, "%s: leaf", kvm->name);
		KUNIT_ASSERT_EQ_MSG(test, ours->index, kvm->index, "%s: index", kvm->name);
		KUNIT_ASSERT_EQ_MSG(test, ours->reg, kvm->reg, "%s: register", kvm->name);
		KUNIT_ASSERT_EQ_MSG(test, ours->kept, kvm->kept, "%s: who keeps it", kvm->name);
	}
}

/* Features of a word whose class, in a release, is among @classes. */
static u32 of_classes(unsigned int word, enum kvmcaps_release_nr release, u32 classes)
{
	unsigned int bit;
	u32 mask = 0;

	for (bit = 0; bit < 32; bit++) {
		if (classes >> kvmcaps_class_of(word * 32 + bit, 1u << release) & 1)
			mask |= 1u << bit;
	}
	return mask;
}

#define CLASS_BIT(name)	(1u << KVMCAPS_CLASS_##name)

static void check_declarations(struct kunit *test, enum kvmcaps_release_nr release,
			       const struct oracle_word *w)
{
	/* What KVM sets afterwards has a class that says so, and F no more. */
	u32 later = w->passthrough | w->synthesized | w->emulated;
	const struct {
		const char *desc;
		u32 classes;
		u32 mask;
	} sets[] = {
		{ "F", CLASS_BIT(F) | CLASS_BIT(ALIASED_1_EDX_F), w->f & ~later },
		{ "SCATTERED_F", CLASS_BIT(SCATTERED_F), w->scattered },
		{ "X86_64_F", CLASS_BIT(X86_64_F), w->x86_64 },
		{ "PASSTHROUGH_F", CLASS_BIT(PASSTHROUGH_F), w->passthrough },
		{ "SYNTHESIZED_F", CLASS_BIT(SYNTHESIZED_F) | CLASS_BIT(UNASKED_F),
		  w->synthesized },
		{ "EMULATED_F", CLASS_BIT(EMULATED_F), w->emulated },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sets); i++) {
		u32 ours = of_classes(w->word, release, sets[i].classes);

		KUNIT_ASSERT_EQ_MSG(test, ours, sets[i].mask, "%#x: %s: %s: ours %#x, KVM %#x",
				    kvmcaps_releases[release], w->name, sets[i].desc, ours,
				    sets[i].mask);
	}
}

static void declarations_are_complete(struct kunit *test)
{
	unsigned int release, word;

	for (release = 0; release < KVMCAPS_NR_RELEASES; release++) {
		for (word = 0; word < KVMCAPS_NR_WORDS; word++)
			check_declarations(test, release,
					   oracle_word(kvmcaps_releases[release], word));
	}
}

/* A feature has one declaration in each release, or none. */
static void no_release_has_two(struct kunit *test)
{
	const struct kvmcaps_other_decl *other = kvmcaps_other_decls;
	const struct kvmcaps_other_decl *end = other + kvmcaps_nr_other_decls;
	u32 *seen = ((struct trial *)test->priv)->seen;
	const u32 all = (1u << KVMCAPS_NR_RELEASES) - 1;
	unsigned int i;

	for (i = 0; i < NR_KVMCAPS_FEATURES; i++) {
		if (kvmcaps_decls[i].class)
			seen[i] = kvmcaps_decls[i].in ?: all;
	}
	for (; other < end; other++) {
		KUNIT_ASSERT_TRUE_MSG(test, !(seen[other->feature] & other->decl.in),
				      "%s: two declarations", kvmcaps_feature_name(other->feature));
		KUNIT_ASSERT_TRUE(test, other->decl.in);
		seen[other->feature] |= other->decl.in;
	}
}

/* AMD's copies: bits 0-9, 12-17, 23, 24 of 0x80000001.EDX, nowhere else. */
static void aliases_are_amds_copies(struct kunit *test)
{
	unsigned int release, word;

	for (release = 0; release < KVMCAPS_NR_RELEASES; release++) {
		for (word = 0; word < KVMCAPS_NR_WORDS; word++) {
			u32 want = word == KVMCAPS_W_80000001_EDX ? 0x0183f3ff : 0;

			KUNIT_ASSERT_EQ(test, of_classes(word, release, CLASS_BIT(ALIASED_1_EDX_F)),
					want);
		}
	}
}

#define CPU	1
#define KERNEL	2
#define WIDE	4

/* One feature of each class, in words of both kinds, that no rule touches. */
struct class_row {
	const char *desc;
	u8 class;
	unsigned int feature;
	u8 needs;
};

static const struct class_row class_rows[] = {
	{ "F asks CPU and kernel", KVMCAPS_CLASS_F, KVMCAPS_F_AES, CPU | KERNEL },
	{ "F of KVM's own word asks the CPU alone",
	  KVMCAPS_CLASS_F, KVMCAPS_F_AVX_VNNI_INT8, CPU },
	{ "F of KVM's own word ignores the kernel's number",
	  KVMCAPS_CLASS_F, KVMCAPS_F_RRSBA_CTRL, CPU },
	{ "SCATTERED_F asks the CPU and the kernel's number",
	  KVMCAPS_CLASS_SCATTERED_F, KVMCAPS_F_SGX1, CPU | KERNEL },
	{ "CONSTANT_TSC is one of them",
	  KVMCAPS_CLASS_SCATTERED_F, KVMCAPS_F_CONSTANT_TSC, CPU | KERNEL },
	{ "X86_64_F asks for a 64-bit kernel as well",
	  KVMCAPS_CLASS_X86_64_F, KVMCAPS_F_LM, CPU | KERNEL | WIDE },
	{ "XFD is one of them", KVMCAPS_CLASS_X86_64_F, KVMCAPS_F_XFD, CPU | KERNEL | WIDE },
	{ "EMULATED_F asks nobody", KVMCAPS_CLASS_EMULATED_F, KVMCAPS_F_X2APIC, 0 },
	{ "SYNTHESIZED_F asks the kernel alone",
	  KVMCAPS_CLASS_SYNTHESIZED_F, KVMCAPS_F_LFENCE_RDTSC, KERNEL },
	{ "PASSTHROUGH_F asks the CPU alone",
	  KVMCAPS_CLASS_PASSTHROUGH_F, KVMCAPS_F_LA57, CPU },
	{ "ALIASED_1_EDX_F asks CPU and kernel", KVMCAPS_CLASS_ALIASED_1_EDX_F,
	  KVMCAPS_ALIAS(KVMCAPS_F_FPU), CPU | KERNEL },
	{ "VENDOR_F is never enough", KVMCAPS_CLASS_VENDOR_F, KVMCAPS_F_WAITPKG, 0xff },
	{ "RUNTIME_F is never enough", KVMCAPS_CLASS_RUNTIME_F, KVMCAPS_F_OSXSAVE, 0xff },
	{ "what KVM does not declare is never offered",
	  KVMCAPS_UNDECLARED, KVMCAPS_F_EST, 0xff },
};

KUNIT_ARRAY_PARAM_DESC(class, class_rows, desc);

static void classes_need_their_witnesses(struct kunit *test)
{
	const struct class_row *row = test->param_value;
	struct trial *t = test->priv;
	unsigned int has;

	for (has = 0; has < 8; has++) {
		host_init(&t->host);
		host_cpu(&t->host, row->feature, has & CPU);
		host_kernel(&t->host, row->feature, has & KERNEL);
		host_fact(&t->host, KVMCAPS_FACT_X86_64, has & WIDE);
		kvmcaps_decide(&t->host, &t->caps);
		KUNIT_EXPECT_EQ_MSG(test, kvmcaps_caps_has(&t->caps, row->feature),
				    !(row->needs & ~has), "with %u", has);
		KUNIT_EXPECT_EQ(test, kvmcaps_verdict(&t->host, &t->caps, row->feature).class,
				row->class);
	}
}

struct place_row {
	const char *name;
	unsigned int feature;
	u8 word;
	u8 bit;
};

#define AT(name, word, bit) { #name, KVMCAPS_F_##name, KVMCAPS_W_##word, bit }

/* Bits that rules, leaves and the oracle know by name: reverse_cpuid.h, cpufeatures.h. */
static const struct place_row place_rows[] = {
	AT(SGX1, 12_0_EAX, 0), AT(SGX2, 12_0_EAX, 1), AT(SGX_EDECCSSA, 12_0_EAX, 11),
	AT(AVX_VNNI_INT8, 7_1_EDX, 4), AT(AVX_NE_CONVERT, 7_1_EDX, 5),
	AT(AMX_COMPLEX, 7_1_EDX, 8), AT(PREFETCHITI, 7_1_EDX, 14), AT(AVX10, 7_1_EDX, 19),
	AT(INTEL_PSFD, 7_2_EDX, 0), AT(IPRED_CTRL, 7_2_EDX, 1), AT(RRSBA_CTRL, 7_2_EDX, 2),
	AT(DDPD_U, 7_2_EDX, 3), AT(BHI_CTRL, 7_2_EDX, 4), AT(MCDT_NO, 7_2_EDX, 5),
	AT(AVX10_128, 24_0_EBX, 16), AT(AVX10_256, 24_0_EBX, 17), AT(AVX10_512, 24_0_EBX, 18),
	AT(CONSTANT_TSC, 80000007_EDX, 8), AT(PERFMON_V2, 80000022_EAX, 0),
	AT(TSA_SQ_NO, 80000021_ECX, 1), AT(TSA_L1_NO, 80000021_ECX, 2),
	AT(TSA_FILL_NO, 80000021_ECX, 7), AT(PKU, 7_0_ECX, 3), AT(OSPKE, 7_0_ECX, 4),
	AT(LA57, 7_0_ECX, 16), AT(RDPID, 7_0_ECX, 22), AT(BUS_LOCK_DETECT, 7_0_ECX, 24),
	AT(HYBRID_CPU, 7_0_EDX, 15), AT(AMX_TILE, 7_0_EDX, 24), AT(SPEC_CTRL, 7_0_EDX, 26),
	AT(INTEL_STIBP, 7_0_EDX, 27), AT(ARCH_CAPABILITIES, 7_0_EDX, 29),
	AT(SPEC_CTRL_SSBD, 7_0_EDX, 31), AT(SGX, 7_0_EBX, 2), AT(TSC_ADJUST, 7_0_EBX, 1),
	AT(INTEL_PT, 7_0_EBX, 25), AT(XSAVEC, D_1_EAX, 1), AT(XSAVES, D_1_EAX, 3),
	AT(XFD, D_1_EAX, 4), AT(SVM, 80000001_ECX, 2), AT(PERFCTR_CORE, 80000001_ECX, 23),
	AT(GBPAGES, 80000001_EDX, 26), AT(RDTSCP, 80000001_EDX, 27), AT(NX, 80000001_EDX, 20),
	AT(AMD_IBPB, 80000008_EBX, 12), AT(AMD_IBRS, 80000008_EBX, 14),
	AT(AMD_STIBP, 80000008_EBX, 15), AT(AMD_SSBD, 80000008_EBX, 24),
	AT(VIRT_SSBD, 80000008_EBX, 25), AT(AMD_SSB_NO, 80000008_EBX, 26),
	AT(NPT, 8000000A_EDX, 0), AT(LBRV, 8000000A_EDX, 1), AT(NRIPS, 8000000A_EDX, 3),
	AT(TSCRATEMSR, 8000000A_EDX, 4), AT(VMCBCLEAN, 8000000A_EDX, 5),
	AT(FLUSHBYASID, 8000000A_EDX, 6), AT(DECODEASSISTS, 8000000A_EDX, 7),
	AT(PAUSEFILTER, 8000000A_EDX, 10), AT(PFTHRESHOLD, 8000000A_EDX, 12),
	AT(V_VMSAVE_VMLOAD, 8000000A_EDX, 15), AT(VGIF, 8000000A_EDX, 16),
	AT(VNMI, 8000000A_EDX, 25), AT(SVME_ADDR_CHK, 8000000A_EDX, 28),
	AT(SEV, 8000001F_EAX, 1), AT(SEV_ES, 8000001F_EAX, 3), AT(SEV_SNP, 8000001F_EAX, 4),
	AT(LFENCE_RDTSC, 80000021_EAX, 2), AT(VERW_CLEAR, 80000021_EAX, 5),
	AT(NULL_SEL_CLR_BASE, 80000021_EAX, 6), AT(NO_SMM_CTL_MSR, 80000021_EAX, 9),
	AT(SBPB, 80000021_EAX, 27), AT(IBPB_BRTYPE, 80000021_EAX, 28),
	AT(SRSO_NO, 80000021_EAX, 29), AT(X2APIC, 1_ECX, 21), AT(MOVBE, 1_ECX, 22),
	AT(TSC_DEADLINE_TIMER, 1_ECX, 24), AT(HYPERVISOR, 1_ECX, 31), AT(VMX, 1_ECX, 5),
	AT(FPU, 1_EDX, 0), AT(FXSR, 1_EDX, 24),
};

KUNIT_ARRAY_PARAM_DESC(place, place_rows, name);

static void features_are_where_hardware_has_them(struct kunit *test)
{
	const struct place_row *row = test->param_value;

	KUNIT_EXPECT_EQ(test, row->feature, row->word * 32u + row->bit);
	KUNIT_EXPECT_STREQ(test, kvmcaps_feature_name(row->feature), row->name);
}

static void bits_of_no_feature_have_no_name(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, !kvmcaps_feature_name(KVMCAPS_W_1_EDX * 32 + 10));
	KUNIT_EXPECT_TRUE(test, !kvmcaps_feature_name(~0u));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(words_are_where_kvm_looks),
	KUNIT_CASE(declarations_are_complete),
	KUNIT_CASE(aliases_are_amds_copies),
	KUNIT_CASE(no_release_has_two),
	KUNIT_CASE_PARAM(classes_need_their_witnesses, class_gen_params),
	KUNIT_CASE_PARAM(features_are_where_hardware_has_them, place_gen_params),
	KUNIT_CASE(bits_of_no_feature_have_no_name),
	{}
};

static struct kunit_suite suite = {
	.name = "kvmcaps_declare",
	.init = trial_init,
	.test_cases = cases,
};

kunit_test_suite(suite);
