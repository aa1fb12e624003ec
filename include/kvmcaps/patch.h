/* SPDX-License-Identifier: GPL-2.0 */
/* What one CPU's table has different from another's: a few registers. */
#ifndef _KVMCAPS_PATCH_H
#define _KVMCAPS_PATCH_H

#include <asm/kvm.h>
#include <kvmcaps/feature.h>

/**
 * struct kvmcaps_patch - one register that differs
 * @entry: index into the table
 * @reg: enum kvmcaps_reg
 * @value: what it is instead
 */
struct kvmcaps_patch {
	u16 entry;
	u8 reg;
	u32 value;
};

int kvmcaps_patch_make(const struct kvm_cpuid_entry2 *base,
		       const struct kvm_cpuid_entry2 *mine, u32 nent,
		       struct kvmcaps_patch *patches, unsigned int room);

#endif /* _KVMCAPS_PATCH_H */
