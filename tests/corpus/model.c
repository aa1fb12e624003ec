// SPDX-License-Identifier: GPL-2.0
/*
 * The host behind a fingerprint: a dump, lines that differ there, the tool's
 * model of a kernel, and knobs for what a dump cannot show of that host:
 *
 *	nested=0	KVM's parameter
 *	sev=0		KVM's parameter, or firmware that is not ready
 *	amx		the process has asked for AMX in guests
 */
#include <stdlib.h>
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "assume_kernel.h"
#include "format.h"
#include "model.h"
#include "rawcpu.h"
#include "rows.h"

static const struct {
	const char *name;
	u8 policy;
} off[] = {
	{ "nested=0", KVMCAPS_POLICY_NESTED },
	{ "sev=0", KVMCAPS_POLICY_SEV },
};

static void read_dump(const char *path, struct saved *saved)
{
	const struct format *format;
	struct input in;

	if (input_open(&in, path))
		bail_out("%s cannot be read", path);
	format = format_find(&in);
	if (!format || format_read(format, &in, saved))
		bail_out("%s cannot be understood", path);
	input_close(&in);
}

/* A line as in a dump, of a leaf with its index or of one that has none. */
static void change(struct rawcpu *raw, const char *line)
{
	const char *index = strstr(line, "[SL ");
	struct kvmcaps_cpuid regs = {};

	if (sscanf(line, "CPUID %8x: %8x-%8x-%8x-%8x", &regs.function, &regs.eax, &regs.ebx,
		   &regs.ecx, &regs.edx) != 5)
		bail_out("no registers: %s", line);
	if (index)
		sscanf(index, "[SL %x]", &regs.index);
	if (!rawcpu_put(raw, &regs))
		bail_out("more leaves than a host has");
}

static void change_dump(const char *path, struct saved *saved)
{
	const struct saved_cpu *cpu = &saved->cpus[0];
	FILE *file = rows_open(path);
	struct saved changed = {};
	struct rawcpu raw;
	char line[256];
	char *row;
	u32 i;

	rawcpu_init(&raw);
	for (i = 0; i < cpu->nr; i++)
		rawcpu_put(&raw, &cpu->cpuid[i]);
	while (rows_next(file, line, sizeof(line), &row, 1))
		change(&raw, row);
	rawcpu_save(&raw, &changed, 0);
	rawcpu_free(&raw);
	fclose(file);
	saved_free(saved);
	*saved = changed;
}

void model_host(struct kvmcaps_host *host, const char *dump, const char *changes,
		const char *knobs, u16 release)
{
	struct saved saved;
	unsigned int i;

	read_dump(dump, &saved);
	if (changes)
		change_dump(changes, &saved);
	saved_host(&saved, &saved.cpus[0], host);
	saved_free(&saved);
	assume_kernel(host, release);
	for (i = 0; i < ARRAY_SIZE(off); i++) {
		if (strstr(knobs, off[i].name))
			host->facts.policy &= ~BIT(off[i].policy);
	}
}
