/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Names of features besides those of cpufeatures.h and /proc/cpuinfo, as data:
 * what QEMU, libvirt, manuals and people say.
 */
#ifndef TOOLS_ALIAS_H
#define TOOLS_ALIAS_H

#include <linux/types.h>

/**
 * struct alias - one meaning of a name
 * @name: lower case, without '-', '_' and '.'
 * @who: whose name this is, where others mean something else by it; or NULL
 * @function: CPUID leaf
 * @index: its index
 * @reg: enum kvmcaps_reg
 * @bit: number of the bit
 */
struct alias {
	const char *name;
	const char *who;
	__u32 function;
	__u32 index;
	__u8 reg;
	__u8 bit;
};

/* Rows with the same name are all meant. */
extern const struct alias aliases[];
extern const unsigned int nr_aliases;

/* Names of bits in MSRs, not of CPUID, and the MSR; NULL for another name. */
const char *alias_msr(const char *name);

#endif /* TOOLS_ALIAS_H */
