// SPDX-License-Identifier: GPL-2.0
/*
 * Answers in memory. Each CPU's is computed on that CPU when the module loads
 * or the CPU comes online, never for a call. CPUs that answer alike share a
 * table; each has a slot with the few registers in which it differs.
 *
 * A call reads its slot with preemption off, which is an RCU read section, and
 * copies from the table at once. Where user memory has to be waited for, it
 * takes a reference first: the wait may be for ever, and CPU hotplug must not
 * wait with it.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <kvmcaps/answer.h>
#include "cache.h"
#include "host_live.h"

/* Registers in which a CPU may differ and still share another's table. */
#define MAX_PATCHES	16

/**
 * struct basis - what KVM would compute once, when it loads
 * @ref: one for the cache and each reader of @host
 * @caps: decided
 * @host: the host it was decided on
 */
struct basis {
	struct kref ref;
	struct kvmcaps_caps caps;
	struct kvmcaps_host host;
};

DEFINE_PER_CPU(struct kvmcaps_slot __rcu *, kvmcaps_slots);
/* Writers of slots and basis. Never held while user memory is touched. */
static DEFINE_MUTEX(lock);
static struct basis *basis;
static enum cpuhp_state hotplug_state;
/* A CPU that cannot be served fails the load, but not its coming online. */
static bool loading;

static void table_release(struct kref *ref)
{
	kfree(container_of(ref, struct kvmcaps_table, ref));
}

/* After the last RCU reader: the table's entries are read as the slot is. */
static void slot_free(struct rcu_head *rcu)
{
	struct kvmcaps_slot *slot = container_of(rcu, struct kvmcaps_slot, rcu);

	kref_put(&slot->table->ref, table_release);
	kfree(slot);
}

static void slot_release(struct kref *ref)
{
	call_rcu(&container_of(ref, struct kvmcaps_slot, ref)->rcu, slot_free);
}

static void slot_put(struct kvmcaps_slot *slot)
{
	if (slot)
		kref_put(&slot->ref, slot_release);
}

static void basis_release(struct kref *ref)
{
	kvfree(container_of(ref, struct basis, ref));
}

static struct kvmcaps_slot *slot_of(unsigned int cpu)
{
	return rcu_dereference_protected(per_cpu(kvmcaps_slots, cpu), lockdep_is_held(&lock));
}

static void slot_replace(unsigned int cpu, struct kvmcaps_slot *slot)
{
	struct kvmcaps_slot *old = slot_of(cpu);

	rcu_assign_pointer(per_cpu(kvmcaps_slots, cpu), slot);
	slot_put(old);
}

static struct kvmcaps_slot *slot_alloc(struct kvmcaps_table *table,
				       const struct kvmcaps_patch *patches, unsigned int nr)
{
	struct kvmcaps_slot *slot = kmalloc(struct_size(slot, patches, nr), GFP_KERNEL);

	if (!slot)
		return NULL;
	kref_init(&slot->ref);
	slot->table = table;
	slot->nr_patches = nr;
	if (nr)
		memcpy(slot->patches, patches, nr * sizeof(*patches));
	return slot;
}

/* Only as large as the record that is in it. */
static struct basis *basis_trim(const struct basis *b)
{
	return kvmemdup(b, offsetof(struct basis, host.cpuid[b->host.nr_cpuid]), GFP_KERNEL);
}

static struct basis *basis_alloc(void)
{
	struct basis *trimmed, *b = kvzalloc(sizeof(*b), GFP_KERNEL);

	if (!b)
		return NULL;
	kref_init(&b->ref);
	migrate_disable();
	kvmcaps_host_read_facts(&b->host.facts);
	kvmcaps_host_read_cpuid(&b->host);
	migrate_enable();
	kvmcaps_host_assume(&b->host, &b->caps);
	kvmcaps_decide(&b->host, &b->caps);
	trimmed = basis_trim(b);
	kvfree(b);
	return trimmed;
}

static void basis_put(struct basis *b)
{
	if (b)
		kref_put(&b->ref, basis_release);
}

/**
 * struct workshop - where a CPU's table is made
 * @basis: what to answer by
 * @host: the CPU's own CPUID
 * @answer: the list in hand
 * @table: all lists, with room for the longest
 */
struct workshop {
	const struct basis *basis;
	struct kvmcaps_host host;
	struct kvmcaps_answer answer;
	struct kvmcaps_table *table;
};

#define LONGEST_TABLE	(KVMCAPS_NR_LISTS * KVMCAPS_MAX_ENTRIES)

