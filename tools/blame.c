// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>

#include "assumed.h"
#include "blame.h"
#include "reason.h"

struct chain_step blame_feature(const struct source *source, unsigned int feature)
{
	const struct subject subject = chain_subject(source);
	struct chain chain;

	chain_begin(&chain, &subject, feature);
	return chain_brief(&chain, &subject);
}

struct chain_step blame_leaf(const struct source *source, __u32 function, __u32 index)
{
	struct reason reason = reason_leaf(source->caps, function, index);
	struct chain_step step = {};

	if (*reason.text)
		snprintf(step.text, sizeof(step.text), "%s%s", reason.text,
			 source->saved.dump ? ASSUMED_MARK : "");
	return step;
}

struct chain_step blame(const struct source *source, __u32 function, __u32 index,
			const struct field_part *part, unsigned int bit)
{
	int feature = -1;

	if (!source->caps)
		return (struct chain_step){};
	if (bit != MISS_ALL_BITS)
		feature = reason_find_feature(function, index, part->reg, bit);
	if (feature >= 0)
		return blame_feature(source, feature);
	if (part->row->kind == FIELD_LIMIT)
		return blame_leaf(source, function, index);
	return (struct chain_step){};
}
