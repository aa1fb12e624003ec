// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <kvmcaps/feature.h>

#include "place.h"

const char *const place_reg_names[KVMCAPS_NR_REGS] = {
	[KVMCAPS_EAX] = "EAX",
	[KVMCAPS_EBX] = "EBX",
	[KVMCAPS_ECX] = "ECX",
	[KVMCAPS_EDX] = "EDX",
};

const char *const place_reg_keys[KVMCAPS_NR_REGS] = {
	[KVMCAPS_EAX] = "eax",
	[KVMCAPS_EBX] = "ebx",
	[KVMCAPS_ECX] = "ecx",
	[KVMCAPS_EDX] = "edx",
};

struct place place_entry(const struct kvm_cpuid_entry2 *entry)
{
	struct place place;

	if (entry->index || (entry->flags & KVM_CPUID_FLAG_SIGNIFCANT_INDEX))
		snprintf(place.name, sizeof(place.name), "CPUID.(EAX=%XH,ECX=%X%s)",
			 entry->function, entry->index, entry->index > 9 ? "H" : "");
	else
		snprintf(place.name, sizeof(place.name), "CPUID.%XH", entry->function);
	return place;
}

struct place place_reg(const struct kvm_cpuid_entry2 *entry, unsigned int reg)
{
	struct place entry_place = place_entry(entry);
	struct place place;

	snprintf(place.name, sizeof(place.name), "%.40s:%s", entry_place.name,
		 place_reg_names[reg]);
	return place;
}
