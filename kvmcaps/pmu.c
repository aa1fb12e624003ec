// SPDX-License-Identifier: GPL-2.0
/* Which counters KVM hands out, of those that perf has. */
#include <linux/kernel.h>
#include <kvmcaps/pmu.h>
#include "compute.h"

/* KVM's limits: KVM_MAX_NR_FIXED_COUNTERS, AMD64_NUM_COUNTERS and ..._CORE. */
#define MAX_VERSION		2
#define MAX_FIXED		3
#define AMD_COUNTERS		4
#define AMD_CORE_COUNTERS	6
#define INTEL_COUNTERS		8

#define NONE	BIT(KVMCAPS_VENDOR_NONE)
#define SVM	BIT(KVMCAPS_VENDOR_SVM)
#define VMX	BIT(KVMCAPS_VENDOR_VMX)

/*
 * Source: MIN_NR_GP_COUNTERS and MAX_NR_GP_COUNTERS of struct kvm_pmu_ops,
 * svm_set_cpu_caps().
 */
const struct kvmcaps_pmu_limits kvmcaps_pmu_limits[] = {
	{ NONE | SVM | VMX, .fewest = 1, .most = KVMCAPS_UNLIMITED, UNTIL(6_1) },
	{ NONE | VMX, .fewest = 1, .most = INTEL_COUNTERS, SINCE(6_12) },
	{ SVM, .fewest = AMD_COUNTERS, .most = AMD_CORE_COUNTERS, .steps = true, SINCE(6_12) },
};

const unsigned int kvmcaps_nr_pmu_limits = ARRAY_SIZE(kvmcaps_pmu_limits);

/* There is a row for every vendor in every release. */
static const struct kvmcaps_pmu_limits *limits_of(const struct kvmcaps_host *host, u32 release)
{
	const struct kvmcaps_pmu_limits *row = kvmcaps_pmu_limits;

	while (!(row->vendors & BIT(host->facts.vendor)) ||
	       !kvmcaps_release_in(row->in, release))
		row++;
	return row;
}

static bool enabled(const struct kvmcaps_host *host, const struct kvmcaps_pmu_limits *row)
{
	const struct kvmcaps_pmu *perf = &host->facts.pmu;

	if (!(host->facts.policy & BIT(KVMCAPS_POLICY_ENABLE_PMU)))
		return false;
	/* KVM cannot say to a guest that its CPUs have different counters. */
	if (kvmcaps_host_has(host, KVMCAPS_F_HYBRID_CPU))
		return false;
	if (perf->num_counters_gp < row->fewest)
		return false;
	return host->facts.maker != KVMCAPS_MAKER_INTEL || perf->version;
}

static void limit(struct kvmcaps_pmu *pmu, const struct kvmcaps_pmu_limits *row)
{
	pmu->version = min_t(u32, pmu->version, MAX_VERSION);
	pmu->num_counters_gp = min(pmu->num_counters_gp, row->most);
	pmu->num_counters_fixed = min_t(u32, pmu->num_counters_fixed, MAX_FIXED);
	if (row->steps && pmu->num_counters_gp < AMD_CORE_COUNTERS)
		pmu->num_counters_gp = min_t(u32, pmu->num_counters_gp, AMD_COUNTERS);
}

/**
 * kvmcaps_pmu_conds() - the vPMU's extent
 * @host: the host
 * @caps: has the release; its pmu becomes what KVM hands out, all zero if the
 *	vPMU is off
 *
 * Source: kvm_init_pmu_capability(), svm_set_cpu_caps().
 *
 * Return: bit map of the PMU conditions that hold.
 */
u64 kvmcaps_pmu_conds(const struct kvmcaps_host *host, struct kvmcaps_caps *caps)
{
	const struct kvmcaps_pmu_limits *row = limits_of(host, caps->release);
	struct kvmcaps_pmu *pmu = &caps->pmu;
	u64 conds = BIT_ULL(KVMCAPS_COND_PMU);

	*pmu = (struct kvmcaps_pmu){};
	if (!enabled(host, row))
		return 0;

	*pmu = host->facts.pmu;
	if (pmu->version >= 4)
		conds |= BIT_ULL(KVMCAPS_COND_PMU_V4);
	limit(pmu, row);
	if (pmu->num_counters_gp >= AMD_CORE_COUNTERS)
		conds |= BIT_ULL(KVMCAPS_COND_PMU_CORE_COUNTERS);
	if (pmu->version == 2)
		conds |= BIT_ULL(KVMCAPS_COND_PMU_V2);
	if (pmu->pebs_ept)
		conds |= BIT_ULL(KVMCAPS_COND_PMU_PEBS);
	return conds;
}
