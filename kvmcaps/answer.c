// SPDX-License-Identifier: GPL-2.0
/*
 * Building the tables: which leaves and indices, in KVM's order. What becomes
 * of their registers is leaf.c's.
 */
#include <linux/kernel.h>
#include <kvmcaps/answer.h>
#include <kvmcaps/leaf.h>

#define RANGE_MASK	0xc0000000
#define HYPERVISOR	0x40000000
#define EXTENDED	0x80000000

/* AMX's tile configuration. */
#define XTILE_CFG	BIT_ULL(17)

/**
 * struct builder - a table being built
 * @ctx: what it is built from
 * @function: the leaf at hand
 * @row: the first of its rows
 * @near: where in the record of the CPU it is
 * @answer: the table
 */
struct builder {
	struct kvmcaps_leaf_ctx ctx;
	u32 function;
	const struct kvmcaps_leaf *row;
	u32 near;
	struct kvmcaps_answer *answer;
};

/* Takes the next entry; NULL when none is left, as KVM's own array would be. */
static struct kvm_cpuid_entry2 *next_entry(struct builder *b)
{
	struct kvmcaps_answer *answer = b->answer;

	answer->room = max(answer->room, answer->nent + 1);
	if (answer->nent == KVMCAPS_MAX_ENTRIES)
		return NULL;
	return &answer->entries[answer->nent++];
}

/* The CPU is not asked for KVM's own leaves, nor beyond its extended ones. */
static bool is_on_cpu(const struct builder *b)
{
	switch (b->function & RANGE_MASK) {
	case HYPERVISOR:
		return false;
	case EXTENDED:
		return b->function <= b->ctx.caps->max_extended;
	default:
		return true;
	}
}

static void read_cpu(struct builder *b, const struct kvmcaps_leaf *leaf,
		     struct kvm_cpuid_entry2 *entry)
{
	struct kvmcaps_cpuid regs;

	if (!is_on_cpu(b))
		return;

	regs = kvmcaps_host_cpuid_near(b->ctx.host, &b->near, entry->function, entry->index);
	entry->eax = regs.eax;
	entry->ebx = regs.ebx;
	entry->ecx = regs.ecx;
	entry->edx = regs.edx;
	if (leaf->indices != KVMCAPS_INDEX_NONE)
		entry->flags = KVM_CPUID_FLAG_SIGNIFCANT_INDEX;
}

static const struct kvmcaps_leaf *row_of(const struct builder *b, u32 index)
{
	return kvmcaps_leaf_of(b->row, b->ctx.caps->release, b->function, index);
}

/*
 * Adds one entry, of what the CPU and KVM make of it. NULL when there is no
 * room, or the leaf is not offered, so that no other index follows.
 */
static const struct kvm_cpuid_entry2 *add(struct builder *b, const struct kvmcaps_leaf *leaf,
					  u32 index)
{
	struct kvm_cpuid_entry2 *entry = next_entry(b);

	if (!entry)
		return NULL;

	*entry = (struct kvm_cpuid_entry2){ .function = b->function, .index = index };
	read_cpu(b, leaf, entry);
	return kvmcaps_leaf_apply(leaf, &b->ctx, entry) ? entry : NULL;
}

/* KVM counts with signed numbers: a CPU that claims 2^31 indices has none. */
static void add_to(struct builder *b, s32 highest)
{
	s32 index;

	for (index = 1; index <= highest; index++) {
		if (!add(b, row_of(b, index), index))
			return;
	}
}

static void add_caches(struct builder *b, const struct kvm_cpuid_entry2 *last)
{
	while (last && (last->eax & 0x1f))
		last = add(b, row_of(b, last->index + 1), last->index + 1);
}

/*
 * One state of XCR0 or IA32_XSS. An entry that the CPU does not back is given
 * up after it has taken its room.
 */
static bool add_state(struct builder *b, u32 index, bool supervisor)
{
	const struct kvm_cpuid_entry2 *entry = add(b, row_of(b, index), index);

	if (!entry)
		return false;
	if (!entry->eax || (entry->ecx & 1) != supervisor)
		b->answer->nent--;
	return true;
}

static void add_states(struct builder *b)
{
	u64 xss = b->ctx.caps->xss;
	u32 i;

	if (!b->ctx.xcr0 || !add(b, row_of(b, 1), 1))
		return;
	for (i = 2; i < KVMCAPS_NR_XFEATURES; i++) {
		if (!((b->ctx.xcr0 | xss) & BIT_ULL(i)))
			continue;
		if (!add_state(b, i, !(b->ctx.xcr0 & BIT_ULL(i))))
			return;
	}
}

