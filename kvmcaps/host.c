// SPDX-License-Identifier: GPL-2.0
/*
 * The live host: CPUID, boot_cpu_data, MSRs. It maps the kernel's numbers to
 * the project's and decides nothing.
 */
#include "kernel_flag.h"
#include <linux/cc_platform.h>
#include <linux/kernel.h>
#include <linux/pgtable.h>
#include <linux/sched/stat.h>
#include <asm/cpufeature.h>
#include <asm/fpu/xcr.h>
#include <asm/processor.h>
#include <kvmcaps/rule.h>
#include "compat.h"
#include "host_live.h"
#include "param.h"

struct kept_word {
	u8 word;
	u8 kernel_word;
};

#define KEPT(w, theirs) \
	{ KVMCAPS_W_##w, KERNEL_WORD_##w + BUILD_BUG_ON_ZERO(KERNEL_WORD_##w != (int)(theirs)) }

/* Words that the kernel keeps as hardware has them, under the kernel's number. */
static const struct kept_word kept_words[] = {
	KEPT(1_EDX,		CPUID_1_EDX),
	KEPT(1_ECX,		CPUID_1_ECX),
	KEPT(6_EAX,		CPUID_6_EAX),
	KEPT(7_0_EBX,		CPUID_7_0_EBX),
	KEPT(7_0_ECX,		CPUID_7_ECX),
	KEPT(7_0_EDX,		CPUID_7_EDX),
	KEPT(7_1_EAX,		CPUID_7_1_EAX),
	KEPT(D_1_EAX,		CPUID_D_1_EAX),
	KEPT(80000001_ECX,	CPUID_8000_0001_ECX),
	KEPT(80000001_EDX,	CPUID_8000_0001_EDX),
	KEPT(80000008_EBX,	CPUID_8000_0008_EBX),
	KEPT(8000000A_EDX,	CPUID_8000_000A_EDX),
	KEPT(8000001F_EAX,	CPUID_8000_001F_EAX),
	KEPT(80000021_EAX,	CPUID_8000_0021_EAX),
	KEPT(80860001_EDX,	CPUID_8086_0001_EDX),
	KEPT(C0000001_EDX,	CPUID_C000_0001_EDX),
};

/* There, each feature has the same bit in the kernel. */
#define KVMCAPS_FEATURE(word, name, bit) \
	static_assert(X86_FEATURE_##name == KERNEL_WORD_##word * 32 + (bit))
#define KVMCAPS_OTHER_FEATURE(...)
#include <kvmcaps/feature_list.h>

struct kernel_flag {
	u16 feature;
	u16 flag;
};

#define FLAG(name)	{ KVMCAPS_F_##name, X86_FEATURE_##name }
#define SET_FLAG(name)	{ KVMCAPS_F_##name, KVMCAPS_KERNEL_##name }
#define DEFECT(name)	{ KVMCAPS_F_BUG_##name, X86_BUG_##name }

/* Features that some kernel keeps elsewhere than hardware, or makes up. */
static const struct kernel_flag kernel_flags[] = {
	SET_FLAG(LFENCE_RDTSC),
	FLAG(OVERFLOW_RECOV), FLAG(SUCCOR), FLAG(SMCA),
	FLAG(SGX1), FLAG(SGX2), FLAG(SGX_EDECCSSA),
	FLAG(CONSTANT_TSC), FLAG(PERFMON_V2),
	FLAG(RRSBA_CTRL), FLAG(BHI_CTRL),
	FLAG(TSA_SQ_NO), FLAG(TSA_L1_NO), FLAG(TSA_FILL_NO),
	FLAG(IBRS), FLAG(IBPB), FLAG(STIBP),
	FLAG(LS_CFG_SSBD), FLAG(ARCH_PERFMON), FLAG(PEBS), FLAG(MSR_IA32_FEAT_CTL),
	DEFECT(NULL_SEG), DEFECT(SPEC_STORE_BYPASS), DEFECT(EIBRS_PBRSB),
	DEFECT(CPU_MELTDOWN), DEFECT(L1TF), DEFECT(MDS), DEFECT(TAA),
	DEFECT(GDS), DEFECT(RFDS), DEFECT(ITS),
};

static const u8 makers[] = {
	[X86_VENDOR_INTEL]	= KVMCAPS_MAKER_INTEL,
	[X86_VENDOR_AMD]	= KVMCAPS_MAKER_AMD,
	[X86_VENDOR_HYGON]	= KVMCAPS_MAKER_HYGON,
	[X86_VENDOR_CENTAUR]	= KVMCAPS_MAKER_CENTAUR,
	[X86_VENDOR_ZHAOXIN]	= KVMCAPS_MAKER_ZHAOXIN,
};

static const u32 msrs[] = {
	[KVMCAPS_MSR_FEAT_CTL]			= MSR_IA32_FEAT_CTL,
	[KVMCAPS_MSR_ARCH_CAPABILITIES]		= MSR_IA32_ARCH_CAPABILITIES,
	[KVMCAPS_MSR_PERF_CAPABILITIES]		= MSR_IA32_PERF_CAPABILITIES,
	[KVMCAPS_MSR_VMX_BASIC]			= MSR_IA32_VMX_BASIC,
	[KVMCAPS_MSR_VMX_PINBASED_CTLS]		= MSR_IA32_VMX_PINBASED_CTLS,
	[KVMCAPS_MSR_VMX_PROCBASED_CTLS]	= MSR_IA32_VMX_PROCBASED_CTLS,
	[KVMCAPS_MSR_VMX_PROCBASED_CTLS2]	= MSR_IA32_VMX_PROCBASED_CTLS2,
	[KVMCAPS_MSR_VMX_PROCBASED_CTLS3]	= MSR_IA32_VMX_PROCBASED_CTLS3,
	[KVMCAPS_MSR_VMX_EXIT_CTLS]		= MSR_IA32_VMX_EXIT_CTLS,
	[KVMCAPS_MSR_VMX_ENTRY_CTLS]		= MSR_IA32_VMX_ENTRY_CTLS,
	[KVMCAPS_MSR_VMX_MISC]			= MSR_IA32_VMX_MISC,
	[KVMCAPS_MSR_VMX_EPT_VPID_CAP]		= MSR_IA32_VMX_EPT_VPID_CAP,
	[KVMCAPS_MSR_VMX_CR0_FIXED1]		= MSR_IA32_VMX_CR0_FIXED1,
	[KVMCAPS_MSR_VMX_CR4_FIXED1]		= MSR_IA32_VMX_CR4_FIXED1,
	[KVMCAPS_MSR_UCODE_REV]			= MSR_IA32_UCODE_REV,
	[KVMCAPS_MSR_MCU_OPT_CTRL]		= MSR_IA32_MCU_OPT_CTRL,
};

/* Those that KVM asks whoever made the CPU. */
#define ANY_VENDORS	(BIT(KVMCAPS_MSR_ARCH_CAPABILITIES) | BIT(KVMCAPS_MSR_UCODE_REV))

static void read_msrs(struct kvmcaps_facts *facts)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(msrs); i++) {
		if (facts->vendor != KVMCAPS_VENDOR_VMX && !(ANY_VENDORS & BIT(i)))
			continue;
		if (!rdmsrq_safe(msrs[i], &facts->msr[i]))
			facts->msrs |= BIT(i);
		else
			facts->msr[i] = 0;
	}
}

