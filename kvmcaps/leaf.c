// SPDX-License-Identifier: GPL-2.0
/*
 * What KVM does with each leaf: rows, and a short function where a register
 * is more than one operation on what the CPU has.
 *
 * Source: __do_cpuid_func(), __do_cpuid_func_emulated() and
 * cpuid_function_is_indexed(), all releases.
 */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <kvmcaps/answer.h>
#include <kvmcaps/leaf.h>

#define PASS		{ .kind = KVMCAPS_OP_PASS }
#define ZERO		{ .kind = KVMCAPS_OP_ZERO }
#define WORD(w)		{ .kind = KVMCAPS_OP_WORD, .arg = KVMCAPS_W_##w }
#define MASK(m)		{ .kind = KVMCAPS_OP_AND, .arg = (m) }
#define DROP(m)		{ .kind = KVMCAPS_OP_AND, .arg = 0xffffffff & ~(m) }
#define ATMOST(v)		{ .kind = KVMCAPS_OP_MIN, .arg = (v) }
#define CONST(v)	{ .kind = KVMCAPS_OP_CONST, .arg = (v) }

#define LEAF(f, i, ...)	{ .function = (f), .index = (i), __VA_ARGS__ }
#define ANY		KVMCAPS_ANY_INDEX
#define INDEX(kind)	.indices = KVMCAPS_INDEX_##kind
#define REGS(a, b, c, d) .op = { a, b, c, d }
#define FIX(fn)		.fix = fix_##fn
#define WHY(reason)	.why = (reason)

/* SGX: SECS.ATTRIBUTES flags that KVM knows, privileged ones included. */
#define SGX_ATTRIBUTES	(BIT(1) | BIT(2) | BIT(4) | BIT(5) | BIT(7))
#define SGX_AEX_NOTIFY	BIT(10)

#define KVM_BASE	0x40000000
#define KVM_FEATURES	0x40000001

/*
 * KVM_FEATURE_*: clock source, no I/O delay, second clock source,
 * asynchronous page faults, paravirtual EOI, unhalt, TLB flush,
 * asynchronous faults as exits, IPIs, poll control, yield,
 * asynchronous faults by interrupt, stable clock. Steal time is a fix.
 */
#define PV_FEATURES	(BIT(0) | BIT(1) | BIT(3) | BIT(4) | BIT(6) | BIT(7) | \
			 BIT(9) | BIT(10) | BIT(11) | BIT(12) | BIT(13) | \
			 BIT(14) | BIT(24))
#define PV_STEAL_TIME	BIT(5)

static void fix_features(const struct kvmcaps_leaf_ctx *ctx, struct kvm_cpuid_entry2 *entry)
{
	if (ctx->host->facts.flags & BIT(KVMCAPS_FACT_SCHED_INFO))
		entry->eax |= PV_STEAL_TIME;
}

/* Layout of CPUID.0AH: SDM volume 2, CPUID. */
static void fix_perfmon(const struct kvmcaps_leaf_ctx *ctx, struct kvm_cpuid_entry2 *entry)
{
	const struct kvmcaps_pmu *pmu = &ctx->caps->pmu;

	entry->eax = (pmu->version & 0xff) |
		     (pmu->num_counters_gp & 0xff) << 8 |
		     (pmu->bit_width_gp & 0xff) << 16 |
		     (pmu->events_mask_len & 0xff) << 24;
	entry->ebx = pmu->events_mask;
	entry->edx = (pmu->num_counters_fixed & 0x1f) |
		     (pmu->bit_width_fixed & 0xff) << 5;
	if (pmu->version)
		entry->edx |= BIT(15);	/* no counting by any thread */
}

static void fix_amd_perfmon(const struct kvmcaps_leaf_ctx *ctx, struct kvm_cpuid_entry2 *entry)
{
	entry->ebx = ctx->caps->pmu.num_counters_gp & 0xf;
}

