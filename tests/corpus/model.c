// SPDX-License-Identifier: GPL-2.0
/*
 * What Linux makes of a CPU, as far as KVM asks. Each function names where
 * Linux does it; release 6.12.
 *
 * Knobs, for what a dump cannot show of the host behind a fingerprint:
 *
 *	nested=0	KVM's parameter
 *	sev=0		KVM's parameter, or firmware that is not ready
 *	amx		the process has asked for AMX in guests
 *	pebs_ept	perf knows the model as one whose PEBS works with EPT
 */
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>
#include <kvmcaps/rule.h>

#include "model.h"

#define INTEL_EBX	0x756e6547
#define AMD_EBX		0x68747541

/* XFEATURE_MASK_USER_SUPPORTED: AMX is switched on per process only. */
#define KERNEL_XCR0	(0xff | BIT_ULL(9) | BIT_ULL(17) | BIT_ULL(18))
#define KERNEL_XSS	(BIT_ULL(10) | BIT_ULL(11))

static bool raw_has(const struct kvmcaps_host *host, unsigned int feature)
{
	return kvmcaps_host_word(host, KVMCAPS_WORD(feature)) & KVMCAPS_BIT(feature);
}

static void set_flag(struct kvmcaps_host *host, unsigned int feature)
{
	host->facts.caps[KVMCAPS_WORD(feature)] |= KVMCAPS_BIT(feature);
}

static void clear_flag(struct kvmcaps_host *host, unsigned int feature)
{
	host->facts.caps[KVMCAPS_WORD(feature)] &= ~KVMCAPS_BIT(feature);
}

/* Scattered flags: a number of their own, in words that Linux does not keep. */
static const u16 scattered[] = {
	KVMCAPS_F_SGX1, KVMCAPS_F_SGX2, KVMCAPS_F_SGX_EDECCSSA, KVMCAPS_F_CONSTANT_TSC,
	KVMCAPS_F_PERFMON_V2, KVMCAPS_F_RRSBA_CTRL, KVMCAPS_F_BHI_CTRL,
	KVMCAPS_F_TSA_SQ_NO, KVMCAPS_F_TSA_L1_NO, KVMCAPS_F_TSA_FILL_NO,
};

/* get_cpu_cap(), init_scattered_cpuid_features() */
static void read_words(struct kvmcaps_host *host)
{
	unsigned int i;

	for (i = 0; i < KVMCAPS_NR_WORDS; i++) {
		if (kvmcaps_words[i].kept)
			host->facts.caps[i] = kvmcaps_host_word(host, i);
	}
	for (i = 0; i < ARRAY_SIZE(scattered); i++) {
		if (raw_has(host, scattered[i]))
			set_flag(host, scattered[i]);
	}
}

/* What CPUID says once the kernel has set CR4, whatever ran at the dump. */
static void switch_on(struct kvmcaps_host *host)
{
	u32 perfmon = kvmcaps_host_cpuid(host, 0xa, 0).eax;

	if (raw_has(host, KVMCAPS_F_XSAVE))
		set_flag(host, KVMCAPS_F_OSXSAVE);
	if (raw_has(host, KVMCAPS_F_PKU))
		set_flag(host, KVMCAPS_F_OSPKE);
	/* init_ia32_feat_ctl() */
	if (raw_has(host, KVMCAPS_F_VMX))
		set_flag(host, KVMCAPS_F_MSR_IA32_FEAT_CTL);
	/* init_intel() */
	if ((perfmon & 0xff) && (perfmon >> 8 & 0xff) > 1)
		set_flag(host, KVMCAPS_F_ARCH_PERFMON);
	if (raw_has(host, KVMCAPS_F_DS))
		set_flag(host, KVMCAPS_F_PEBS);
}

/* init_speculation_control() */
static void speculation_control(struct kvmcaps_host *host)
{
	if (raw_has(host, KVMCAPS_F_SPEC_CTRL) || raw_has(host, KVMCAPS_F_AMD_IBRS))
		set_flag(host, KVMCAPS_F_IBRS);
	if (raw_has(host, KVMCAPS_F_SPEC_CTRL) || raw_has(host, KVMCAPS_F_AMD_IBPB))
		set_flag(host, KVMCAPS_F_IBPB);
	if (raw_has(host, KVMCAPS_F_INTEL_STIBP) || raw_has(host, KVMCAPS_F_AMD_STIBP))
		set_flag(host, KVMCAPS_F_STIBP);
	if (raw_has(host, KVMCAPS_F_AMD_SSBD))
		clear_flag(host, KVMCAPS_F_VIRT_SSBD);
	/* cpu_set_bug_bits() */
	if (!raw_has(host, KVMCAPS_F_AMD_SSB_NO))
		set_flag(host, KVMCAPS_F_BUG_SPEC_STORE_BYPASS);
}

/* early_init_amd(), tsa_init() and check_null_seg_clears_base(), for Zen 3 */
static void amd(struct kvmcaps_host *host)
{
	set_flag(host, KVMCAPS_F_LFENCE_RDTSC);
	set_flag(host, KVMCAPS_F_IBPB_BRTYPE);
	set_flag(host, KVMCAPS_F_SBPB);
	set_flag(host, KVMCAPS_F_VERW_CLEAR);
	set_flag(host, KVMCAPS_F_TSA_FILL_NO);
	if (!raw_has(host, KVMCAPS_F_NULL_SEL_CLR_BASE))
		set_flag(host, KVMCAPS_F_BUG_NULL_SEG);
}

