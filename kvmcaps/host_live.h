/* SPDX-License-Identifier: GPL-2.0 */
/* The live machine as a host. */
#ifndef _KVMCAPS_HOST_LIVE_H
#define _KVMCAPS_HOST_LIVE_H

#include <kvmcaps/host.h>

void kvmcaps_host_read_facts(struct kvmcaps_facts *facts);
void kvmcaps_host_read_cpuid(struct kvmcaps_host *host);
u64 kvmcaps_host_guest_permission(void);

#endif /* _KVMCAPS_HOST_LIVE_H */
