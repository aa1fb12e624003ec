// SPDX-License-Identifier: GPL-2.0
#include <sched.h>

#include "cpu.h"

int cpus_online(struct cpus *cpus)
{
	cpu_set_t set;

	cpus->nr = 0;
	if (sched_getaffinity(0, sizeof(set), &set))
		return -1;
	for (int cpu = 0; cpu < CPU_SETSIZE && cpus->nr < MAX_CPUS; cpu++)
		if (CPU_ISSET(cpu, &set))
			cpus->id[cpus->nr++] = cpu;
	return 0;
}

int cpu_pin(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	return sched_setaffinity(0, sizeof(set), &set);
}