/* The one place that executes CPUID for the record; tests count its calls. */
static noinline void kvmcaps_host_cpuid_insn(void *unused, struct kvmcaps_cpuid *regs)
{
	cpuid_count(regs->function, regs->index,
		    &regs->eax, &regs->ebx, &regs->ecx, &regs->edx);
}

/**
 * kvmcaps_host_shows() - whether the CPU that runs this enumerates a feature
 * @feature: any
 *
 * Where the kernel has no flag, it is what the flag would be made of.
 *
 * Return: whether; no CPU enumerates defects.
 */
bool kvmcaps_host_shows(u16 feature)
{
	const struct kvmcaps_word_info *word;
	struct kvmcaps_cpuid regs = {};

	if (KVMCAPS_WORD(feature) >= KVMCAPS_NR_WORDS)
		return false;
	word = &kvmcaps_words[KVMCAPS_WORD(feature)];
	regs.function = word->function & 0xffff0000;
	kvmcaps_host_cpuid_insn(NULL, &regs);
	if (regs.eax < word->function || regs.eax > (word->function | 0xffff))
		return false;
	regs = (struct kvmcaps_cpuid){ .function = word->function, .index = word->index };
	kvmcaps_host_cpuid_insn(NULL, &regs);
	return kvmcaps_cpuid_reg(&regs, word->reg) & KVMCAPS_BIT(feature);
}

/* boot_cpu_has(), whose macro is made for numbers known when it is compiled. */
static bool has_flag(const struct kernel_flag *flag)
{
	if (flag->flag >= KVMCAPS_NO_FLAG)
		return kvmcaps_host_shows(flag->feature);
	return boot_cpu_data.x86_capability[flag->flag / 32] & BIT(flag->flag % 32);
}

static void read_caps(u32 *caps)
{
	const struct kernel_flag *flag = kernel_flags;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kept_words); i++)
		caps[kept_words[i].word] =
			boot_cpu_data.x86_capability[kept_words[i].kernel_word];

	for (i = 0; i < ARRAY_SIZE(kernel_flags); i++, flag++) {
		caps[KVMCAPS_WORD(flag->feature)] &= ~KVMCAPS_BIT(flag->feature);
		if (has_flag(flag))
			caps[KVMCAPS_WORD(flag->feature)] |= KVMCAPS_BIT(flag->feature);
	}
}

