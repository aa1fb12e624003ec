// SPDX-License-Identifier: GPL-2.0
/*
 * A host that lacks an entry counts as one that has it with zeroes. So every
 * field has a least value over the pool, whatever the order of the hosts, and a
 * guest that was given it misses nothing on any of them.
 */
#include <stdlib.h>
#include <string.h>
#include <linux/bits.h>
#include <kvmcaps/feature.h>

#include "alloc.h"
#include "blame.h"
#include "fail.h"
#include "pool.h"
#include "pool_xsave.h"
#include "table.h"

/**
 * struct fold - one host being added to a table
 * @pool: the pool, which does not count this host yet
 * @source: the host
 * @explains: its facts are about this table
 */
struct fold {
	const struct pool *pool;
	const struct source *source;
	bool explains;
};

static void blame_host(const struct fold *fold, const struct source *source,
		       const struct pool_place *place, const struct pool_part *part,
		       unsigned int bit, struct pool_cost *cost)
{
	struct chain_step step = {};

	cost->count++;
	if (cost->nr == POOL_NAMED)
		return;
	if (part && fold->explains)
		step = blame(source, place->entry.function, place->entry.index, &part->field,
			     bit);
	cost->by[cost->nr++] = (struct pool_blame){
		.host = source->name,
		.reason = alloc_copy(step.text),
	};
}

/* All hosts before this one. */
static void blame_former(const struct fold *fold, const struct pool_place *place,
			 const struct pool_part *part, unsigned int bit,
			 struct pool_cost *cost)
{
	unsigned int i;

	for (i = 0; i < fold->pool->nr_first; i++)
		blame_host(fold, &fold->pool->first[i], place, part, bit, cost);
	cost->count = fold->pool->nr_hosts;
}

static struct pool_cost *need_cost(struct pool_cost **cost)
{
	if (!*cost)
		*cost = alloc_zeroed(sizeof(**cost));
	return *cost;
}

static void forget_cost(struct pool_cost *cost)
{
	while (cost->nr)
		free(cost->by[--cost->nr].reason);
	cost->count = 0;
}

static void free_cost(struct pool_cost *cost)
{
	if (cost)
		forget_cost(cost);
	free(cost);
}

static void fold_bits(const struct fold *fold, const struct pool_place *place,
		      struct pool_part *part, __u32 value)
{
	__u32 fresh = value & ~part->most, missing = part->most & ~value;
	unsigned int bit;

	part->least &= value;
	part->most |= value;
	if (!(fresh | missing))
		return;
	for (bit = 0; bit < 32; bit++) {
		if (fresh & BIT(bit))
			blame_former(fold, place, part, bit, need_cost(&part->costs[bit]));
		if (missing & BIT(bit))
			blame_host(fold, fold->source, place, part, bit,
				   need_cost(&part->costs[bit]));
	}
}

static void fold_limit(const struct fold *fold, const struct pool_place *place,
		       struct pool_part *part, __u32 value)
{
	struct pool_cost *cost = need_cost(&part->costs[MISS_ALL_BITS]);

	if (value < part->least)
		forget_cost(cost);
	if (value <= part->least)
		blame_host(fold, fold->source, place, part, MISS_ALL_BITS, cost);
	part->least = value < part->least ? value : part->least;
	part->most = value > part->most ? value : part->most;
}

/* Returns whether the value is not that of the first host which has the place. */
static bool fold_part(const struct fold *fold, const struct pool_place *place,
		      struct pool_part *part, const struct kvm_cpuid_entry2 *entry)
{
	__u32 value = field_value(&part->field, entry);

	switch (part->field.row->kind) {
	case FIELD_BITS:
	case FIELD_INVERTED:
		fold_bits(fold, place, part, value);
		return false;
	case FIELD_LIMIT:
		fold_limit(fold, place, part, value);
		return false;
	case FIELD_EQUAL:
		return value != part->least;
	default:
		return false;
	}
}

/* @entry: NULL if the host does not have it. */
static void fold_place(const struct fold *fold, struct pool_place *place,
		       const struct kvm_cpuid_entry2 *entry)
{
	bool differs = false;
	unsigned int i;

	for (i = 0; i < place->nr_parts; i++)
		differs |= fold_part(fold, place, &place->parts[i], entry);
	if (!entry)
		return;
	if (differs)
		blame_host(fold, fold->source, place, NULL, MISS_ALL_BITS,
			   need_cost(&place->differs));
	place->hosts++;
	place->latest = fold->pool->nr_hosts + 1;
}

