// SPDX-License-Identifier: GPL-2.0
/*
 * Rules of KVM's common code, and who adds to them. Rows only.
 *
 * Source: kvm_set_cpu_caps(), kvm_initialize_cpu_caps() and
 * kvm_setup_xss_caps(), all releases.
 */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <kvmcaps/rule.h>

/* IA32_XSS features of CET: U and S. */
#define CET_U	11
#define CET_S	12

static const struct kvmcaps_rule rules[] = {
	CLEAR(PKU, "shadow paging does not implement it", WHEN(UNLESS(TDP))),
	CLEAR(PKU, "the host has not switched protection keys on", WHEN(LACKS(OSPKE))),
	CLEAR(SHSTK, "shadow paging does not implement it", WHEN(UNLESS(TDP)), SINCE(6_18)),
	CLEAR(SHSTK, "KVM's emulator, which a smaller MAXPHYADDR needs, does not implement it",
	      WHEN(IF(SMALLER_MAXPHYADDR)), SINCE(6_18)),
	CLEAR(IBT, "KVM's emulator, which a smaller MAXPHYADDR needs, does not implement it",
	      WHEN(IF(SMALLER_MAXPHYADDR)), SINCE(6_18)),

	SET(SPEC_CTRL, "the kernel has IBRS and IBPB, by whatever name the CPU enumerates them",
	    WHEN(HAS(IBPB), HAS(IBRS)), UNTIL(6_12)),
	SET(SPEC_CTRL, "the kernel has all of it under AMD's names",
	    WHEN(HAS(AMD_IBPB_RET), HAS(AMD_IBPB), HAS(AMD_IBRS)), SINCE(6_16)),
	SET(INTEL_STIBP, "the kernel has STIBP, by whatever name the CPU enumerates it",
	    WHEN(HAS(STIBP))),
	SET(SPEC_CTRL_SSBD, "the kernel has AMD's SSBD, which works alike",
	    WHEN(HAS(AMD_SSBD))),

	SET(GBPAGES, "shadow paging gives 1 GiB pages on any host",
	    WHEN(UNLESS(TDP), IF(X86_64))),

	SET(AMD_IBPB, "the kernel has IBPB, by whatever name the CPU enumerates it",
	    WHEN(HAS(IBPB))),
	SET(AMD_IBPB_RET, "the kernel has Intel's IBPB, which flushes return predictions too",
	    WHEN(HAS(IBPB), HAS(SPEC_CTRL), LACKS(BUG_EIBRS_PBRSB)), SINCE(6_16)),
	SET(AMD_IBRS, "the kernel has IBRS, by whatever name the CPU enumerates it",
	    WHEN(HAS(IBRS))),
	SET(AMD_STIBP, "the kernel has STIBP, by whatever name the CPU enumerates it",
	    WHEN(HAS(STIBP))),
	SET(AMD_SSBD, "the kernel has Intel's SSBD, which works alike",
	    WHEN(HAS(SPEC_CTRL_SSBD))),
	SET(AMD_SSB_NO, "the kernel knows the CPU not to bypass stores speculatively",
	    WHEN(LACKS(BUG_SPEC_STORE_BYPASS))),
	/* A guest is better off with the register that hardware has. */
	SET(VIRT_SSBD, "the CPU can do it through LS_CFG alone, which KVM wraps",
	    WHEN(HAS(LS_CFG_SSBD), LACKS(AMD_SSBD))),

	SET(TSA_SQ_NO, "the kernel knows the CPU not to be affected",
	    WHEN(HAS(TSA_SQ_NO)), UNTIL(6_12)),
	SET(TSA_L1_NO, "the kernel knows the CPU not to be affected",
	    WHEN(HAS(TSA_L1_NO)), UNTIL(6_12)),
	SET(TSA_FILL_NO, "the kernel knows the CPU not to be affected",
	    WHEN(HAS(TSA_FILL_NO)), ONLY(6_12)),

	SET(NULL_SEL_CLR_BASE, "the kernel has seen it work, on CPUs without the bit too",
	    WHEN(LACKS(BUG_NULL_SEG))),

	CLEAR(RDTSCP, "MSR_TSC_AUX cannot be used", WHEN(UNLESS(TSC_AUX))),
	CLEAR(RDPID, "MSR_TSC_AUX cannot be used", WHEN(UNLESS(TSC_AUX))),
};

const struct kvmcaps_rules kvmcaps_rules_common = { rules, ARRAY_SIZE(rules) };

static const struct kvmcaps_rule xss_rules[] = {
	CLEAR(SHSTK, "its state goes with XSAVES, which is not offered",
	      WHEN(DENIES(XSAVES)), SINCE(6_18)),
	CLEAR(IBT, "its state goes with XSAVES, which is not offered",
	      WHEN(DENIES(XSAVES)), SINCE(6_18)),
	CLEAR(SHSTK, "the host has not switched its user state on",
	      WHEN(NO_XSS(CET_U)), SINCE(6_18)),
	CLEAR(IBT, "the host has not switched its user state on",
	      WHEN(NO_XSS(CET_U)), SINCE(6_18)),
	CLEAR(SHSTK, "the host has not switched its supervisor state on",
	      WHEN(NO_XSS(CET_S)), SINCE(6_18)),
	CLEAR(IBT, "the host has not switched its supervisor state on",
	      WHEN(NO_XSS(CET_S)), SINCE(6_18)),
};

const struct kvmcaps_rules kvmcaps_rules_xss = { xss_rules, ARRAY_SIZE(xss_rules) };

/* Either feature brings both states. */
const struct kvmcaps_xss_state kvmcaps_xss_states[] = {
	{ KVMCAPS_F_SHSTK, BIT_ULL(CET_U) | BIT_ULL(CET_S) },
	{ KVMCAPS_F_IBT, BIT_ULL(CET_U) | BIT_ULL(CET_S) },
};

const unsigned int kvmcaps_nr_xss_states = ARRAY_SIZE(kvmcaps_xss_states);

/* XCR0 features of MPX: BNDREGS and BNDCSR. */
#define MPX_XCR0	(BIT_ULL(3) | BIT_ULL(4))

const struct kvmcaps_vendor_info kvmcaps_vendors[KVMCAPS_NR_VENDORS] = {
	[KVMCAPS_VENDOR_NONE] = {
		.module = "no vendor module",
		.xcr0_unless = KVMCAPS_COND_NEVER,
	},
	[KVMCAPS_VENDOR_SVM] = {
		.module = "kvm-amd",
		.rules = &kvmcaps_rules_svm,
		.xcr0_denied = MPX_XCR0,
		.xcr0_unless = KVMCAPS_COND_NEVER,
	},
	[KVMCAPS_VENDOR_VMX] = {
		.module = "kvm-intel",
		.rules = &kvmcaps_rules_vmx,
		.xcr0_denied = MPX_XCR0,
		.xcr0_unless = KVMCAPS_COND_VMX_MPX,
	},
};

const u8 kvmcaps_vendor_of[KVMCAPS_NR_MAKERS] = {
	[KVMCAPS_MAKER_INTEL]	= KVMCAPS_VENDOR_VMX,
	[KVMCAPS_MAKER_AMD]	= KVMCAPS_VENDOR_SVM,
	[KVMCAPS_MAKER_HYGON]	= KVMCAPS_VENDOR_SVM,
	[KVMCAPS_MAKER_CENTAUR]	= KVMCAPS_VENDOR_VMX,
	[KVMCAPS_MAKER_ZHAOXIN]	= KVMCAPS_VENDOR_VMX,
};
