// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>

#include "fail.h"
#include "show.h"

int show_raw(const struct kvm_cpuid2 *table)
{
	const struct kvm_cpuid_entry2 *e = table->entries;

	puts("CPU 0:");
	for (; e < table->entries + table->nent; e++)
		printf("   0x%08x 0x%02x: eax=0x%08x ebx=0x%08x ecx=0x%08x edx=0x%08x\n",
		       e->function, e->index, e->eax, e->ebx, e->ecx, e->edx);
	return STATUS_GOOD;
}
