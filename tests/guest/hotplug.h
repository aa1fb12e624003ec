/* SPDX-License-Identifier: GPL-2.0 */
/* CPUs that come and go. */
#ifndef GUEST_HOTPLUG_H
#define GUEST_HOTPLUG_H

#include <stdatomic.h>
#include <stdbool.h>

#include "cpu.h"

struct hotplug {
	struct cpus cpus;
	atomic_bool *stop;
	int offline;	/* successful changes */
	int online;
	int failed;	/* changes that the kernel refused */
};

/* Takes a CPU up or down; whether the kernel agrees. */
bool hotplug_set(int cpu, bool online);

/* Thread: takes all CPUs but the first down and up until told to stop. */
void *hotplug_run(void *hotplug);

#endif
