// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <linux/kernel.h>

#include "assumed.h"
#include "chain.h"
#include "reason.h"
#include "source.h"
#include "table.h"

const char *const chain_labels[CHAIN_NR_LAYERS] = {
	[CHAIN_CPU] = "CPU", [CHAIN_KERNEL] = "kernel", [CHAIN_LIKELY] = "likely",
	[CHAIN_KVM] = "KVM", [CHAIN_RULE] = "rule", [CHAIN_TABLE] = "table",
	[CHAIN_CHANGE] = "to have it", [CHAIN_ASSUMED] = "assumed",
};

const char *const chain_keys[CHAIN_NR_LAYERS] = {
	[CHAIN_CPU] = "cpu", [CHAIN_KERNEL] = "kernel", [CHAIN_LIKELY] = "likely",
	[CHAIN_KVM] = "kvm", [CHAIN_RULE] = "rule", [CHAIN_TABLE] = "table",
	[CHAIN_CHANGE] = "change", [CHAIN_ASSUMED] = "assumed",
};

struct subject chain_subject(const struct source *source)
{
	return (struct subject){
		.host = source->host,
		.caps = source->caps,
		.table = source->tables.supported,
		.saved = &source->saved,
	};
}

void chain_add(struct chain *chain, enum chain_layer layer, const char *format, ...)
{
	struct chain_step *step = &chain->steps[chain->nr];
	va_list args;

	if (chain->nr == CHAIN_MAX_STEPS)
		return;
	chain->nr++;
	step->layer = layer;
	va_start(args, format);
	vsnprintf(step->text, sizeof(step->text), format, args);
	va_end(args);
}

void chain_likely(struct chain *chain, const struct cause *cause)
{
	chain_add(chain, CHAIN_LIKELY, "%s", cause->text);
	if (!*chain->remedy)
		snprintf(chain->remedy, sizeof(chain->remedy), "%s", cause->remedy);
}

void chain_begin(struct chain *chain, const struct subject *subject, unsigned int feature)
{
	const struct kvmcaps_word_info *info = &kvmcaps_words[KVMCAPS_WORD(feature)];
	const struct kvm_cpuid_entry2 *entry = table_find(subject->table, info->function,
							  info->index);

	*chain = (struct chain){
		.feature = feature,
		.verdict = kvmcaps_verdict(subject->host, subject->caps, feature),
		.cpu = kvmcaps_host_word(subject->host, KVMCAPS_WORD(feature)) &
		       KVMCAPS_BIT(feature),
		.kernel = !info->kept || kvmcaps_host_has(subject->host, feature),
		.offered = entry && (table_entry_reg(entry, info->reg) & KVMCAPS_BIT(feature)),
	};
}

/* KVM takes a word of a leaf beyond the highest for zero, in newer releases. */
static void add_cpu(struct chain *chain, const struct subject *subject)
{
	u32 function = kvmcaps_words[KVMCAPS_WORD(chain->feature)].function;
	u32 highest = kvmcaps_host_cpuid(subject->host, function & 0xffff0000, 0).eax;

	if (!chain->cpu && highest < function)
		chain_add(chain, CHAIN_CPU, "does not enumerate it: its highest leaf is %XH",
			  highest);
	else if (!chain->cpu)
		chain_add(chain, CHAIN_CPU, "does not enumerate it");
	else if (highest < function &&
		 kvmcaps_caps_cond(subject->caps, KVMCAPS_COND_WORDS_IN_RANGE))
		chain_add(chain, CHAIN_CPU,
			  "returns it beyond its highest leaf, %XH, where KVM does not look",
			  highest);
	else
		chain_add(chain, CHAIN_CPU, "enumerates it");
}

void chain_build(struct chain *chain, const struct subject *subject)
{
	add_cpu(chain, subject);
	chain_kernel(chain, subject);
	chain_kvm(chain, subject);
	chain_rules(chain, subject);
	chain_table(chain, subject);
	if (!chain->offered)
		chain_change(chain, subject);
	chain_assumed(chain, subject);
}

struct chain_step chain_brief(const struct chain *chain, const struct subject *subject)
{
	struct chain copy = *chain;
	struct chain_step step = {};
	struct reason reason;

	copy.nr = 0;
	chain_table(&copy, subject);
	if (copy.nr)
		return copy.steps[0];
	reason = reason_feature(subject->host, subject->caps, chain->feature);
	snprintf(step.text, sizeof(step.text), "%s%s", reason.text,
		 assumed_any(subject, chain->feature) ? ASSUMED_MARK : "");
	return step;
}
