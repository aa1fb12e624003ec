// SPDX-License-Identifier: GPL-2.0
/*
 * Rules of kvm-amd. Rows only.
 *
 * Source: svm_set_cpu_caps() and sev_set_cpu_caps(), release 6.12.
 */
#include <linux/kernel.h>
#include <kvmcaps/rule.h>

static const struct kvmcaps_rule rules[] = {
	SET(SVM, "nested=1 lets guests run guests", IF(NESTED)),
	SET(VMCBCLEAN, "KVM may ignore clean bits, which is always correct", IF(NESTED)),
	SET(FLUSHBYASID, "KVM flushes at every nested transition anyway", IF(NESTED)),
	SET(NRIPS, "nested=1, and KVM itself uses it", IF(NESTED), IF(NRIPS)),
	SET(NPT, "nested=1, and KVM itself uses nested paging", IF(NESTED), IF(TDP)),
	SET(TSCRATEMSR, "nested=1, and KVM itself uses TSC scaling",
	    IF(NESTED), IF(TSC_SCALING)),
	SET(V_VMSAVE_VMLOAD, "nested=1, and KVM itself uses it", IF(NESTED), IF(VLS)),
	SET(LBRV, "nested=1, and KVM itself uses it", IF(NESTED), IF(LBRV)),
	SET(PAUSEFILTER, "nested=1, and the CPU has it", IF(NESTED), HAS(PAUSEFILTER)),
	SET(PFTHRESHOLD, "nested=1, and the CPU has it", IF(NESTED), HAS(PFTHRESHOLD)),
	SET(VGIF, "nested=1, and KVM itself uses it", IF(NESTED), IF(VGIF)),
	SET(VNMI, "nested=1, and KVM itself uses it", IF(NESTED), IF(VNMI)),
	SET(SVME_ADDR_CHK, "KVM checks the addresses of nested instructions itself",
	    IF(NESTED)),

	SET(VIRT_SSBD, "the CPU can do it through LS_CFG, which KVM wraps",
	    HAS(LS_CFG_SSBD)),
	SET(VIRT_SSBD, "the CPU has SSBD, and KVM wraps it for older guests",
	    HAS(AMD_SSBD)),

	SET(PERFCTR_CORE, "perf leaves KVM six counters",
	    IF(PMU), IF(PMU_CORE_COUNTERS), HAS(PERFCTR_CORE)),
	CLEAR(PERFMON_V2, "perf does not drive PerfMonV2 here", IF(PMU), UNLESS(PMU_V2)),
	CLEAR(PERFMON_V2, "PerfMonV2 without six counters does not exist",
	      IF(PMU), DENIES(PERFCTR_CORE)),

	SET(SEV, "sev=1, and host and firmware are set up for it", IF(SEV)),
	SET(SEV_ES, "sev_es=1, and host and firmware are set up for it", IF(SEV_ES)),
	SET(SEV_SNP, "sev_snp=1, and host and firmware are set up for it", IF(SEV_SNP)),

	CLEAR(BUS_LOCK_DETECT, "kvm-amd does not virtualize its debug control"),
};

const struct kvmcaps_rules kvmcaps_rules_svm = { rules, ARRAY_SIZE(rules) };
