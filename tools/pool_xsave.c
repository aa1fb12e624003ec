// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <linux/bits.h>
#include <kvmcaps/answer.h>

#include "alloc.h"
#include "pool_xsave.h"
#include "table.h"

#define XSAVE	0xd
/* x87 and SSE are in the legacy area, and have no index of their own. */
#define LEGACY	(BIT_ULL(0) | BIT_ULL(1))
#define COMPACTING	(KVMCAPS_BIT(KVMCAPS_F_XSAVES) | KVMCAPS_BIT(KVMCAPS_F_XSAVEC))

/* A state that hosts lay out differently has a size of 0 by now. */
static void drop_sizeless(struct kvm_cpuid2 *table)
{
	const struct kvm_cpuid_entry2 *entry = table->entries;
	__u32 nr = 0;

	for (; entry < table->entries + table->nent; entry++) {
		if (entry->function != XSAVE || entry->index < 2 || entry->eax)
			table->entries[nr++] = *entry;
	}
	table->nent = nr;
}

/* States with a layout, which goes to @caps. */
static u64 read_layouts(const struct kvm_cpuid2 *table, struct kvmcaps_caps *caps)
{
	const struct kvm_cpuid_entry2 *entry;
	u64 known = LEGACY;
	__u32 i;

	for (i = 2; i < KVMCAPS_NR_XFEATURES; i++) {
		entry = table_find(table, XSAVE, i);
		if (!entry)
			continue;
		known |= BIT_ULL(i);
		caps->xstate[i] = (struct kvmcaps_xstate){ entry->eax, entry->ebx, entry->ecx };
	}
	return known;
}

static void recount(struct kvm_cpuid_entry2 *area, struct kvm_cpuid_entry2 *compacted,
		    const struct kvmcaps_caps *caps)
{
	u64 xcr0 = area->eax | (u64)area->edx << 32;
	u64 xss = compacted ? compacted->ecx | (u64)compacted->edx << 32 : 0;

	area->ebx = xcr0 ? kvmcaps_xstate_bytes(caps, xcr0, false) : 0;
	area->ecx = area->ebx;
	if (compacted)
		compacted->ebx = compacted->eax & COMPACTING ?
				 kvmcaps_xstate_bytes(caps, xcr0 | xss, true) : 0;
}

void pool_xsave(struct kvm_cpuid2 *table)
{
	struct kvm_cpuid_entry2 *area, *compacted;
	struct kvmcaps_caps *caps;
	u64 known;

	drop_sizeless(table);
	area = table_edit(table, XSAVE, 0);
	compacted = table_edit(table, XSAVE, 1);
	if (!area)
		return;
	caps = alloc_zeroed(sizeof(*caps));
	known = read_layouts(table, caps);
	area->eax &= known;
	area->edx &= known >> 32;
	if (compacted) {
		compacted->ecx &= known;
		compacted->edx &= known >> 32;
	}
	recount(area, compacted, caps);
	free(caps);
}
