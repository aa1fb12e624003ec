/* SPDX-License-Identifier: GPL-2.0 */
/* Rules that have a say on one feature, in their order. */
#ifndef TOOLS_RULES_H
#define TOOLS_RULES_H

#include <kvmcaps/decide.h>

/**
 * struct rules_walk - a walk over them
 * @host: whose vendor module counts; NULL with @any_vendor
 * @feature: the feature
 * @release: as a set of one
 * @all: rules of all releases
 * @any_vendor: those of both vendor modules
 * @block: where the walk is; 0 at first
 * @nr: likewise
 */
struct rules_walk {
	const struct kvmcaps_host *host;
	unsigned int feature;
	u32 release;
	bool all;
	bool any_vendor;
	unsigned int block;
	unsigned int nr;
};

/* The next one, or NULL. */
const struct kvmcaps_rule *rules_next(struct rules_walk *walk);

/* The module a rule is of: "kvm", "kvm-amd" or "kvm-intel". */
const char *rules_author(const struct kvmcaps_rule *rule);

#endif /* TOOLS_RULES_H */