/* intel_pmu_init(), amd_core_pmu_init() */
static void pmu(struct kvmcaps_host *host)
{
	struct kvmcaps_cpuid regs = kvmcaps_host_cpuid(host, 0xa, 0);
	struct kvmcaps_pmu *pmu = &host->facts.pmu;

	if (host->facts.maker == KVMCAPS_MAKER_AMD) {
		pmu->version = 1;
		pmu->num_counters_gp = raw_has(host, KVMCAPS_F_PERFCTR_CORE) ? 6 : 4;
		pmu->bit_width_gp = 48;
		return;
	}
	*pmu = (struct kvmcaps_pmu){
		.version = regs.eax & 0xff,
		.num_counters_gp = regs.eax >> 8 & 0xff,
		.bit_width_gp = regs.eax >> 16 & 0xff,
		.events_mask_len = regs.eax >> 24,
		.events_mask = regs.ebx,
		.num_counters_fixed = regs.edx & 0x1f,
		.bit_width_fixed = regs.edx >> 5 & 0xff,
	};
}

/* fpu__init_system_xstate() */
static void xstate(struct kvmcaps_host *host)
{
	struct kvmcaps_cpuid user = kvmcaps_host_cpuid(host, 0xd, 0);
	struct kvmcaps_cpuid supervisor = kvmcaps_host_cpuid(host, 0xd, 1);

	if (raw_has(host, KVMCAPS_F_XSAVE))
		host->facts.xcr0 = (user.eax | (u64)user.edx << 32) & KERNEL_XCR0;
	if (raw_has(host, KVMCAPS_F_XSAVES))
		host->facts.xss = (supervisor.ecx | (u64)supervisor.edx << 32) & KERNEL_XSS;
}

static void vmx(struct kvmcaps_facts *facts)
{
	unsigned int i;

	for (i = KVMCAPS_MSR_VMX_BASIC; i < KVMCAPS_NR_MSRS; i++) {
		facts->msrs |= BIT(i);
		facts->msr[i] = ~0ull;
	}
}

static u32 flags(const struct kvmcaps_host *host)
{
	u32 map = BIT(KVMCAPS_FACT_X86_64) | BIT(KVMCAPS_FACT_PAE) |
		  BIT(KVMCAPS_FACT_SCHED_INFO) | BIT(KVMCAPS_FACT_PAT_WB);

	if (raw_has(host, KVMCAPS_F_LA57))
		map |= BIT(KVMCAPS_FACT_5LEVEL);
	if (raw_has(host, KVMCAPS_F_RDTSCP))
		map |= BIT(KVMCAPS_FACT_TSC_AUX);
	if (host->facts.phys_bits < 52)
		map |= BIT(KVMCAPS_FACT_MMIO_MASK);
	return map;
}

static const struct {
	const char *name;
	u8 policy;
} off[] = {
	{ "nested=0", KVMCAPS_POLICY_NESTED },
	{ "sev=0", KVMCAPS_POLICY_SEV },
};

static u32 policy(const char *knobs)
{
	u32 map = BIT(KVMCAPS_NR_POLICIES) - 1;
	unsigned int i;

	map &= ~BIT(KVMCAPS_POLICY_ALLOW_SMALLER_MAXPHYADDR);
	map &= ~BIT(KVMCAPS_POLICY_PT_MODE);
	for (i = 0; i < ARRAY_SIZE(off); i++) {
		if (strstr(knobs, off[i].name))
			map &= ~BIT(off[i].policy);
	}
	return map;
}

static u8 maker(const struct kvmcaps_host *host)
{
	switch (kvmcaps_host_cpuid(host, 0, 0).ebx) {
	case INTEL_EBX:
		return KVMCAPS_MAKER_INTEL;
	case AMD_EBX:
		return KVMCAPS_MAKER_AMD;
	default:
		return KVMCAPS_MAKER_OTHER;
	}
}

void model_kernel(struct kvmcaps_host *host, const char *knobs)
{
	struct kvmcaps_facts *facts = &host->facts;

	*facts = (struct kvmcaps_facts){
		.release = KVMCAPS_RELEASE(6, 12),
		.maker = maker(host),
		.kernel = 6 << 16 | 12 << 8,
		.phys_bits = kvmcaps_host_cpuid(host, 0x80000008, 0).eax & 0xff,
		.power = kvmcaps_host_cpuid(host, 0x80000007, 0).edx,
		.policy = policy(knobs),
	};
	facts->vendor = kvmcaps_vendor_of[facts->maker];
	facts->flags = flags(host);
	read_words(host);
	switch_on(host);
	speculation_control(host);
	if (facts->maker == KVMCAPS_MAKER_AMD)
		amd(host);
	pmu(host);
	facts->pmu.pebs_ept = !!strstr(knobs, "pebs_ept");
	xstate(host);
	if (facts->vendor == KVMCAPS_VENDOR_VMX)
		vmx(facts);
}
