/* SPDX-License-Identifier: GPL-2.0 */
/* What all trials together say. */
#ifndef GUEST_VERDICT_H
#define GUEST_VERDICT_H

#include "trial.h"

/* Fewer entries than any real KVM returns would prove nothing. */
#define MIN_ENTRIES	10

struct verdict {
	int cpus;
	unsigned int entries;	/* most on any CPU, of the first device */
	unsigned int emulated;
	unsigned long calls;
	unsigned long differing;
	bool loud;		/* print the first differences */
	char first[400];
};

/* Judges one trial, run on @cpu. */
void verdict_judge(struct verdict *verdict, int cpu, const struct trial *trial,
		   const struct outcome *a, const struct outcome *b);

/* Counts a difference that is not a trial's. */
void verdict_differ(struct verdict *verdict, const char *text);

bool verdict_ok(const struct verdict *verdict);

/* The line for machines. */
void verdict_print(const struct verdict *verdict);

#endif
