// SPDX-License-Identifier: GPL-2.0
/*
 * Rules of kvm-amd. Rows only.
 *
 * Source: svm_set_cpu_caps() and sev_set_cpu_caps(), all releases.
 */
#include <linux/kernel.h>
#include <kvmcaps/rule.h>

static const struct kvmcaps_rule rules[] = {
	CLEAR(IBT, "kvm-amd does not virtualize it", SINCE(6_18)),

	SET(SVM, "nested=1 lets guests run guests", WHEN(IF(NESTED))),
	SET(VMCBCLEAN, "KVM may ignore clean bits, which is always correct", WHEN(IF(NESTED))),
	SET(FLUSHBYASID, "KVM flushes at every nested transition anyway", WHEN(IF(NESTED)),
	    SINCE(6_12)),
	SET(NRIPS, "nested=1, and KVM itself uses it", WHEN(IF(NESTED), IF(NRIPS))),
	SET(NPT, "nested=1, and KVM itself uses nested paging", WHEN(IF(NESTED), IF(TDP))),
	SET(TSCRATEMSR, "nested=1, and KVM itself uses TSC scaling",
	    WHEN(IF(NESTED), IF(TSC_SCALING))),
	SET(V_VMSAVE_VMLOAD, "nested=1, and KVM itself uses it", WHEN(IF(NESTED), IF(VLS))),
	SET(LBRV, "nested=1, and KVM itself uses it", WHEN(IF(NESTED), IF(LBRV))),
	SET(PAUSEFILTER, "nested=1, and the CPU has it", WHEN(IF(NESTED), HAS(PAUSEFILTER))),
	SET(PFTHRESHOLD, "nested=1, and the CPU has it", WHEN(IF(NESTED), HAS(PFTHRESHOLD))),
	SET(GMET, "nested=1, and KVM itself uses it", WHEN(IF(NESTED), IF(GMET)), SINCE(7_2)),
	SET(VGIF, "nested=1, and KVM itself uses it", WHEN(IF(NESTED), IF(VGIF))),
	SET(VNMI, "nested=1, and KVM itself uses it", WHEN(IF(NESTED), IF(VNMI)), SINCE(6_12)),
	SET(SVME_ADDR_CHK, "KVM checks the addresses of nested instructions itself",
	    WHEN(IF(NESTED))),

	SET(VIRT_SSBD, "the CPU can do it through LS_CFG, which KVM wraps",
	    WHEN(HAS(LS_CFG_SSBD))),
	SET(VIRT_SSBD, "the CPU has SSBD, and KVM wraps it for older guests",
	    WHEN(HAS(AMD_SSBD))),

	SET(PERFCTR_CORE, "the CPU has six counters",
	    WHEN(IF(PMU), HAS(PERFCTR_CORE)), UNTIL(6_1)),
	SET(PERFCTR_CORE, "perf leaves KVM six counters",
	    WHEN(IF(PMU), IF(PMU_CORE_COUNTERS), HAS(PERFCTR_CORE)), SINCE(6_12)),
	CLEAR(PERFMON_V2, "perf does not drive PerfMonV2 here",
	      WHEN(IF(PMU), UNLESS(PMU_V2)), SINCE(6_12)),
	CLEAR(PERFMON_V2, "PerfMonV2 without six counters does not exist",
	      WHEN(IF(PMU), DENIES(PERFCTR_CORE)), SINCE(6_12)),

	CLEAR(SEV, "sev=0, or host and firmware are not set up for it",
	      WHEN(UNLESS(SEV)), UNTIL(6_1)),
	CLEAR(SEV_ES, "sev_es=0, or host and firmware are not set up for it",
	      WHEN(UNLESS(SEV_ES)), UNTIL(6_1)),
	SET(SEV, "sev=1, and host and firmware are set up for it", WHEN(IF(SEV)), SINCE(6_12)),
	SET(SEV_ES, "sev_es=1, and host and firmware are set up for it",
	    WHEN(IF(SEV_ES)), SINCE(6_12)),
	SET(SEV_SNP, "sev_snp=1, and host and firmware are set up for it",
	    WHEN(IF(SEV_SNP)), SINCE(6_12)),

	CLEAR(BUS_LOCK_DETECT, "kvm-amd does not virtualize its debug control"),
	CLEAR(MSR_IMM, "kvm-amd does not virtualize it", SINCE(6_18)),
};

const struct kvmcaps_rules kvmcaps_rules_svm = { rules, ARRAY_SIZE(rules) };
