// SPDX-License-Identifier: GPL-2.0
/*
 * struct kvm_cpuid2 as bytes, little endian: what a VMM passes to KVM_SET_CPUID2.
 * It has no mark of its own; its size must be that of its entries.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <linux/kernel.h>
#include <kvmcaps/answer.h>

#include "fail.h"
#include "format.h"
#include "table.h"

#define HEADER	sizeof(struct kvm_cpuid2)
#define ENTRY	sizeof(struct kvm_cpuid_entry2)

static bool looks(const struct input *in)
{
	struct kvm_cpuid2 head;

	if (in->size < HEADER + ENTRY)
		return false;
	memcpy(&head, in->text, sizeof(head));
	return !head.padding && (in->size - HEADER) % ENTRY == 0 &&
	       (in->size - HEADER) / ENTRY == head.nent;
}

static int check(const struct input *in, const struct kvm_cpuid_entry2 *entries, __u32 nr)
{
	static const __u32 zero[ARRAY_SIZE(entries->padding)];
	__u32 i;

	for (i = 0; i < nr; i++) {
		if (memcmp(entries[i].padding, zero, sizeof(zero)))
			return input_fail(in, 0, "byte %zu: the padding of an entry is not zero",
					  HEADER + i * ENTRY + offsetof(typeof(*entries), padding));
	}
	return STATUS_GOOD;
}

static int read_table(const struct input *in, struct kvm_cpuid2 **table)
{
	struct kvm_cpuid2 *found;

	if (!looks(in))
		return input_fail(in, 0, "byte 0: not the number of entries that follow");
	if (in->size > HEADER + KVMCAPS_MAX_ENTRIES * ENTRY)
		return input_fail(in, 0, "byte 0: more than %u entries, and KVM takes no more",
				  KVMCAPS_MAX_ENTRIES);
	found = table_new();
	memcpy(found, in->text, in->size);
	if (check(in, found->entries, found->nent)) {
		free(found);
		return STATUS_TROUBLE;
	}
	*table = found;
	return STATUS_GOOD;
}

const struct format format_cpuid2 = {
	.name = "the bytes of a struct kvm_cpuid2",
	.kind = FORMAT_TABLE,
	.looks = looks,
	.table = read_table,
};
