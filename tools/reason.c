// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <linux/bits.h>
#include <linux/kernel.h>
#include <kvmcaps/declare.h>
#include <kvmcaps/leaf.h>

#include "facts.h"
#include "reason.h"

/* What it means that a witness is missing, in the order in which it is said. */
struct missing {
	u8 need;
	const char *says;
};

static const struct missing missing[] = {
	{ KVMCAPS_NEED_CPU, "the CPU does not enumerate it" },
	{ KVMCAPS_NEED_KERNEL, "the kernel does not have it, or has masked it" },
	{ KVMCAPS_NEED_FLAG, "the kernel has no flag set for it" },
	{ KVMCAPS_NEED_64BIT, "the kernel is not a 64-bit one" },
	{ KVMCAPS_NEED_RUNTIME, "it follows the state of a running vCPU" },
};

static struct reason say_undeclared(const struct kvmcaps_host *host)
{
	struct reason reason;

	snprintf(reason.text, sizeof(reason.text), "KVM %s does not declare it",
		 facts_release(host).name);
	return reason;
}

static const struct kvmcaps_rule *find_set(const struct kvmcaps_rules *rules, u32 release,
					   unsigned int feature)
{
	const struct kvmcaps_rule *rule;

	for (rule = rules->rules; rule < rules->rules + rules->nr; rule++) {
		if (rule->feature == feature && rule->action == KVMCAPS_SET &&
		    kvmcaps_release_in(rule->in, release))
			return rule;
	}
	return NULL;
}

/* Only a rule of the vendor module could have set it. */
static struct reason say_vendor(const struct kvmcaps_host *host,
				const struct kvmcaps_caps *caps, unsigned int feature)
{
	const struct kvmcaps_vendor_info *vendor = &kvmcaps_vendors[host->facts.vendor];
	const struct kvmcaps_rule *rule = NULL;
	struct reason reason;

	if (vendor->rules)
		rule = find_set(vendor->rules, caps->release, feature);

	if (rule)
		snprintf(reason.text, sizeof(reason.text),
			 "%s would grant it where %s, which is not so here", vendor->module,
			 rule->why);
	else
		snprintf(reason.text, sizeof(reason.text), "%s does not grant it",
			 vendor->module);
	return reason;
}

static struct reason say_missing(u8 needs)
{
	struct reason reason = {};
	size_t len = 0;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(missing) && len < sizeof(reason.text); i++) {
		if (needs & missing[i].need)
			len += snprintf(reason.text + len, sizeof(reason.text) - len, "%s%s",
					len ? ", and " : "", missing[i].says);
	}
	return reason;
}

static struct reason say_rule(const struct kvmcaps_rule *rule)
{
	struct reason reason;

	snprintf(reason.text, sizeof(reason.text), "KVM %s it, because %s",
		 rule->action == KVMCAPS_SET ? "sets" : "clears", rule->why);
	return reason;
}

struct reason reason_feature(const struct kvmcaps_host *host,
			     const struct kvmcaps_caps *caps, unsigned int feature)
{
	struct kvmcaps_verdict verdict = kvmcaps_verdict(host, caps, feature);
	struct reason reason;

	/* What clears a feature that was not there is not why it is not there. */
	if (verdict.rule && (verdict.rule->action == KVMCAPS_SET || !verdict.missing))
		return say_rule(verdict.rule);
	if (verdict.missing & KVMCAPS_NEED_DECL)
		return say_undeclared(host);
	if (verdict.missing & KVMCAPS_NEED_VENDOR)
		return say_vendor(host, caps, feature);
	if (verdict.missing)
		return say_missing(verdict.missing);
	snprintf(reason.text, sizeof(reason.text), "%s", kvmcaps_classes[verdict.class].says);
	return reason;
}

struct reason reason_leaf(const struct kvmcaps_caps *caps, u32 function, u32 index)
{
	const struct kvmcaps_leaf *leaf = kvmcaps_leaf_find(caps->release, function, index);
	struct reason reason = {};

	if (leaf && leaf->why)
		snprintf(reason.text, sizeof(reason.text), "%s", leaf->why);
	return reason;
}

int reason_find_feature(u32 function, u32 index, unsigned int reg, unsigned int bit)
{
	const struct kvmcaps_word_info *info = kvmcaps_words;
	unsigned int word;

	for (word = 0; word < KVMCAPS_NR_WORDS; word++, info++) {
		if (info->function == function && info->index == index && info->reg == reg)
			return word * 32 + bit;
	}
	return -1;
}