static void fix_xsave(const struct kvmcaps_leaf_ctx *ctx, struct kvm_cpuid_entry2 *entry)
{
	entry->eax &= ctx->xcr0;
	entry->ebx = kvmcaps_xstate_bytes(ctx->caps, ctx->xcr0, false);
	entry->ecx = entry->ebx;
	entry->edx &= ctx->xcr0 >> 32;
}

static void fix_xsaves(const struct kvmcaps_leaf_ctx *ctx, struct kvm_cpuid_entry2 *entry)
{
	const u32 compacting = KVMCAPS_BIT(KVMCAPS_F_XSAVES) | KVMCAPS_BIT(KVMCAPS_F_XSAVEC);
	u64 xss = ctx->caps->xss;

	entry->ebx = 0;
	if (entry->eax & compacting)
		entry->ebx = kvmcaps_xstate_bytes(ctx->caps, ctx->xcr0 | xss, true);
	entry->ecx &= xss;
	entry->edx &= xss >> 32;
}

static void fix_xstate(const struct kvmcaps_leaf_ctx *ctx, struct kvm_cpuid_entry2 *entry)
{
	/* XFD faults on this state only where XFD is offered. */
	if (!kvmcaps_caps_has(ctx->caps, KVMCAPS_F_XFD))
		entry->ecx &= ~BIT(2);
}

/* EBX[7:0] is the version; the vector lengths are features. */
static void limit_avx10(const struct kvmcaps_leaf_ctx *ctx, struct kvm_cpuid_entry2 *entry,
			u32 version)
{
	entry->ebx = min(entry->ebx & 0xff, version) | ctx->caps->mask[KVMCAPS_W_24_0_EBX];
}

static void fix_avx10_1(const struct kvmcaps_leaf_ctx *ctx, struct kvm_cpuid_entry2 *entry)
{
	limit_avx10(ctx, entry, 1);
}

static void fix_avx10_2(const struct kvmcaps_leaf_ctx *ctx, struct kvm_cpuid_entry2 *entry)
{
	limit_avx10(ctx, entry, 2);
}

/* EBX[23:16] is the depth of a guest's return predictor. */
static void fix_eraps(const struct kvmcaps_leaf_ctx *ctx, struct kvm_cpuid_entry2 *entry)
{
	if (!kvmcaps_caps_has(ctx->caps, KVMCAPS_F_ERAPS))
		entry->ebx = 0;
}

/*
 * 0x80000021 says things that KVM knows of older CPUs too. It is opened up
 * only where the CPU reaches 0x8000001d: below that QEMU would read leaves of
 * the host that are not there.
 */
static void fix_extended(const struct kvmcaps_leaf_ctx *ctx, struct kvm_cpuid_entry2 *entry)
{
	if (entry->eax >= 0x8000001d &&
	    (kvmcaps_host_has(ctx->host, KVMCAPS_F_LFENCE_RDTSC) ||
	     !kvmcaps_host_has(ctx->host, KVMCAPS_F_BUG_NULL_SEG)))
		entry->eax = max(entry->eax, 0x80000021u);
}

static void fix_power(const struct kvmcaps_leaf_ctx *ctx, struct kvm_cpuid_entry2 *entry)
{
	entry->edx &= ctx->host->facts.power;
}

/*
 * EAX[7:0]: physical bits of the guest, EAX[15:8]: linear bits. With nested
 * paging the guest has the CPU's bits; without, those the host uses.
 */
static void fix_address_sizes(const struct kvmcaps_leaf_ctx *ctx,
			      struct kvm_cpuid_entry2 *entry)
{
	u32 linear = max((entry->eax >> 8) & 0xff, 48u);
	u32 physical = entry->eax & 0xff;

	if (!kvmcaps_caps_cond(ctx->caps, KVMCAPS_COND_TDP))
		physical = ctx->host->facts.phys_bits;
	entry->eax = physical | linear << 8;
}

/* EAX[23:16]: physical bits that a guest can reach; four levels reach 48. */
static void fix_reachable_sizes(const struct kvmcaps_leaf_ctx *ctx,
				struct kvm_cpuid_entry2 *entry)
{
	u32 reachable = entry->eax & 0xff;

