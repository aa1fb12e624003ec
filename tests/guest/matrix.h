/* SPDX-License-Identifier: GPL-2.0 */
/* The trials that two devices must pass alike. */
#ifndef GUEST_MATRIX_H
#define GUEST_MATRIX_H

#include "verdict.h"

enum place {
	PLACE_WRITABLE,
	PLACE_HOLE_BEHIND,
	PLACE_RO_BEHIND,
	PLACE_NONE_BEHIND,
	PLACE_HOLE_BEFORE,
	PLACE_RO_BEFORE,
	PLACE_RO,
	PLACE_LAST,	/* in user space */
	NR_PLACES,
};

struct matrix {
	struct device a;
	struct device b;
	struct verdict *verdict;
	int cpu;
	__u32 supported;	/* entries that @a returns on this CPU */
	__u32 emulated;
	struct arena places[NR_PLACES];
};

/* 0, or -1 with errno. */
int matrix_prepare(struct matrix *m);

/* All trials, on the CPU that the caller runs on. */
void matrix_run(struct matrix *m);

/* Only the sizes around the answer's, in writable memory. */
void matrix_quick(struct matrix *m);

/* Only the plain question: what KVM offers, in full. */
void matrix_ask(struct matrix *m);

#endif
