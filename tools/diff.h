/* SPDX-License-Identifier: GPL-2.0 */
/* Differences between two tables, by name. */
#ifndef TOOLS_DIFF_H
#define TOOLS_DIFF_H

#include <linux/kvm.h>

#include "source.h"

/**
 * struct diff_side - one of the two tables
 * @name: what it is called
 * @table: the table
 * @source: where it comes from
 */
struct diff_side {
	const char *name;
	const struct kvm_cpuid2 *table;
	const struct source *source;
};

/*
 * Prints each difference on a line that begins with @prefix, and behind it the
 * reasons of both sides, if both have facts; counts them. Bits that either side
 * has redacted do not count.
 */
unsigned int diff_tables(const char *prefix, const struct diff_side *a,
			 const struct diff_side *b);

#endif /* TOOLS_DIFF_H */
