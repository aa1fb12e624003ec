// SPDX-License-Identifier: GPL-2.0
#include <cpuid.h>
#include <sched.h>

#include "witness.h"

/* Its APIC id is in the leaf that every CPU has. */
static bool is_this_cpu(const struct host *host, int cpu)
{
	const struct kvmcaps_cpuid *e = host_find(host, 1, 0);
	unsigned int a, b, c, d;

	__cpuid(1, a, b, c, d);
	return host->facts.cpu == (__u32)cpu && e && e->eax == a &&
	       e->ebx == b && e->edx == d;
}

/* Facts are those of the CPU that last read them: this one. */
static int collect(struct witness *w, const struct device *dev, int cpu)
{
	if (answer_get(dev, KVM_GET_SUPPORTED_CPUID, &w->supported).ret ||
	    answer_get(dev, KVM_GET_EMULATED_CPUID, &w->emulated).ret)
		return -1;
	if (device_call(dev, KVMCAPS_REFRESH, 0).ret ||
	    host_get(dev, &w->host).ret)
		return -1;
	return is_this_cpu(&w->host, cpu) ? 0 : -1;
}

int witnesses_collect(struct witnesses *w, const struct device *dev)
{
	cpu_set_t everywhere;
	int ret = 0;

	if (sched_getaffinity(0, sizeof(everywhere), &everywhere) ||
	    cpus_online(&w->cpus))
		return -1;
	for (int i = 0; i < w->cpus.nr && !ret; i++) {
		ret = cpu_pin(w->cpus.id[i]);
		if (!ret)
			ret = collect(&w->of[i], dev, w->cpus.id[i]);
	}
	sched_setaffinity(0, sizeof(everywhere), &everywhere);
	return ret;
}

int witnesses_distinct(const struct witnesses *w)
{
	int distinct = 0;

	for (int i = 0; i < w->cpus.nr; i++) {
		int j = 0;

		while (!answer_equal(&w->of[j].supported, &w->of[i].supported))
			j++;
		distinct += j == i;
	}
	return distinct;
}

bool witnesses_know(const struct witnesses *w, unsigned int cmd,
		    const struct answer *answer)
{
	for (int i = 0; i < w->cpus.nr; i++)
		if (answer_equal(cmd == KVM_GET_EMULATED_CPUID ?
				 &w->of[i].emulated : &w->of[i].supported,
				 answer))
			return true;
	return false;
}

bool witnesses_know_host(const struct witnesses *w, const struct host *host)
{
	for (int i = 0; i < w->cpus.nr; i++)
		if (host_equal(&w->of[i].host, host))
			return true;
	return false;
}
