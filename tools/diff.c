// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>
#include <kvmcaps/feature.h>

#include "bitname.h"
#include "blame.h"
#include "diff.h"
#include "place.h"
#include "printf.h"
#include "reason.h"
#include "redact.h"
#include "table.h"

/**
 * struct diff - a comparison under way
 * @prefix: of every line
 * @sides: the two tables
 * @count: differences so far
 */
struct diff {
	const char *prefix;
	const struct diff_side *sides[2];
	unsigned int count;
};

static void __printf(2, 3) report(struct diff *diff, const char *format, ...)
{
	va_list args;

	diff->count++;
	fputs(diff->prefix, stdout);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

static void report_values(struct diff *diff, const char *what, __u32 a, __u32 b)
{
	report(diff, "%s: 0x%08x in %s, 0x%08x in %s", what, a, diff->sides[0]->name,
	       b, diff->sides[1]->name);
}

static bool has_reasons(const struct diff *diff)
{
	return diff->sides[0]->source->caps && diff->sides[1]->source->caps;
}

static void print_reason(const struct diff_side *side, struct chain_step reason)
{
	if (*reason.text)
		printf("    %s: %s\n", side->name, reason.text);
}

static void explain_bit(const struct diff *diff, int feature)
{
	unsigned int i;

	for (i = 0; feature >= 0 && has_reasons(diff) && i < 2; i++)
		print_reason(diff->sides[i], blame_feature(diff->sides[i]->source, feature));
}

static void explain_entry(const struct diff *diff, const struct kvm_cpuid_entry2 *entry)
{
	unsigned int i;

	for (i = 0; has_reasons(diff) && i < 2; i++)
		print_reason(diff->sides[i], blame_leaf(diff->sides[i]->source, entry->function,
							entry->index));
}

/* A register without what is redacted on either side. */
static __u32 visible_reg(const struct diff *diff, const struct kvm_cpuid_entry2 *entry,
			 unsigned int reg)
{
	bool redacted = diff->sides[0]->source->redacted || diff->sides[1]->source->redacted;

	return table_entry_reg(entry, reg) &
	       ~(redacted ? redact_mask(entry->function, entry->index, reg) : 0);
}

static void diff_bits(struct diff *diff, const struct kvm_cpuid_entry2 *a,
		      const struct kvm_cpuid_entry2 *b, const struct bitname_reg *names)
{
	__u32 in_a = table_entry_reg(a, names->reg);
	__u32 differing = in_a ^ table_entry_reg(b, names->reg);
	unsigned int bit;

	for (bit = 0; bit < 32; bit++) {
		if (!(differing & BIT(bit)))
			continue;
		report(diff, "%s: only in %s", bitname_place(a, names->reg, bit).name,
		       diff->sides[in_a & BIT(bit) ? 0 : 1]->name);
		explain_bit(diff, reason_find_feature(a->function, a->index, names->reg, bit));
	}
}

static void diff_entries(struct diff *diff, const struct kvm_cpuid_entry2 *a,
			 const struct kvm_cpuid_entry2 *b)
{
	struct bitname_reg names;
	char what[64];
	__u32 reg;

	for (reg = 0; reg < KVMCAPS_NR_REGS; reg++) {
		if (visible_reg(diff, a, reg) == visible_reg(diff, b, reg))
			continue;
		if (bitname_find(a->function, a->index, reg, &names)) {
			diff_bits(diff, a, b, &names);
			continue;
		}
		report_values(diff, place_reg(a, reg).name, visible_reg(diff, a, reg),
			      visible_reg(diff, b, reg));
		explain_entry(diff, a);
	}
	snprintf(what, sizeof(what), "%s flags", place_entry(a).name);
	if (a->flags != b->flags)
		report_values(diff, what, a->flags, b->flags);
	if (memcmp(a->padding, b->padding, sizeof(a->padding)))
		report(diff, "%s: the padding differs", place_entry(a).name);
}

static bool is_same_place(const struct kvm_cpuid_entry2 *a, const struct kvm_cpuid_entry2 *b)
{
	return a->function == b->function && a->index == b->index;
}

/*
 * The entry of @table for the place of entry @nr of @like, or NULL; with
 * duplicates, the first for the first, and so on.
 */
static const struct kvm_cpuid_entry2 *find_like(const struct kvm_cpuid2 *table,
						const struct kvm_cpuid2 *like, __u32 nr)
{
	const struct kvm_cpuid_entry2 *wanted = &like->entries[nr];
	__u32 i, before = 0;

	for (i = 0; i < nr; i++)
		before += is_same_place(&like->entries[i], wanted);
	for (i = 0; i < table->nent; i++) {
		if (is_same_place(&table->entries[i], wanted) && !before--)
			return &table->entries[i];
	}
	return NULL;
}

static void report_only(struct diff *diff, const struct diff_side *side, __u32 nr)
{
	const struct kvm_cpuid_entry2 *e = &side->table->entries[nr];

	report(diff, "%s: only in %s: eax=0x%08x ebx=0x%08x ecx=0x%08x edx=0x%08x",
	       place_entry(e).name, side->name, e->eax, e->ebx, e->ecx, e->edx);
	explain_entry(diff, e);
}

/* Entries of both tables must come in the same order. */
static void diff_order(struct diff *diff)
{
	const struct kvm_cpuid2 *a = diff->sides[0]->table, *b = diff->sides[1]->table;
	const struct kvm_cpuid_entry2 *last = b->entries, *entry;
	__u32 i;

	for (i = 0; i < a->nent; i++) {
		entry = find_like(b, a, i);
		if (!entry)
			continue;
		if (entry < last) {
			report(diff, "order: %s comes after %s in %s, but before it in %s",
			       place_entry(entry).name, place_entry(last).name,
			       diff->sides[0]->name, diff->sides[1]->name);
			return;
		}
		last = entry;
	}
}

unsigned int diff_tables(const char *prefix, const struct diff_side *a,
			 const struct diff_side *b)
{
	struct diff diff = { .prefix = prefix, .sides = { a, b } };
	const struct kvm_cpuid_entry2 *other;
	__u32 i;

	for (i = 0; i < a->table->nent; i++) {
		other = find_like(b->table, a->table, i);
		if (other)
			diff_entries(&diff, &a->table->entries[i], other);
		else
			report_only(&diff, a, i);
	}
	for (i = 0; i < b->table->nent; i++) {
		if (!find_like(a->table, b->table, i))
			report_only(&diff, b, i);
	}
	diff_order(&diff);
	return diff.count;
}
