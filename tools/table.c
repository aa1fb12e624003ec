// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>
#include <kvmcaps/answer.h>

#include "alloc.h"
#include "fail.h"
#include "maker.h"
#include "table.h"

static struct kvm_cpuid2 *copy(const struct kvm_cpuid2 *table)
{
	size_t size = sizeof(*table) + table->nent * sizeof(table->entries[0]);

	return memcpy(alloc_array(NULL, size, 1), table, size);
}

static int fetch(struct libkvmcaps_device *device, enum libkvmcaps_table which,
		 struct kvm_cpuid2 **table)
{
	const struct kvm_cpuid2 *found;
	struct libkvmcaps_error error;

	if (libkvmcaps_device_table(device, which, &found, &error))
		return fail("%s", error.text);
	*table = copy(found);
	return STATUS_GOOD;
}

int table_pair_fetch(struct libkvmcaps_device *device, struct table_pair *pair)
{
	int err;

	*pair = (struct table_pair){};
	err = fetch(device, LIBKVMCAPS_SUPPORTED, &pair->supported);
	if (!err)
		err = fetch(device, LIBKVMCAPS_EMULATED, &pair->emulated);
	if (err)
		table_pair_free(pair);
	return err;
}

void table_pair_free(struct table_pair *pair)
{
	free(pair->supported);
	free(pair->emulated);
	*pair = (struct table_pair){};
}

struct kvm_cpuid2 *table_new(void)
{
	const struct kvm_cpuid2 *table = NULL;

	return alloc_zeroed(sizeof(*table) + KVMCAPS_MAX_ENTRIES * sizeof(table->entries[0]));
}

struct kvm_cpuid_entry2 *table_add(struct kvm_cpuid2 *table, __u32 function, __u32 index)
{
	struct kvm_cpuid_entry2 *entry = &table->entries[table->nent];

	if (table->nent == KVMCAPS_MAX_ENTRIES)
		return NULL;
	table->nent++;
	*entry = (struct kvm_cpuid_entry2){ .function = function, .index = index };
	return entry;
}

const struct kvm_cpuid_entry2 *table_find(const struct kvm_cpuid2 *table, __u32 function,
					  __u32 index)
{
	__u32 i;

	for (i = 0; i < table->nent; i++) {
		if (table->entries[i].function == function && table->entries[i].index == index)
			return &table->entries[i];
	}
	return NULL;
}

const struct kvm_cpuid_entry2 *table_lookup(const struct kvm_cpuid2 *table, __u32 function,
					    __u32 index)
{
	const struct kvm_cpuid_entry2 *entry = table->entries;

	for (; entry < table->entries + table->nent; entry++) {
		if (entry->function == function &&
		    (!(entry->flags & KVM_CPUID_FLAG_SIGNIFCANT_INDEX) || entry->index == index))
			return entry;
	}
	return NULL;
}

struct kvm_cpuid_entry2 *table_edit(struct kvm_cpuid2 *table, __u32 function, __u32 index)
{
	const struct kvm_cpuid_entry2 *found = table_find(table, function, index);

	return found ? &table->entries[found - table->entries] : NULL;
}

u8 table_maker(const struct kvm_cpuid2 *table)
{
	const struct kvm_cpuid_entry2 *entry = table_find(table, 0, 0);

	return entry ? maker_of(entry->ebx, entry->ecx, entry->edx) : KVMCAPS_MAKER_OTHER;
}

bool table_entry_is_zero(const struct kvm_cpuid_entry2 *entry)
{
	return !(entry->eax | entry->ebx | entry->ecx | entry->edx);
}

__u32 table_entry_reg(const struct kvm_cpuid_entry2 *entry, unsigned int reg)
{
	const __u32 regs[] = { entry->eax, entry->ebx, entry->ecx, entry->edx };

	return regs[reg];
}
