// SPDX-License-Identifier: GPL-2.0
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "alloc.h"
#include "facts.h"
#include "fail.h"
#include "format.h"
#include "linux_complete.h"
#include "probe.h"
#include "simulate.h"
#include "source.h"

static bool wants_change(const struct source_change *change)
{
	return change->release || change->policy || change->cpu >= 0;
}

/* What a newer module calls by numbers that this tool does not know is no ground. */
static void decide(struct source *source)
{
	if (!source->host || source->host->facts.vendor >= KVMCAPS_NR_VENDORS)
		return;
	linux_complete(source->host, NULL);
	source->caps = alloc_zeroed(sizeof(*source->caps));
	kvmcaps_decide(source->host, source->caps);
}

static const struct saved_cpu *choose_cpu(const struct saved *saved,
					  const struct source_change *change)
{
	const struct saved_cpu *like = saved_cpu_find(saved, change->like);

	if (change->cpu >= 0)
		return saved_cpu_find(saved, change->cpu);
	return like ? like : &saved->cpus[0];
}

static int compute(struct source *source, const struct saved *saved,
		   const struct source_change *change)
{
	const struct saved_cpu *cpu = choose_cpu(saved, change);

	if (!cpu)
		return fail("%s: there is no CPU %d in it", source->path, change->cpu);
	source->host = alloc_zeroed(sizeof(*source->host));
	source->caps = alloc_zeroed(sizeof(*source->caps));
	source->redacted = saved->redacted;
	saved_host(saved, &saved->cpus[0], source->host);
	if (saved->dump && simulate_kernel(source->host, source->path, change))
		return STATUS_TROUBLE;
	linux_complete(source->host, saved_note(saved, "cpuinfo.bugs"));
	if (simulate_change(source->host, source->path, change))
		return STATUS_TROUBLE;
	kvmcaps_decide(source->host, source->caps);
	source->host->nr_cpuid = 0;
	simulate_serve(source->host, saved, cpu);
	return simulate_answer(source, &source->tables);
}

static int open_file(struct source *source, const struct source_change *change, bool machine)
{
	const struct format *format;
	struct input in;
	int err = input_open(&in, source->path);

	if (err)
		return err;
	format = format_find(&in);
	if (!format)
		err = STATUS_TROUBLE;
	else if (format->kind == FORMAT_TABLE && !machine)
		err = format->table(&in, &source->tables.supported);
	else
		err = format_read(format, &in, &source->saved);
	input_close(&in);
	if (err || source->tables.supported)
		return err;
	return compute(source, &source->saved, change);
}

int source_open_file(struct source *source, const char *path,
		     const struct source_change *change)
{
	*source = (struct source){ .name = path, .path = alloc_copy(path) };
	return open_file(source, change, true);
}

/*
 * The facts of a device, as if they had come from a file. Its CPUID is that of
 * the CPU which loaded the module; the one that asks is another, maybe.
 */
static int recompute(struct source *source, const struct source_change *change)
{
	struct saved saved = { .facts = source->host->facts };
	struct saved_cpu *cpu = saved_cpu_add(&saved, source->host->facts.cpu);
	struct source_change mine = *change;
	u32 i;
	int err = STATUS_GOOD;

	for (i = 0; i < source->host->nr_cpuid; i++)
		saved_cpu_append(cpu, &source->host->cpuid[i]);
	free(source->host);
	source->host = NULL;
	mine.like = sched_getcpu();
	if (mine.like != (int)saved.facts.cpu)
		err = probe_cpus(&saved, mine.like);
	if (!err)
		err = compute(source, &saved, &mine);
	saved_free(&saved);
	return err;
}

static int ask(struct source *source, const struct source_change *change)
{
	if (facts_fetch(source->device, source->path, &source->host))
		return STATUS_TROUBLE;
	if (!wants_change(change)) {
		decide(source);
		return table_pair_fetch(source->device, &source->tables);
	}
	if (source->host && source->host->facts.vendor < KVMCAPS_NR_VENDORS)
		return recompute(source, change);
	return fail("%s tells no facts of its host that could be changed; try " DEVICE_KVMCAPS,
		    source->path);
}

int source_open_device(struct source *source, const char *path,
		       const struct source_change *change)
{
	struct libkvmcaps_error error;

	if (!source->path)
		*source = (struct source){ .name = path, .path = alloc_copy(path) };
	if (libkvmcaps_device_open(&source->device, source->path, &error))
		return fail("%s", error.text);
	return ask(source, change);
}

static bool is_file(const char *path)
{
	struct stat st;

	if (!strcmp(path, "-"))
		return true;
	return !stat(path, &st) && (S_ISREG(st.st_mode) || S_ISFIFO(st.st_mode));
}

/* Cuts the release off, unless the whole is a path, and returns it or NULL. */
static char *split(char *name)
{
	struct stat st;
	char *at = strrchr(name, '@');

	if (!at || !stat(name, &st))
		return NULL;
	*at = '\0';
	return at + 1;
}

bool source_is_file(const char *name)
{
	char *path = alloc_copy(name);
	bool file;

	split(path);
	file = is_file(path);
	free(path);
	return file;
}

int source_open(struct source *source, const char *name,
		const struct source_change *change)
{
	struct source_change mine = *change;
	const char *release;

	*source = (struct source){ .name = name, .path = alloc_copy(name) };
	release = split(source->path);
	if (release)
		mine.release = release;
	if (is_file(source->path))
		return open_file(source, &mine, release);
	/* The CPU that answers is the one that asks. */
	mine.cpu = -1;
	if (!mine.release)
		mine.policy = NULL;
	return source_open_device(source, source->path, &mine);
}

void source_close(struct source *source)
{
	libkvmcaps_device_close(source->device);
	table_pair_free(&source->tables);
	saved_free(&source->saved);
	free(source->host);
	free(source->caps);
	free(source->path);
	*source = (struct source){};
}
