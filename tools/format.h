/* SPDX-License-Identifier: GPL-2.0 */
/* The formats in which people have CPUID, found by looking at the file. */
#ifndef TOOLS_FORMAT_H
#define TOOLS_FORMAT_H

#include <linux/kvm.h>

#include "input.h"
#include "saved.h"

/**
 * enum format_kind - what a file knows
 * @FORMAT_HOST: a kernel's facts and the machine's CPUID: kvmcaps-host(5)
 * @FORMAT_DUMP: a machine's CPUID
 * @FORMAT_TABLE: CPUID that a guest was given, or shall be
 */
enum format_kind {
	FORMAT_HOST,
	FORMAT_DUMP,
	FORMAT_TABLE,
};

/**
 * struct format - one of them
 * @name: for people
 * @kind: enum format_kind
 * @looks: whether a file looks like it; a glance, no more
 * @read: fills in what is zeroes; of a FORMAT_DUMP, all but facts.
 *	NULL for a FORMAT_TABLE.
 * @table: makes a table to free(); NULL for the other kinds
 *
 * @read and @table return 0, or STATUS_TROUBLE after a message, by
 * input_fail(); then there is nothing to free.
 */
struct format {
	const char *name;
	enum format_kind kind;
	bool (*looks)(const struct input *in);
	int (*read)(const struct input *in, struct saved *saved);
	int (*table)(const struct input *in, struct kvm_cpuid2 **table);
};

/* Each is in a file of its own; format.c has the table of them, in order. */
extern const struct format format_host;
extern const struct format format_cpuid;
extern const struct format format_kcpuid;
extern const struct format format_instlatx;
extern const struct format format_device;
extern const struct format format_cpudata;
extern const struct format format_template;
extern const struct format format_expansion;
extern const struct format format_cpuid2;

/* NULL after a message that lists what there is. */
const struct format *format_find(const struct input *in);

/* The machine of a file, whatever it is: a table is what the guest's CPUID says. */
int format_read(const struct format *format, const struct input *in, struct saved *saved);

#endif /* TOOLS_FORMAT_H */