/* As kvm_add_user_return_msr() probes it: it must take back what it holds. */
static bool tsc_aux_works(void)
{
	bool works;
	u64 value;

	preempt_disable();
	works = !rdmsrq_safe(MSR_TSC_AUX, &value) && !wrmsrq_safe(MSR_TSC_AUX, value);
	preempt_enable();
	return works;
}

static bool pat_is_write_back(void)
{
	u64 pat;

	return !rdmsrq_safe(MSR_IA32_CR_PAT, &pat) && (pat & 7) == 6;
}

/*
 * KVM marks MMIO with a physical bit that the CPU reserves. With memory
 * encryption on, that is the first bit beyond the kernel's own, or the one
 * after the encryption bit. Source: kvm_mmu_reset_all_pte_masks(),
 * svm_adjust_mmio_mask().
 */
static bool has_mmio_mask(void)
{
	u32 bits = boot_cpu_data.x86_phys_bits;
	u64 syscfg;

	if (boot_cpu_data.extended_cpuid_level >= 0x8000001f &&
	    !rdmsrq_safe(MSR_AMD64_SYSCFG, &syscfg) &&
	    (syscfg & MSR_AMD64_SYSCFG_MEM_ENCRYPT))
		return bits + ((cpuid_ebx(0x8000001f) & 0x3f) == bits) < 52;

	if (boot_cpu_data.extended_cpuid_level >= 0x80000008)
		bits = cpuid_eax(0x80000008) & 0xff;
	return bits < 52;
}

static u32 read_flags(void)
{
	const bool flags[KVMCAPS_NR_FACTS] = {
		[KVMCAPS_FACT_X86_64] = IS_ENABLED(CONFIG_X86_64),
		[KVMCAPS_FACT_PAE] = CONFIG_PGTABLE_LEVELS >= 3,
		[KVMCAPS_FACT_5LEVEL] = pgtable_l5_enabled(),
		[KVMCAPS_FACT_SCHED_INFO] = sched_info_on(),
		[KVMCAPS_FACT_TSC_AUX] = tsc_aux_works(),
		[KVMCAPS_FACT_HOST_SNP] = cc_platform_has(CC_ATTR_HOST_SEV_SNP),
		[KVMCAPS_FACT_MMIO_MASK] = has_mmio_mask(),
		[KVMCAPS_FACT_PAT_WB] = pat_is_write_back(),
		[KVMCAPS_FACT_SEV_GUEST] = cc_platform_has(CC_ATTR_GUEST_MEM_ENCRYPT),
		[KVMCAPS_FACT_DEFECTS] = true,
		[KVMCAPS_FACT_LBR] = kvmcaps_host_has_lbr(),
	};
	u32 map = 0;
	unsigned int i;

	for (i = 0; i < KVMCAPS_NR_FACTS; i++)
		map |= flags[i] ? BIT(i) : 0;
	return map;
}

/**
 * kvmcaps_host_maker() - who made the CPUs
 *
 * Return: enum kvmcaps_maker.
 */
u8 kvmcaps_host_maker(void)
{
	u8 vendor = boot_cpu_data.x86_vendor;

	return vendor < ARRAY_SIZE(makers) ? makers[vendor] : KVMCAPS_MAKER_OTHER;
}

/**
 * kvmcaps_host_read_facts() - gather every fact but raw CPUID
 * @facts: overwritten
 *
 * Call it pinned to one CPU.
 */
void kvmcaps_host_read_facts(struct kvmcaps_facts *facts)
{
	*facts = (struct kvmcaps_facts){
		.release = kvmcaps_param_release(),
		.maker = kvmcaps_host_maker(),
		.cpu = raw_smp_processor_id(),
		.kernel = KVMCAPS_RUNNING_KERNEL,
		.phys_bits = boot_cpu_data.x86_phys_bits,
		.power = boot_cpu_data.x86_power,
		.flags = read_flags(),
		.policy = kvmcaps_param_policy(),
	};
	facts->vendor = kvmcaps_vendor_of[facts->maker];
	if (boot_cpu_has(X86_FEATURE_XSAVE))
		facts->xcr0 = xgetbv(XCR_XFEATURE_ENABLED_MASK);
	if (boot_cpu_has(X86_FEATURE_XSAVES))
		rdmsrq_safe(MSR_IA32_XSS, &facts->xss);
	kvmcaps_host_read_pmu(&facts->pmu);
	read_msrs(facts);
	read_caps(facts->caps);
}

/**
 * kvmcaps_host_read_cpuid() - record the raw CPUID of the CPU it runs on
 * @host: its cpuid and nr_cpuid are replaced
 *
 * Call it pinned to one CPU. It takes as long as some hundred CPUID
 * instructions, each of which may trap.
 */
void kvmcaps_host_read_cpuid(struct kvmcaps_host *host)
{
	kvmcaps_host_record(host, kvmcaps_host_cpuid_insn, NULL);
}
