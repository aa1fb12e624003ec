// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "diff.h"
#include "fail.h"
#include "table.h"

/*
 * Some registers differ between CPUs, an APIC id for one: both devices must
 * answer for the same.
 */
static int stay_on_cpu(void)
{
	int cpu = sched_getcpu();
	size_t size = CPU_ALLOC_SIZE(cpu + 1);
	cpu_set_t *set = cpu < 0 ? NULL : CPU_ALLOC(cpu + 1);
	int err = -1;

	if (set) {
		CPU_ZERO_S(size, set);
		CPU_SET_S(cpu, size, set);
		err = sched_setaffinity(0, size, set);
	}
	if (err)
		fail("cannot stay on one CPU: %s", strerror(errno));
	CPU_FREE(set);
	return err ? STATUS_TROUBLE : STATUS_GOOD;
}

static int fetch(const char *path, struct table_pair *pair)
{
	struct device dev;
	int err = device_open(&dev, path);

	if (err)
		return device_fail(path, err);
	err = table_pair_fetch(&dev, pair);
	device_close(&dev);
	return err;
}

static int compare(const char *const paths[2], const struct table_pair *a,
		   const struct table_pair *b)
{
	unsigned int count;

	count = diff_tables("", &(struct diff_side){ paths[0], a->supported },
			    &(struct diff_side){ paths[1], b->supported });
	count += diff_tables("emulated ", &(struct diff_side){ paths[0], a->emulated },
			     &(struct diff_side){ paths[1], b->emulated });
	if (count)
		return STATUS_DIFFERENT;
	printf("identical: %u entries offered, %u emulated\n", a->supported->nent,
	       a->emulated->nent);
	return STATUS_GOOD;
}

static int compare_run(const struct command_line *line)
{
	const char *const paths[2] = { line->arguments[0], line->arguments[1] };
	struct table_pair a = {}, b = {};
	int err = stay_on_cpu();

	if (!err)
		err = fetch(paths[0], &a);
	if (!err)
		err = fetch(paths[1], &b);
	if (!err)
		err = compare(paths, &a, &b);
	table_pair_free(&a);
	table_pair_free(&b);
	return err;
}

const struct command command_compare = {
	.name = "compare",
	.takes = "A B",
	.summary = "Compare what two devices answer, say " DEVICE_KVM " and " DEVICE_KVMCAPS,
	.details = "Prints each difference by name, or one line that begins with 'identical'.\n",
	.least = 2,
	.most = 2,
	.run = compare_run,
};
