// SPDX-License-Identifier: GPL-2.0
/* Everything but flags, each function named after where Linux does it. */
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>
#include <kvmcaps/rule.h>

#include "flagname.h"
#include "linux_caps.h"
#include "maker.h"

#define MSR_PAT		0x277
#define MSR_XSS		0xda0
#define MSR_TSC_AUX	0xc0000103
#define MSR_SYSCFG	0xc0010010
#define MSR_SEV_STATUS	0xc0010131

#define SYSCFG_MEM_ENCRYPT	BIT_ULL(23)
#define SYSCFG_SNP		BIT_ULL(24)

/* XFEATURE_MASK_USER_SUPPORTED, XFEATURE_MASK_SUPERVISOR_SUPPORTED */
#define KERNEL_XCR0	(0xff | BIT_ULL(9) | BIT_ULL(17) | BIT_ULL(18))
#define XSS_PASID	BIT_ULL(10)
#define XSS_CET_USER	BIT_ULL(11)
#define XSS_CET_KERNEL	BIT_ULL(12)

static const u32 msr_numbers[] = {
	[KVMCAPS_MSR_FEAT_CTL]			= 0x3a,
	[KVMCAPS_MSR_ARCH_CAPABILITIES]		= 0x10a,
	[KVMCAPS_MSR_PERF_CAPABILITIES]		= 0x345,
	[KVMCAPS_MSR_VMX_BASIC]			= 0x480,
	[KVMCAPS_MSR_VMX_PINBASED_CTLS]		= 0x481,
	[KVMCAPS_MSR_VMX_PROCBASED_CTLS]	= 0x482,
	[KVMCAPS_MSR_VMX_PROCBASED_CTLS2]	= 0x48b,
	[KVMCAPS_MSR_VMX_PROCBASED_CTLS3]	= 0x492,
	[KVMCAPS_MSR_VMX_EXIT_CTLS]		= 0x483,
	[KVMCAPS_MSR_VMX_ENTRY_CTLS]		= 0x484,
	[KVMCAPS_MSR_VMX_MISC]			= 0x485,
	[KVMCAPS_MSR_VMX_EPT_VPID_CAP]		= 0x48c,
	[KVMCAPS_MSR_VMX_CR0_FIXED1]		= 0x487,
	[KVMCAPS_MSR_VMX_CR4_FIXED1]		= 0x489,
	[KVMCAPS_MSR_UCODE_REV]			= 0x8b,
	[KVMCAPS_MSR_MCU_OPT_CTRL]		= 0x123,
};

/* Those that KVM asks whoever made the CPU. */
#define ANY_VENDORS	(BIT(KVMCAPS_MSR_ARCH_CAPABILITIES) | BIT(KVMCAPS_MSR_UCODE_REV))

u32 linux_msr(unsigned int msr)
{
	return msr_numbers[msr];
}

static u8 read_maker(const struct kvmcaps_host *host)
{
	struct kvmcaps_cpuid regs = kvmcaps_host_cpuid(host, 0, 0);

	return maker_of(regs.ebx, regs.ecx, regs.edx);
}

static bool shows(const struct linux_evidence *seen, const char *flag)
{
	return seen->flags && flagname_in(seen->flags, flag);
}

/* get_cpu_address_sizes() */
static u16 phys_bits(const struct kvmcaps_host *host, const struct linux_evidence *seen)
{
	u16 bits = kvmcaps_host_cpuid(host, 0x80000008, 0).eax & 0xff;

	if (seen->phys_bits)
		return seen->phys_bits;
	return kvmcaps_host_cpuid(host, 0x80000000, 0).eax >= 0x80000008 ? bits : 36;
}

/* fpu__init_system_xstate() */
static u64 xcr0(const struct kvmcaps_host *host, const struct linux_evidence *seen)
{
	struct kvmcaps_cpuid user = kvmcaps_host_cpuid(host, 0xd, 0);

	if (!kvmcaps_host_has(host, KVMCAPS_F_XSAVE))
		return 0;
	if (seen->has_xcr0)
		return seen->xcr0;
	return (user.eax | (u64)user.edx << 32) & KERNEL_XCR0;
}

static u64 xss(const struct kvmcaps_host *host, const struct linux_evidence *seen)
{
	struct kvmcaps_cpuid supervisor = kvmcaps_host_cpuid(host, 0xd, 1);
	u64 mask = XSS_PASID | XSS_CET_USER;
	u64 value;

	if (!kvmcaps_host_has(host, KVMCAPS_F_XSAVES))
		return 0;
	if (linux_read_msr(seen, MSR_XSS, &value))
		return value;
	if (seen->flags && !shows(seen, "enqcmd"))
		mask &= ~XSS_PASID;
	/* For guests only: fpu__init_system_xstate() since 6.17. */
	if (seen->kernel >= LINUX_KERNEL(6, 17))
		mask |= XSS_CET_KERNEL;
	if (seen->flags && !shows(seen, "user_shstk"))
		mask &= ~(XSS_CET_USER | XSS_CET_KERNEL);
	return (supervisor.ecx | (u64)supervisor.edx << 32) & mask;
}

