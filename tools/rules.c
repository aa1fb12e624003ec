// SPDX-License-Identifier: GPL-2.0
#include <linux/kernel.h>

#include "rules.h"

struct block {
	const struct kvmcaps_rules *rules;
	u8 vendor;
};

/* In the engine's order. */
static const struct block blocks[] = {
	{ &kvmcaps_rules_common, KVMCAPS_VENDOR_NONE },
	{ &kvmcaps_rules_svm, KVMCAPS_VENDOR_SVM },
	{ &kvmcaps_rules_vmx, KVMCAPS_VENDOR_VMX },
	{ &kvmcaps_rules_xss, KVMCAPS_VENDOR_NONE },
};

static bool counts(const struct rules_walk *walk, const struct block *block,
		   const struct kvmcaps_rule *rule)
{
	if (rule->feature != walk->feature)
		return false;
	if (block->vendor && !walk->any_vendor && block->vendor != walk->host->facts.vendor)
		return false;
	return walk->all || kvmcaps_release_in(rule->in, walk->release);
}

const struct kvmcaps_rule *rules_next(struct rules_walk *walk)
{
	const struct kvmcaps_rule *rule;
	const struct block *block;

	for (; walk->block < ARRAY_SIZE(blocks); walk->block++, walk->nr = 0) {
		block = &blocks[walk->block];
		while (walk->nr < block->rules->nr) {
			rule = &block->rules->rules[walk->nr++];
			if (counts(walk, block, rule))
				return rule;
		}
	}
	return NULL;
}

const char *rules_author(const struct kvmcaps_rule *rule)
{
	const struct block *block;

	for (block = blocks; block < blocks + ARRAY_SIZE(blocks); block++) {
		if (rule >= block->rules->rules && rule < block->rules->rules + block->rules->nr)
			return block->vendor ? kvmcaps_vendors[block->vendor].module : "kvm";
	}
	return "kvm";
}
