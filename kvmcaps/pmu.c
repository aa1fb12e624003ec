// SPDX-License-Identifier: GPL-2.0
/* Which counters KVM hands out, of those that perf has. */
#include <linux/kernel.h>
#include "compute.h"

/* KVM's limits: KVM_MAX_NR_FIXED_COUNTERS, AMD64_NUM_COUNTERS and ..._CORE. */
#define MAX_VERSION		2
#define MAX_FIXED		3
#define AMD_COUNTERS		4
#define AMD_CORE_COUNTERS	6

static bool enabled(const struct kvmcaps_host *host,
		    const struct kvmcaps_vendor_info *vendor)
{
	const struct kvmcaps_pmu *perf = &host->facts.pmu;

	if (!(host->facts.policy & BIT(KVMCAPS_POLICY_ENABLE_PMU)))
		return false;
	/* KVM cannot say to a guest that its CPUs have different counters. */
	if (kvmcaps_host_has(host, KVMCAPS_F_HYBRID_CPU))
		return false;
	if (!perf->num_counters_gp || perf->num_counters_gp < vendor->min_gp_counters)
		return false;
	return host->facts.maker != KVMCAPS_MAKER_INTEL || perf->version;
}

/* kvm-amd offers four counters or six, nothing between. */
static u32 svm_counters(u32 counters)
{
	return counters < AMD_CORE_COUNTERS ? min_t(u32, counters, AMD_COUNTERS) : counters;
}

/**
 * kvmcaps_pmu_conds() - the vPMU's extent
 * @host: the host
 * @pmu: what KVM hands out; all zero if the vPMU is off
 *
 * Source: kvm_init_pmu_capability(), svm_set_cpu_caps().
 *
 * Return: bit map of the PMU conditions that hold.
 */
u64 kvmcaps_pmu_conds(const struct kvmcaps_host *host, struct kvmcaps_pmu *pmu)
{
	const struct kvmcaps_vendor_info *vendor = &kvmcaps_vendors[host->facts.vendor];
	u64 conds = BIT_ULL(KVMCAPS_COND_PMU);

	*pmu = (struct kvmcaps_pmu){};
	if (!enabled(host, vendor))
		return 0;

	*pmu = host->facts.pmu;
	pmu->version = min_t(u32, pmu->version, MAX_VERSION);
	pmu->num_counters_gp = min(pmu->num_counters_gp, vendor->max_gp_counters);
	pmu->num_counters_fixed = min_t(u32, pmu->num_counters_fixed, MAX_FIXED);
	if (host->facts.vendor == KVMCAPS_VENDOR_SVM)
		pmu->num_counters_gp = svm_counters(pmu->num_counters_gp);

	if (pmu->num_counters_gp >= AMD_CORE_COUNTERS)
		conds |= BIT_ULL(KVMCAPS_COND_PMU_CORE_COUNTERS);
	if (pmu->version == 2)
		conds |= BIT_ULL(KVMCAPS_COND_PMU_V2);
	if (pmu->pebs_ept)
		conds |= BIT_ULL(KVMCAPS_COND_PMU_PEBS);
	return conds;
}
