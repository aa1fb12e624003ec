// SPDX-License-Identifier: GPL-2.0
/* Which rule had the last word, and which might have had it. */
#include <stdio.h>
#include <string.h>
#include <linux/kernel.h>

#include "chain.h"
#include "facts.h"
#include "rules.h"
#include "term.h"

struct clauses {
	char text[240];
};

static struct clauses join(const struct subject *subject, const struct term_list *list)
{
	struct clauses clauses = {};
	size_t len = 0;
	unsigned int i;

	for (i = 0; i < list->nr && len < sizeof(clauses.text); i++)
		len += snprintf(clauses.text + len, sizeof(clauses.text) - len, "%s%s",
				i ? ", " : "",
				term_state(subject->host, subject->caps, &list->terms[i]).text);
	return clauses;
}

/* The CPU has it, or would once the kernel had switched it on. */
static bool is_kernels(const struct subject *subject, unsigned int feature)
{
	if (feature >= NR_KVMCAPS_FEATURES || kvmcaps_host_has(subject->host, feature))
		return false;
	return kvmcaps_decls[feature].class == KVMCAPS_CLASS_RUNTIME_F ||
	       (kvmcaps_host_word(subject->host, KVMCAPS_WORD(feature)) & KVMCAPS_BIT(feature));
}

/* Why the kernel lacks what a rule asks for. */
static void add_causes(struct chain *chain, const struct subject *subject,
		       const struct term_list *list)
{
	const struct kvmcaps_term *term;
	struct cause cause;
	unsigned int i;
	bool found;

	for (i = 0; i < list->nr; i++) {
		term = &list->terms[i];
		found = false;
		if (term->kind == KVMCAPS_TERM_XSS)
			found = cause_find_state(subject->saved, term->arg, &cause);
		else if (term->kind == KVMCAPS_TERM_HOST && term->arg != chain->feature &&
			 is_kernels(subject, term->arg))
			found = cause_find(subject->host, subject->saved, term->arg, &cause);
		if (found)
			chain_likely(chain, &cause);
	}
}

static void add_fired(struct chain *chain, const struct subject *subject)
{
	const struct kvmcaps_rule *rule = chain->verdict.rule;
	struct term_list list = {};
	struct clauses clauses;

	if (rule->action == KVMCAPS_SET) {
		chain_add(chain, CHAIN_RULE, "%s sets it: %s", rules_author(rule), rule->why);
		return;
	}
	term_holding(subject->host, subject->caps, rule->terms, ARRAY_SIZE(rule->terms), &list);
	clauses = join(subject, &list);
	chain_add(chain, CHAIN_RULE, "%s %s it: %s%s%s%s", rules_author(rule),
		  chain->verdict.missing ? "would clear" : "clears", rule->why,
		  *clauses.text ? " (" : "", clauses.text, *clauses.text ? ")" : "");
	add_causes(chain, subject, &list);
}

static void add_candidate(struct chain *chain, const struct subject *subject,
			  const struct kvmcaps_rule *rule)
{
	struct term_list list = {};

	term_failing(subject->host, subject->caps, rule->terms, ARRAY_SIZE(rule->terms), &list);
	if (!list.nr)
		return;
	chain_add(chain, CHAIN_RULE, "%s would set it (%s), but %s", rules_author(rule),
		  rule->why, join(subject, &list).text);
	add_causes(chain, subject, &list);
}

static bool add_candidates(struct chain *chain, const struct subject *subject)
{
	struct rules_walk walk = {
		.host = subject->host,
		.feature = chain->feature,
		.release = subject->caps->release,
	};
	const struct kvmcaps_rule *rule;
	bool any = false;

	while ((rule = rules_next(&walk))) {
		if (rule->action != KVMCAPS_SET)
			continue;
		add_candidate(chain, subject, rule);
		any = true;
	}
	return any;
}

/* A rule that changed nothing had no last word. */
void chain_rules(struct chain *chain, const struct subject *subject)
{
	const struct kvmcaps_verdict *verdict = &chain->verdict;
	bool any = false;

	if (verdict->rule)
		add_fired(chain, subject);
	if (verdict->offered || (verdict->rule && verdict->rule->action == KVMCAPS_CLEAR))
		return;
	any = add_candidates(chain, subject);
	if (!any && verdict->class == KVMCAPS_CLASS_VENDOR_F)
		chain_add(chain, CHAIN_RULE, "%s never grants it", facts_module(subject->host));
}
