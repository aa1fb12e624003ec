/* SPDX-License-Identifier: GPL-2.0 */
/* Names of bits in registers. */
#ifndef TOOLS_BITNAME_H
#define TOOLS_BITNAME_H

#include <linux/kvm.h>

/**
 * struct bitname_reg - a register whose bits have names
 * @function: CPUID leaf
 * @index: its index
 * @reg: enum kvmcaps_reg
 * @names: by bit; NULL for a bit without a name
 */
struct bitname_reg {
	__u32 function;
	__u32 index;
	__u8 reg;
	const char *names[32];
};

/* Returns false, and no names, for a register that is not a set of bits. */
bool bitname_find(__u32 function, __u32 index, unsigned int reg, struct bitname_reg *found);

/* CPUID.(EAX=7H,ECX=0):EBX[bit 4] HLE; without the name, if it has none. */
struct bitname_place {
	char name[96];
};

struct bitname_place bitname_place(const struct kvm_cpuid_entry2 *entry, unsigned int reg,
				   unsigned int bit);

/* Name of an XSAVE state by its number; NULL if it has none. */
const char *bitname_xstate(__u32 number);

#endif /* TOOLS_BITNAME_H */
