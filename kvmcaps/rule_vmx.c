// SPDX-License-Identifier: GPL-2.0
/*
 * Rules of kvm-intel. Rows only.
 *
 * Source: vmx_set_cpu_caps(), release 6.12.
 */
#include <linux/kernel.h>
#include <kvmcaps/rule.h>

static const struct kvmcaps_rule rules[] = {
	SET(VMX, "nested=1 lets guests run guests", IF(NESTED)),

	SET(MPX, "VMX switches its registers, and the kernel has it", IF(MPX), HAS(MPX)),
	CLEAR(INVPCID, "VMX cannot let guests execute it", UNLESS(VMX_INVPCID)),
	SET(INTEL_PT, "pt_mode=1, and VMX can trace guests", IF(PT), HAS(INTEL_PT)),
	SET(DS, "the vPMU has PEBS", IF(PEBS), HAS(DS)),
	SET(DTES64, "the vPMU has PEBS", IF(PEBS), HAS(DTES64)),
	CLEAR(PDCM, "there is no vPMU whose capabilities it would tell", UNLESS(PMU)),

	CLEAR(SGX, "sgx=0, or VMX cannot intercept ENCLS", UNLESS(SGX)),
	CLEAR(SGX_LC, "sgx=0, or VMX cannot intercept ENCLS", UNLESS(SGX)),
	CLEAR(SGX1, "sgx=0, or VMX cannot intercept ENCLS", UNLESS(SGX)),
	CLEAR(SGX2, "sgx=0, or VMX cannot intercept ENCLS", UNLESS(SGX)),
	CLEAR(SGX_EDECCSSA, "sgx=0, or VMX cannot intercept ENCLS", UNLESS(SGX)),

	SET(UMIP, "VMX intercepts the instructions, and KVM emulates them",
	    IF(VMX_UMIP), LACKS(UMIP)),

	CLEAR(XSAVES, "VMX cannot let guests execute it", UNLESS(VMX_XSAVES)),
	CLEAR(RDTSCP, "VMX cannot let guests execute it", UNLESS(VMX_RDTSCP)),
	CLEAR(RDPID, "VMX cannot let guests execute it", UNLESS(VMX_RDTSCP)),
	SET(WAITPKG, "VMX lets guests execute it, and the kernel has it",
	    IF(VMX_WAITPKG), HAS(WAITPKG)),
};

const struct kvmcaps_rules kvmcaps_rules_vmx = { rules, ARRAY_SIZE(rules) };
