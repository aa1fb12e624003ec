// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "diff.h"
#include "fail.h"
#include "safe.h"
#include "source.h"

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

static unsigned int compare_tables(const char *prefix, const struct source *a,
				   const struct kvm_cpuid2 *in_a, const struct source *b,
				   const struct kvm_cpuid2 *in_b)
{
	return diff_tables(prefix, &(struct diff_side){ a->name, in_a, a },
			   &(struct diff_side){ b->name, in_b, b });
}

static int compare(const struct source *a, const struct source *b)
{
	bool emulated = a->tables.emulated && b->tables.emulated;
	unsigned int count;

	count = compare_tables("", a, a->tables.supported, b, b->tables.supported);
	if (emulated)
		count += compare_tables("emulated ", a, a->tables.emulated, b,
					b->tables.emulated);
	if (count)
		return STATUS_DIFFERENT;
	printf("identical: %u entries offered", a->tables.supported->nent);
	if (emulated)
		printf(", %u emulated", a->tables.emulated->nent);
	puts(a->redacted || b->redacted ? "; APIC ids are redacted" : "");
	return STATUS_GOOD;
}

static int open_and_compare(const struct command_line *line,
			    const struct source_change *change)
{
	struct source a = {}, b = {};
	int err = source_open(&a, line->arguments[0], change);

	if (!err)
		err = source_open(&b, line->arguments[1], change);
	if (!err)
		err = line->values['g'] ? safe_report(&a, &b) : compare(&a, &b);
	source_close(&a);
	source_close(&b);
	return err;
}

static int compare_run(const struct command_line *line)
{
	struct source_change change = { .policy = line->values['s'], .cpu = -1, .like = -1 };
	bool a = source_is_file(line->arguments[0]), b = source_is_file(line->arguments[1]);
	unsigned int cpu = 0;

	if (line->values['c'] && !command_number(line->values['c'], &cpu))
		return command_misuse(line->command, "--cpu %s is no number", line->values['c']);
	if (line->values['c'])
		change.cpu = cpu;
	/* A file answers for the CPU of the device on the other side, if it can. */
	if (!a || !b) {
		change.like = line->values['c'] ? (int)cpu : sched_getcpu();
		if (stay_on_cpu(change.like))
			return STATUS_TROUBLE;
	}
	return open_and_compare(line, &change);
}

static const struct command_option options[] = {
	{ 'g', "guest-safe", NULL, "only what a guest of A could miss on B" },
	{ 's', "set", "POLICY", "parameters of files and @RELEASE, npt=0,nested=0" },
	{ 'c', "cpu", "N", "the CPU that answers (default: this one, the first of files)" },
	{}
};

const struct command command_compare = {
	.name = "compare",
	.takes = "[--guest-safe] [--set POLICY] [--cpu N] A B",
	.summary = "Compare two answers, of devices and host files, and say why they differ",
	.details = "A and B are devices, such as " DEVICE_KVM " and " DEVICE_KVMCAPS ", files of\n"
		   "'kvmcaps capture' or dumps of CPUID, or either with a release of KVM: FILE@6.12.\n"
		   "Prints each difference by name, or one line that begins with 'identical';\n"
		   "with --guest-safe 'safe', and exits with 0 only if a guest can move to B.\n",
	.options = options,
	.good = "the answers are identical, or a guest misses nothing",
	.different = "the answers differ, or a guest could miss something",
	.least = 2,
	.most = 2,
	.run = compare_run,
};
