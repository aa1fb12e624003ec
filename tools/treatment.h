/* SPDX-License-Identifier: GPL-2.0 */
/* What KVM does with the registers of a leaf, by its rows, in words. */
#ifndef TOOLS_TREATMENT_H
#define TOOLS_TREATMENT_H

#include "chain.h"

/**
 * struct treatment_reg - one register
 * @cpu: what the CPU has
 * @guest: what the table has
 * @assumed: the kernel, which is assumed, has or could have a say in it
 * @says: what KVM does with it
 */
struct treatment_reg {
	__u32 cpu;
	__u32 guest;
	bool assumed;
	char says[160];
};

/**
 * struct treatment - one index of a leaf
 * @function: leaf
 * @index: its index
 * @indexed: the index counts
 * @offered: it is in the table
 * @says: what KVM does with it as a whole, and why; may be empty
 * @regs: by enum kvmcaps_reg
 */
struct treatment {
	__u32 function;
	__u32 index;
	bool indexed;
	bool offered;
	char says[300];
	struct treatment_reg regs[KVMCAPS_NR_REGS];
};

void treatment_make(struct treatment *treatment, const struct subject *subject,
		    __u32 function, __u32 index);

#endif /* TOOLS_TREATMENT_H */
