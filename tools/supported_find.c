// SPDX-License-Identifier: GPL-2.0
#include <linux/bits.h>

#include "supported.h"
#include "table.h"

static void note_changes(struct supported *of, u32 changed, const struct qemu_fixup *fixup)
{
	unsigned int bit;

	for (bit = 0; bit < 32; bit++) {
		if (changed & BIT(bit))
			of->why[bit] = (of->value ^ of->kvm) & BIT(bit) ? fixup : NULL;
	}
}

void supported_find(struct supported *of, const struct qemu_accel *accel)
{
	const struct kvm_cpuid_entry2 *entry =
		table_find(accel->source->tables.supported, of->function, of->index);
	const struct qemu_fixup *fixup;
	u32 before;

	of->flags = entry ? entry->flags : 0;
	of->kvm = qemu_supported_by_kvm(accel, of->function, of->index, of->reg);
	of->value = of->kvm;
	for (fixup = qemu_fixups; fixup < qemu_fixups + qemu_nr_fixups; fixup++) {
		if (!qemu_fixup_is_for(fixup, accel, of->function, of->index, of->reg))
			continue;
		before = of->value;
		of->value = qemu_fixup_apply(fixup, accel, before);
		note_changes(of, before ^ of->value, fixup);
	}
}
