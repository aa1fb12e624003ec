// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <kvmcaps/answer.h>

#include "alloc.h"
#include "fail.h"
#include "maker.h"
#include "table.h"

/* The buffer is zeroed: KVM wants clean padding for its emulated features. */
static int fetch_into(const struct device *dev, unsigned long cmd, __u32 room,
		      struct kvm_cpuid2 **table)
{
	int err;

	*table = calloc(1, sizeof(**table) + room * sizeof((*table)->entries[0]));
	if (!*table)
		return -ENOMEM;

	(*table)->nent = room;
	err = device_ioctl(dev, cmd, *table);
	if (err >= 0 && (*table)->nent > room)
		err = -EPROTO;
	if (err >= 0)
		return 0;
	free(*table);
	*table = NULL;
	return err;
}

/* An answer that fills its buffer may have been cut. */
int table_fetch(const struct device *dev, unsigned long cmd, struct kvm_cpuid2 **table)
{
	__u32 room;
	int err;

	for (room = 1; room <= TABLE_MAX_ENTRIES; room *= 2) {
		err = fetch_into(dev, cmd, room, table);
		if (err && err != -E2BIG)
			return err;
		if (!err && (*table)->nent < room)
			return 0;
		free(*table);
		*table = NULL;
	}
	return -E2BIG;
}

int table_pair_fetch(const struct device *dev, struct table_pair *pair)
{
	int err;

	*pair = (struct table_pair){};
	err = table_fetch(dev, KVM_GET_SUPPORTED_CPUID, &pair->supported);
	if (!err)
		err = table_fetch(dev, KVM_GET_EMULATED_CPUID, &pair->emulated);
	if (!err)
		return STATUS_GOOD;
	table_pair_free(pair);
	return device_fail(dev->path, err);
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