	fix_address_sizes(ctx, entry);
	if (!kvmcaps_caps_cond(ctx->caps, KVMCAPS_COND_TDP))
		return;
	if (!kvmcaps_caps_cond(ctx->caps, KVMCAPS_COND_TDP_5LEVEL))
		reachable = min(reachable, 48u);
	entry->eax |= reachable << 16;
}

/* In order of leaves: kvmcaps_leaf_seek() goes through them once for a range. */
const struct kvmcaps_leaf kvmcaps_leaves[] = {
	LEAF(0x0, ANY, UNTIL(6_1), REGS(ATMOST(0x1f), PASS, PASS, PASS),
	     WHY("KVM knows no leaf beyond 0x1f")),
	LEAF(0x0, ANY, SINCE(6_12), REGS(ATMOST(0x24), PASS, PASS, PASS),
	     WHY("KVM knows no leaf beyond 0x24")),
	LEAF(0x1, ANY, REGS(PASS, PASS, WORD(1_ECX), WORD(1_EDX)),
	     WHY("features as KVM decides")),
	LEAF(0x2, ANY, REGS(PASS, PASS, PASS, PASS)),
	LEAF(0x4, ANY, INDEX(CACHE), REGS(PASS, PASS, PASS, PASS)),
	LEAF(0x6, ANY, REGS(CONST(BIT(2)), ZERO, ZERO, ZERO),
	     WHY("a guest has no power management but a timer that always runs (ARAT)")),
	LEAF(0x7, 0, INDEX(EAX), REGS(ATMOST(2), WORD(7_0_EBX), WORD(7_0_ECX), WORD(7_0_EDX)),
	     WHY("KVM knows indices up to 2; features as KVM decides")),
	LEAF(0x7, 1, INDEX(EAX), REGS(WORD(7_1_EAX), ZERO, WORD(7_1_ECX), WORD(7_1_EDX)),
	     WHY("features as KVM decides")),
	LEAF(0x7, 2, INDEX(EAX), REGS(ZERO, ZERO, ZERO, WORD(7_2_EDX)),
	     WHY("features as KVM decides")),
	LEAF(0xa, ANY, WHEN(IF(PMU), HAS(ARCH_PERFMON)), REGS(ZERO, ZERO, ZERO, ZERO),
	     FIX(perfmon), WHY("the counters that perf leaves to KVM")),
	LEAF(0xb, ANY, INDEX(ZERO), REGS(ZERO, ZERO, ZERO, PASS),
	     WHY("the host's topology is not the guest's")),
	LEAF(0xd, 0, INDEX(XSAVE), REGS(PASS, ZERO, ZERO, PASS), FIX(xsave),
	     WHY("states that KVM supports and the process may use")),
	LEAF(0xd, 1, INDEX(XSAVE), REGS(WORD(D_1_EAX), ZERO, PASS, PASS), FIX(xsaves),
	     WHY("states that KVM supports and the process may use")),
	LEAF(0xd, ANY, INDEX(XSAVE), REGS(PASS, PASS, PASS, ZERO), FIX(xstate)),
	LEAF(0xf, ANY, INDEX(ZERO), WHY("KVM does not virtualize resource monitoring")),
	LEAF(0x10, ANY, INDEX(ZERO), WHY("KVM does not virtualize resource allocation")),
	LEAF(0x12, 0, INDEX(ONE), WHEN(OFFERS(SGX)),
	     REGS(WORD(12_0_EAX), MASK(BIT(0)), PASS, PASS),
	     WHY("of MISCSELECT, KVM knows EXINFO")),
	LEAF(0x12, 1, INDEX(ONE), UNTIL(6_1), REGS(MASK(SGX_ATTRIBUTES), ZERO, PASS, PASS),
	     WHY("attributes that KVM knows")),
	LEAF(0x12, 1, INDEX(ONE), SINCE(6_12),
	     REGS(MASK(SGX_ATTRIBUTES | SGX_AEX_NOTIFY), ZERO, PASS, PASS),
	     WHY("attributes that KVM knows")),
	LEAF(0x14, ANY, INDEX(EAX), WHEN(OFFERS(INTEL_PT)), REGS(PASS, PASS, PASS, PASS)),
	LEAF(0x17, ANY, INDEX(ZERO), WHY("KVM does not tell the maker of the chip")),
	LEAF(0x18, ANY, INDEX(ZERO), WHY("KVM does not tell the TLBs")),
	LEAF(0x1d, ANY, INDEX(EAX), WHEN(OFFERS(AMX_TILE)), REGS(PASS, PASS, PASS, PASS)),
	LEAF(0x1e, ANY, INDEX(ZERO), UNTIL(6_19), WHEN(OFFERS(AMX_TILE)),
	     REGS(PASS, PASS, PASS, PASS)),
	LEAF(0x1e, 0, INDEX(EAX), SINCE(7_0), WHEN(OFFERS(AMX_TILE)),
	     REGS(ATMOST(1), PASS, PASS, PASS), WHY("KVM knows indices up to 1")),
	LEAF(0x1e, 1, INDEX(EAX), SINCE(7_0), REGS(WORD(1E_1_EAX), ZERO, ZERO, ZERO),
	     WHY("features as KVM decides")),
	LEAF(0x1f, ANY, INDEX(ZERO), REGS(ZERO, ZERO, ZERO, PASS),
	     WHY("the host's topology is not the guest's")),
	LEAF(0x24, ANY, INDEX(ZERO), BETWEEN(6_12, 6_19), WHEN(OFFERS(AVX10)),
	     REGS(ZERO, PASS, ZERO, ZERO), FIX(avx10_1), WHY("KVM knows version 1")),
	LEAF(0x24, 0, INDEX(EAX), SINCE(7_0), WHEN(OFFERS(AVX10)),
	     REGS(ATMOST(1), PASS, ZERO, ZERO), FIX(avx10_2),
	     WHY("KVM knows version 2, and indices up to 1")),
	LEAF(0x24, 1, INDEX(EAX), SINCE(7_0), REGS(ZERO, ZERO, WORD(24_1_ECX), ZERO),
	     WHY("features as KVM decides")),

	LEAF(KVM_BASE, ANY, REGS(CONST(KVM_FEATURES), CONST(0x4b4d564b),
				 CONST(0x564b4d56), CONST(0x4d)),
	     WHY("KVM's signature")),
	LEAF(KVM_FEATURES, ANY, REGS(CONST(PV_FEATURES), ZERO, ZERO, ZERO), FIX(features),
	     WHY("what KVM offers besides hardware")),

	LEAF(0x80000000, ANY, UNTIL(6_1), REGS(ATMOST(0x80000021), PASS, PASS, PASS),
	     FIX(extended), WHY("KVM knows no leaf beyond 0x80000021")),
	LEAF(0x80000000, ANY, SINCE(6_12), REGS(ATMOST(0x80000022), PASS, PASS, PASS),
	     FIX(extended), WHY("KVM knows no leaf beyond 0x80000022")),
	LEAF(0x80000001, ANY, REGS(PASS, DROP(GENMASK(27, 16)), WORD(80000001_ECX),
				   WORD(80000001_EDX)),
	     WHY("reserved bits; features as KVM decides")),
	LEAF(0x80000005, ANY, SINCE(6_12), REGS(PASS, PASS, PASS, PASS)),
	LEAF(0x80000006, ANY, REGS(PASS, PASS, PASS, DROP(GENMASK(17, 16))),
	     WHY("reserved bits")),
	LEAF(0x80000007, ANY, UNTIL(6_1), REGS(ZERO, ZERO, ZERO, MASK(BIT(8))), FIX(power),
	     WHY("a guest has no power management but a steady TSC")),
	LEAF(0x80000007, ANY, SINCE(6_12), REGS(ZERO, ZERO, ZERO, WORD(80000007_EDX)),
	     FIX(power), WHY("a guest has no power management but a steady TSC")),
	LEAF(0x80000008, ANY, UNTIL(6_1), REGS(PASS, WORD(80000008_EBX),
					       DROP(GENMASK(31, 16) | GENMASK(11, 8)), ZERO),
	     FIX(address_sizes), WHY("address sizes as the MMU has them; not those in reach")),
	LEAF(0x80000008, ANY, SINCE(6_12), REGS(PASS, WORD(80000008_EBX),
						DROP(GENMASK(31, 16) | GENMASK(11, 8)), ZERO),
	     FIX(reachable_sizes),
	     WHY("address sizes as the MMU has them, and those that a guest can reach")),
	/* Revision 1; 8 ASIDs, a number without meaning: KVM flushes instead. */
	LEAF(0x8000000a, ANY, WHEN(OFFERS(SVM)),
	     REGS(CONST(1), CONST(8), ZERO, WORD(8000000A_EDX)),
	     WHY("nested SVM as KVM does it")),
	LEAF(0x80000019, ANY, REGS(PASS, PASS, ZERO, ZERO), WHY("reserved registers")),
	LEAF(0x8000001a, ANY, REGS(MASK(GENMASK(2, 0)), ZERO, ZERO, ZERO),
	     WHY("bits that KVM knows")),
	LEAF(0x8000001d, ANY, INDEX(CACHE), REGS(PASS, PASS, PASS, PASS)),
	LEAF(0x8000001e, ANY, WHY("the host's topology is not the guest's")),
	LEAF(0x8000001f, ANY, WHEN(OFFERS(SEV)),
	     REGS(WORD(8000001F_EAX), MASK(GENMASK(5, 0)), PASS, PASS),
	     WHY("no VMPLs; the loss of physical bits shows in 0x80000008")),
	LEAF(0x80000020, ANY, WHY("KVM does not virtualize resource allocation")),
	LEAF(0x80000021, ANY, UNTIL(6_19), REGS(WORD(80000021_EAX), ZERO, WORD(80000021_ECX), ZERO),
	     WHY("features as KVM decides")),
	LEAF(0x80000021, ANY, SINCE(7_0), REGS(WORD(80000021_EAX), MASK(GENMASK(23, 16)),
					       WORD(80000021_ECX), ZERO),
	     FIX(eraps), WHY("features as KVM decides; the return predictor's depth with ERAPS")),
	LEAF(0x80000022, ANY, SINCE(6_12), WHEN(IF(PMU), OFFERS(PERFMON_V2)),
	     REGS(WORD(80000022_EAX), ZERO, ZERO, ZERO), FIX(amd_perfmon),
	     WHY("the counters that perf leaves to KVM")),

	LEAF(0xc0000000, ANY, REGS(ATMOST(0xc0000004), PASS, PASS, PASS),
	     WHY("KVM knows no leaf beyond 0xc0000004")),
	LEAF(0xc0000001, ANY, REGS(PASS, PASS, PASS, WORD(C0000001_EDX)),
	     WHY("features as KVM decides")),
};

