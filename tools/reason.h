/* SPDX-License-Identifier: GPL-2.0 */
/* Why a bit is (not) offered, and why a register is not as the CPU has it, in words. */
#ifndef TOOLS_REASON_H
#define TOOLS_REASON_H

#include <kvmcaps/decide.h>

struct reason {
	char text[320];
};

/*
 * @caps: decided on @host; @feature: below NR_KVMCAPS_FEATURES. The sentence
 * has no capital, no full stop, and does not name the feature.
 */
struct reason reason_feature(const struct kvmcaps_host *host,
			     const struct kvmcaps_caps *caps, unsigned int feature);

/* What KVM does with a leaf; empty if there is nothing to say. */
struct reason reason_leaf(const struct kvmcaps_caps *caps, u32 function, u32 index);

/* The feature in a bit of a register, or -1. */
int reason_find_feature(u32 function, u32 index, unsigned int reg, unsigned int bit);

#endif /* TOOLS_REASON_H */
