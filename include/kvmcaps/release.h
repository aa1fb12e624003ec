/* SPDX-License-Identifier: GPL-2.0 */
/* KVM releases by name, for tables; which of them are reproduced. */
#ifndef _KVMCAPS_RELEASE_H
#define _KVMCAPS_RELEASE_H

#include <linux/types.h>
#include <linux/kvmcaps.h>

enum {
	KVMCAPS_EVER	 = 0,
	KVMCAPS_REL_6_12 = KVMCAPS_RELEASE(6, 12),
	KVMCAPS_REL_6_14 = KVMCAPS_RELEASE(6, 14),
	KVMCAPS_NEVER	 = 0xffff,
};

/* A row with SINCE(6_14) counts from that release on; one without, always. */
#define SINCE(rel)	.since = KVMCAPS_REL_##rel

/* The releases whose answer is exact, oldest first. */
extern const __u16 kvmcaps_releases[];
extern const unsigned int kvmcaps_nr_releases;

__u16 kvmcaps_release_near(__u16 release);

#endif /* _KVMCAPS_RELEASE_H */
