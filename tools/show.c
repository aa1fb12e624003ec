// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>

#include "command.h"
#include "facts.h"
#include "fail.h"
#include "show.h"

static int fetch(const struct device *dev, struct show *show, bool raw)
{
	int err = raw ? STATUS_GOOD : facts_fetch(dev, &show->host);

	return err ? err : table_pair_fetch(dev, &show->tables);
}

static int print(const struct command_line *line, const struct show *show)
{
	if (line->values['e'])
		return show_raw(show->tables.emulated);
	if (line->values['r'])
		return show_raw(show->tables.supported);
	if (line->values['j'])
		return show_json(show);
	return show_text(show);
}

static int show_device(const struct command_line *line, const struct device *dev)
{
	struct show show = { .path = dev->path };
	int err = fetch(dev, &show, line->values['r']);

	if (!err)
		err = print(line, &show);
	table_pair_free(&show.tables);
	free(show.host);
	return err;
}

static int show_run(const struct command_line *line)
{
	const char *path = line->values['d'] ? line->values['d'] : DEVICE_KVMCAPS;
	struct device dev;
	int err;

	if (line->values['r'] && line->values['j'])
		return command_misuse(line->command, "--raw and --json exclude each other");
	if (line->values['e'] && !line->values['r'])
		return command_misuse(line->command, "--emulated goes with --raw");

	err = device_open(&dev, path);
	if (err)
		return device_fail(path, err);
	err = show_device(line, &dev);
	device_close(&dev);
	return err;
}

static const struct command_option options[] = {
	{ 'd', "device", "PATH", "ask this device (default: " DEVICE_KVMCAPS ")" },
	{ 'r', "raw", NULL, "one line per entry, as 'cpuid -r' prints it" },
	{ 'e', "emulated", NULL, "with --raw: the table of emulated features instead" },
	{ 'j', "json", NULL, "everything, for programs" },
	{}
};

const struct command command_show = {
	.name = "show",
	.takes = "[--device PATH] [--raw [--emulated] | --json]",
	.summary = "Show which CPUID KVM offers to guests here, and what it emulates",
	.details = "PATH is any device that speaks KVM's CPUID ioctls, " DEVICE_KVM " for one.\n",
	.options = options,
	.run = show_run,
};
