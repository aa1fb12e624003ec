// SPDX-License-Identifier: GPL-2.0
/* Which of the host's assumptions a verdict rests on. */
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "chain.h"
#include "facts.h"
#include "rules.h"
#include "term.h"

struct view {
	const struct kvmcaps_host *host;
	unsigned int feature;
	struct term_list asked;
};

static bool asks_flag(const struct view *view, unsigned int word)
{
	unsigned int i;

	for (i = 0; i < view->asked.nr; i++) {
		if (view->asked.terms[i].kind == KVMCAPS_TERM_HOST &&
		    KVMCAPS_WORD(view->asked.terms[i].arg) == word)
			return true;
	}
	return false;
}

static bool asks_svm(const struct view *view)
{
	return asks_flag(view, KVMCAPS_W_8000000A_EDX);
}

static bool asks_vmx(const struct view *view)
{
	unsigned int i;

	for (i = 0; i < view->asked.nr; i++) {
		if (view->asked.terms[i].kind == KVMCAPS_TERM_MSR)
			return true;
	}
	return false;
}

static bool is_nested(const struct view *view)
{
	return view->feature == KVMCAPS_F_SVM || view->feature == KVMCAPS_F_VMX ||
	       KVMCAPS_WORD(view->feature) == KVMCAPS_W_8000000A_EDX;
}

static bool is_sev(const struct view *view)
{
	return KVMCAPS_WORD(view->feature) == KVMCAPS_W_8000001F_EAX;
}

static bool is_nx(const struct view *view)
{
	return view->feature == KVMCAPS_F_NX;
}

static bool is_fpu(const struct view *view)
{
	return view->feature == KVMCAPS_F_FPU || view->feature == KVMCAPS_F_FXSR;
}

/* A vendor module would have had a say on it. */
static bool is_vendors(const struct view *view)
{
	struct rules_walk walk = { .host = view->host, .feature = view->feature, .all = true,
				   .any_vendor = true };
	const struct kvmcaps_rule *rule;

	while ((rule = rules_next(&walk))) {
		if (strcmp(rules_author(rule), "kvm"))
			return true;
	}
	return false;
}

static bool (*const rests_on[KVMCAPS_NR_ASSUMPTIONS])(const struct view *view) = {
	[KVMCAPS_ASSUME_SVM] = is_nested,
	[KVMCAPS_ASSUME_SVM_FEATURES] = asks_svm,
	[KVMCAPS_ASSUME_VMX] = is_nested,
	[KVMCAPS_ASSUME_VMX_CONTROLS] = asks_vmx,
	[KVMCAPS_ASSUME_NX] = is_nx,
	[KVMCAPS_ASSUME_FPU] = is_fpu,
	[KVMCAPS_ASSUME_SEV_FIRMWARE] = is_sev,
	[KVMCAPS_ASSUME_VENDOR] = is_vendors,
};

void chain_assumed(struct chain *chain, const struct subject *subject)
{
	struct view view = { .host = subject->host, .feature = chain->feature };
	struct rules_walk walk = {
		.host = subject->host,
		.feature = chain->feature,
		.release = subject->caps->release,
	};
	const struct kvmcaps_rule *rule;
	bool (*rests)(const struct view *view);
	unsigned int i;

	while ((rule = rules_next(&walk)))
		term_asked(subject->host, subject->caps, rule->terms, ARRAY_SIZE(rule->terms),
			   &view.asked);
	for (i = 0; i < KVMCAPS_NR_ASSUMPTIONS; i++) {
		rests = rests_on[i];
		if ((subject->host->facts.assumed & BIT(i)) && rests && rests(&view))
			chain_add(chain, CHAIN_ASSUMED, "%s", facts_assumption(subject->host, i));
	}
}