/* amd_core_pmu_init() */
static struct kvmcaps_pmu amd_pmu(const struct kvmcaps_host *host)
{
	bool v2 = kvmcaps_host_has(host, KVMCAPS_F_PERFMON_V2);
	bool core = kvmcaps_host_has(host, KVMCAPS_F_PERFCTR_CORE);

	return (struct kvmcaps_pmu){
		.version = v2 ? 2 : 0,
		.num_counters_gp = v2 ? kvmcaps_host_cpuid(host, 0x80000022, 0).ebx & 0xf :
				   core ? 6 : 4,
		.bit_width_gp = 48,
	};
}

struct model_range {
	u8 model;
	u32 since;
};

/* Whose PEBS perf takes for fit for EPT: intel_pmu_init(), intel_ds_init(). */
static const struct model_range pebs_ept_models[] = {
	{ 0x6a, 0 }, { 0x6c, 0 },
	{ 0x8f, LINUX_KERNEL(6, 12) }, { 0xcf, LINUX_KERNEL(6, 12) },
	{ 0xad, LINUX_KERNEL(6, 12) }, { 0xae, LINUX_KERNEL(6, 12) },
};

static bool has_pebs_ept(const struct kvmcaps_host *host, const struct linux_evidence *seen)
{
	u32 eax = kvmcaps_host_cpuid(host, 0x1, 0).eax;
	u32 model = (eax >> 4 & 0xf) | (eax >> 12 & 0xf0);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(pebs_ept_models); i++) {
		if ((eax & 0xff00f00) == 0x600 && pebs_ept_models[i].model == model &&
		    seen->kernel >= pebs_ept_models[i].since)
			return true;
	}
	return false;
}

/* intel_pmu_init() */
static struct kvmcaps_pmu intel_pmu(const struct kvmcaps_host *host,
				    const struct linux_evidence *seen)
{
	struct kvmcaps_cpuid regs = kvmcaps_host_cpuid(host, 0xa, 0);
	u32 fixed = (regs.eax & 0xff) > 1 ? regs.edx & 0x1f : 0;

	/* Version 2 has three, unless a hypervisor says otherwise. */
	if ((regs.eax & 0xff) > 1 && fixed < 3 && !linux_cpu_has(host, KVMCAPS_F_HYPERVISOR))
		fixed = 3;
	return (struct kvmcaps_pmu){
		.version = regs.eax & 0xff,
		.num_counters_gp = regs.eax >> 8 & 0xff,
		.num_counters_fixed = fixed,
		.bit_width_gp = regs.eax >> 16 & 0xff,
		.bit_width_fixed = fixed ? regs.eax >> 16 & 0xff : 0,
		.events_mask_len = regs.eax >> 24,
		.events_mask = regs.ebx,
		.pebs_ept = has_pebs_ept(host, seen),
	};
}

static struct kvmcaps_pmu pmu(const struct kvmcaps_host *host,
			      const struct linux_evidence *seen)
{
	if (seen->pmu == LINUX_NO)
		return (struct kvmcaps_pmu){};
	switch (host->facts.maker) {
	case KVMCAPS_MAKER_AMD:
	case KVMCAPS_MAKER_HYGON:
		return amd_pmu(host);
	case KVMCAPS_MAKER_INTEL:
		return intel_pmu(host, seen);
	default:
		return (struct kvmcaps_pmu){};
	}
}

static void read_msrs(struct kvmcaps_facts *facts, const struct linux_evidence *seen)
{
	unsigned int i;
	u64 value;

	for (i = 0; i < ARRAY_SIZE(msr_numbers); i++) {
		if (facts->vendor != KVMCAPS_VENDOR_VMX && !(ANY_VENDORS & BIT(i)))
			continue;
		if (!linux_read_msr(seen, msr_numbers[i], &value))
			continue;
		facts->msrs |= BIT(i);
		facts->msr[i] = value;
	}
}

static u64 syscfg(const struct linux_evidence *seen)
{
	u64 value;

	if (linux_read_msr(seen, MSR_SYSCFG, &value))
		return value;
	/* early_detect_mem_encrypt() clears these flags where it is off. */
	return (shows(seen, "sme") || shows(seen, "sev") ? SYSCFG_MEM_ENCRYPT : 0) |
	       (shows(seen, "sev_snp") ? SYSCFG_SNP : 0);
}

