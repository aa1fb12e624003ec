/* SPDX-License-Identifier: GPL-2.0 */
/* Why one host's table has something, or has it not. */
#ifndef TOOLS_BLAME_H
#define TOOLS_BLAME_H

#include "chain.h"
#include "miss.h"
#include "source.h"

/* Of a source that has facts; each says if it rests on an assumption. */
struct chain_step blame_feature(const struct source *source, unsigned int feature);
struct chain_step blame_leaf(const struct source *source, __u32 function, __u32 index);

/* @bit: of the register of @part, or MISS_ALL_BITS. Empty if nothing is known. */
struct chain_step blame(const struct source *source, __u32 function, __u32 index,
			const struct field_part *part, unsigned int bit);

#endif /* TOOLS_BLAME_H */
