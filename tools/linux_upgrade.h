/* SPDX-License-Identifier: GPL-2.0 */
/* What a host would be under another kernel. */
#ifndef TOOLS_LINUX_UPGRADE_H
#define TOOLS_LINUX_UPGRADE_H

#include <kvmcaps/host.h>

/**
 * linux_upgrade() - what another kernel would know of a host
 * @host: complete; facts in which the model's kernels differ become the other's
 * @kernel: version of the other, as LINUX_KERNEL() makes it
 *
 * What a kernel was told on its command line stays.
 */
void linux_upgrade(struct kvmcaps_host *host, u32 kernel);

#endif /* TOOLS_LINUX_UPGRADE_H */
