/* SPDX-License-Identifier: GPL-2.0 */
/* One call with everything that it can depend on. */
#ifndef GUEST_TRIAL_H
#define GUEST_TRIAL_H

#include "arena.h"
#include "outcome.h"

enum fill {
	FILL_ZERO,
	FILL_AA,
	FILL_AA_CLEAN,		/* 0xaa, with zero in the entries' padding */
	NR_FILLS,
};

struct trial {
	const char *what;
	unsigned int cmd;
	const struct arena *arena;	/* NULL: @arg goes as it is */
	size_t at;			/* of the structure in the arena */
	unsigned long arg;
	__u32 nent;
	__u32 padding;			/* of the header */
	enum fill fill;
	int stain;			/* a byte of padding that is not zero, */
					/* 12 per entry; -1: none */
};

void trial_run(const struct trial *trial, const struct device *dev,
	       struct outcome *outcome);

/* Writes for people what was tried. */
void trial_describe(const struct trial *trial, char *text, size_t size);

#endif
