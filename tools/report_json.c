// SPDX-License-Identifier: GPL-2.0
/*
 * The data of the page. It is page.js's alone, and no interface: --json of the
 * other commands is for programs.
 */
#include <stdlib.h>
#include <string.h>
#include <linux/kernel.h>
#include <kvmcaps/leaf.h>

#include "assumed.h"
#include "command.h"
#include "explain.h"
#include "facts.h"
#include "outcome.h"
#include "place.h"
#include "report.h"
#include "synonym.h"

/**
 * struct view - what a part of the data is made from
 * @report: all
 * @side: one of the answers
 * @words: numbers of words in the order of their leaves
 * @word: one of these
 * @chain: of one feature
 */
struct view {
	const struct report *report;
	const struct report_side *side;
	const u8 *words;
	unsigned int word;
	const struct chain *chain;
};

/* Missing memory shows in the end, as an array without one of its values is none. */
static json_t *array_of(unsigned int nr, const struct view *view,
			json_t *(*make)(const struct view *view, unsigned int i))
{
	json_t *array = json_array();
	unsigned int i;

	for (i = 0; i < nr; i++) {
		if (!json_array_append_new(array, make(view, i)))
			continue;
		json_decref(array);
		return NULL;
	}
	return array;
}

static json_t *outcome_json(const struct view *view, unsigned int i)
{
	(void)view;
	return json_pack("{s:s, s:s, s:s, s:s}", "key", outcomes[i].key, "mark", outcomes[i].mark,
			 "label", outcomes[i].label, "says", outcomes[i].says);
}

static json_t *layer_json(const struct view *view, unsigned int i)
{
	(void)view;
	return json_pack("{s:s, s:s}", "key", chain_keys[i], "label", chain_labels[i]);
}

static json_t *synonyms_json(unsigned int feature)
{
	struct synonym_walk walk = { .feature = feature };
	json_t *array = json_array();
	const char *name, *who;

	while ((name = synonym_next(&walk, &who))) {
		if (!json_array_append_new(array, json_pack("[s, s?]", name, who)))
			continue;
		json_decref(array);
		return NULL;
	}
	return array;
}

static json_t *bit_json(const struct view *view, unsigned int bit)
{
	unsigned int feature = view->word * 32 + bit;
	struct query query = query_of_feature(feature);
	struct explain_name name = explain_name(&view->report->sides[0].subject, &query);

	return json_pack("{s:s, s:o}", "name", name.name, "also", synonyms_json(feature));
}

/* An index that counts for one side is written for both. */
static struct place word_place(const struct report *report, const struct kvmcaps_word_info *info)
{
	struct kvm_cpuid_entry2 entry = { .function = info->function, .index = info->index };
	const struct kvmcaps_leaf *leaf;
	unsigned int i;

	for (i = 0; i < report->nr; i++) {
		leaf = kvmcaps_leaf_find(report->sides[i].subject.caps->release, info->function,
					 info->index);
		if (leaf->indices != KVMCAPS_INDEX_NONE)
			entry.flags = KVM_CPUID_FLAG_SIGNIFCANT_INDEX;
	}
	return place_reg(&entry, info->reg);
}

static json_t *word_json(const struct view *view, unsigned int i)
{
	const struct kvmcaps_word_info *info = &kvmcaps_words[view->words[i]];
	struct view mine = *view;

	mine.word = view->words[i];
	return json_pack("{s:I, s:I, s:s, s:s, s:o}", "leaf", (json_int_t)info->function,
			 "index", (json_int_t)info->index,
			 "register", place_reg_names[info->reg],
			 "place", word_place(view->report, info).name,
			 "bits", array_of(32, &mine, bit_json));
}

static json_t *step_json(const struct view *view, unsigned int i)
{
	const struct chain_step *step = &view->chain->steps[i];

	return json_pack("[i, s]", step->layer, step->text);
}

static json_t *cell_json(const struct view *view, unsigned int bit)
{
	unsigned int feature = view->word * 32 + bit;
	struct query query = query_of_feature(feature);
	struct view mine = *view;
	struct chain chain;
	bool named;

	named = strncmp(explain_name(&view->side->subject, &query).name, "bit ", strlen("bit "));
	chain_begin(&chain, &view->side->subject, feature);
	chain_build(&chain, &view->side->subject);
	mine.chain = &chain;
	return json_pack("{s:i, s:b, s:b, s:s, s:o}", "outcome", outcome_of(&chain, named),
			 "cpu", chain.cpu, "guest", chain.offered,
			 "reason", chain_brief(&chain, &view->side->subject).text,
			 "steps", array_of(chain.nr, &mine, step_json));
}

static json_t *cells_json(const struct view *view, unsigned int i)
{
	struct view mine = *view;

	mine.word = view->words[i];
	return array_of(32, &mine, cell_json);
}

/* The parameters that are not as KVM has them by itself. */
static json_t *policy_json(const struct kvmcaps_host *host)
{
	json_t *array = json_array();
	struct facts_policy policy;
	unsigned int nr;

	for (nr = 0; facts_policy(host, nr, &policy); nr++) {
		if (policy.on == policy.usual ||
		    !json_array_append_new(array, json_sprintf("%s=%d", policy.name, policy.on)))
			continue;
		json_decref(array);
		return NULL;
	}
	return array;
}

static json_t *assumptions_json(const struct source *source)
{
	json_t *array = json_array();
	struct assumed_words words;
	unsigned int nr;

	for (nr = 0; nr < ASSUMED_NR; nr++) {
		if (!assumed_words(source->host, &source->saved, nr, &words) ||
		    !json_array_append_new(array, json_string(words.text)))
			continue;
		json_decref(array);
		return NULL;
	}
	return array;
}

static json_t *side_json(const struct view *view, unsigned int i)
{
	const struct source *source = &view->report->sides[i].source;
	struct view mine = *view;

	mine.side = &view->report->sides[i];
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "name", source->name,
			 "release", facts_release(source->host).name,
			 "module", facts_module(source->host),
			 "maker", facts_maker(source->host),
			 "cpu", facts_brand(source->host).name,
			 "policy", policy_json(source->host),
			 "assumptions", assumptions_json(source),
			 "words", array_of(KVMCAPS_NR_WORDS, &mine, cells_json));
}

static int by_leaf(const void *a, const void *b)
{
	const struct kvmcaps_word_info *x = &kvmcaps_words[*(const u8 *)a];
	const struct kvmcaps_word_info *y = &kvmcaps_words[*(const u8 *)b];

	if (x->function != y->function)
		return x->function < y->function ? -1 : 1;
	if (x->index != y->index)
		return x->index < y->index ? -1 : 1;
	return x->reg - y->reg;
}

json_t *report_json(const struct report *report)
{
	u8 words[KVMCAPS_NR_WORDS];
	const struct view view = { .report = report, .words = words };
	unsigned int i;

	for (i = 0; i < KVMCAPS_NR_WORDS; i++)
		words[i] = i;
	qsort(words, KVMCAPS_NR_WORDS, sizeof(*words), by_leaf);
	return json_pack("{s:s, s:o, s:o, s:o, s:o}", "version", COMMAND_VERSION,
			 "outcomes", array_of(OUTCOME_NR, &view, outcome_json),
			 "layers", array_of(CHAIN_NR_LAYERS, &view, layer_json),
			 "words", array_of(KVMCAPS_NR_WORDS, &view, word_json),
			 "sides", array_of(report->nr, &view, side_json));
}
