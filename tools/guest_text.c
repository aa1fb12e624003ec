// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>

#include "fail.h"
#include "guest.h"
#include "show.h"

#define HEADER_INDENT	9
#define QEMU		"qemu-system-x86_64"

static void print_header(struct text *text, const struct guest *guest)
{
	const struct qemu_machine *machine = guest->accel.machine;

	show_text_header(text, guest->accel.source);
	text_begin(text, HEADER_INDENT, "guest:");
	text_add(text, "-cpu %s, CPU %u of %u, by QEMU %s", guest->name, guest->number,
		 machine->cpus, guest->registry.qemu);
	text_end(text);
	if (guest->cpu.model->alias_of) {
		text_begin(text, HEADER_INDENT, "model:");
		text_add(text, "%s", guest->cpu.model->alias_of->name);
		text_end(text);
	}
}

/* As they stand in QEMU's log, so that they can be searched for. */
static void print_warnings(const struct guest *guest)
{
	const json_t *warning;
	size_t i;

	if (json_array_size(guest->cpu.warnings))
		printf("\nQEMU warns:\n");
	json_array_foreach(guest->cpu.warnings, i, warning)
		printf("  " QEMU ": warning: %s\n", json_string_value(warning));
}

static void print_verdict(struct text *text, const struct verdict *verdict)
{
	putchar('\n');
	text_begin(text, HEADER_INDENT, "KVM:");
	if (verdict->name)
		text_add(text, "refuses it, %s: %s", verdict->name, verdict->reason);
	else
		text_add(text, "takes it");
	text_end(text);
}

int guest_text(const struct guest *guest)
{
	struct text text;

	text_init(&text);
	print_header(&text, guest);
	show_text_table(&text, guest->read ? "Read by the guest" : "Passed to KVM_SET_CPUID2",
			guest->read ? guest->read : guest->table);
	print_warnings(guest);
	print_verdict(&text, &guest->verdict);
	return STATUS_GOOD;
}
