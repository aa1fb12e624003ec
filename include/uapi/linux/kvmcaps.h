/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * kvmcaps: the CPUID that KVM would offer, and the facts it follows from.
 *
 * /dev/kvmcaps answers four of /dev/kvm's ioctls with KVM's own numbers,
 * structures and errors (<linux/kvm.h>):
 *
 *	KVM_GET_API_VERSION	12; EINVAL if the argument is not 0
 *	KVM_CHECK_EXTENSION	1 for KVM_CAP_EXT_CPUID and
 *				KVM_CAP_EXT_EMUL_CPUID, 0 for all else
 *	KVM_GET_SUPPORTED_CPUID
 *	KVM_GET_EMULATED_CPUID
 *
 * and two of its own, below. Any other number gives ENOTTY.
 *
 * Everything here is also the vocabulary of the engine, so that facts taken
 * from a device, a file or a test have one shape.
 */
#ifndef _UAPI_LINUX_KVMCAPS_H
#define _UAPI_LINUX_KVMCAPS_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define KVMCAPS_DEVICE		"kvmcaps"
#define KVMCAPS_IOC_MAGIC	0xBC

/*
 * Words: one register of one CPUID leaf and index, 32 features each. The
 * numbers are stable for ever; new words take the next free number. Words up
 * to KVMCAPS_NR_WORDS mirror hardware; those from KVMCAPS_W_LINUX on hold
 * flags that only Linux defines, in an order of this project's own.
 */
enum kvmcaps_word {
	KVMCAPS_W_1_EDX		= 0,
	KVMCAPS_W_1_ECX		= 1,
	KVMCAPS_W_6_EAX		= 2,
	KVMCAPS_W_7_0_EBX	= 3,
	KVMCAPS_W_7_0_ECX	= 4,
	KVMCAPS_W_7_0_EDX	= 5,
	KVMCAPS_W_7_1_EAX	= 6,
	KVMCAPS_W_7_1_EDX	= 7,
	KVMCAPS_W_7_2_EDX	= 8,
	KVMCAPS_W_D_1_EAX	= 9,
	KVMCAPS_W_12_0_EAX	= 10,
	KVMCAPS_W_24_0_EBX	= 11,
	KVMCAPS_W_80000001_ECX	= 12,
	KVMCAPS_W_80000001_EDX	= 13,
	KVMCAPS_W_80000007_EBX	= 14,
	KVMCAPS_W_80000007_EDX	= 15,
	KVMCAPS_W_80000008_EBX	= 16,
	KVMCAPS_W_8000000A_EDX	= 17,
	KVMCAPS_W_8000001F_EAX	= 18,
	KVMCAPS_W_80000021_EAX	= 19,
	KVMCAPS_W_80000021_ECX	= 20,
	KVMCAPS_W_80000022_EAX	= 21,
	KVMCAPS_W_80860001_EDX	= 22,
	KVMCAPS_W_C0000001_EDX	= 23,
	KVMCAPS_W_7_1_ECX	= 24,
	KVMCAPS_W_1E_1_EAX	= 25,
	KVMCAPS_W_24_1_ECX	= 26,
	KVMCAPS_NR_WORDS,

	KVMCAPS_W_LINUX		= 56,	/* flags that Linux makes up */
	KVMCAPS_W_BUG		= 60,	/* defects that Linux works around */
	KVMCAPS_MAX_WORDS	= 64,
};

/* The maker of the CPU, as the kernel has recognised it. */
enum kvmcaps_maker {
	KVMCAPS_MAKER_OTHER	= 0,
	KVMCAPS_MAKER_INTEL	= 1,
	KVMCAPS_MAKER_AMD	= 2,
	KVMCAPS_MAKER_HYGON	= 3,
	KVMCAPS_MAKER_CENTAUR	= 4,
	KVMCAPS_MAKER_ZHAOXIN	= 5,
	KVMCAPS_NR_MAKERS,
};

/* Which of KVM's two vendor modules has its say after the common code. */
enum kvmcaps_vendor {
	KVMCAPS_VENDOR_NONE	= 0,
	KVMCAPS_VENDOR_SVM	= 1,	/* kvm-amd */
	KVMCAPS_VENDOR_VMX	= 2,	/* kvm-intel */
	KVMCAPS_NR_VENDORS,
};

