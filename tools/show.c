// SPDX-License-Identifier: GPL-2.0
#include "ask.h"
#include "fail.h"
#include "firecracker.h"
#include "libvirt.h"
#include "show.h"

static int print(const struct command_line *line, const struct source *source)
{
	if (line->values['e'])
		return show_raw(source->tables.emulated);
	if (line->values['r'])
		return show_raw(source->tables.supported);
	if (line->values['m'])
		return show_msrs(source);
	if (line->values['j'])
		return show_json(source);
	if (line->values['F'])
		return firecracker_table(source->tables.supported);
	if (line->values['l'])
		return libvirt_cpudata(source->tables.supported);
	return show_text(source);
}

static int check(const struct command_line *line)
{
	if (!!line->values['r'] + !!line->values['m'] + !!line->values['j'] +
	    !!line->values['F'] + !!line->values['l'] > 1)
		return command_misuse(line->command,
				      "--raw, --msrs, --json, --firecracker and --libvirt exclude each other");
	if (line->values['e'] && !line->values['r'])
		return command_misuse(line->command, "--emulated goes with --raw");
	return STATUS_GOOD;
}

static int show_run(const struct command_line *line)
{
	struct source source = {};
	int err = check(line);

	if (err)
		return err;
	err = ask_source(line, &source);
	if (!err)
		err = print(line, &source);
	source_close(&source);
	return err;
}

static const struct command_option options[] = {
	ASK_DEVICE,
	ASK_HOST,
	ASK_RELEASE,
	ASK_SET,
	ASK_CPU,
	{ 'r', "raw", NULL, "one line per entry, as 'cpuid -r' prints it" },
	{ 'e', "emulated", NULL, "with --raw: the table of emulated features instead" },
	{ 'm', "msrs", NULL, "KVM's feature MSRs, one a line" },
	{ 'j', "json", NULL, "everything, for programs" },
	{ 'F', "firecracker", NULL, "a CPU template with all of the table" },
	{ 'l', "libvirt", NULL, "the table as <cpudata>" },
	{}
};

const struct command command_show = {
	.name = "show",
	.takes = ASK_TAKES "\n"
		 "                    [--cpu N]\n"
		 "                    [--raw [--emulated] | --msrs | --json | --firecracker |\n"
		 "                     --libvirt]",
	.summary = "Show which CPUID KVM offers to guests here, and what it emulates",
	.details = "PATH is any device that speaks KVM's CPUID ioctls, " DEVICE_KVM " for one;\n"
		   "FILE is what 'kvmcaps capture' wrote, or a dump of CPUID: kvmcaps(1).\n",
	.options = options,
	.run = show_run,
};
