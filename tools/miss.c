// SPDX-License-Identifier: GPL-2.0
#include <linux/bits.h>

#include "miss.h"
#include "table.h"

struct search {
	miss_fn found;
	void *ctx;
	unsigned int count;
};

static void report(struct search *search, const struct miss *miss)
{
	search->count++;
	search->found(search->ctx, miss);
}

static void find_bits(struct search *search, struct miss *miss)
{
	__u32 missing = field_value(&miss->part, miss->given) &
			~field_value(&miss->part, miss->there);

	for (miss->bit = 0; miss->bit < 32; miss->bit++) {
		if (missing & BIT(miss->bit))
			report(search, miss);
	}
}

/* @given: the guest was given a value other than 0 in a field of this kind. */
static void find_part(struct search *search, struct miss *miss, bool given)
{
	__u32 mine = field_value(&miss->part, miss->given);
	__u32 theirs = field_value(&miss->part, miss->there);

	miss->bit = MISS_ALL_BITS;
	switch (miss->part.row->kind) {
	case FIELD_EQUAL:
		if (given && mine != theirs)
			report(search, miss);
		break;
	case FIELD_LIMIT:
		if (mine > theirs)
			report(search, miss);
		break;
	case FIELD_BITS:
	case FIELD_INVERTED:
		find_bits(search, miss);
		break;
	}
}

static void find_entry(struct search *search, const struct kvm_cpuid_entry2 *given,
		       const struct kvm_cpuid_entry2 *there)
{
	const struct kvm_cpuid_entry2 *entry = given ? given : there;
	struct field_part parts[FIELD_MAX_OF_ENTRY];
	struct miss miss = { .given = given, .there = there };
	unsigned int i, nr = field_parts_of_entry(entry->function, entry->index, parts);
	bool has_value = false;

	for (i = 0; i < nr; i++)
		has_value |= parts[i].row->kind == FIELD_EQUAL && field_value(&parts[i], given);
	for (i = 0; i < nr; i++) {
		miss.part = parts[i];
		find_part(search, &miss, has_value);
	}
}

unsigned int miss_tables(const struct kvm_cpuid2 *given, const struct kvm_cpuid2 *there,
			 miss_fn found, void *ctx)
{
	struct search search = { .found = found, .ctx = ctx };
	const struct kvm_cpuid_entry2 *entry;
	__u32 i;

	for (i = 0; i < given->nent; i++) {
		entry = &given->entries[i];
		find_entry(&search, entry, table_find(there, entry->function, entry->index));
	}
	/* Where only the host has a leaf, it may say that something is gone. */
	for (i = 0; i < there->nent; i++) {
		entry = &there->entries[i];
		if (!table_find(given, entry->function, entry->index))
			find_entry(&search, NULL, entry);
	}
	return search.count;
}
