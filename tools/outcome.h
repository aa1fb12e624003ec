/* SPDX-License-Identifier: GPL-2.0 */
/* How a feature ended, in one word: offered, or the last who did not let it through. */
#ifndef TOOLS_OUTCOME_H
#define TOOLS_OUTCOME_H

#include "chain.h"

enum outcome {
	OUTCOME_OFFERED,
	OUTCOME_EXTRA,
	OUTCOME_CPU,
	OUTCOME_KERNEL,
	OUTCOME_KVM,
	OUTCOME_RULE,
	OUTCOME_TABLE,
	OUTCOME_VCPU,
	OUTCOME_UNDEFINED,
	OUTCOME_NR,
};

/**
 * struct outcome_info - how an outcome is called
 * @key: for programs
 * @mark: one character
 * @label: in a word or two
 * @says: in a sentence, without a full stop
 */
struct outcome_info {
	const char *key;
	const char *mark;
	const char *label;
	const char *says;
};

extern const struct outcome_info outcomes[OUTCOME_NR];

/* @chain needs no steps; @named: the feature has a name. */
enum outcome outcome_of(const struct chain *chain, bool named);

#endif /* TOOLS_OUTCOME_H */