/* Policy: KVM's module parameters that are on, under KVM's names. */
enum kvmcaps_policy {
	KVMCAPS_POLICY_NESTED,
	KVMCAPS_POLICY_NPT,
	KVMCAPS_POLICY_NRIPS,
	KVMCAPS_POLICY_VLS,
	KVMCAPS_POLICY_VGIF,
	KVMCAPS_POLICY_VNMI,
	KVMCAPS_POLICY_LBRV,
	KVMCAPS_POLICY_TSC_SCALING,
	KVMCAPS_POLICY_ENABLE_PMU,
	KVMCAPS_POLICY_MMIO_CACHING,
	KVMCAPS_POLICY_ALLOW_SMALLER_MAXPHYADDR,
	KVMCAPS_POLICY_SEV,
	KVMCAPS_POLICY_SEV_ES,
	KVMCAPS_POLICY_SEV_SNP,
	KVMCAPS_POLICY_EPT,
	KVMCAPS_POLICY_VPID,
	KVMCAPS_POLICY_UNRESTRICTED_GUEST,
	KVMCAPS_POLICY_ENABLE_APICV,
	KVMCAPS_POLICY_SGX,
	KVMCAPS_POLICY_PT_MODE,			/* 1: Intel PT in guests */
	KVMCAPS_POLICY_GMET,
	KVMCAPS_POLICY_CET,
	KVMCAPS_POLICY_ENABLE_MEDIATED_PMU,
	KVMCAPS_POLICY_MBEC,
	KVMCAPS_NR_POLICIES,
};

/* Facts that are true or false. */
enum kvmcaps_fact {
	KVMCAPS_FACT_X86_64,		/* a 64-bit kernel */
	KVMCAPS_FACT_PAE,		/* page tables of three levels or more */
	KVMCAPS_FACT_5LEVEL,		/* page tables of five levels */
	KVMCAPS_FACT_SCHED_INFO,	/* the kernel accounts run delays */
	KVMCAPS_FACT_TSC_AUX,		/* MSR_TSC_AUX can be read and written */
	KVMCAPS_FACT_HOST_SNP,		/* the host is set up for SEV-SNP guests */
	KVMCAPS_FACT_MMIO_MASK,		/* a reserved physical bit marks MMIO */
	KVMCAPS_FACT_PAT_WB,		/* PAT entry 0 is write-back */
	KVMCAPS_FACT_SEV_GUEST,		/* this is an encrypted guest */
	KVMCAPS_FACT_DEFECTS,		/* facts on defects and LBRs are there: newer ones */
	KVMCAPS_FACT_LBR,		/* perf uses the CPU's LBRs */
	KVMCAPS_FACT_NO_L1D_FLUSH,	/* KVM was told never to flush the L1D for L1TF */
	KVMCAPS_NR_FACTS,
};

/*
 * Assumptions: what an answer takes for granted because this host does not
 * show it. kvm.ko or its vendor module would refuse to load where one of them
 * is false.
 */
enum kvmcaps_assumption {
	KVMCAPS_ASSUME_SVM,		/* the CPU has SVM, switched on */
	KVMCAPS_ASSUME_SVM_FEATURES,	/* ... with what recent parts enumerate */
	KVMCAPS_ASSUME_VMX,		/* the CPU has VMX, switched on */
	KVMCAPS_ASSUME_VMX_CONTROLS,	/* ... with all that KVM can use */
	KVMCAPS_ASSUME_NX,		/* no-execute pages are switched on */
	KVMCAPS_ASSUME_FPU,		/* FPU and FXSR are there */
	KVMCAPS_ASSUME_PAT,		/* PAT entry 0 is write-back */
	KVMCAPS_ASSUME_NOT_SEV_GUEST,	/* this is not an encrypted guest */
	KVMCAPS_ASSUME_SEV_FIRMWARE,	/* the secure processor answers */
	KVMCAPS_ASSUME_VENDOR,		/* a CPU maker that KVM knows */
	KVMCAPS_NR_ASSUMPTIONS,
};

/* A KVM release as a number that orders: 6.12 is 0x060c. */
#define KVMCAPS_RELEASE(major, minor)	(((major) << 8) | (minor))

/**
 * struct kvmcaps_cpuid - what one CPUID instruction returned
 * @function: EAX going in
 * @index: ECX going in
 * @eax: register
 * @ebx: register
 * @ecx: register
 * @edx: register
 */
struct kvmcaps_cpuid {
	__u32 function;
	__u32 index;
	__u32 eax;
	__u32 ebx;
	__u32 ecx;
	__u32 edx;
};

/**
 * struct kvmcaps_pmu - the counters that perf knows, before KVM limits them
 * @version: of architectural performance monitoring; AMD's PerfMonV2 is 2
 * @num_counters_gp: general-purpose counters
 * @num_counters_fixed: fixed counters
 * @bit_width_gp: bits in a general-purpose counter
 * @bit_width_fixed: bits in a fixed counter
 * @events_mask_len: valid bits in @events_mask
 * @events_mask: architectural events that are NOT there
 * @pebs_ept: 1 if PEBS works with EPT
 *
 * All zero: perf has no PMU driver for this CPU.
 */
struct kvmcaps_pmu {
	__u32 version;
	__u32 num_counters_gp;
	__u32 num_counters_fixed;
	__u32 bit_width_gp;
	__u32 bit_width_fixed;
	__u32 events_mask_len;
	__u32 events_mask;
	__u32 pebs_ept;
};

