// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>

#include "fail.h"
#include "regline.h"
#include "show.h"

int show_raw(const struct kvm_cpuid2 *table)
{
	const struct kvm_cpuid_entry2 *e = table->entries;

	puts("CPU 0:");
	for (; e < table->entries + table->nent; e++)
		regline_print(stdout, &(struct kvmcaps_cpuid){
			e->function, e->index, e->eax, e->ebx, e->ecx, e->edx });
	return STATUS_GOOD;
}