const unsigned int kvmcaps_nr_leaves = ARRAY_SIZE(kvmcaps_leaves);

#define ANY_MAKER	((1u << KVMCAPS_NR_MAKERS) - 1)
#define MAKER(name)	(1u << KVMCAPS_MAKER_##name)
#define RANGE(first, who, ...)	{ .base = (first), .makers = (who), ##__VA_ARGS__ }

/* Source: kvm_dev_ioctl_get_cpuid(), get_cpuid_func(). */
const struct kvmcaps_range kvmcaps_ranges[] = {
	RANGE(0x00000000, ANY_MAKER),
	RANGE(0x80000000, ANY_MAKER),
	RANGE(0xc0000000, MAKER(CENTAUR)),
	RANGE(0xc0000000, MAKER(ZHAOXIN), SINCE(6_18)),
	RANGE(KVM_BASE, ANY_MAKER),
};

const unsigned int kvmcaps_nr_ranges = ARRAY_SIZE(kvmcaps_ranges);

/* What a leaf without a row gets. */
static const struct kvmcaps_leaf unknown_leaf = {
	.index = KVMCAPS_ANY_INDEX,
	.why = "KVM does not know it",
};

/* MOVBE and RDPID are in KVM's instruction emulator. */
const struct kvmcaps_emulated kvmcaps_emulated[] = {
	{ .function = 0, .eax = 7 },
	{ .function = 1, .ecx = KVMCAPS_BIT(KVMCAPS_F_MOVBE) },
	{ .function = 7, .flags = KVM_CPUID_FLAG_SIGNIFCANT_INDEX,
	  .ecx = KVMCAPS_BIT(KVMCAPS_F_RDPID), WHEN(OFFERS(RDTSCP)) },
};

