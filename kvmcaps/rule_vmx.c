// SPDX-License-Identifier: GPL-2.0
/*
 * Rules of kvm-intel. Rows only.
 *
 * Source: vmx_set_cpu_caps(), all releases.
 */
#include <linux/kernel.h>
#include <kvmcaps/rule.h>

static const struct kvmcaps_rule rules[] = {
	SET(VMX, "nested=1 lets guests run guests", WHEN(IF(NESTED))),

	SET(MPX, "VMX switches its registers, and the kernel has it",
	    WHEN(IF(MPX), HAS(MPX))),
	CLEAR(INVPCID, "VMX cannot let guests execute it", WHEN(UNLESS(VMX_INVPCID))),
	SET(INTEL_PT, "pt_mode=1, and VMX can trace guests", WHEN(IF(PT), HAS(INTEL_PT))),
	SET(DS, "the vPMU has PEBS", WHEN(IF(PEBS), HAS(DS))),
	SET(DTES64, "the vPMU has PEBS", WHEN(IF(PEBS), HAS(DTES64))),
	CLEAR(PDCM, "there is no vPMU whose capabilities it would tell", WHEN(UNLESS(PMU))),

	CLEAR(SGX, "sgx=0, or VMX cannot intercept ENCLS", WHEN(UNLESS(SGX))),
	CLEAR(SGX_LC, "sgx=0, or VMX cannot intercept ENCLS", WHEN(UNLESS(SGX))),
	CLEAR(SGX1, "sgx=0, or VMX cannot intercept ENCLS", WHEN(UNLESS(SGX))),
	CLEAR(SGX2, "sgx=0, or VMX cannot intercept ENCLS", WHEN(UNLESS(SGX))),
	CLEAR(SGX_EDECCSSA, "sgx=0, or VMX cannot intercept ENCLS", WHEN(UNLESS(SGX))),

	SET(UMIP, "VMX intercepts the instructions, and KVM emulates them",
	    WHEN(IF(VMX_UMIP), LACKS(UMIP))),

	CLEAR(XSAVES, "VMX cannot let guests execute it", WHEN(UNLESS(VMX_XSAVES))),
	CLEAR(RDTSCP, "VMX cannot let guests execute it", WHEN(UNLESS(VMX_RDTSCP))),
	CLEAR(RDPID, "VMX cannot let guests execute it", WHEN(UNLESS(VMX_RDTSCP))),
	SET(WAITPKG, "VMX lets guests execute it, and the kernel has it",
	    WHEN(IF(VMX_WAITPKG), HAS(WAITPKG))),

	CLEAR(SHSTK, "cet=0, or VMX cannot switch its state and inject its exceptions",
	      WHEN(UNLESS(VMX_CET)), SINCE(6_18)),
	CLEAR(IBT, "cet=0, or VMX cannot switch its state and inject its exceptions",
	      WHEN(UNLESS(VMX_CET)), SINCE(6_18)),
};

const struct kvmcaps_rules kvmcaps_rules_vmx = { rules, ARRAY_SIZE(rules) };
