// SPDX-License-Identifier: GPL-2.0
/* A guest's CPU for programs: docs/schema/guest.schema.json. */
#include "fail.h"
#include "guest.h"
#include "qemu/options.h"
#include "show.h"

#define FORMAT	1

/* Missing memory shows in the end, as jansson passes NULL on. */
static json_t *machine_json(const struct qemu_machine *machine)
{
	return json_pack("{s:s, s:b, s:b, s:i, s:i, s:i, s:i, s:i, s:i}",
			 "kernel_irqchip", qemu_options_irqchip(machine->irqchip),
			 "cpu_pm", machine->cpu_pm,
			 "sev_snp", machine->sev_snp,
			 "cpus", machine->cpus,
			 "sockets", machine->sockets,
			 "dies", machine->dies,
			 "modules", machine->modules,
			 "cores", machine->cores,
			 "threads", machine->threads);
}

static json_t *verdict_json(const struct verdict *verdict)
{
	return json_pack("{s:b, s:s?, s:s?}",
			 "accepted", !verdict->name,
			 "error", verdict->name,
			 "reason", verdict->reason);
}

static json_t *root_json(const struct guest *guest)
{
	return json_pack("{s:i, s:s, s:s, s:s, s:s, s:o, s:i, s:I, s:o, s:O, s:o}",
			 "format", FORMAT,
			 "device", guest->accel.source->name,
			 "qemu", guest->registry.qemu,
			 "cpu", guest->name,
			 "model", guest->cpu.model->name,
			 "machine", machine_json(guest->accel.machine),
			 "number", guest->number,
			 "apic_id", (json_int_t)guest->vcpu.apic_id,
			 "table", show_json_table(guest->table),
			 "warnings", guest->cpu.warnings,
			 "verdict", verdict_json(&guest->verdict));
}

int guest_json(const struct guest *guest)
{
	json_t *root = root_json(guest);

	if (root && guest->read &&
	    json_object_set_new(root, "read", show_json_table(guest->read))) {
		json_decref(root);
		root = NULL;
	}
	if (!root)
		return fail("cannot make JSON of this: out of memory, or %s is not UTF-8",
			    guest->accel.source->name);
	/* output_finish() finds what could not be written. */
	if (!json_dumpf(root, stdout, JSON_INDENT(2)))
		putchar('\n');
	json_decref(root);
	return STATUS_GOOD;
}
