// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <linux/bits.h>

#include "fail.h"
#include "place.h"
#include "show.h"
#include "supported.h"

#define VALUE_INDENT	6

static void print_value(struct text *text, const char *label, u32 value,
			const struct bitname_reg *names)
{
	text_begin(text, VALUE_INDENT, label);
	text_add(text, "0x%08x", value);
	if (names)
		show_text_bits(text, value, names);
	text_end(text);
}

/* All bits that one step made differ; it makes them all the same. */
static void print_change(struct text *text, const struct supported *of,
			 const struct qemu_fixup *fixup, const struct bitname_reg *names)
{
	u32 changed = 0;
	unsigned int bit;

	for (bit = 0; bit < 32; bit++)
		changed |= of->why[bit] == fixup ? BIT(bit) : 0;
	if (!changed)
		return;
	text_begin(text, VALUE_INDENT, of->value & changed ? "+" : "-");
	show_text_bits(text, changed, names);
	text_add(text, "%s %s", of->value & changed ? "added:" : "taken away:", fixup->reason);
	text_end(text);
}

int supported_text(const struct supported *of)
{
	const struct kvm_cpuid_entry2 entry = {
		.function = of->function,
		.index = of->index,
		.flags = of->flags,
	};
	struct bitname_reg names;
	struct text text;
	bool named = bitname_find(of->function, of->index, of->reg, &names);
	unsigned int i;

	text_init(&text);
	printf("%s\n", place_reg(&entry, of->reg).name);
	print_value(&text, "QEMU:", of->value, named ? &names : NULL);
	print_value(&text, "KVM:", of->kvm, named ? &names : NULL);
	for (i = 0; i < qemu_nr_fixups; i++)
		print_change(&text, of, &qemu_fixups[i], &names);
	return STATUS_GOOD;
}
