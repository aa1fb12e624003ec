/* SPDX-License-Identifier: GPL-2.0 */
/* The host's facts and raw CPUID, as the device hands them out. */
#ifndef GUEST_HOST_H
#define GUEST_HOST_H

#include <stdbool.h>
#include <linux/kvmcaps.h>

#include "device.h"

#define MAX_CPUID	1024

struct host {
	__u32 facts_size;	/* the kernel's */
	__u32 nr_cpuid;
	struct kvmcaps_facts facts;
	struct kvmcaps_cpuid cpuid[MAX_CPUID];
};

struct reply host_get(const struct device *dev, struct host *host);

bool host_equal(const struct host *a, const struct host *b);

/* NULL if there is none. */
const struct kvmcaps_cpuid *host_find(const struct host *host, __u32 function,
				      __u32 index);

#endif
