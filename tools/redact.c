// SPDX-License-Identifier: GPL-2.0
#include <linux/kernel.h>

#include "redact.h"

#define ANY_INDEX	(~0u)
#define ALL		(~0u)

struct secret {
	u32 function;
	u32 index;
	u8 reg;
	u32 mask;
};

/* APIC ids, what is made of them, and the serial number of a Pentium III. */
static const struct secret secrets[] = {
	{ 0x1,		0,		KVMCAPS_EBX, 0xff000000 },
	{ 0x3,		0,		KVMCAPS_EAX, ALL },
	{ 0x3,		0,		KVMCAPS_EBX, ALL },
	{ 0x3,		0,		KVMCAPS_ECX, ALL },
	{ 0x3,		0,		KVMCAPS_EDX, ALL },
	{ 0xb,		ANY_INDEX,	KVMCAPS_EDX, ALL },
	{ 0x1f,		ANY_INDEX,	KVMCAPS_EDX, ALL },
	{ 0x8000001e,	0,		KVMCAPS_EAX, ALL },
	{ 0x8000001e,	0,		KVMCAPS_EBX, 0xff },
	{ 0x8000001e,	0,		KVMCAPS_ECX, 0xff },
	{ 0x80000026,	ANY_INDEX,	KVMCAPS_EDX, ALL },
};

u32 redact_mask(u32 function, u32 index, unsigned int reg)
{
	const struct secret *row;

	for (row = secrets; row < secrets + ARRAY_SIZE(secrets); row++) {
		if (row->function == function && row->reg == reg &&
		    (row->index == ANY_INDEX || row->index == index))
			return row->mask;
	}
	return 0;
}

static void redact_regs(struct kvmcaps_cpuid *regs)
{
	u32 *const value[] = { &regs->eax, &regs->ebx, &regs->ecx, &regs->edx };
	unsigned int reg;

	for (reg = 0; reg < KVMCAPS_NR_REGS; reg++)
		*value[reg] &= ~redact_mask(regs->function, regs->index, reg);
}

void redact(struct saved *saved)
{
	unsigned int i, j;

	for (i = 0; i < saved->nr_cpus; i++) {
		for (j = 0; j < saved->cpus[i].nr; j++)
			redact_regs(&saved->cpus[i].cpuid[j]);
	}
	saved->redacted = true;
}
