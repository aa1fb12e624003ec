// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <stdlib.h>
#include <linux/kernel.h>

#include "alloc.h"
#include "fail.h"
#include "format.h"
#include "rawcpu.h"

static const struct format *const formats[] = {
	&format_host,
	&format_cpuid,
	&format_kcpuid,
	&format_instlatx,
	&format_device,
	&format_cpudata,
	&format_template,
	&format_expansion,
	&format_cpuid2,
};

const struct format *format_find(const struct input *in)
{
	char *names = alloc_copy(""), *longer;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(formats); i++) {
		if (formats[i]->looks(in)) {
			free(names);
			return formats[i];
		}
		longer = alloc_text("%s%s%s", names, i ? ", " : "", formats[i]->name);
		free(names);
		names = longer;
	}
	fail("%s: %s; known are: %s", in->path, in->size ? "no known format" : "it is empty",
	     names);
	free(names);
	return NULL;
}

/* What executes CPUID in that guest sees what the table says. */
static int read_table(const struct format *format, const struct input *in, struct saved *saved)
{
	struct kvm_cpuid2 *table;
	struct rawcpu raw;
	__u32 i;
	int err = format->table(in, &table);

	if (err)
		return err;
	rawcpu_init(&raw);
	for (i = 0; i < table->nent && !err; i++) {
		const struct kvm_cpuid_entry2 *e = &table->entries[i];

		const struct kvmcaps_cpuid regs = {
			e->function, e->index, e->eax, e->ebx, e->ecx, e->edx
		};

		if (!rawcpu_put(&raw, &regs))
			err = input_fail(in, 0, "more than %u leaves and indices", RAWCPU_MAX);
	}
	if (!err)
		rawcpu_save(&raw, saved, 0);
	rawcpu_free(&raw);
	free(table);
	return err;
}

int format_read(const struct format *format, const struct input *in, struct saved *saved)
{
	int err;

	*saved = (struct saved){};
	err = format->kind == FORMAT_TABLE ? read_table(format, in, saved) :
					     format->read(in, saved);
	saved->dump = format->kind != FORMAT_HOST;
	return err;
}
