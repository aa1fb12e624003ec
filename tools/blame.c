// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>

#include "blame.h"
#include "reason.h"

static struct chain_step of_feature(const struct source *source, unsigned int feature)
{
	const struct subject subject = chain_subject(source);
	struct chain chain;

	chain_begin(&chain, &subject, feature);
	return chain_brief(&chain, &subject);
}

struct chain_step blame(const struct source *source, __u32 function, __u32 index,
			const struct field_part *part, unsigned int bit)
{
	struct chain_step step = {};
	int feature = -1;

	if (!source->caps)
		return step;
	if (bit != MISS_ALL_BITS)
		feature = reason_find_feature(function, index, part->reg, bit);
	if (feature >= 0)
		return of_feature(source, feature);
	if (part->row->kind == FIELD_LIMIT)
		snprintf(step.text, sizeof(step.text), "%s",
			 reason_leaf(source->caps, function, index).text);
	return step;
}
