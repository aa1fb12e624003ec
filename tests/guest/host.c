// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "host.h"

struct reply host_get(const struct device *dev, struct host *host)
{
	struct kvmcaps_get_host get = {
		.facts_size = sizeof(host->facts),
		.nr_cpuid = MAX_CPUID,
		.facts = (unsigned long)&host->facts,
		.cpuid = (unsigned long)host->cpuid,
	};
	struct reply r;

	memset(host, 0, sizeof(*host));
	r = device_call(dev, KVMCAPS_GET_HOST, (unsigned long)&get);
	host->facts_size = get.facts_size;
	host->nr_cpuid = get.nr_cpuid;
	return r;
}

bool host_equal(const struct host *a, const struct host *b)
{
	return a->facts_size == b->facts_size && a->nr_cpuid == b->nr_cpuid &&
	       a->nr_cpuid <= MAX_CPUID &&
	       !memcmp(&a->facts, &b->facts, sizeof(a->facts)) &&
	       !memcmp(a->cpuid, b->cpuid, a->nr_cpuid * sizeof(a->cpuid[0]));
}

const struct kvmcaps_cpuid *host_find(const struct host *host, __u32 function,
				      __u32 index)
{
	for (__u32 i = 0; i < host->nr_cpuid && i < MAX_CPUID; i++)
		if (host->cpuid[i].function == function &&
		    host->cpuid[i].index == index)
			return &host->cpuid[i];
	return NULL;
}
