/* SPDX-License-Identifier: GPL-2.0 */
/* The live machine as a host. */
#ifndef _KVMCAPS_HOST_LIVE_H
#define _KVMCAPS_HOST_LIVE_H

#include <kvmcaps/host.h>
#include "compat.h"

int kvmcaps_host_pmu_init(void);
u8 kvmcaps_host_maker(void);
void kvmcaps_host_read_facts(struct kvmcaps_facts *facts);
void kvmcaps_host_read_pmu(struct kvmcaps_pmu *pmu);
bool kvmcaps_host_has_lbr(void);
bool kvmcaps_host_shows(u16 feature);
void kvmcaps_host_read_cpuid(struct kvmcaps_host *host);

/**
 * kvmcaps_host_guest_permission() - XSTATE features the process may give guests
 *
 * xstate_get_guest_group_perm(), which newer kernels export to KVM alone.
 *
 * Return: bit map of XCR0 features.
 */
static inline u64 kvmcaps_host_guest_permission(void)
{
	return READ_ONCE(kvmcaps_task_fpu(current->group_leader)->guest_perm.__state_perm);
}

#endif /* _KVMCAPS_HOST_LIVE_H */