static void begin_part(const struct fold *fold, const struct pool_place *place,
		       struct pool_part *part)
{
	bool first = !fold->pool->nr_hosts;

	part->least = field_value(&part->field, first ? &place->entry : NULL);
	part->most = part->least;
	if (part->field.row->kind == FIELD_EQUAL || part->field.row->kind == FIELD_IGNORED)
		part->least = field_value(&part->field, &place->entry);
	if (part->field.row->kind == FIELD_LIMIT && !first)
		blame_former(fold, place, part, MISS_ALL_BITS,
			     need_cost(&part->costs[MISS_ALL_BITS]));
}

/* A place that no host before this one has. */
static struct pool_place *begin_place(const struct fold *fold,
				      const struct kvm_cpuid_entry2 *entry)
{
	struct field_part parts[FIELD_MAX_OF_ENTRY];
	unsigned int i, nr = field_parts_of_entry(entry->function, entry->index, parts);
	struct pool_place *place = alloc_zeroed(sizeof(*place) + nr * sizeof(place->parts[0]));

	place->entry = *entry;
	place->nr_parts = nr;
	for (i = 0; i < nr; i++) {
		place->parts[i].field = parts[i];
		begin_part(fold, place, &place->parts[i]);
	}
	return place;
}

/* KVM has its own leaves behind all others. */
static int compare_places(const struct kvm_cpuid_entry2 *a, const struct kvm_cpuid_entry2 *b)
{
	bool a_own = a->function >> 28 == 4, b_own = b->function >> 28 == 4;

	if (a_own != b_own)
		return a_own ? 1 : -1;
	if (a->function != b->function)
		return a->function < b->function ? -1 : 1;
	if (a->index != b->index)
		return a->index < b->index ? -1 : 1;
	return 0;
}

