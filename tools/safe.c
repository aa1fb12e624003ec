// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include "bitname.h"
#include "blame.h"
#include "fail.h"
#include "place.h"
#include "safe.h"

/**
 * struct safe - a report under way
 * @prefix: of every line
 * @from: where the guest is
 * @to: where it is to go
 * @has_reasons: both know why, and this is the table that they know it of
 */
struct safe {
	const char *prefix;
	const struct source *from;
	const struct source *to;
	bool has_reasons;
};

/* What is said of both alike is not why they differ. */
static void print_reasons(const struct safe *safe, const struct kvm_cpuid_entry2 *entry,
			  const struct miss *miss)
{
	const struct source *const sides[] = { safe->from, safe->to };
	struct chain_step steps[2];
	unsigned int i;

	if (!safe->has_reasons)
		return;
	for (i = 0; i < 2; i++)
		steps[i] = blame(sides[i], entry->function, entry->index, &miss->part, miss->bit);
	for (i = 0; i < 2 && strcmp(steps[0].text, steps[1].text); i++)
		printf("    %s: %s\n", sides[i]->name, steps[i].text);
}

static void print_bit(const struct safe *safe, const struct kvm_cpuid_entry2 *entry,
		      const struct miss *miss)
{
	bool inverted = miss->part.row->kind == FIELD_INVERTED;

	printf("%s%s: only in %s: %s\n", safe->prefix,
	       bitname_place(entry, miss->part.reg, miss->bit).name,
	       inverted ? safe->to->name : safe->from->name, miss->part.row->why);
}

struct value {
	char text[16];
};

static struct value say_value(const struct field_part *part,
			      const struct kvm_cpuid_entry2 *entry)
{
	__u32 number = field_value(part, entry);
	struct value value;

	if (part->row->kind == FIELD_LIMIT)
		snprintf(value.text, sizeof(value.text), "%u", number);
	else
		snprintf(value.text, sizeof(value.text), "0x%08x", number);
	return value;
}

static void print_value(const struct safe *safe, const struct kvm_cpuid_entry2 *entry,
			const struct miss *miss)
{
	const struct field_part *part = &miss->part;

	printf("%s%s: %s: %s in %s, %s in %s: %s\n", safe->prefix,
	       place_reg(entry, part->reg).name, part->row->what,
	       say_value(part, miss->given).text, safe->from->name,
	       say_value(part, miss->there).text, safe->to->name, part->row->why);
}

static void print_miss(void *ctx, const struct miss *miss)
{
	const struct kvm_cpuid_entry2 *entry = miss->given ? miss->given : miss->there;
	const struct safe *safe = ctx;

	if (miss->bit == MISS_ALL_BITS)
		print_value(safe, entry, miss);
	else
		print_bit(safe, entry, miss);
	print_reasons(safe, entry, miss);
}

static void ignore(void *ctx, const struct miss *miss)
{
	(void)ctx;
	(void)miss;
}

/* Of a file that is a table nothing is known but that. */
static bool has_emulated(const struct source *from, const struct source *to)
{
	return from->tables.emulated && to->tables.emulated;
}

static unsigned int report(const struct source *from, const struct source *to)
{
	struct safe safe = {
		.prefix = "",
		.from = from,
		.to = to,
		.has_reasons = from->caps && to->caps,
	};
	unsigned int count;

	count = miss_tables(from->tables.supported, to->tables.supported, print_miss, &safe);
	if (!has_emulated(from, to))
		return count;
	safe.prefix = "emulated ";
	safe.has_reasons = false;
	return count + miss_tables(from->tables.emulated, to->tables.emulated, print_miss, &safe);
}

/* What only the other host has, a guest was not given. */
static unsigned int count_more(const struct source *from, const struct source *to)
{
	unsigned int count = miss_tables(to->tables.supported, from->tables.supported, ignore,
					 NULL);

	if (has_emulated(from, to))
		count += miss_tables(to->tables.emulated, from->tables.emulated, ignore, NULL);
	return count;
}

int safe_report(const struct source *from, const struct source *to)
{
	unsigned int count = report(from, to);

	if (count)
		return STATUS_DIFFERENT;
	printf("safe: a guest of %s misses nothing on %s, which has %u more\n", from->name,
	       to->name, count_more(from, to));
	return STATUS_GOOD;
}
