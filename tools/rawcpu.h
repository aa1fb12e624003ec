/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Raw CPUID of one CPU as a dump has it, with gaps; and what the CPU would have
 * answered in these.
 */
#ifndef TOOLS_RAWCPU_H
#define TOOLS_RAWCPU_H

#include "saved.h"

/* Leaves and indices of one CPU: as many as a host holds. */
#define RAWCPU_MAX	KVMCAPS_MAX_CPUID

/**
 * struct rawcpu - registers, by leaf and index
 * @regs: sorted by these
 * @nr: how many
 * @host: what they are recorded into
 */
struct rawcpu {
	struct kvmcaps_cpuid *regs;
	unsigned int nr;
	struct kvmcaps_host *host;
};

void rawcpu_init(struct rawcpu *raw);
void rawcpu_free(struct rawcpu *raw);

/* Adds or replaces registers; false if there is no room. */
bool rawcpu_put(struct rawcpu *raw, const struct kvmcaps_cpuid *regs);

/* Whether the index counts in a leaf; others ignore it. */
bool rawcpu_indexed(u32 function);

/* One more than the highest index of a leaf. */
u32 rawcpu_indices(const struct rawcpu *raw, u32 function);

/* NULL if they are not there. */
const struct kvmcaps_cpuid *rawcpu_find(const struct rawcpu *raw, u32 function, u32 index);

/*
 * Adds a CPU to @saved as if it had been recorded live, and empties @raw.
 * Returns what of it is absent: see struct saved.
 */
u32 rawcpu_save(struct rawcpu *raw, struct saved *saved, u32 number);

#endif /* TOOLS_RAWCPU_H */
