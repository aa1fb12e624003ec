// SPDX-License-Identifier: GPL-2.0
#include <limits.h>

#include "ask.h"
#include "baseline.h"
#include "fail.h"
#include "firecracker.h"
#include "libvirt.h"
#include "namelist.h"
#include "progress.h"

/* Message and all are done where a host is no good. */
static int add_host(struct baseline *baseline, const char *name,
		    const struct source_change *change)
{
	struct source source = {};
	int err = source_open(&source, name, change);

	if (!err)
		err = pool_add(&baseline->pool, &source);
	source_close(&source);
	return err;
}

static int add_hosts(struct baseline *baseline, const struct namelist *list,
		     const struct source_change *change, bool skip)
{
	struct progress progress;
	int err = STATUS_GOOD;
	size_t i;

	progress_begin(&progress, list->nr);
	for (i = 0; i < list->nr && !err; i++) {
		progress_step(&progress, i);
		err = add_host(baseline, list->names[i], change);
		if (err && skip) {
			baseline->skipped++;
			err = STATUS_GOOD;
		}
	}
	progress_end(&progress);
	if (!err && !baseline->pool.nr_hosts)
		return fail("no host is left");
	return err;
}

static int print(const struct command_line *line, const struct baseline *baseline)
{
	if (line->values['F'])
		return firecracker_pool(&baseline->pool, baseline->offer.supported);
	if (line->values['l'])
		return libvirt_cpu(&baseline->pool, baseline->offer.supported);
	if (line->values['j'])
		return baseline_json(baseline);
	return baseline_text(baseline);
}

static int make(const struct command_line *line, const struct namelist *list)
{
	const struct source_change change = {
		.release = line->values['R'],
		.policy = line->values['s'],
		.cpu = -1,
		.like = -1,
	};
	struct baseline baseline = {};
	int err = add_hosts(&baseline, list, &change, line->values['k']);

	if (!err) {
		baseline.offer.supported = pool_offer(&baseline.pool, &baseline.pool.supported);
		baseline.offer.emulated = pool_offer(&baseline.pool, &baseline.pool.emulated);
		err = print(line, &baseline);
	}
	table_pair_free(&baseline.offer);
	pool_free(&baseline.pool);
	return err;
}

static int collect(const struct command_line *line, struct namelist *list)
{
	int i;

	for (i = 0; i < line->nr_arguments; i++)
		namelist_add(list, line->arguments[i]);
	if (line->values['f'] && namelist_read(list, line->values['f']))
		return STATUS_TROUBLE;
	if (!list->nr)
		return command_misuse(line->command, "baseline needs a host");
	return STATUS_GOOD;
}

static int baseline_run(const struct command_line *line)
{
	struct namelist list = {};
	int err;

	if (!!line->values['j'] + !!line->values['F'] + !!line->values['l'] > 1)
		return command_misuse(line->command,
				      "--json, --firecracker and --libvirt exclude each other");
	err = collect(line, &list);
	if (!err)
		err = make(line, &list);
	namelist_free(&list);
	return err;
}

static const struct command_option options[] = {
	{ 'f', "files-from", "FILE", "the hosts in this file too, one a line; - for stdin" },
	{ 'k', "skip-bad", NULL, "go on without hosts that cannot be read" },
	ASK_RELEASE,
	ASK_SET,
	{ 'j', "json", NULL, "everything, for programs" },
	{ 'F', "firecracker", NULL, "a CPU template that makes all hosts alike" },
	{ 'l', "libvirt", NULL, "a <cpu> for the domains of libvirt" },
	{}
};

const struct command command_baseline = {
	.name = "baseline",
	.takes = "[--files-from FILE] [--skip-bad] [--release X.Y] [--set POLICY]\n"
		 "                        [--json | --firecracker | --libvirt] [HOST]...",
	.summary = "Show which CPUID all hosts of a pool can offer, and who costs what",
	.details = "HOST is what 'kvmcaps compare' takes: a file of 'kvmcaps capture', a device,\n"
		   "or either with a release of KVM: FILE@6.12.\n",
	.options = options,
	.most = INT_MAX,
	.run = baseline_run,
};