/* Leaves of a range come in ascending order. */
static void add_leaf(struct builder *b, u32 function)
{
	const struct kvm_cpuid_entry2 *first;
	const struct kvmcaps_leaf *leaf;

	b->function = function;
	b->row = kvmcaps_leaf_seek(b->row, function);
	leaf = row_of(b, 0);
	first = add(b, leaf, 0);
	if (!first)
		return;

	switch (leaf->indices) {
	case KVMCAPS_INDEX_ONE:
		add_to(b, 1);
		break;
	case KVMCAPS_INDEX_EAX:
		add_to(b, first->eax);
		break;
	case KVMCAPS_INDEX_CACHE:
		add_caches(b, first);
		break;
	case KVMCAPS_INDEX_XSAVE:
		add_states(b);
		break;
	}
}

static bool is_full(const struct builder *b)
{
	return b->answer->room > KVMCAPS_MAX_ENTRIES;
}

/* A range's first leaf, as KVM hands it out, says which is its last. */
static void add_range(struct builder *b, u32 base)
{
	u64 function;
	u32 limit;

	b->row = kvmcaps_leaves;
	add_leaf(b, base);
	if (is_full(b))
		return;
	limit = b->answer->entries[b->answer->nent - 1].eax;
	for (function = (u64)base + 1; function <= limit && !is_full(b); function++)
		add_leaf(b, function);
}

/**
 * kvmcaps_permitted_xcr0() - XCR0 features of which a process may make guests
 * @caps: what KVM supports
 * @permission: the process's: XSTATE features permitted for guests
 *
 * Only AMX's data needs a permission, and its configuration is nothing
 * without it, as later releases know.
 * Source: kvm_get_filtered_xcr0().
 *
 * Return: bit map of XCR0 features.
 */
u64 kvmcaps_permitted_xcr0(const struct kvmcaps_caps *caps, u64 permission)
{
	u64 xcr0 = caps->xcr0;

	if (!(xcr0 & KVMCAPS_DYNAMIC_XCR0))
		return xcr0;
	xcr0 &= permission;
	if (!(xcr0 & KVMCAPS_DYNAMIC_XCR0) &&
	    kvmcaps_caps_cond(caps, KVMCAPS_COND_XTILE_PAIR))
		xcr0 &= ~XTILE_CFG;
	return xcr0;
}

/**
 * kvmcaps_answer_supported() - the table of KVM_GET_SUPPORTED_CPUID
 * @host: facts, and raw CPUID of the serving CPU
 * @caps: decided when KVM loaded
 * @xcr0: kvmcaps_permitted_xcr0() of the calling process
 * @answer: filled in
 *
 * Source: kvm_dev_ioctl_get_cpuid(), get_cpuid_func(), __do_cpuid_func().
 */
void kvmcaps_answer_supported(const struct kvmcaps_host *host,
			      const struct kvmcaps_caps *caps, u64 xcr0,
			      struct kvmcaps_answer *answer)
{
	struct builder b = {
		.ctx = { .host = host, .caps = caps, .xcr0 = xcr0 },
		.answer = answer,
	};
	const struct kvmcaps_range *range = kvmcaps_ranges;
	unsigned int i;

	answer->nent = 0;
	answer->room = 0;
	for (i = 0; i < kvmcaps_nr_ranges && !is_full(&b); i++, range++) {
		if ((range->makers & BIT(host->facts.maker)) &&
		    kvmcaps_release_in(range->in, caps->release))
			add_range(&b, range->base);
	}
}

/**
 * kvmcaps_answer_emulated() - the table of KVM_GET_EMULATED_CPUID
 * @host: the host
 * @caps: decided when KVM loaded
 * @answer: filled in
 *
 * KVM looks for an entry before it knows that a leaf has none, so that it
 * wants room for one more than there are.
 * Source: __do_cpuid_func_emulated().
 */
void kvmcaps_answer_emulated(const struct kvmcaps_host *host,
			     const struct kvmcaps_caps *caps,
			     struct kvmcaps_answer *answer)
{
	const struct kvmcaps_emulated *row = kvmcaps_emulated;
	unsigned int i;

	for (i = 0; i < kvmcaps_nr_emulated; i++, row++) {
		answer->entries[i] = (struct kvm_cpuid_entry2){
			.function = row->function,
			.flags = row->flags,
			.eax = row->eax,
		};
		if (kvmcaps_terms_hold(host, caps, row->terms, ARRAY_SIZE(row->terms)))
			answer->entries[i].ecx = row->ecx;
	}
	answer->nent = kvmcaps_nr_emulated;
	answer->room = kvmcaps_nr_emulated + 1;
}
