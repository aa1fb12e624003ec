// SPDX-License-Identifier: GPL-2.0
#include "command.h"
#include "fail.h"
#include "show.h"
#include "source.h"

static int print(const struct command_line *line, const struct source *source)
{
	if (line->values['e'])
		return show_raw(source->tables.emulated);
	if (line->values['r'])
		return show_raw(source->tables.supported);
	if (line->values['j'])
		return show_json(source);
	return show_text(source);
}

static int check(const struct command_line *line)
{
	if (line->values['r'] && line->values['j'])
		return command_misuse(line->command, "--raw and --json exclude each other");
	if (line->values['e'] && !line->values['r'])
		return command_misuse(line->command, "--emulated goes with --raw");
	if (line->values['d'] && line->values['H'])
		return command_misuse(line->command, "--device and --host exclude each other");
	if (line->values['c'] && !line->values['H'])
		return command_misuse(line->command, "--cpu goes with --host");
	return STATUS_GOOD;
}

static int show_run(const struct command_line *line)
{
	const char *path = line->values['d'] ? line->values['d'] : DEVICE_KVMCAPS;
	struct source_change change = {
		.release = line->values['R'],
		.policy = line->values['s'],
		.cpu = -1,
		.like = -1,
	};
	struct source source = {};
	unsigned int cpu = 0;
	int err = check(line);

	if (err)
		return err;
	if (line->values['c'] && !command_number(line->values['c'], &cpu))
		return command_misuse(line->command, "--cpu %s is no number", line->values['c']);
	if (line->values['c'])
		change.cpu = cpu;
	if (line->values['H'])
		err = source_open_file(&source, line->values['H'], &change);
	else
		err = source_open_device(&source, path, &change);
	if (!err)
		err = print(line, &source);
	source_close(&source);
	return err;
}

static const struct command_option options[] = {
	{ 'd', "device", "PATH", "ask this device (default: " DEVICE_KVMCAPS ")" },
	{ 'H', "host", "FILE", "the host in this file instead, - for standard input" },
	{ 'R', "release", "X.Y", "as this release of KVM would answer" },
	{ 's', "set", "POLICY", "with these parameters of KVM, npt=0,nested=0" },
	{ 'c', "cpu", "N", "with --host: the CPU that answers (default: the first)" },
	{ 'r', "raw", NULL, "one line per entry, as 'cpuid -r' prints it" },
	{ 'e', "emulated", NULL, "with --raw: the table of emulated features instead" },
	{ 'j', "json", NULL, "everything, for programs" },
	{}
};

const struct command command_show = {
	.name = "show",
	.takes = "[--device PATH | --host FILE] [--release X.Y] [--set POLICY]\n"
		 "                    [--cpu N] [--raw [--emulated] | --json]",
	.summary = "Show which CPUID KVM offers to guests here, and what it emulates",
	.details = "PATH is any device that speaks KVM's CPUID ioctls, " DEVICE_KVM " for one;\n"
		   "FILE is what 'kvmcaps capture' wrote.\n",
	.options = options,
	.run = show_run,
};