/* Model-specific registers that are recorded, those that the CPU has. */
enum kvmcaps_msr {
	KVMCAPS_MSR_FEAT_CTL,
	KVMCAPS_MSR_ARCH_CAPABILITIES,
	KVMCAPS_MSR_PERF_CAPABILITIES,
	KVMCAPS_MSR_VMX_BASIC,
	KVMCAPS_MSR_VMX_PINBASED_CTLS,
	KVMCAPS_MSR_VMX_PROCBASED_CTLS,
	KVMCAPS_MSR_VMX_PROCBASED_CTLS2,
	KVMCAPS_MSR_VMX_PROCBASED_CTLS3,
	KVMCAPS_MSR_VMX_EXIT_CTLS,
	KVMCAPS_MSR_VMX_ENTRY_CTLS,
	KVMCAPS_MSR_VMX_MISC,
	KVMCAPS_MSR_VMX_EPT_VPID_CAP,
	KVMCAPS_MSR_VMX_CR0_FIXED1,
	KVMCAPS_MSR_VMX_CR4_FIXED1,
	KVMCAPS_MSR_UCODE_REV,
	KVMCAPS_MSR_MCU_OPT_CTRL,
	KVMCAPS_NR_MSRS,
	KVMCAPS_MAX_MSRS	= 32,
};

/**
 * struct kvmcaps_facts - every fact an answer depends on, except raw CPUID
 * @release: KVM release that is reproduced, KVMCAPS_RELEASE()
 * @maker: enum kvmcaps_maker
 * @vendor: enum kvmcaps_vendor
 * @cpu: number of the CPU that was read
 * @kernel: kernel version that was running, as LINUX_VERSION_CODE
 * @phys_bits: physical address bits the kernel uses
 * @reserved0: 0
 * @power: the kernel's word for CPUID.80000007H:EDX
 * @flags: bit map of enum kvmcaps_fact
 * @assumed: bit map of enum kvmcaps_assumption
 * @policy: bit map of enum kvmcaps_policy
 * @xcr0: XCR0, 0 without XSAVE
 * @xss: IA32_XSS, 0 without XSAVES
 * @pmu: see struct kvmcaps_pmu
 * @reserved1: 0
 * @msrs: bit map of enum kvmcaps_msr: those that could be read
 * @msr: by enum kvmcaps_msr; where it could not be read, 0 or what is assumed
 * @caps: what boot_cpu_has() and boot_cpu_has_bug() say, by enum kvmcaps_word;
 *	in a word that the kernel does not keep, only for those features for
 *	which some kernel has a number of its own; if not this one, what CPUID
 *	says stands for it
 *
 * New members go to the end.
 */
struct kvmcaps_facts {
	__u16 release;
	__u8 maker;
	__u8 vendor;
	__u32 cpu;
	__u32 kernel;
	__u16 phys_bits;
	__u16 reserved0;
	__u32 power;
	__u32 flags;
	__u32 assumed;
	__u32 policy;
	__u64 xcr0;
	__u64 xss;
	struct kvmcaps_pmu pmu;
	__u32 msrs;
	__u32 reserved1;
	__u64 msr[KVMCAPS_MAX_MSRS];
	__u32 caps[KVMCAPS_MAX_WORDS];
};

/**
 * struct kvmcaps_get_host - argument of KVMCAPS_GET_HOST
 * @facts_size: in: size of the caller's struct kvmcaps_facts;
 *	out: size of the kernel's
 * @nr_cpuid: in: room at @cpuid, in entries; out: how many there are
 * @facts: address of the caller's struct kvmcaps_facts
 * @cpuid: address of an array of struct kvmcaps_cpuid
 */
struct kvmcaps_get_host {
	__u32 facts_size;
	__u32 nr_cpuid;
	__u64 facts;
	__u64 cpuid;
};

/*
 * KVMCAPS_GET_HOST hands out the host's facts and raw CPUID. A caller that
 * knows fewer facts than the kernel gets those it knows; one that knows more
 * finds zeroes in the rest. E2BIG: @nr_cpuid is too small; it and @facts_size
 * then hold what the kernel has, and nothing else was written. EINVAL:
 * @facts_size is above KVMCAPS_MAX_FACTS. EFAULT: a bad pointer.
 */
#define KVMCAPS_MAX_FACTS	4096
#define KVMCAPS_GET_HOST	_IOWR(KVMCAPS_IOC_MAGIC, 0x00, struct kvmcaps_get_host)

/*
 * KVMCAPS_REFRESH reads the host again (new microcode, say) and replaces all
 * answers. EPERM without CAP_SYS_ADMIN, EINVAL if the argument is not 0,
 * ENOMEM with everything as it was.
 */
#define KVMCAPS_REFRESH		_IO(KVMCAPS_IOC_MAGIC, 0x01)

#endif /* _UAPI_LINUX_KVMCAPS_H */