/* kvm_mmu_reset_all_pte_masks(), svm_adjust_mmio_mask() */
static bool has_mmio_mask(const struct kvmcaps_host *host, const struct linux_evidence *seen)
{
	u32 highest = kvmcaps_host_cpuid(host, 0x80000000, 0).eax;
	u32 encryption_bit = kvmcaps_host_cpuid(host, 0x8000001f, 0).ebx & 0x3f;
	u32 bits = host->facts.phys_bits;

	if (highest >= 0x8000001f && (syscfg(seen) & SYSCFG_MEM_ENCRYPT))
		return bits + (encryption_bit == bits) < 52;
	if (highest >= 0x80000008)
		bits = kvmcaps_host_cpuid(host, 0x80000008, 0).eax & 0xff;
	return bits < 52;
}

static bool is_write_back(const struct linux_evidence *seen)
{
	u64 value;

	return !linux_read_msr(seen, MSR_PAT, &value) || (value & 7) == 6;
}

static bool has_tsc_aux(const struct kvmcaps_host *host, const struct linux_evidence *seen)
{
	u64 value;

	if (linux_reads_msrs(seen))
		return linux_read_msr(seen, MSR_TSC_AUX, &value);
	return linux_cpu_has(host, KVMCAPS_F_RDTSCP) || linux_cpu_has(host, KVMCAPS_F_RDPID);
}

static bool is_sev_guest(const struct kvmcaps_host *host, const struct linux_evidence *seen)
{
	u64 value;

	if (shows(seen, "tdx_guest"))
		return true;
	return linux_cpu_has(host, KVMCAPS_F_HYPERVISOR) && linux_cpu_has(host, KVMCAPS_F_SEV) &&
	       linux_read_msr(seen, MSR_SEV_STATUS, &value) && (value & 1);
}

/* intel_pmu_lbr_init_*(): each part that perf knows has them, since Core 2. */
static bool has_lbr(const struct kvmcaps_host *host, const struct linux_evidence *seen)
{
	if (seen->lbr)
		return seen->lbr == LINUX_YES;
	return host->facts.maker == KVMCAPS_MAKER_INTEL && host->facts.pmu.version &&
	       kvmcaps_host_has(host, KVMCAPS_F_PDCM);
}

static u32 flags(const struct kvmcaps_host *host, const struct linux_evidence *seen)
{
	const bool is[KVMCAPS_NR_FACTS] = {
		/* This program runs on no other kernel. */
		[KVMCAPS_FACT_X86_64] = true,
		[KVMCAPS_FACT_PAE] = true,
		[KVMCAPS_FACT_5LEVEL] = kvmcaps_host_has(host, KVMCAPS_F_LA57),
		[KVMCAPS_FACT_SCHED_INFO] = seen->sched_info != LINUX_NO,
		[KVMCAPS_FACT_TSC_AUX] = has_tsc_aux(host, seen),
		[KVMCAPS_FACT_HOST_SNP] = shows(seen, "sev_snp") && (syscfg(seen) & SYSCFG_SNP),
		[KVMCAPS_FACT_MMIO_MASK] = has_mmio_mask(host, seen),
		[KVMCAPS_FACT_PAT_WB] = is_write_back(seen),
		[KVMCAPS_FACT_SEV_GUEST] = is_sev_guest(host, seen),
		[KVMCAPS_FACT_DEFECTS] = true,
		[KVMCAPS_FACT_LBR] = has_lbr(host, seen),
		[KVMCAPS_FACT_NO_L1D_FLUSH] = seen->never_flushes &&
			host->facts.vendor == KVMCAPS_VENDOR_VMX &&
			kvmcaps_host_has(host, KVMCAPS_F_BUG_L1TF),
	};
	u32 map = 0;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(is); i++)
		map |= is[i] ? BIT(i) : 0;
	return map;
}

void linux_model(struct kvmcaps_host *host, const struct linux_evidence *seen)
{
	struct kvmcaps_facts *facts = &host->facts;

	*facts = (struct kvmcaps_facts){
		.release = facts->release,
		.policy = facts->policy,
		.cpu = facts->cpu,
		.kernel = seen->kernel,
		.maker = read_maker(host),
		.phys_bits = phys_bits(host, seen),
		.power = kvmcaps_host_cpuid(host, 0x80000000, 0).eax >= 0x80000007 ?
			 kvmcaps_host_cpuid(host, 0x80000007, 0).edx : 0,
	};
	facts->vendor = kvmcaps_vendor_of[facts->maker];
	linux_caps(host, seen);
	facts->xcr0 = xcr0(host, seen);
	facts->xss = xss(host, seen);
	/* Perf is not asked on a hybrid part, nor does KVM. */
	if (!kvmcaps_host_has(host, KVMCAPS_F_HYBRID_CPU))
		facts->pmu = pmu(host, seen);
	facts->flags = flags(host, seen);
	read_msrs(facts, seen);
}
