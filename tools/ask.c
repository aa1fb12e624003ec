// SPDX-License-Identifier: GPL-2.0
#include "ask.h"
#include "fail.h"

static int check(const struct command_line *line)
{
	if (line->values['d'] && line->values['H'])
		return command_misuse(line->command, "--device and --host exclude each other");
	if (line->values['c'] && !line->values['H'])
		return command_misuse(line->command, "--cpu goes with --host");
	return STATUS_GOOD;
}

int ask_source(const struct command_line *line, struct source *source)
{
	const char *path = line->values['d'] ? line->values['d'] : DEVICE_KVMCAPS;
	struct source_change change = {
		.release = line->values['R'],
		.policy = line->values['s'],
		.cpu = -1,
		.like = -1,
	};
	unsigned int cpu = 0;
	int err = check(line);

	if (err)
		return err;
	if (line->values['c'] && !command_number(line->values['c'], &cpu))
		return command_misuse(line->command, "--cpu %s is no number", line->values['c']);
	if (line->values['c'])
		change.cpu = cpu;
	if (line->values['H'])
		return source_open_file(source, line->values['H'], &change);
	return source_open_device(source, path, &change);
}
