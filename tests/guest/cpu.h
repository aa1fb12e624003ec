/* SPDX-License-Identifier: GPL-2.0 */
/* The CPUs of this machine. */
#ifndef GUEST_CPU_H
#define GUEST_CPU_H

#define MAX_CPUS	64

struct cpus {
	int nr;
	int id[MAX_CPUS];
};

/* Those that this process may run on. 0, or -1 with errno. */
int cpus_online(struct cpus *cpus);

/* Move the calling thread there, for good. 0, or -1 with errno. */
int cpu_pin(int cpu);

#endif
