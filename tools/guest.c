// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>
#include <linux/kernel.h>

#include "alloc.h"
#include "ask.h"
#include "fail.h"
#include "guest.h"
#include "hex.h"
#include "outfile.h"
#include "qemu/options.h"
#include "regline.h"
#include "show.h"

static size_t table_size(const struct kvm_cpuid2 *table)
{
	return sizeof(*table) + table->nent * sizeof(table->entries[0]);
}

static struct kvm_cpuid2 *copy(const struct kvm_cpuid2 *table)
{
	struct kvm_cpuid2 *new = table_new();

	memcpy(new, table, table_size(table));
	return new;
}

/* --migratable is a property as well; what is behind MODEL has the last word. */
static char *properties_of(const struct command_line *line)
{
	const char *comma = strchr(line->arguments[0], ',');
	const char *migratable = line->values['M'];

	if (!migratable)
		return alloc_copy(comma ? comma + 1 : "");
	return alloc_text("migratable=%s%s", migratable, comma ? comma : "");
}

static int find_model(struct guest *guest, const struct qemu_model **model)
{
	char *name = alloc_copy(guest->name);
	int err = STATUS_GOOD;

	name[strcspn(name, ",")] = '\0';
	*model = qemu_registry_model(&guest->registry, name);
	if (!*model || (*model)->abstract)
		err = fail("unable to find CPU model '%s'", name);
	free(name);
	return err;
}

static int make_cpu(const struct command_line *line, struct guest *guest)
{
	char *properties = properties_of(line);
	int err = qemu_cpu_parse(&guest->cpu, properties);

	free(properties);
	if (!err)
		err = qemu_cpu_expand(&guest->cpu);
	if (!err)
		err = qemu_vcpu_realize(&guest->vcpu, &guest->cpu, guest->number);
	if (!err)
		err = qemu_vcpu_table(&guest->vcpu, &guest->table);
	return err;
}

/* The table as KVM keeps it once the guest has done what --after says. */
static int make_read(const struct command_line *line, struct guest *guest,
		     struct runtime *runtime)
{
	struct kvm_cpuid2 *kept = copy(guest->table);
	struct kvmcaps_cpuid regs;
	__u32 i;
	int err = STATUS_GOOD;

	runtime_init(runtime);
	runtime->apic = guest->vcpu.apic;
	runtime->hlt = guest->accel.machine->cpu_pm;
	if (line->values['a'])
		err = runtime_parse(runtime, line->values['a'], kept);
	runtime_update(runtime, &guest->accel, kept);
	guest->read = copy(kept);
	for (i = 0; i < kept->nent; i++) {
		struct kvm_cpuid_entry2 *entry = &guest->read->entries[i];

		regs = runtime_cpuid(runtime, &guest->accel, kept, entry->function, entry->index);
		entry->eax = regs.eax;
		entry->ebx = regs.ebx;
		entry->ecx = regs.ecx;
		entry->edx = regs.edx;
	}
	free(kept);
	return err;
}

/* "0xd.1,40000100": hexadecimal either way. */
static const char *take_leaf(const char *at, const char *end, u32 *function, u32 *index)
{
	*index = 0;
	if (!strncmp(at, "0x", 2))
		at += 2;
	at = hex_take(at, end, function);
	if (at && *at == '.')
		at = hex_take(at + 1, end, index);
	return at && (*at == ',' || at == end) ? at : NULL;
}

static int print_leaves(const struct command_line *line, const struct guest *guest,
			const struct runtime *runtime)
{
	const char *at = line->values['l'], *end = at + strlen(at);
	struct kvmcaps_cpuid regs;
	u32 function, index;

	do {
		at = take_leaf(at, end, &function, &index);
		if (!at)
			return command_misuse(line->command, "--leaf %s is not like 0xd.1,40000100",
					      line->values['l']);
		regs = runtime_cpuid(runtime, &guest->accel, guest->read, function, index);
		regline_print(stdout, &regs);
	} while (*at++ == ',');
	return STATUS_GOOD;
}

static int print(const struct command_line *line, const struct guest *guest,
		 const struct runtime *runtime)
{
	const struct kvm_cpuid2 *table = guest->read ? guest->read : guest->table;

	if (line->values['l'])
		return print_leaves(line, guest, runtime);
	if (line->values['b'])
		return outfile_write(line->values['b'], (const char *)table, table_size(table));
	if (line->values['r'])
		return show_raw(table);
	if (line->values['j'])
		return guest_json(guest);
	return guest_text(guest);
}

