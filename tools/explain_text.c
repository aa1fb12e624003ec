// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <linux/kernel.h>
#include <kvmcaps/leaf.h>

#include "assumed.h"
#include "bitname.h"
#include "explain.h"
#include "fail.h"
#include "place.h"
#include "reason.h"
#include "text.h"

/* Steps stand in two columns, and so do lines of lists and registers. */
#define STEP_INDENT	14
#define BRIEF_INDENT	22
#define REG_INDENT	7

/**
 * struct page - what is printed on
 * @text: paragraphs
 * @subject: whose answer it is
 * @colour: the terminal shows colours
 * @begun: something was printed
 */
struct page {
	struct text text;
	const struct subject *subject;
	bool colour;
	bool begun;
};

static bool wants_colour(void)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && !(no && *no) && term && strcmp(term, "dumb");
}

struct explain_name explain_name(const struct subject *subject, const struct query *query)
{
	const struct kvmcaps_leaf *leaf = kvmcaps_leaf_find(subject->caps->release,
							    query->function, query->index);
	const struct kvm_cpuid_entry2 entry = {
		.function = query->function,
		.index = query->index,
		.flags = leaf->indices != KVMCAPS_INDEX_NONE ? KVM_CPUID_FLAG_SIGNIFCANT_INDEX : 0,
	};
	struct bitname_reg names;
	struct explain_name name;

	bitname_find(query->function, query->index, query->reg, &names);
	if (names.names[query->bit])
		snprintf(name.name, sizeof(name.name), "%s", names.names[query->bit]);
	else if (query->name)
		snprintf(name.name, sizeof(name.name), "%s", query->name);
	else
		snprintf(name.name, sizeof(name.name), "bit %u", query->bit);
	snprintf(name.place, sizeof(name.place), "%s[%u]",
		 place_reg(&entry, query->reg).name, query->bit);
	return name;
}

static void print_verdict(const struct page *page, bool offered)
{
	const char *words = offered ? "offered" : "not offered";

	if (page->colour)
		printf("\033[1;%dm%s\033[0m\n", offered ? 32 : 31, words);
	else
		printf("%s\n", words);
}

static void print_paragraph(struct page *page, unsigned int indent, const char *label,
			    const char *words)
{
	text_begin(&page->text, indent, label);
	text_add(&page->text, "%s", words);
	text_end(&page->text);
}

static void print_step(struct page *page, const char *key, const char *words)
{
	char label[STEP_INDENT];

	snprintf(label, sizeof(label), "  %s:", key);
	print_paragraph(page, STEP_INDENT, label, words);
}

static void print_chain(struct page *page, const struct explain_item *item,
			unsigned int feature)
{
	struct explain_name name = explain_name(page->subject, &item->query);
	const char *key = NULL;
	struct chain chain;
	unsigned int i;

	chain_begin(&chain, page->subject, feature);
	chain_build(&chain, page->subject);
	printf("%s  %s: ", name.name, name.place);
	print_verdict(page, chain.offered);
	if (item->note)
		print_step(page, "note", item->note);
	for (i = 0; i < chain.nr; i++) {
		key = chain_labels[chain.steps[i].layer];
		print_step(page, key, chain.steps[i].text);
	}
}

static void print_brief(struct page *page, const struct query *query, unsigned int feature)
{
	struct explain_name name = explain_name(page->subject, query);
	struct chain_step step;
	struct chain chain;

	chain_begin(&chain, page->subject, feature);
	step = chain_brief(&chain, page->subject);
	text_begin(&page->text, BRIEF_INDENT, name.name);
	text_add(&page->text, "%s %soffered: %s", name.place, chain.offered ? "" : "not ",
		 step.text);
	text_end(&page->text);
}

static void print_reg(struct page *page, const struct treatment *treatment, unsigned int nr)
{
	const struct treatment_reg *reg = &treatment->regs[nr];
	char label[REG_INDENT];

	snprintf(label, sizeof(label), "  %s:", place_reg_names[nr]);
	text_begin(&page->text, REG_INDENT, label);
	text_add(&page->text, "0x%08x, %s%s", reg->guest, reg->says,
		 reg->assumed ? ASSUMED_MARK : "");
	if (reg->cpu != reg->guest)
		text_add(&page->text, "(CPU: 0x%08x)", reg->cpu);
	text_end(&page->text);
}

