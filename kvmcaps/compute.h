/* SPDX-License-Identifier: GPL-2.0 */
/* Conditions that take arithmetic instead of a row. Engine only. */
#ifndef _KVMCAPS_COMPUTE_H
#define _KVMCAPS_COMPUTE_H

#include <kvmcaps/decide.h>

u64 kvmcaps_pmu_conds(const struct kvmcaps_host *host, struct kvmcaps_caps *caps);
u64 kvmcaps_cpuid_conds(const struct kvmcaps_host *host);

#endif /* _KVMCAPS_COMPUTE_H */