/* Where a place is in a table, or would have to be. */
static unsigned int find_slot(const struct pool_table *table,
			      const struct kvm_cpuid_entry2 *entry)
{
	unsigned int low = 0, high = table->nr, middle;

	while (low < high) {
		middle = (low + high) / 2;
		if (compare_places(&table->places[middle]->entry, entry) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct pool_place *pool_find(const struct pool_table *table, __u32 function, __u32 index)
{
	const struct kvm_cpuid_entry2 wanted = { .function = function, .index = index };
	unsigned int slot = find_slot(table, &wanted);

	if (slot == table->nr || compare_places(&table->places[slot]->entry, &wanted))
		return NULL;
	return table->places[slot];
}

static struct pool_place *need_place(const struct fold *fold, struct pool_table *table,
				     const struct kvm_cpuid_entry2 *entry)
{
	unsigned int slot = find_slot(table, entry);
	struct pool_place **at;

	if (slot < table->nr && !compare_places(&table->places[slot]->entry, entry))
		return table->places[slot];
	table->places = alloc_array(table->places, table->nr + 1, sizeof(*at));
	at = &table->places[slot];
	memmove(at + 1, at, (table->nr++ - slot) * sizeof(*at));
	*at = begin_place(fold, entry);
	return *at;
}

static void fold_table(const struct fold *fold, struct pool_table *table,
		       const struct kvm_cpuid2 *theirs)
{
	__u32 number = fold->pool->nr_hosts + 1;
	struct pool_place *place;
	unsigned int i;

	for (i = 0; i < theirs->nent; i++) {
		place = need_place(fold, table, &theirs->entries[i]);
		/* Of an entry that is there twice, a guest reads the first. */
		if (place->latest != number)
			fold_place(fold, place, &theirs->entries[i]);
	}
	for (i = 0; i < table->nr; i++) {
		if (table->places[i]->latest != number)
			fold_place(fold, table->places[i], NULL);
	}
}

static bool same_maker(const struct source *a, const struct source *b)
{
	const struct kvm_cpuid_entry2 *mine = table_find(a->tables.supported, 0, 0);
	const struct kvm_cpuid_entry2 *theirs = table_find(b->tables.supported, 0, 0);

	return mine && theirs && mine->ebx == theirs->ebx && mine->ecx == theirs->ecx &&
	       mine->edx == theirs->edx;
}

/* The first ones, whose reasons may be asked for when a later one has more. */
static void keep(struct pool *pool, struct source *source)
{
	if (pool->nr_first == POOL_NAMED)
		return;
	pool->first[pool->nr_first++] = *source;
	*source = (struct source){};
}

int pool_add(struct pool *pool, struct source *source)
{
	/* What is known of its table alone does not tell what is emulated. */
	static const struct kvm_cpuid2 nothing;
	const struct kvm_cpuid2 *emulated = source->tables.emulated;
	struct fold fold = { .pool = pool, .source = source, .explains = true };

	if (pool->nr_hosts && !same_maker(&pool->first[0], source))
		return fail("%s: its CPU is of another maker than that of %s",
			    source->name, pool->first[0].name);
	fold_table(&fold, &pool->supported, source->tables.supported);
	fold.explains = false;
	fold_table(&fold, &pool->emulated, emulated ? emulated : &nothing);
	keep(pool, source);
	pool->nr_hosts++;
	return STATUS_GOOD;
}

/* A value that is not everywhere, or not the same, is none. */
static __u32 common_value(const struct pool *pool, const struct pool_place *place,
			  const struct pool_part *part)
{
	bool everywhere = place->hosts == pool->nr_hosts;

	switch (part->field.row->kind) {
	case FIELD_EQUAL:
		return everywhere && !place->differs ? part->least : 0;
	case FIELD_IGNORED:
		return everywhere ? part->least : 0;
	default:
		return part->least;
	}
}

static struct kvm_cpuid_entry2 common_entry(const struct pool *pool,
					    const struct pool_place *place)
{
	struct kvm_cpuid_entry2 entry = place->entry;
	unsigned int i;

	for (i = 0; i < place->nr_parts; i++)
		field_put(&place->parts[i].field, &entry,
			  common_value(pool, place, &place->parts[i]));
	return entry;
}

struct kvm_cpuid2 *pool_offer(const struct pool *pool, const struct pool_table *table)
{
	struct kvm_cpuid2 *offer = alloc_zeroed(sizeof(*offer) +
						table->nr * sizeof(offer->entries[0]));
	struct kvm_cpuid_entry2 entry;
	unsigned int i;

	for (i = 0; i < table->nr; i++) {
		entry = common_entry(pool, table->places[i]);
		if (table->places[i]->hosts == pool->nr_hosts || !table_entry_is_zero(&entry))
			offer->entries[offer->nent++] = entry;
	}
	pool_xsave(offer);
	return offer;
}

static bool is_lost(const struct pool_part *part, unsigned int bit)
{
	if (part->field.row->kind == FIELD_LIMIT)
		return bit == MISS_ALL_BITS && part->least < part->most;
	return part->costs[bit];
}

static unsigned int place_losses(const struct pool_place *place, pool_loss_fn lost, void *ctx)
{
	struct pool_loss loss = { .place = place };
	unsigned int i, count = 0;

	for (i = 0; i < place->nr_parts; i++) {
		loss.part = &place->parts[i];
		for (loss.bit = 0; loss.bit <= MISS_ALL_BITS; loss.bit++) {
			if (!is_lost(loss.part, loss.bit))
				continue;
			loss.cost = loss.part->costs[loss.bit];
			lost(ctx, &loss);
			count++;
		}
	}
	if (!place->differs)
		return count;
	lost(ctx, &(struct pool_loss){ place, NULL, MISS_ALL_BITS, place->differs });
	return count + 1;
}

unsigned int pool_losses(const struct pool_table *table, pool_loss_fn lost, void *ctx)
{
	unsigned int i, count = 0;

	for (i = 0; i < table->nr; i++)
		count += place_losses(table->places[i], lost, ctx);
	return count;
}

static void free_place(struct pool_place *place)
{
	unsigned int i, bit;

	for (i = 0; i < place->nr_parts; i++) {
		for (bit = 0; bit <= MISS_ALL_BITS; bit++)
			free_cost(place->parts[i].costs[bit]);
	}
	free_cost(place->differs);
	free(place);
}

static void free_table(struct pool_table *table)
{
	while (table->nr)
		free_place(table->places[--table->nr]);
	free(table->places);
}

void pool_free(struct pool *pool)
{
	unsigned int i;

	free_table(&pool->supported);
	free_table(&pool->emulated);
	for (i = 0; i < pool->nr_first; i++)
		source_close(&pool->first[i]);
	*pool = (struct pool){};
}
