// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "facts.h"
#include "fail.h"
#include "hostfile.h"
#include "probe.h"
#include "redact.h"

#define REDACTED	"APIC ids and serial numbers are 0"

/* The module's device is asked if it is there; STATUS_TROUBLE ends it all. */
static int facts_from_device(const char *path, struct saved *saved)
{
	struct kvmcaps_host *host = NULL;
	struct libkvmcaps_device *device;
	struct libkvmcaps_error error;
	int err;

	if (libkvmcaps_device_open(&device, path, &error))
		return fail("%s", error.text);
	err = facts_fetch(device, path, &host);
	libkvmcaps_device_close(device);
	if (err)
		return err;
	if (!host)
		return fail("%s tells no facts; it is not kvmcaps's", path);
	saved->facts = host->facts;
	free(host);
	return STATUS_GOOD;
}

static int fill_in(const struct command_line *line, struct saved *saved, int cpu)
{
	const char *path = line->values['d'] ? line->values['d'] : DEVICE_KVMCAPS;
	bool ask = !line->values['p'] && (line->values['d'] || !access(path, R_OK));

	saved_note_printf(saved, "tool", FAIL_PROGRAM " " COMMAND_VERSION);
	saved_note_add(saved, "source", ask ? path : "user space");
	if (!line->values['R'])
		saved_note_add(saved, "redacted", REDACTED);
	probe_notes(saved);
	if (probe_cpus(saved, cpu))
		return STATUS_TROUBLE;
	if (ask)
		return facts_from_device(path, saved);
	probe_facts(saved);
	return STATUS_GOOD;
}

static int write_to(const char *path, const struct saved *saved)
{
	FILE *out = fopen(path, "we");

	if (!out)
		return fail("%s: %s", path, strerror(errno));
	hostfile_write(saved, out);
	if (ferror(out) | fclose(out))
		return fail("%s: %s", path, strerror(errno));
	return STATUS_GOOD;
}

static int capture(const struct command_line *line, struct saved *saved, int cpu)
{
	const char *path = line->values['o'];

	if (fill_in(line, saved, cpu))
		return STATUS_TROUBLE;
	if (!line->values['R'])
		redact(saved);
	saved_fold(saved);
	if (path && strcmp(path, "-"))
		return write_to(path, saved);
	hostfile_write(saved, stdout);
	return STATUS_GOOD;
}

static int capture_run(const struct command_line *line)
{
	struct saved saved = {};
	unsigned int cpu = 0;
	int err;

	if (line->values['c'] && !command_number(line->values['c'], &cpu))
		return command_misuse(line->command, "--cpu %s is no number", line->values['c']);
	if (line->values['p'] && line->values['d'])
		return command_misuse(line->command, "--probe and --device exclude each other");
	err = capture(line, &saved, line->values['c'] ? (int)cpu : -1);
	saved_free(&saved);
	return err;
}

static const struct command_option options[] = {
	{ 'o', "output", "FILE", "write there (default: standard output)" },
	{ 'c', "cpu", "N", "this CPU only (default: all)" },
	{ 'd', "device", "PATH", "take the facts from there (default: " DEVICE_KVMCAPS ")" },
	{ 'p', "probe", NULL, "do not ask the module, even if it is loaded" },
	{ 'R', "no-redact", NULL, "keep APIC ids and serial numbers" },
	{}
};

const struct command command_capture = {
	.name = "capture",
	.takes = "[-o FILE] [--cpu N] [--device PATH | --probe] [--no-redact]",
	.summary = "Save all facts of this host as text",
	.details = "The file is for --host and for compare; see kvmcaps-host(5). As root it is\n"
		   "complete; without the module, load msr first (modprobe msr).\n",
	.options = options,
	.run = capture_run,
};