static int answer(const struct command_line *line, struct guest *guest)
{
	struct runtime runtime;
	int err = make_cpu(line, guest);

	if (err)
		return err;
	guest->verdict = verdict_of(guest->table, &guest->accel);
	if (line->values['x'] || line->values['a'] || line->values['l'])
		err = make_read(line, guest, &runtime);
	if (!err)
		err = print(line, guest, &runtime);
	if (err)
		return err;
	return guest->verdict.name ? STATUS_DIFFERENT : STATUS_GOOD;
}

static int with_model(const struct command_line *line, struct guest *guest)
{
	const struct qemu_model *model;
	int err = qemu_registry_open(&guest->registry, NULL);

	if (err)
		return err;
	err = find_model(guest, &model);
	if (!err) {
		qemu_cpu_init(&guest->cpu, &guest->registry, &guest->accel, model);
		err = answer(line, guest);
		qemu_cpu_free(&guest->cpu);
	}
	qemu_registry_close(&guest->registry);
	return err;
}

static int with_source(const struct command_line *line, const struct qemu_machine *machine,
		       struct guest *guest)
{
	struct source source = {};
	int err = ask_source(line, &source);

	if (!err)
		err = qemu_accel_open(&guest->accel, &source, machine);
	if (!err)
		err = with_model(line, guest);
	free(guest->table);
	free(guest->read);
	source_close(&source);
	return err;
}

static int take_machine(const struct command_line *line, struct qemu_machine *machine,
			unsigned int *number)
{
	int err = qemu_options(line, machine);

	*number = 0;
	if (!err && line->values['m'])
		err = qemu_machine_smp(machine, line->values['m']);
	if (err || !line->values['v'])
		return err;
	if (!command_number(line->values['v'], number) || *number >= machine->cpus)
		return command_misuse(line->command, "--vcpu is a number below %u, not '%s'",
				      machine->cpus, line->values['v']);
	return STATUS_GOOD;
}

static int check(const struct command_line *line)
{
	const char *migratable = line->values['M'];

	if (!!line->values['r'] + !!line->values['j'] + !!line->values['b'] +
	    !!line->values['l'] > 1)
		return command_misuse(line->command,
				      "--raw, --json, --cpuid2 and --leaf exclude each other");
	if (migratable && strcmp(migratable, "on") && strcmp(migratable, "off"))
		return command_misuse(line->command, "--migratable is on or off, not '%s'",
				      migratable);
	return STATUS_GOOD;
}

static int guest_run(const struct command_line *line)
{
	struct guest guest = { .name = line->arguments[0] };
	struct qemu_machine machine;
	int err = check(line);

	if (!err)
		err = take_machine(line, &machine, &guest.number);
	return err ? err : with_source(line, &machine, &guest);
}

static const struct command_option options[] = {
	ASK_DEVICE,
	ASK_HOST,
	ASK_RELEASE,
	ASK_SET,
	ASK_CPU,
	{ 'm', "smp", "SMP", "with -smp: 8,sockets=2,dies=1,cores=2,threads=2" },
	{ 'v', "vcpu", "NUMBER", "of these CPUs, this one (default: 0)" },
	QEMU_OPTION_IRQCHIP,
	QEMU_OPTION_CPU_PM,
	QEMU_OPTION_SEV_SNP,
	{ 'M', "migratable", "ON", "on or off: of -cpu host and max (default: on)" },
	{ 'x', "read", NULL, "what the guest reads, in place of what QEMU passes to KVM" },
	{ 'a', "after", "STATE", "the same after the guest did that: osxsave,xcr0=0x7" },
	{ 'l', "leaf", "LEAVES", "the same of these alone, whatever they are: 0xd.1,40000100" },
	{ 'r', "raw", NULL, "one line per entry, as 'cpuid -r' prints it" },
	{ 'j', "json", NULL, "everything, for programs" },
	{ 'b', "cpuid2", "FILE", "write struct kvm_cpuid2 there, - for standard output" },
	{}
};

const struct command command_guest = {
	.name = "guest",
	.takes = ASK_TAKES "\n"
		 "                     [--cpu N] [--smp SMP] [--vcpu NUMBER]\n"
		 "                     " QEMU_OPTIONS_TAKE "\n"
		 "                     [--migratable ON] [--read] [--after STATE]\n"
		 "                     [--raw | --json | --cpuid2 FILE | --leaf LEAVES]\n"
		 "                     CPU",
	.argument = "CPU",
	.summary = "Show the CPUID that QEMU would give to a guest here",
	.details = "CPU is as for -cpu of QEMU: MODEL[,+FEATURE,-FEATURE,PROPERTY=VALUE...], and\n"
		   "MODEL host, max, or one by name. SMP is as for its -smp.\n",
	.options = options,
	.good = "QEMU would start it",
	.different = "it would not: enforce, or KVM's refusal",
	.least = 1,
	.most = 1,
	.run = guest_run,
};
