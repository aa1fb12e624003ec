/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Leaves: what KVM does with each register of each leaf and index, and which
 * indices it hands on.
 */
#ifndef _KVMCAPS_LEAF_H
#define _KVMCAPS_LEAF_H

#include <asm/kvm.h>
#include <kvmcaps/decide.h>
#include <kvmcaps/release.h>

enum kvmcaps_op_kind {
	KVMCAPS_OP_ZERO,	/* 0 */
	KVMCAPS_OP_PASS,	/* as the serving CPU has it */
	KVMCAPS_OP_WORD,	/* the mask's word */
	KVMCAPS_OP_AND,		/* the CPU's bits, of these only */
	KVMCAPS_OP_MIN,		/* the CPU's value, but no more than this */
	KVMCAPS_OP_CONST,	/* this, whatever the CPU has */
};

/**
 * struct kvmcaps_op - what becomes of one register
 * @kind: enum kvmcaps_op_kind
 * @arg: its mask, value or enum kvmcaps_word
 */
struct kvmcaps_op {
	u8 kind;
	u32 arg;
};

enum kvmcaps_indices {
	KVMCAPS_INDEX_NONE,	/* index 0 only, and it does not count */
	KVMCAPS_INDEX_ZERO,	/* index 0 only, marked as counting */
	KVMCAPS_INDEX_ONE,	/* 0 and 1 */
	KVMCAPS_INDEX_EAX,	/* up to index 0's EAX, as it is handed out */
	KVMCAPS_INDEX_CACHE,	/* up to the first whose EAX[4:0] is 0 */
	KVMCAPS_INDEX_XSAVE,	/* 0, 1 and one for each offered state */
};

struct kvmcaps_leaf_ctx;

#define KVMCAPS_ANY_INDEX	(~0u)
#define KVMCAPS_LEAF_TERMS	2

/**
 * struct kvmcaps_leaf - treatment of one leaf, or of one index of it
 * @function: leaf
 * @index: index, or KVMCAPS_ANY_INDEX for those without a row
 * @in: releases that treat it so, a set
 * @indices: enum kvmcaps_indices; counts in the row of index 0
 * @terms: unless all hold, all registers are 0 and there is no other index
 * @op: by enum kvmcaps_reg
 * @fix: what no op can say, applied after them; or NULL
 * @why: the reason of what is not passed on
 */
struct kvmcaps_leaf {
	u32 function;
	u32 index;
	u32 in;
	u8 indices;
	struct kvmcaps_term terms[KVMCAPS_LEAF_TERMS];
	struct kvmcaps_op op[KVMCAPS_NR_REGS];
	void (*fix)(const struct kvmcaps_leaf_ctx *ctx, struct kvm_cpuid_entry2 *entry);
	const char *why;
};

/**
 * struct kvmcaps_range - a range of leaves
 * @base: its first
 * @makers: bit map of enum kvmcaps_maker: whose CPUs have it
 * @in: releases that hand it out, a set
 */
struct kvmcaps_range {
	u32 base;
	u32 makers;
	u32 in;
};

/* In KVM's order. */
extern const struct kvmcaps_range kvmcaps_ranges[];
extern const unsigned int kvmcaps_nr_ranges;

/**
 * struct kvmcaps_leaf_ctx - what the treatment of a leaf may look at
 * @host: facts, and raw CPUID of the serving CPU
 * @caps: decided when KVM loaded
 * @xcr0: XCR0 features permitted to the calling process
 */
struct kvmcaps_leaf_ctx {
	const struct kvmcaps_host *host;
	const struct kvmcaps_caps *caps;
	u64 xcr0;
};

/**
 * struct kvmcaps_emulated - an entry of the emulated table
 * @function: leaf
 * @flags: of the entry
 * @eax: EAX
 * @ecx: ECX, if all @terms hold
 * @terms: see @ecx
 */
struct kvmcaps_emulated {
	u32 function;
	u32 flags;
	u32 eax;
	u32 ecx;
	struct kvmcaps_term terms[KVMCAPS_LEAF_TERMS];
};

extern const struct kvmcaps_leaf kvmcaps_leaves[];
extern const unsigned int kvmcaps_nr_leaves;
extern const struct kvmcaps_emulated kvmcaps_emulated[];
extern const unsigned int kvmcaps_nr_emulated;

const struct kvmcaps_leaf *kvmcaps_leaf_seek(const struct kvmcaps_leaf *row, u32 function);
const struct kvmcaps_leaf *kvmcaps_leaf_of(const struct kvmcaps_leaf *row, u32 release,
					   u32 function, u32 index);
const struct kvmcaps_leaf *kvmcaps_leaf_find(u32 release, u32 function, u32 index);
bool kvmcaps_leaf_apply(const struct kvmcaps_leaf *leaf,
			const struct kvmcaps_leaf_ctx *ctx,
			struct kvm_cpuid_entry2 *entry);

#endif /* _KVMCAPS_LEAF_H */
