/* SPDX-License-Identifier: GPL-2.0 */
/* The machine the tool runs on, as far as user space can look. */
#ifndef TOOLS_PROBE_H
#define TOOLS_PROBE_H

#include "saved.h"

/*
 * Records the raw CPUID of all CPUs, or of @only if that is not negative. What
 * cannot be read is noted. Returns 0, or STATUS_TROUBLE after a message.
 */
int probe_cpus(struct saved *saved, int only);

/* Notes what the kernel says of itself and of the CPU. */
void probe_notes(struct saved *saved);

/* Fills the facts in by linux_model(); cpus and notes are there already. */
void probe_facts(struct saved *saved);

#endif /* TOOLS_PROBE_H */
