// SPDX-License-Identifier: GPL-2.0
#include "../command.h"
#include "../table.h"

const struct kvm_cpuid_entry2 *libkvmcaps_entry(const struct kvm_cpuid2 *table,
						__u32 function, __u32 index)
{
	return table_find(table, function, index);
}

__u32 libkvmcaps_value(const struct kvm_cpuid2 *table, __u32 function, __u32 index,
		       enum libkvmcaps_register reg)
{
	const struct kvm_cpuid_entry2 *entry = table_find(table, function, index);

	return entry && (unsigned int)reg <= LIBKVMCAPS_EDX ? table_entry_reg(entry, reg) : 0;
}

const char *libkvmcaps_version(void)
{
	return COMMAND_VERSION;
}
