/* SPDX-License-Identifier: GPL-2.0 */
/* The part of linux_model() that fills in facts.caps. */
#ifndef TOOLS_LINUX_CAPS_H
#define TOOLS_LINUX_CAPS_H

#include "linux_model.h"

void linux_caps(struct kvmcaps_host *host, const struct linux_evidence *seen);

/* Whether CPUID has a feature, in a leaf that the CPU claims to have. */
bool linux_cpu_has(const struct kvmcaps_host *host, unsigned int feature);

/* Linux's own number for a feature of a word that it keeps; -1 for another. */
int linux_number(unsigned int feature);

/* Which part the CPU is, as Linux counts. */
struct linux_part {
	u32 family;
	u32 model;
};

struct linux_part linux_part(const struct kvmcaps_host *host);

bool linux_read_msr(const struct linux_evidence *seen, u32 msr, u64 *value);

/* Whether the CPU has no MSR that linux_read_msr() cannot read. */
static inline bool linux_reads_msrs(const struct linux_evidence *seen)
{
	return seen->read_msr && !seen->few_msrs;
}

#endif /* TOOLS_LINUX_CAPS_H */