const unsigned int kvmcaps_nr_emulated = ARRAY_SIZE(kvmcaps_emulated);

/**
 * kvmcaps_leaf_seek() - the first row of a leaf
 * @row: where to begin: kvmcaps_leaves, or what this returned for a lower leaf
 * @function: leaf
 *
 * Return: the row; that of the next higher leaf, or the end of the table, if
 * there is none.
 */
const struct kvmcaps_leaf *kvmcaps_leaf_seek(const struct kvmcaps_leaf *row, u32 function)
{
	while (row < kvmcaps_leaves + kvmcaps_nr_leaves && row->function < function)
		row++;
	return row;
}

/**
 * kvmcaps_leaf_of() - the row of one index
 * @row: the first of its leaf
 * @release: KVM's, as a set of one
 * @function: leaf
 * @index: its index
 *
 * Return: the last fitting row; the one for unknown leaves if there is none.
 */
const struct kvmcaps_leaf *kvmcaps_leaf_of(const struct kvmcaps_leaf *row, u32 release,
					   u32 function, u32 index)
{
	const struct kvmcaps_leaf *end = kvmcaps_leaves + kvmcaps_nr_leaves;
	const struct kvmcaps_leaf *found = &unknown_leaf;

	for (; row < end && row->function == function; row++) {
		if (!kvmcaps_release_in(row->in, release))
			continue;
		if (row->index == index ||
		    (row->index == KVMCAPS_ANY_INDEX && found->index != index))
			found = row;
	}
	return found;
}

