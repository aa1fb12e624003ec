// SPDX-License-Identifier: GPL-2.0
/* A pool for people: outliers, what is lost and to whom, what is left. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "baseline.h"
#include "bitname.h"
#include "fail.h"
#include "place.h"
#include "show.h"
#include "text.h"

#define INDENT		9
#define LOSS_INDENT	8
#define REASON_INDENT	4

struct what {
	char name[128];
};

static struct what name_loss(const struct pool_loss *loss)
{
	const struct kvm_cpuid_entry2 *entry = &loss->place->entry;
	struct what what;

	if (!loss->part)
		snprintf(what.name, sizeof(what.name), "%s", place_entry(entry).name);
	else if (loss->bit != MISS_ALL_BITS)
		snprintf(what.name, sizeof(what.name), "%s",
			 bitname_place(entry, loss->part->field.reg, loss->bit).name);
	else
		snprintf(what.name, sizeof(what.name), "%s %s",
			 place_reg(entry, loss->part->field.reg).name,
			 loss->part->field.row->what);
	return what;
}

/* A feature's name alone, if it has one. */
static struct what name_briefly(const struct pool_loss *loss)
{
	struct bitname_reg names;
	struct what what;

	if (loss->bit == MISS_ALL_BITS)
		return name_loss(loss);
	bitname_find(loss->place->entry.function, loss->place->entry.index,
		     loss->part->field.reg, &names);
	if (!names.names[loss->bit])
		return name_loss(loss);
	snprintf(what.name, sizeof(what.name), "%s", names.names[loss->bit]);
	return what;
}

/**
 * struct report - a list being printed
 * @text: where
 * @pool: the hosts
 * @prefix: of every line
 * @alone: losses that one host alone costs, in the order of CPUID
 * @nr_alone: how many
 */
struct report {
	struct text text;
	const struct pool *pool;
	const char *prefix;
	struct pool_loss *alone;
	unsigned int nr_alone;
};

static void add_alone(void *ctx, const struct pool_loss *loss)
{
	struct report *report = ctx;

	if (loss->cost->count != 1)
		return;
	report->alone = alloc_array(report->alone, report->nr_alone + 1, sizeof(*loss));
	report->alone[report->nr_alone++] = *loss;
}

static const char *outlier(const struct report *report, unsigned int nr)
{
	return report->alone[nr].cost->by[0].host;
}

static bool is_first_of(const struct report *report, unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < nr; i++) {
		if (outlier(report, i) == outlier(report, nr))
			return false;
	}
	return true;
}

/* Whether the outlier of a loss costs something further on. */
static bool has_more(const struct report *report, unsigned int nr)
{
	unsigned int i;

	for (i = nr + 1; i < report->nr_alone; i++) {
		if (outlier(report, i) == outlier(report, nr))
			return true;
	}
	return false;
}

static void print_outlier(struct report *report, unsigned int first)
{
	unsigned int i;

	text_begin(&report->text, INDENT, "alone:");
	text_add(&report->text, "%s costs", outlier(report, first));
	for (i = first; i < report->nr_alone; i++) {
		if (outlier(report, i) == outlier(report, first))
			text_add(&report->text, "%s%s", name_briefly(&report->alone[i]).name,
				 has_more(report, i) ? "," : "");
	}
	text_end(&report->text);
}

/* Of two hosts, one alone costs everything. */
static void print_outliers(struct report *report)
{
	unsigned int i;

	if (report->pool->nr_hosts < 3)
		return;
	pool_losses(&report->pool->supported, add_alone, report);
	pool_losses(&report->pool->emulated, add_alone, report);
	for (i = 0; i < report->nr_alone; i++) {
		if (is_first_of(report, i))
			print_outlier(report, i);
	}
	free(report->alone);
}

static void say_count(struct report *report, const struct pool_loss *loss)
{
	struct text *text = &report->text;

	text_add(text, "%u of %u hosts", loss->cost->count, report->pool->nr_hosts);
	if (!loss->part)
		text_add(text, "differ from the first where all must be alike");
	else if (loss->part->field.row->kind == FIELD_LIMIT)
		text_add(text, "have %u, others up to %u: %s", loss->part->least,
			 loss->part->most, loss->part->field.row->why);
	else if (loss->part->field.row->kind == FIELD_INVERTED)
		text_add(text, "have it: %s", loss->part->field.row->why);
	else
		text_add(text, "lack it");
}

/* Hosts with one reason, from @first on; returns the first with another. */
static unsigned int print_hosts(struct report *report, const struct pool_cost *cost,
				unsigned int first)
{
	const char *reason = cost->by[first].reason;
	unsigned int i, end = first + 1;

	while (end < cost->nr && !strcmp(cost->by[end].reason, reason))
		end++;
	text_begin(&report->text, REASON_INDENT, "");
	for (i = first; i < end; i++)
		text_add(&report->text, "%s%s", cost->by[i].host,
			 i + 1 < end ? "," : *reason ? ":" : "");
	if (*reason)
		text_add(&report->text, "%s", reason);
	text_end(&report->text);
	return end;
}

static void print_loss(void *ctx, const struct pool_loss *loss)
{
	struct report *report = ctx;
	char label[160];
	unsigned int i = 0;

	snprintf(label, sizeof(label), "%s%s:", report->prefix, name_loss(loss).name);
	text_begin(&report->text, LOSS_INDENT, label);
	say_count(report, loss);
	text_end(&report->text);
	while (i < loss->cost->nr)
		i = print_hosts(report, loss->cost, i);
	if (loss->cost->count > loss->cost->nr)
		printf("    and %u more\n", loss->cost->count - loss->cost->nr);
}

static void print_losses(struct report *report)
{
	unsigned int count;

	printf("\nLost, as not all hosts have it:\n");
	report->prefix = "";
	count = pool_losses(&report->pool->supported, print_loss, report);
	report->prefix = "emulated ";
	count += pool_losses(&report->pool->emulated, print_loss, report);
	if (!count)
		printf("nothing\n");
}

static void print_header(struct report *report, const struct baseline *baseline)
{
	text_begin(&report->text, INDENT, "hosts:");
	text_add(&report->text, "%u", report->pool->nr_hosts);
	if (baseline->skipped)
		text_add(&report->text, "and %zu that are left out", baseline->skipped);
	text_end(&report->text);
	text_begin(&report->text, INDENT, "first:");
	text_add(&report->text, "%s, whose identity, topology and caches stand for all",
		 report->pool->first[0].name);
	text_end(&report->text);
}

int baseline_text(const struct baseline *baseline)
{
	struct report report = { .pool = &baseline->pool };

	text_init(&report.text);
	print_header(&report, baseline);
	print_outliers(&report);
	print_losses(&report);
	show_text_table(&report.text, "Offered by all", baseline->offer.supported);
	show_text_table(&report.text, "Emulated by all", baseline->offer.emulated);
	return STATUS_GOOD;
}
