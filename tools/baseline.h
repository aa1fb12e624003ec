/* SPDX-License-Identifier: GPL-2.0 */
/* The CPUID that every host of a pool can offer, and the forms in which it is shown. */
#ifndef TOOLS_BASELINE_H
#define TOOLS_BASELINE_H

#include "pool.h"

/**
 * struct baseline - what came out
 * @pool: the hosts
 * @offer: what all of them offer and emulate
 * @skipped: hosts that could not be read
 */
struct baseline {
	struct pool pool;
	struct table_pair offer;
	size_t skipped;
};

int baseline_text(const struct baseline *baseline);
int baseline_json(const struct baseline *baseline);

#endif /* TOOLS_BASELINE_H */