static void workshop_free(struct workshop *w)
{
	if (w)
		kvfree(w->table);
	kvfree(w);
}

static struct workshop *workshop_alloc(const struct basis *b)
{
	struct workshop *w = kvzalloc(sizeof(*w), GFP_KERNEL);

	if (!w)
		return NULL;
	w->basis = b;
	w->table = kvzalloc(struct_size(w->table, entries, LONGEST_TABLE), GFP_KERNEL);
	if (w->table)
		return w;
	workshop_free(w);
	return NULL;
}

static void table_add(struct workshop *w, enum kvmcaps_list list)
{
	struct kvmcaps_table *table = w->table;

	table->list[list].first = table->nent;
	table->list[list].nent = w->answer.nent;
	table->list[list].room = w->answer.room;
	memcpy(table->entries + table->nent, w->answer.entries,
	       w->answer.nent * sizeof(*w->answer.entries));
	table->nent += w->answer.nent;
}

/* Runs on the CPU whose table it is. */
static int table_build(void *data)
{
	struct workshop *w = data;
	const struct kvmcaps_caps *caps = &w->basis->caps;
	u64 plain = kvmcaps_permitted_xcr0(caps, ~KVMCAPS_DYNAMIC_XCR0);
	u64 full = kvmcaps_permitted_xcr0(caps, ~0ull);

	w->host.facts = w->basis->host.facts;
	kvmcaps_host_read_cpuid(&w->host);

	w->table->nent = 0;
	kvmcaps_answer_emulated(&w->host, caps, &w->answer);
	table_add(w, KVMCAPS_LIST_EMULATED);
	kvmcaps_answer_supported(&w->host, caps, plain, &w->answer);
	table_add(w, KVMCAPS_LIST_SUPPORTED);

	w->table->list[KVMCAPS_LIST_SUPPORTED_XTILE] = w->table->list[KVMCAPS_LIST_SUPPORTED];
	if (full != plain) {
		kvmcaps_answer_supported(&w->host, caps, full, &w->answer);
		table_add(w, KVMCAPS_LIST_SUPPORTED_XTILE);
	}
	return 0;
}

static struct kvmcaps_slot *slot_share(struct kvmcaps_table *table,
				       const struct kvmcaps_table *mine)
{
	struct kvmcaps_patch patches[MAX_PATCHES];
	struct kvmcaps_slot *slot;
	int nr;

	if (memcmp(table->list, mine->list, sizeof(mine->list)))
		return NULL;
	nr = kvmcaps_patch_make(table->entries, mine->entries, mine->nent,
				patches, ARRAY_SIZE(patches));
	if (nr < 0)
		return NULL;
	slot = slot_alloc(table, patches, nr);
	if (slot)
		kref_get(&table->ref);
	return slot;
}

static struct kvmcaps_slot *slot_own(const struct kvmcaps_table *mine)
{
	struct kvmcaps_table *table;
	struct kvmcaps_slot *slot = NULL;

	table = kmemdup(mine, struct_size(mine, entries, mine->nent), GFP_KERNEL);
	if (!table)
		return NULL;
	kref_init(&table->ref);
	slot = slot_alloc(table, NULL, 0);
	if (!slot)
		kfree(table);
	return slot;
}

/* @pending: slots not published yet, by CPU, whose tables can be shared too */
static struct kvmcaps_slot *slot_make(const struct kvmcaps_table *mine,
				      struct kvmcaps_slot **pending)
{
	struct kvmcaps_slot *other, *slot;
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		other = pending && pending[cpu] ? pending[cpu] : slot_of(cpu);
		slot = other ? slot_share(other->table, mine) : NULL;
		if (slot)
			return slot;
	}
	return slot_own(mine);
}

/**
 * kvmcaps_cache_serve() - compute the answers of a CPU that comes online
 * @cpu: that runs this
 *
 * Return: 0, or -ENOMEM while the module loads.
 */
int kvmcaps_cache_serve(unsigned int cpu)
{
	struct workshop *w;
	struct kvmcaps_slot *slot = NULL;

	mutex_lock(&lock);
	w = workshop_alloc(basis);
	if (w) {
		table_build(w);
		slot = slot_make(w->table, NULL);
		slot_replace(cpu, slot);
	}
	workshop_free(w);
	mutex_unlock(&lock);

	if (slot)
		return 0;
	if (loading)
		return -ENOMEM;
	pr_warn("no memory for the answers of CPU %u: calls there fail until a refresh\n", cpu);
	return 0;
}

