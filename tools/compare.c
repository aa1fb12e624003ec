// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>

#include "ask.h"
#include "diff.h"
#include "fail.h"
#include "safe.h"

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

static int compare_run(const struct command_line *line)
{
	struct source sources[2] = {};
	int err = ask_named(line, sources);

	if (!err)
		err = line->values['g'] ? safe_report(&sources[0], &sources[1]) :
					  compare(&sources[0], &sources[1]);
	source_close(&sources[0]);
	source_close(&sources[1]);
	return err;
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
