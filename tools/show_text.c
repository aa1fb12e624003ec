// SPDX-License-Identifier: GPL-2.0
/* An answer for people: features by name, the rest in words or numbers. */
#include <stdio.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "assumed.h"
#include "facts.h"
#include "fail.h"
#include "meaning.h"
#include "place.h"
#include "show.h"
#include "text.h"

/* The words stand in two columns. */
#define INDENT		28
#define HEADER_INDENT	9

static void print_parameters(struct text *text, const struct kvmcaps_host *host)
{
	struct facts_policy policy;
	bool usual = true;
	unsigned int nr;

	text_begin(text, HEADER_INDENT, "policy:");
	for (nr = 0; facts_policy(host, nr, &policy); nr++) {
		if (policy.on == policy.usual)
			continue;
		text_add(text, "%s=%d,", policy.name, policy.on);
		usual = false;
	}
	text_add(text, "%sKVM's defaults", usual ? "" : "else ");
	text_end(text);
}

static void print_assumptions(struct text *text, const struct source *show)
{
	struct assumed_words words;
	unsigned int nr;

	for (nr = 0; nr < ASSUMED_NR; nr++) {
		if (!assumed_words(show->host, &show->saved, nr, &words))
			continue;
		text_begin(text, HEADER_INDENT, "assumed:");
		text_add(text, "%s", words.text);
		text_end(text);
	}
}

void show_text_header(struct text *text, const struct source *show)
{
	const struct kvmcaps_host *host = show->host;

	text_begin(text, HEADER_INDENT, source_is_file(show->name) ? "host:" : "device:");
	text_add(text, "%s", show->name);
	if (host)
		text_add(text, "answers as KVM %s with %s", facts_release(host).name,
			 facts_module(host));
	text_end(text);
	if (!host)
		return;

	text_begin(text, HEADER_INDENT, "CPU:");
	text_add(text, "%s", facts_maker(host));
	if (*facts_brand(host).name)
		text_add(text, "(%s)", facts_brand(host).name);
	text_end(text);
	print_parameters(text, host);
	print_assumptions(text, show);
}

void show_text_bits(struct text *text, u32 value, const struct bitname_reg *names)
{
	unsigned int bit;

	for (bit = 0; bit < 32; bit++) {
		if (!(value & BIT(bit)))
			continue;
		if (names->names[bit])
			text_add(text, "%s", names->names[bit]);
		else
			text_add(text, "%u", bit);
	}
}

static void print_bits(struct text *text, const struct kvm_cpuid_entry2 *entry,
		       const struct bitname_reg *names)
{
	text_begin(text, INDENT, place_reg(entry, names->reg).name);
	show_text_bits(text, table_entry_reg(entry, names->reg), names);
	text_end(text);
}

static void print_meaning(struct text *text, const struct kvm_cpuid_entry2 *entry,
			  const struct meaning *meaning, unsigned int reg)
{
	struct place place = meaning_is_single(meaning) ? place_reg(entry, reg) :
							  place_entry(entry);

	text_begin(text, INDENT, place.name);
	meaning->say(text, entry);
	text_end(text);
}

/* Prints a register that can be put into words, and returns what it covered. */
static unsigned int print_reg(struct text *text, const struct kvm_cpuid_entry2 *entry,
			      unsigned int reg)
{
	const struct meaning *meaning = meaning_find(entry, reg);
	struct bitname_reg names;

	if (meaning) {
		print_meaning(text, entry, meaning, reg);
		return meaning->regs;
	}
	if (!bitname_find(entry->function, entry->index, reg, &names))
		return 0;
	print_bits(text, entry, &names);
	return BIT(reg);
}

static void print_numbers(struct text *text, const struct kvm_cpuid_entry2 *entry,
			  unsigned int regs)
{
	unsigned int reg;

	text_begin(text, INDENT, place_entry(entry).name);
	for (reg = 0; reg < KVMCAPS_NR_REGS; reg++) {
		if (regs & BIT(reg))
			text_add(text, "%s=0x%08x", place_reg_names[reg],
				 table_entry_reg(entry, reg));
	}
	text_end(text);
}

static void print_entry(struct text *text, const struct kvm_cpuid_entry2 *entry)
{
	unsigned int reg, covered, done = 0, numbers = 0;

	for (reg = 0; reg < KVMCAPS_NR_REGS; reg++) {
		if (!table_entry_reg(entry, reg) || (done & BIT(reg)))
			continue;
		covered = print_reg(text, entry, reg);
		done |= covered;
		if (!covered)
			numbers |= BIT(reg);
	}
	if (numbers)
		print_numbers(text, entry, numbers);
}

/* Length of the run of zero leaves, index 0 each, that begins at @from. */
static __u32 zero_run(const struct kvm_cpuid2 *table, __u32 from)
{
	const struct kvm_cpuid_entry2 *e = &table->entries[from];
	__u32 nr = 1;

	while (from + nr < table->nent && !e[nr].index && !e->index &&
	       e[nr].function == e->function + nr && table_entry_is_zero(&e[nr]))
		nr++;
	return nr;
}

static void print_zero_run(struct text *text, const struct kvm_cpuid_entry2 *first, __u32 nr)
{
	if (first->index)
		text_add(text, "%X.%X", first->function, first->index);
	else if (nr == 1)
		text_add(text, "%X", first->function);
	else
		text_add(text, "%X-%X", first->function, first->function + nr - 1);
}

static void print_zeroes(struct text *text, const struct kvm_cpuid2 *table)
{
	bool begun = false;
	__u32 i, nr;

	for (i = 0; i < table->nent; i += nr) {
		nr = 1;
		if (!table_entry_is_zero(&table->entries[i]))
			continue;
		if (!begun)
			text_begin(text, HEADER_INDENT, "zero:");
		begun = true;
		nr = zero_run(table, i);
		print_zero_run(text, &table->entries[i], nr);
	}
	if (begun)
		text_end(text);
}

void show_text_table(struct text *text, const char *title, const struct kvm_cpuid2 *table)
{
	__u32 i;

	printf("\n%s, %u entries:\n", title, table->nent);
	for (i = 0; i < table->nent; i++)
		print_entry(text, &table->entries[i]);
	print_zeroes(text, table);
}

int show_text(const struct source *show)
{
	struct text text;

	text_init(&text);
	show_text_header(&text, show);
	show_text_table(&text, "Offered", show->tables.supported);
	show_text_table(&text, "Emulated", show->tables.emulated);
	return STATUS_GOOD;
}
