// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <sched.h>
#include <string.h>

#include "ask.h"
#include "fail.h"

/*
 * Some registers differ between CPUs, an APIC id for one: both devices must
 * answer for the same.
 */
static int stay_on_cpu(int cpu)
{
	size_t size = CPU_ALLOC_SIZE(cpu + 1);
	cpu_set_t *set = cpu < 0 ? NULL : CPU_ALLOC(cpu + 1);
	int err = -1;

	if (set) {
		CPU_ZERO_S(size, set);
		CPU_SET_S(cpu, size, set);
		err = sched_setaffinity(0, size, set);
	}
	if (err)
		fail("cannot stay on CPU %d: %s", cpu, strerror(errno));
	CPU_FREE(set);
	return err ? STATUS_TROUBLE : STATUS_GOOD;
}

static int check(const struct command_line *line)
{
	if (line->values['d'] && line->values['H'])
		return command_misuse(line->command, "--device and --host exclude each other");
	if (line->values['c'] && !line->values['H'])
		return command_misuse(line->command, "--cpu goes with --host");
	return STATUS_GOOD;
}

static int take_cpu(const struct command_line *line, struct source_change *change)
{
	unsigned int cpu;

	if (!line->values['c'])
		return STATUS_GOOD;
	if (!command_number(line->values['c'], &cpu))
		return command_misuse(line->command, "--cpu %s is no number", line->values['c']);
	change->cpu = cpu;
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
	int err = check(line);

	if (!err)
		err = take_cpu(line, &change);
	if (err)
		return err;
	if (line->values['H'])
		return source_open_file(source, line->values['H'], &change);
	return source_open_device(source, path, &change);
}

static bool are_files(const struct command_line *line)
{
	int i;

	for (i = 0; i < line->nr_arguments; i++) {
		if (!source_is_file(line->arguments[i]))
			return false;
	}
	return true;
}

int ask_named(const struct command_line *line, struct source *sources)
{
	struct source_change change = { .policy = line->values['s'], .cpu = -1, .like = -1 };
	int i, err = take_cpu(line, &change);

	/* A file answers for the CPU of the device on the other side, if it can. */
	if (!err && !are_files(line)) {
		change.like = line->values['c'] ? change.cpu : sched_getcpu();
		err = stay_on_cpu(change.like);
	}
	for (i = 0; i < line->nr_arguments && !err; i++)
		err = source_open(&sources[i], line->arguments[i], &change);
	return err;
}
