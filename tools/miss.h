/* SPDX-License-Identifier: GPL-2.0 */
/* What a guest that was given one table could miss on a host that offers another. */
#ifndef TOOLS_MISS_H
#define TOOLS_MISS_H

#include "field.h"

#define MISS_ALL_BITS	32

/**
 * struct miss - one thing
 * @given: entry of the guest's table, NULL if it has none
 * @there: entry of the host's, NULL as well; they are not both NULL
 * @part: the field
 * @bit: which of its bits, MISS_ALL_BITS for a number or a value
 */
struct miss {
	const struct kvm_cpuid_entry2 *given;
	const struct kvm_cpuid_entry2 *there;
	struct field_part part;
	unsigned int bit;
};

typedef void (*miss_fn)(void *ctx, const struct miss *miss);

/* Calls @found for each, in the tables' order, and returns how many there are. */
unsigned int miss_tables(const struct kvm_cpuid2 *given, const struct kvm_cpuid2 *there,
			 miss_fn found, void *ctx);

#endif /* TOOLS_MISS_H */
