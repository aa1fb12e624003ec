/* SPDX-License-Identifier: GPL-2.0 */
/* From a host and its mask to the tables that KVM's ioctls return. */
#ifndef _KVMCAPS_ANSWER_H
#define _KVMCAPS_ANSWER_H

#include <linux/bits.h>
#include <asm/kvm.h>
#include <kvmcaps/decide.h>

/* KVM_MAX_CPUID_ENTRIES: KVM never looks at more. */
#define KVMCAPS_MAX_ENTRIES	256

/* XCR0 features that a process must ask for: AMX's tile data. */
#define KVMCAPS_DYNAMIC_XCR0	BIT_ULL(18)

/**
 * struct kvmcaps_answer - what an ioctl returns
 * @nent: entries
 * @room: entries KVM wants room for; it may need more than it returns.
 *	KVMCAPS_MAX_ENTRIES + 1: the table does not fit, every call fails
 * @entries: the table
 */
struct kvmcaps_answer {
	u32 nent;
	u32 room;
	struct kvm_cpuid_entry2 entries[KVMCAPS_MAX_ENTRIES];
};

u32 kvmcaps_xstate_bytes(const struct kvmcaps_caps *caps, u64 features,
			 bool compacted);
u64 kvmcaps_permitted_xcr0(const struct kvmcaps_caps *caps, u64 permission);
void kvmcaps_answer_supported(const struct kvmcaps_host *host,
			      const struct kvmcaps_caps *caps, u64 xcr0,
			      struct kvmcaps_answer *answer);
void kvmcaps_answer_emulated(const struct kvmcaps_host *host,
			     const struct kvmcaps_caps *caps,
			     struct kvmcaps_answer *answer);

#endif /* _KVMCAPS_ANSWER_H */
