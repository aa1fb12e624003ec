/* SPDX-License-Identifier: GPL-2.0 */
/* What well-known registers that are not sets of bits say, in words. */
#ifndef TOOLS_MEANING_H
#define TOOLS_MEANING_H

#include <stdbool.h>
#include <linux/kvm.h>

#include "text.h"

/**
 * struct meaning - how to read some registers of a leaf
 * @function: CPUID leaf
 * @index: its index, MEANING_ANY_INDEX for those without a row
 * @regs: bit map of enum kvmcaps_reg: the registers it covers
 * @say: adds the words
 */
struct meaning {
	__u32 function;
	__u32 index;
	unsigned int regs;
	void (*say)(struct text *text, const struct kvm_cpuid_entry2 *entry);
};

#define MEANING_ANY_INDEX	(~0u)

/* The row that covers a register of an entry, or NULL. */
const struct meaning *meaning_find(const struct kvm_cpuid_entry2 *entry, unsigned int reg);

/* Whether a row covers one register only. */
bool meaning_is_single(const struct meaning *meaning);

#endif /* TOOLS_MEANING_H */
