/* SPDX-License-Identifier: GPL-2.0 */
/* The tables that KVM's CPUID ioctls return. */
#ifndef TOOLS_TABLE_H
#define TOOLS_TABLE_H

#include <stdbool.h>
#include <linux/kvm.h>
#include <linux/types.h>

#include "device.h"

/**
 * struct table_pair - what one device answers
 * @supported: KVM_GET_SUPPORTED_CPUID
 * @emulated: KVM_GET_EMULATED_CPUID
 */
struct table_pair {
	struct kvm_cpuid2 *supported;
	struct kvm_cpuid2 *emulated;
};

/* Copies of both that a device answers. Returns 0, or STATUS_TROUBLE after a message. */
int table_pair_fetch(struct libkvmcaps_device *device, struct table_pair *pair);
void table_pair_free(struct table_pair *pair);

/* An empty table with room for as many entries as KVM takes, to free(). */
struct kvm_cpuid2 *table_new(void);

/* A new entry at its end, without registers; NULL if there is no room. */
struct kvm_cpuid_entry2 *table_add(struct kvm_cpuid2 *table, __u32 function, __u32 index);

/* The first entry of a leaf and index, or NULL. */
const struct kvm_cpuid_entry2 *table_find(const struct kvm_cpuid2 *table, __u32 function,
					  __u32 index);

/* The same as KVM looks in a guest's table: the index counts where flags say so. */
const struct kvm_cpuid_entry2 *table_lookup(const struct kvm_cpuid2 *table, __u32 function,
					    __u32 index);

/* As table_find(), to be changed. */
struct kvm_cpuid_entry2 *table_edit(struct kvm_cpuid2 *table, __u32 function, __u32 index);

/* The maker that a table claims: KVMCAPS_MAKER_*. */
u8 table_maker(const struct kvm_cpuid2 *table);

bool table_entry_is_zero(const struct kvm_cpuid_entry2 *entry);

/* @reg: enum kvmcaps_reg */
__u32 table_entry_reg(const struct kvm_cpuid_entry2 *entry, unsigned int reg);

#endif /* TOOLS_TABLE_H */