static void print_leaf_title(struct page *page, const struct treatment *treatment)
{
	const struct kvm_cpuid_entry2 entry = {
		.function = treatment->function,
		.index = treatment->index,
		.flags = treatment->indexed ? KVM_CPUID_FLAG_SIGNIFCANT_INDEX : 0,
	};
	char label[64];

	snprintf(label, sizeof(label), "%s:", place_entry(&entry).name);
	print_paragraph(page, STEP_INDENT, label,
			*treatment->says ? treatment->says : "passed on");
}

static void print_index(struct page *page, const struct query *query, u32 index)
{
	struct treatment treatment;
	unsigned int nr;

	treatment_make(&treatment, page->subject, query->function, index);
	print_leaf_title(page, &treatment);
	for (nr = 0; nr < KVMCAPS_NR_REGS; nr++) {
		if (query->kind == QUERY_LEAF || query->reg == nr)
			print_reg(page, &treatment, nr);
	}
}

/* All indices in the table, or index 0 if there is none. */
static void print_leaf(struct page *page, const struct query *query)
{
	const struct kvm_cpuid2 *table = page->subject->table;
	bool any = false;
	u32 i;

	for (i = 0; i < table->nent && !query->has_index; i++) {
		if (table->entries[i].function != query->function)
			continue;
		print_index(page, query, table->entries[i].index);
		any = true;
	}
	if (!any)
		print_index(page, query, query->index);
}

static void print_word(struct page *page, const struct query *query)
{
	struct query each = *query;
	int feature = reason_find_feature(query->function, query->index, query->reg, 0);

	print_index(page, query, query->index);
	for (each.bit = 0; feature >= 0 && each.bit < 32; each.bit++, feature++)
		print_brief(page, &each, feature);
}

/* In a register that is no word of features, the leaf's row is all there is. */
static void print_bit(struct page *page, const struct explain_item *item)
{
	const struct query *query = &item->query;
	struct explain_name name = explain_name(page->subject, query);
	struct treatment treatment;
	struct assumed_words words;

	treatment_make(&treatment, page->subject, query->function, query->index);
	printf("%s  %s: ", name.name, name.place);
	print_verdict(page, treatment.regs[query->reg].guest & BIT(query->bit));
	if (item->note)
		print_step(page, "note", item->note);
	print_step(page, "CPU", treatment.regs[query->reg].cpu & BIT(query->bit) ?
		   "enumerates it" : "does not enumerate it");
	print_step(page, "KVM", treatment.regs[query->reg].says);
	if (*treatment.says)
		print_step(page, "table", treatment.says);
	if (treatment.regs[query->reg].assumed &&
	    assumed_words(page->subject->host, page->subject->saved, ASSUMED_KERNEL, &words))
		print_step(page, "assumed", words.text);
}

static void print_item(struct page *page, const struct explain_item *item)
{
	const struct query *query = &item->query;
	int feature = -1;

	if (query->kind == QUERY_BIT)
		feature = reason_find_feature(query->function, query->index, query->reg,
					      query->bit);
	if (item->brief) {
		print_brief(page, query, feature);
		return;
	}
	if (page->begun)
		putchar('\n');
	page->begun = true;
	if (feature >= 0)
		print_chain(page, item, feature);
	else if (query->kind == QUERY_BIT)
		print_bit(page, item);
	else if (query->kind == QUERY_REG)
		print_word(page, query);
	else
		print_leaf(page, query);
}

int explain_text(const struct explain_list *list, const struct subject *subject)
{
	struct page page = { .subject = subject, .colour = wants_colour() };
	unsigned int i;

	text_init(&page.text);
	for (i = 0; i < list->nr; i++)
		print_item(&page, &list->items[i]);
	return STATUS_GOOD;
}