/**
 * kvmcaps_leaf_find() - the row of a leaf and index
 * @release: KVM's, as a set of one
 * @function: leaf
 * @index: its index
 *
 * Return: the last fitting row; the one for unknown leaves if there is none.
 */
const struct kvmcaps_leaf *kvmcaps_leaf_find(u32 release, u32 function, u32 index)
{
	return kvmcaps_leaf_of(kvmcaps_leaf_seek(kvmcaps_leaves, function), release, function,
			       index);
}

static u32 apply_op(const struct kvmcaps_op *op, const struct kvmcaps_caps *caps, u32 reg)
{
	switch (op->kind) {
	case KVMCAPS_OP_PASS:
		return reg;
	case KVMCAPS_OP_WORD:
		return caps->mask[op->arg];
	case KVMCAPS_OP_AND:
		return reg & op->arg;
	case KVMCAPS_OP_MIN:
		return min(reg, op->arg);
	case KVMCAPS_OP_CONST:
		return op->arg;
	default:
		return 0;
	}
}

/**
 * kvmcaps_leaf_apply() - treat the registers of one entry
 * @leaf: its row
 * @ctx: what it may look at
 * @entry: raw CPUID going in, what KVM hands out coming out
 *
 * Return: whether the leaf is offered, so that other indices may follow.
 */
bool kvmcaps_leaf_apply(const struct kvmcaps_leaf *leaf,
			const struct kvmcaps_leaf_ctx *ctx,
			struct kvm_cpuid_entry2 *entry)
{
	bool offered = kvmcaps_terms_hold(ctx->host, ctx->caps, leaf->terms,
					  ARRAY_SIZE(leaf->terms));
	u32 *reg = &entry->eax;
	unsigned int i;

	if (!offered)
		leaf = &unknown_leaf;
	for (i = 0; i < KVMCAPS_NR_REGS; i++)
		reg[i] = apply_op(&leaf->op[i], ctx->caps, reg[i]);
	if (leaf->fix)
		leaf->fix(ctx, entry);
	return offered;
}
