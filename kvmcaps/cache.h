/* SPDX-License-Identifier: GPL-2.0 */
/* Answers in memory, by CPU. */
#ifndef _KVMCAPS_CACHE_H
#define _KVMCAPS_CACHE_H

#include <linux/kref.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <kvmcaps/patch.h>

struct kvmcaps_host;

enum kvmcaps_list {
	KVMCAPS_LIST_EMULATED,
	KVMCAPS_LIST_SUPPORTED,
	KVMCAPS_LIST_SUPPORTED_XTILE,	/* for a process that may use AMX */
	KVMCAPS_NR_LISTS,
};

/**
 * struct kvmcaps_table - the lists of one CPU, to be shared
 * @ref: one for each slot
 * @nent: entries of all lists
 * @list: first entry, number of entries and room of each list
 * @entries: the lists, one behind the other
 */
struct kvmcaps_table {
	struct kref ref;
	u32 nent;
	struct {
		u16 first;
		u16 nent;
		u16 room;
	} list[KVMCAPS_NR_LISTS];
	struct kvm_cpuid_entry2 entries[] __aligned(sizeof(u64));
};

/**
 * struct kvmcaps_slot - how one CPU answers
 * @ref: one for the CPU, and one for each view that is held
 * @rcu: to free it
 * @table: shared with CPUs that answer alike
 * @nr_patches: how many
 * @patches: where it differs from @table, by place
 */
struct kvmcaps_slot {
	struct kref ref;
	struct rcu_head rcu;
	struct kvmcaps_table *table;
	unsigned int nr_patches;
	struct kvmcaps_patch patches[];
};

/**
 * struct kvmcaps_view - one list as one CPU answers it
 * @slot: the CPU's
 * @entries: the list, to be read with @patches applied
 * @nent: its entries
 * @room: entries KVM wants room for
 * @first: number of the list's first entry, as @patches count
 * @nr_patches: how many
 * @patches: by place
 */
struct kvmcaps_view {
	struct kvmcaps_slot *slot;
	const struct kvm_cpuid_entry2 *entries;
	u32 nent;
	u32 room;
	u32 first;
	u32 nr_patches;
	const struct kvmcaps_patch *patches;
};

int kvmcaps_cache_init(void);
void kvmcaps_cache_exit(void);
int kvmcaps_cache_refresh(void);
int kvmcaps_cache_serve(unsigned int cpu);
int kvmcaps_cache_drop(unsigned int cpu);

int kvmcaps_view_get(struct kvmcaps_view *view, enum kvmcaps_list list);
void kvmcaps_view_put(struct kvmcaps_view *view);

const struct kvmcaps_host *kvmcaps_cache_host_get(void);
void kvmcaps_cache_host_put(const struct kvmcaps_host *host);

DECLARE_PER_CPU(struct kvmcaps_slot __rcu *, kvmcaps_slots);

/* The list's share of the slot's patches: both are in order. */
static inline void kvmcaps_view_patches(struct kvmcaps_view *view, const struct kvmcaps_slot *slot)
{
	const struct kvmcaps_patch *patch = slot->patches;
	const struct kvmcaps_patch *end = patch + slot->nr_patches;

	while (patch < end && patch->entry < view->first)
		patch++;
	view->patches = patch;
	while (patch < end && patch->entry < view->first + view->nent)
		patch++;
	view->nr_patches = patch - view->patches;
}

/**
 * kvmcaps_view_peek() - the answer of the CPU that the caller runs on
 * @view: filled in; good until the caller switches preemption on
 * @list: which
 *
 * Inline, for a call has little else to do.
 *
 * Return: 0, or -ENOMEM if there was no memory for this CPU's answers when it
 * came online.
 */
static inline int kvmcaps_view_peek(struct kvmcaps_view *view, enum kvmcaps_list list)
{
	struct kvmcaps_slot *slot =
		rcu_dereference_sched(*this_cpu_ptr(&kvmcaps_slots));
	const struct kvmcaps_table *table;

	if (!slot)
		return -ENOMEM;

	table = slot->table;
	view->slot = slot;
	view->first = table->list[list].first;
	view->entries = table->entries + view->first;
	view->nent = table->list[list].nent;
	view->room = table->list[list].room;
	kvmcaps_view_patches(view, slot);
	return 0;
}

#endif /* _KVMCAPS_CACHE_H */
