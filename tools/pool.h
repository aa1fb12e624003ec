/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A pool of hosts, folded into what all of them offer as it is read: but for the
 * first few, nothing stays of a host than what it costs the others.
 */
#ifndef TOOLS_POOL_H
#define TOOLS_POOL_H

#include "miss.h"
#include "source.h"

/* Hosts that are named for each thing that they cost. */
#define POOL_NAMED	3

/**
 * struct pool_blame - a host that costs something
 * @host: its name, the caller's
 * @reason: why, in one clause; may be empty
 */
struct pool_blame {
	const char *host;
	char *reason;
};

/**
 * struct pool_cost - hosts that cost the pool one thing
 * @count: how many
 * @nr: how many of them are named
 * @by: the first of them
 */
struct pool_cost {
	__u32 count;
	unsigned int nr;
	struct pool_blame by[POOL_NAMED];
};

/**
 * struct pool_part - a field of a place, over all hosts
 * @field: the field
 * @least: bits that all have, the smallest number, the first host's value
 * @most: bits that any has, the largest number
 * @costs: by bit, or at MISS_ALL_BITS: who costs it; NULL for nobody
 */
struct pool_part {
	struct field_part field;
	__u32 least;
	__u32 most;
	struct pool_cost *costs[MISS_ALL_BITS + 1];
};

/**
 * struct pool_place - a leaf and index, over all hosts
 * @entry: the first host's
 * @hosts: hosts that have it
 * @latest: number of the latest of them, from 1
 * @differs: hosts that have something else where all must have the same
 * @nr_parts: how many
 * @parts: its fields
 */
struct pool_place {
	struct kvm_cpuid_entry2 entry;
	__u32 hosts;
	__u32 latest;
	struct pool_cost *differs;
	unsigned int nr_parts;
	struct pool_part parts[];
};

/**
 * struct pool_table - a table, over all hosts
 * @places: in KVM's order
 * @nr: how many
 */
struct pool_table {
	struct pool_place **places;
	unsigned int nr;
};

/**
 * struct pool - hosts so far
 * @supported: what KVM offers
 * @emulated: what it emulates
 * @nr_hosts: how many
 * @first: the first of them, kept for the sake of their reasons
 * @nr_first: how many
 */
struct pool {
	struct pool_table supported;
	struct pool_table emulated;
	__u32 nr_hosts;
	struct source first[POOL_NAMED];
	unsigned int nr_first;
};

/*
 * Adds a host, whose name must stay, and may take it over; source_close() of what
 * is left follows. Returns STATUS_TROUBLE after a message if it is of another maker
 * than the first, and then the pool is as it was.
 */
int pool_add(struct pool *pool, struct source *source);

/* A place that some host has; NULL if none does. */
const struct pool_place *pool_find(const struct pool_table *table, __u32 function, __u32 index);

/* What all hosts offer; free() it. */
struct kvm_cpuid2 *pool_offer(const struct pool *pool, const struct pool_table *table);

/**
 * struct pool_loss - something that a host has and the pool has not
 * @place: where
 * @part: in which field; NULL if the hosts that have all of the place differ
 * @bit: of the field, or MISS_ALL_BITS
 * @cost: who costs it
 */
struct pool_loss {
	const struct pool_place *place;
	const struct pool_part *part;
	unsigned int bit;
	const struct pool_cost *cost;
};

typedef void (*pool_loss_fn)(void *ctx, const struct pool_loss *loss);

/* Calls @lost for each loss, in the order of CPUID, and returns how many there are. */
unsigned int pool_losses(const struct pool_table *table, pool_loss_fn lost, void *ctx);

void pool_free(struct pool *pool);

#endif /* TOOLS_POOL_H */
