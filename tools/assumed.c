// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "assumed.h"
#include "place.h"
#include "rules.h"
#include "term.h"

/**
 * struct view - a feature, seen from what its verdict rests on
 * @host: whose
 * @saved: its file; may be NULL
 * @feature: which
 * @verdict: on it
 * @asked: what rules ask about
 * @sets: a rule could set it, whatever the CPU has
 */
struct view {
	const struct kvmcaps_host *host;
	const struct saved *saved;
	unsigned int feature;
	struct kvmcaps_verdict verdict;
	struct term_list asked;
	bool sets;
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

/*
 * The CPU alone decides on what it does not have, KVM alone on what it does not
 * declare; on a word that the kernel does not keep, it has no say either.
 */
static bool is_kernels(const struct view *view)
{
	const u8 settled = KVMCAPS_NEED_CPU | KVMCAPS_NEED_DECL | KVMCAPS_NEED_VENDOR |
			   KVMCAPS_NEED_RUNTIME;
	u8 asks = KVMCAPS_NEED_FLAG | KVMCAPS_NEED_64BIT;

	if (kvmcaps_words[KVMCAPS_WORD(view->feature)].kept)
		asks |= KVMCAPS_NEED_KERNEL;
	if ((view->verdict.missing & settled) && !view->sets)
		return false;
	return (view->verdict.needs & asks) || view->asked.nr;
}

static bool is_absent(const struct view *view)
{
	return view->saved->absent & BIT(KVMCAPS_WORD(view->feature));
}

static bool (*const rests_on[ASSUMED_NR])(const struct view *view) = {
	[KVMCAPS_ASSUME_SVM] = is_nested,
	[KVMCAPS_ASSUME_SVM_FEATURES] = asks_svm,
	[KVMCAPS_ASSUME_VMX] = is_nested,
	[KVMCAPS_ASSUME_VMX_CONTROLS] = asks_vmx,
	[KVMCAPS_ASSUME_NX] = is_nx,
	[KVMCAPS_ASSUME_FPU] = is_fpu,
	[KVMCAPS_ASSUME_SEV_FIRMWARE] = is_sev,
	[KVMCAPS_ASSUME_VENDOR] = is_vendors,
	[ASSUMED_KERNEL] = is_kernels,
	[ASSUMED_ABSENT] = is_absent,
};

static void look(const struct subject *subject, unsigned int feature, struct view *view)
{
	struct rules_walk walk = {
		.host = subject->host,
		.feature = feature,
		.release = subject->caps->release,
	};
	const struct kvmcaps_rule *rule;

	*view = (struct view){
		.host = subject->host,
		.saved = subject->saved,
		.feature = feature,
		.verdict = kvmcaps_verdict(subject->host, subject->caps, feature),
	};
	while ((rule = rules_next(&walk))) {
		term_asked(subject->host, subject->caps, rule->terms, ARRAY_SIZE(rule->terms),
			   &view->asked);
		view->sets |= rule->action == KVMCAPS_SET;
	}
}

static bool is_needed(const struct kvmcaps_host *host, const struct saved *saved,
		      unsigned int nr)
{
	if (nr == ASSUMED_KERNEL)
		return saved && saved->dump;
	if (nr == ASSUMED_ABSENT)
		return saved && saved->absent;
	return facts_assumption(host, nr);
}

static bool rests(const struct view *view, unsigned int nr)
{
	return is_needed(view->host, view->saved, nr) && rests_on[nr] && rests_on[nr](view);
}

bool assumed_for(const struct subject *subject, unsigned int feature, unsigned int nr)
{
	struct view view;

	look(subject, feature, &view);
	return rests(&view, nr);
}

bool assumed_any(const struct subject *subject, unsigned int feature)
{
	struct view view;
	unsigned int nr;

	look(subject, feature, &view);
	for (nr = 0; nr < ASSUMED_NR; nr++) {
		if (rests(&view, nr))
			return true;
	}
	return false;
}

static void say_kernel(const struct kvmcaps_host *host, struct assumed_words *words)
{
	snprintf(words->text, sizeof(words->text),
		 "a Linux %u.%u of 64 bits that uses all it can of the CPU, and nothing on its command line, for the file has CPUID only",
		 host->facts.kernel >> 16, host->facts.kernel >> 8 & 0xff);
}

/* Registers of one place count once. */
static bool is_said(const struct saved *saved, unsigned int word)
{
	const struct kvmcaps_word_info *info = &kvmcaps_words[word];
	unsigned int before;

	for (before = 0; before < word; before++) {
		if ((saved->absent & BIT(before)) &&
		    kvmcaps_words[before].function == info->function &&
		    kvmcaps_words[before].index == info->index)
			return true;
	}
	return false;
}

static void say_absent(const struct saved *saved, struct assumed_words *words)
{
	struct kvm_cpuid_entry2 entry = { .flags = KVM_CPUID_FLAG_SIGNIFCANT_INDEX };
	const char *glue = "zeroes in ";
	unsigned int word;
	size_t len = 0;

	for (word = 0; word < KVMCAPS_NR_WORDS; word++) {
		if (!(saved->absent & BIT(word)) || is_said(saved, word))
			continue;
		entry.function = kvmcaps_words[word].function;
		entry.index = kvmcaps_words[word].index;
		len += snprintf(words->text + len, sizeof(words->text) - len, "%s%s", glue,
				place_entry(&entry).name);
		glue = ", ";
	}
	snprintf(words->text + len, sizeof(words->text) - len,
		 ", which the CPU has and the file does not");
}

bool assumed_words(const struct kvmcaps_host *host, const struct saved *saved,
		   unsigned int nr, struct assumed_words *words)
{
	if (!is_needed(host, saved, nr))
		return false;
	if (nr == ASSUMED_KERNEL)
		say_kernel(host, words);
	else if (nr == ASSUMED_ABSENT)
		say_absent(saved, words);
	else
		snprintf(words->text, sizeof(words->text), "%s", facts_assumption(host, nr));
	return true;
}
