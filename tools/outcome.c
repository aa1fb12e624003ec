// SPDX-License-Identifier: GPL-2.0
/* In the order of reason.c, so that an outcome and its reason agree. */
#include <linux/kernel.h>

#include "outcome.h"

const struct outcome_info outcomes[OUTCOME_NR] = {
	[OUTCOME_OFFERED] = {
		"offered", "1", "offered",
		"KVM offers it to guests" },
	[OUTCOME_EXTRA] = {
		"extra", "+", "added by KVM",
		"KVM offers it, though the CPU does not enumerate it" },
	[OUTCOME_CPU] = {
		"cpu", "C", "CPU",
		"the CPU does not enumerate it, or only beyond its highest leaf" },
	[OUTCOME_KERNEL] = {
		"kernel", "K", "kernel",
		"the host's kernel does not have it, or has masked it" },
	[OUTCOME_KVM] = {
		"kvm", "D", "not declared",
		"KVM does not declare it" },
	[OUTCOME_RULE] = {
		"rule", "R", "rule",
		"a rule of KVM clears it, or the one that could grant it does not" },
	[OUTCOME_TABLE] = {
		"table", "T", "table",
		"the table does not have it, as its leaf is zero or beyond its end" },
	[OUTCOME_VCPU] = {
		"vcpu", "V", "running vCPU",
		"only a running vCPU shows it, at times" },
	[OUTCOME_UNDEFINED] = {
		"undefined", "\302\267", "no name",
		"a bit without a name, which the CPU does not enumerate" },
};

/**
 * struct refusal - whose word a missing witness is
 * @missing: any of KVMCAPS_NEED_*
 * @outcome: enum outcome
 */
struct refusal {
	u8 missing;
	u8 outcome;
};

/* The first that fits counts. */
static const struct refusal refusals[] = {
	{ KVMCAPS_NEED_DECL, OUTCOME_KVM },
	{ KVMCAPS_NEED_VENDOR, OUTCOME_RULE },
	{ KVMCAPS_NEED_RUNTIME, OUTCOME_VCPU },
	{ KVMCAPS_NEED_CPU, OUTCOME_CPU },
	{ KVMCAPS_NEED_KERNEL | KVMCAPS_NEED_FLAG | KVMCAPS_NEED_64BIT, OUTCOME_KERNEL },
};

static enum outcome refused_by(u8 missing)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(refusals); i++) {
		if (refusals[i].missing & missing)
			return refusals[i].outcome;
	}
	/* Nothing was missing, so that only a rule can have taken it away. */
	return OUTCOME_RULE;
}

enum outcome outcome_of(const struct chain *chain, bool named)
{
	if (chain->offered)
		return chain->cpu ? OUTCOME_OFFERED : OUTCOME_EXTRA;
	if (chain->verdict.offered)
		return OUTCOME_TABLE;
	if (!named && !chain->cpu)
		return OUTCOME_UNDEFINED;
	return refused_by(chain->verdict.missing);
}
