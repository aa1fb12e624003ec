/* SPDX-License-Identifier: GPL-2.0 */
/* Leaves, indices and registers as Intel's manual writes them. */
#ifndef TOOLS_PLACE_H
#define TOOLS_PLACE_H

#include <linux/kvm.h>

struct place {
	char name[48];
};

/* CPUID.1H, CPUID.(EAX=7H,ECX=0) */
struct place place_entry(const struct kvm_cpuid_entry2 *entry);

/* The same with :EBX; @reg: enum kvmcaps_reg */
struct place place_reg(const struct kvm_cpuid_entry2 *entry, unsigned int reg);

extern const char *const place_reg_names[];

/* The same in lower case, as keys of JSON. */
extern const char *const place_reg_keys[];

#endif /* TOOLS_PLACE_H */
