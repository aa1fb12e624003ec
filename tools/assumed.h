/* SPDX-License-Identifier: GPL-2.0 */
/* What an answer takes for granted, and which verdicts rest on that. */
#ifndef TOOLS_ASSUMED_H
#define TOOLS_ASSUMED_H

#include "chain.h"
#include "facts.h"
#include "saved.h"

/* Behind the host's own assumptions, those for a file that has CPUID only. */
enum assumed {
	ASSUMED_KERNEL = FACTS_NR_ASSUMPTIONS,
	ASSUMED_ABSENT,
	ASSUMED_NR,
};

/* Behind a verdict in one clause that rests on any. */
#define ASSUMED_MARK	" (assumed)"

struct assumed_words {
	char text[400];
};

/* Assumption @nr, below ASSUMED_NR, in a clause; false if it was not needed. */
bool assumed_words(const struct kvmcaps_host *host, const struct saved *saved,
		   unsigned int nr, struct assumed_words *words);

/* Whether the verdict on a feature rests on assumption @nr, which was needed. */
bool assumed_for(const struct subject *subject, unsigned int feature, unsigned int nr);

/* Whether it rests on any. */
bool assumed_any(const struct subject *subject, unsigned int feature);

#endif /* TOOLS_ASSUMED_H */
