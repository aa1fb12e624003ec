// SPDX-License-Identifier: GPL-2.0
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "term.h"

/* Which terms of a row are looked at. */
enum wanted {
	FAILING,
	HOLDING,
	ALL,
};

struct walk {
	const struct kvmcaps_host *host;
	const struct kvmcaps_caps *caps;
	struct term_list *list;
};

static void walk_terms(const struct walk *walk, const struct kvmcaps_term *terms,
		       unsigned int nr, enum wanted wanted);

static void add(struct term_list *list, const struct kvmcaps_term *term)
{
	unsigned int i;

	for (i = 0; i < list->nr; i++) {
		if (list->terms[i].kind == term->kind && list->terms[i].arg == term->arg)
			return;
	}
	if (list->nr < TERM_MAX)
		list->terms[list->nr++] = *term;
}

/* Whether what a term asks about is so; @unless is another matter. */
static bool is_so(const struct walk *walk, const struct kvmcaps_term *term)
{
	const struct kvmcaps_term plain = { .kind = term->kind, .arg = term->arg };

	return kvmcaps_terms_hold(walk->host, walk->caps, &plain, 1);
}

static bool applies(const struct walk *walk, const struct kvmcaps_condition *row,
		    unsigned int cond, enum wanted wanted)
{
	if (row->cond != cond || !(row->vendors & BIT(walk->host->facts.vendor)))
		return false;
	if (wanted == ALL)
		return true;
	if (!kvmcaps_release_in(row->in, walk->caps->release))
		return false;
	return wanted == FAILING ||
	       kvmcaps_terms_hold(walk->host, walk->caps, row->terms, ARRAY_SIZE(row->terms));
}

/* The rows of a condition; one without any is computed, and stands for itself. */
static void walk_condition(const struct walk *walk, const struct kvmcaps_term *term,
			   enum wanted wanted)
{
	const struct kvmcaps_condition *row = kvmcaps_conditions;
	bool found = false;
	unsigned int i;

	for (i = 0; i < kvmcaps_nr_conditions; i++, row++) {
		if (!applies(walk, row, term->arg, wanted))
			continue;
		found = true;
		walk_terms(walk, row->terms, ARRAY_SIZE(row->terms), wanted);
	}
	if (!found)
		add(walk->list, term);
}

static void walk_term(const struct walk *walk, const struct kvmcaps_term *term,
		      enum wanted wanted)
{
	bool so = is_so(walk, term);
	bool holds = so != term->unless;

	if ((wanted == HOLDING && !holds) || (wanted == FAILING && holds))
		return;
	if (term->kind != KVMCAPS_TERM_COND)
		add(walk->list, term);
	else if (wanted == ALL)
		walk_condition(walk, term, ALL);
	else
		walk_condition(walk, term, so ? HOLDING : FAILING);
}

static void walk_terms(const struct walk *walk, const struct kvmcaps_term *terms,
		       unsigned int nr, enum wanted wanted)
{
	unsigned int i;

	for (i = 0; i < nr && terms[i].kind != KVMCAPS_TERM_NONE; i++)
		walk_term(walk, &terms[i], wanted);
}

void term_failing(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps,
		  const struct kvmcaps_term *terms, unsigned int nr, struct term_list *list)
{
	const struct walk walk = { host, caps, list };

	walk_terms(&walk, terms, nr, FAILING);
}

void term_holding(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps,
		  const struct kvmcaps_term *terms, unsigned int nr, struct term_list *list)
{
	const struct walk walk = { host, caps, list };

	walk_terms(&walk, terms, nr, HOLDING);
}

void term_asked(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps,
		const struct kvmcaps_term *terms, unsigned int nr, struct term_list *list)
{
	const struct walk walk = { host, caps, list };

	walk_terms(&walk, terms, nr, ALL);
}
