/* SPDX-License-Identifier: GPL-2.0 */
/* KVM's limits of what perf has. */
#ifndef _KVMCAPS_PMU_H
#define _KVMCAPS_PMU_H

#include <kvmcaps/host.h>
#include <kvmcaps/release.h>

#define KVMCAPS_UNLIMITED	(~0u)

/**
 * struct kvmcaps_pmu_limits - of general-purpose counters
 * @vendors: bit map of enum kvmcaps_vendor to which they apply
 * @in: releases, a set
 * @fewest: fewer switch the vPMU off
 * @most: more are not handed out
 * @steps: four counters or six, nothing between
 */
struct kvmcaps_pmu_limits {
	u8 vendors;
	u32 in;
	u32 fewest;
	u32 most;
	bool steps;
};

extern const struct kvmcaps_pmu_limits kvmcaps_pmu_limits[];
extern const unsigned int kvmcaps_nr_pmu_limits;

#endif /* _KVMCAPS_PMU_H */
