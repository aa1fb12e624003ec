// SPDX-License-Identifier: GPL-2.0
/*
 * Rules of KVM's common code, and who adds to them. Rows only.
 *
 * Source: kvm_set_cpu_caps(), release 6.12.
 */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <kvmcaps/rule.h>

static const struct kvmcaps_rule rules[] = {
	CLEAR(PKU, "shadow paging does not implement it", UNLESS(TDP)),
	CLEAR(PKU, "the host has not switched protection keys on", LACKS(OSPKE)),

	SET(SPEC_CTRL, "the kernel has IBRS and IBPB, by whatever name the CPU enumerates them",
	    HAS(IBPB), HAS(IBRS)),
	SET(INTEL_STIBP, "the kernel has STIBP, by whatever name the CPU enumerates it",
	    HAS(STIBP)),
	SET(SPEC_CTRL_SSBD, "the kernel has AMD's SSBD, which works alike",
	    HAS(AMD_SSBD)),

	SET(GBPAGES, "shadow paging gives 1 GiB pages on any host",
	    UNLESS(TDP), IF(X86_64)),

	SET(AMD_IBPB, "the kernel has IBPB, by whatever name the CPU enumerates it",
	    HAS(IBPB)),
	SET(AMD_IBRS, "the kernel has IBRS, by whatever name the CPU enumerates it",
	    HAS(IBRS)),
	SET(AMD_STIBP, "the kernel has STIBP, by whatever name the CPU enumerates it",
	    HAS(STIBP)),
	SET(AMD_SSBD, "the kernel has Intel's SSBD, which works alike",
	    HAS(SPEC_CTRL_SSBD)),
	SET(AMD_SSB_NO, "the kernel knows the CPU not to bypass stores speculatively",
	    LACKS(BUG_SPEC_STORE_BYPASS)),
	/* A guest is better off with the register that hardware has. */
	SET(VIRT_SSBD, "the CPU can do it through LS_CFG alone, which KVM wraps",
	    HAS(LS_CFG_SSBD), LACKS(AMD_SSBD)),

	SET(TSA_SQ_NO, "the kernel knows the CPU not to be affected", HAS(TSA_SQ_NO)),
	SET(TSA_L1_NO, "the kernel knows the CPU not to be affected", HAS(TSA_L1_NO)),
	SET(TSA_FILL_NO, "the kernel knows the CPU not to be affected", HAS(TSA_FILL_NO)),

	SET(NULL_SEL_CLR_BASE, "the kernel has seen it work, on CPUs without the bit too",
	    LACKS(BUG_NULL_SEG)),

	CLEAR(RDTSCP, "MSR_TSC_AUX cannot be used", UNLESS(TSC_AUX)),
	CLEAR(RDPID, "MSR_TSC_AUX cannot be used", UNLESS(TSC_AUX)),
};

const struct kvmcaps_rules kvmcaps_rules_common = { rules, ARRAY_SIZE(rules) };

/* XCR0 features of MPX: BNDREGS and BNDCSR. */
#define MPX_XCR0	(BIT_ULL(3) | BIT_ULL(4))

const struct kvmcaps_vendor_info kvmcaps_vendors[KVMCAPS_NR_VENDORS] = {
	[KVMCAPS_VENDOR_NONE] = {
		.module = "no vendor module",
		.xcr0_unless = KVMCAPS_COND_NEVER,
		.max_gp_counters = 8,
	},
	[KVMCAPS_VENDOR_SVM] = {
		.module = "kvm-amd",
		.rules = &kvmcaps_rules_svm,
		.xcr0_denied = MPX_XCR0,
		.xcr0_unless = KVMCAPS_COND_NEVER,
		.min_gp_counters = 4,
		.max_gp_counters = 6,
	},
	[KVMCAPS_VENDOR_VMX] = {
		.module = "kvm-intel",
		.rules = &kvmcaps_rules_vmx,
		.xcr0_denied = MPX_XCR0,
		.xcr0_unless = KVMCAPS_COND_VMX_MPX,
		.min_gp_counters = 1,
		.max_gp_counters = 8,
	},
};

const u8 kvmcaps_vendor_of[KVMCAPS_NR_MAKERS] = {
	[KVMCAPS_MAKER_INTEL]	= KVMCAPS_VENDOR_VMX,
	[KVMCAPS_MAKER_AMD]	= KVMCAPS_VENDOR_SVM,
	[KVMCAPS_MAKER_HYGON]	= KVMCAPS_VENDOR_SVM,
	[KVMCAPS_MAKER_CENTAUR]	= KVMCAPS_VENDOR_VMX,
	[KVMCAPS_MAKER_ZHAOXIN]	= KVMCAPS_VENDOR_VMX,
};
