/* SPDX-License-Identifier: GPL-2.0 */
/* The table of CPUID entries that KVM's two ioctls return. */
#ifndef GUEST_ANSWER_H
#define GUEST_ANSWER_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <linux/kvm.h>

#include "device.h"

/* KVM takes no more than MAX_ENTRIES; ROOM lets a test ask for more. */
#define MAX_ENTRIES	256
#define ROOM		300

/* struct kvm_cpuid2 with room behind it. */
struct answer {
	__u32 nent;
	__u32 padding;
	struct kvm_cpuid_entry2 entries[ROOM];
};

static_assert(offsetof(struct answer, entries) == sizeof(struct kvm_cpuid2),
	      "struct answer is struct kvm_cpuid2");

#define ENTRY_SIZE	sizeof(struct kvm_cpuid_entry2)
#define HEAD_SIZE	sizeof(struct kvm_cpuid2)

/* Asks with all the room KVM can use, in zeroed memory. */
struct reply answer_get(const struct device *dev, unsigned int cmd,
			struct answer *answer);

/* Whether the entries that count are the same. */
bool answer_equal(const struct answer *a, const struct answer *b);

void answer_print(const struct answer *answer, const char *title);

/* "SUPPORTED" or "EMULATED" */
const char *answer_kind(unsigned int cmd);

#endif