/**
 * kvmcaps_cache_drop() - forget the answers of a CPU that goes offline
 * @cpu: which
 *
 * Return: 0.
 */
int kvmcaps_cache_drop(unsigned int cpu)
{
	mutex_lock(&lock);
	slot_replace(cpu, NULL);
	mutex_unlock(&lock);
	return 0;
}

/**
 * kvmcaps_cache_init() - read the host and compute the answers of all CPUs
 *
 * Return: 0 or -ENOMEM.
 */
int kvmcaps_cache_init(void)
{
	int state;

	basis = basis_alloc();
	if (!basis)
		return -ENOMEM;

	loading = true;
	state = cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "kvmcaps:online",
				  kvmcaps_cache_serve, kvmcaps_cache_drop);
	loading = false;
	if (state < 0) {
		basis_put(basis);
		rcu_barrier();
		return state;
	}
	hotplug_state = state;
	return 0;
}

/**
 * kvmcaps_cache_exit() - forget everything; nobody holds a view any more
 */
void kvmcaps_cache_exit(void)
{
	cpuhp_remove_state(hotplug_state);
	basis_put(basis);
	/* slot_free() is this module's. */
	rcu_barrier();
}

static int build_pending(const struct basis *b, struct kvmcaps_slot **pending)
{
	struct workshop *w = workshop_alloc(b);
	unsigned int cpu;
	int err = w ? 0 : -ENOMEM;

	for_each_online_cpu(cpu) {
		if (err)
			break;
		err = smp_call_on_cpu(cpu, table_build, w, false);
		if (err)
			break;
		pending[cpu] = slot_make(w->table, pending);
		if (!pending[cpu])
			err = -ENOMEM;
	}
	workshop_free(w);
	return err;
}

/* Either every online CPU gets its new slot, or none does. */
static int refresh_locked(struct basis **new, struct kvmcaps_slot **pending)
{
	unsigned int cpu;
	int err = build_pending(*new, pending);

	for_each_online_cpu(cpu) {
		if (err)
			slot_put(pending[cpu]);
		else
			slot_replace(cpu, pending[cpu]);
	}
	if (!err)
		swap(basis, *new);
	return err;
}

/**
 * kvmcaps_cache_refresh() - read the host again and replace all answers
 *
 * Return: 0, or an error with everything as it was.
 */
int kvmcaps_cache_refresh(void)
{
	struct kvmcaps_slot **pending = kvcalloc(nr_cpu_ids, sizeof(*pending), GFP_KERNEL);
	struct basis *new = basis_alloc();
	int err = -ENOMEM;

	if (pending && new) {
		cpus_read_lock();
		mutex_lock(&lock);
		err = refresh_locked(&new, pending);
		mutex_unlock(&lock);
		cpus_read_unlock();
	}
	basis_put(new);
	kvfree(pending);
	return err;
}

/**
 * kvmcaps_view_get() - as kvmcaps_view_peek(), to be held for as long as it takes
 * @view: filled in; give it back with kvmcaps_view_put()
 * @list: which
 *
 * Return: 0 or -ENOMEM as kvmcaps_view_peek().
 */
int kvmcaps_view_get(struct kvmcaps_view *view, enum kvmcaps_list list)
{
	bool held;
	int err;

	do {
		preempt_disable();
		err = kvmcaps_view_peek(view, list);
		/* Fails in the moment in which the slot is replaced. */
		held = !err && kref_get_unless_zero(&view->slot->ref);
		preempt_enable();
	} while (!err && !held);

	return err;
}

/**
 * kvmcaps_view_put() - the view is not read any more
 * @view: from kvmcaps_view_get()
 */
void kvmcaps_view_put(struct kvmcaps_view *view)
{
	slot_put(view->slot);
}

/**
 * kvmcaps_cache_host_get() - the host that the answers were decided on
 *
 * Return: the host; give it back with kvmcaps_cache_host_put().
 */
const struct kvmcaps_host *kvmcaps_cache_host_get(void)
{
	const struct kvmcaps_host *host;

	mutex_lock(&lock);
	kref_get(&basis->ref);
	host = &basis->host;
	mutex_unlock(&lock);
	return host;
}

/**
 * kvmcaps_cache_host_put() - the host is not read any more
 * @host: from kvmcaps_cache_host_get()
 */
void kvmcaps_cache_host_put(const struct kvmcaps_host *host)
{
	basis_put(container_of((struct kvmcaps_host *)host, struct basis, host));
}
