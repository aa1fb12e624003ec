/* SPDX-License-Identifier: GPL-2.0 */
/* What the kernel has allocated. */
#ifndef GUEST_LEAK_H
#define GUEST_LEAK_H

#include <stdbool.h>

#define MAX_CACHES	512

struct census {
	int nr;
	struct {
		char name[40];
		long active;
	} caches[MAX_CACHES];
	long vmalloc;	/* areas; -1 if not known */
};

/* Returns spare memory first, so that only what is in use counts. */
bool census_take(struct census *census);

/*
 * Prints what grew by more than @limit, and returns the largest growth of
 * what a module can leak by itself: general caches and vmalloc areas.
 */
long census_growth(const struct census *before, const struct census *after,
		   long limit);

#endif
