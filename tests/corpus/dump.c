// SPDX-License-Identifier: GPL-2.0
/*
 * Dumps are lines like
 *
 *	CPUID 0000000D: 0000000F-00000A80-00000100-00000000 [SL 01] [SSE]
 *
 * where older ones leave the index, SL, to be counted. What a dump does not
 * hold is answered as the maker's CPUs do.
 */
#include <stdio.h>
#include <string.h>
#include <linux/kernel.h>

#include "dump.h"
#include "rows.h"

#define MAX_LINES	512
#define RANGE_MASK	0xc0000000
#define INTEL_EBX	0x756e6547	/* "Genu" */

struct dump {
	struct kvmcaps_cpuid lines[MAX_LINES];
	unsigned int nr;
};

/* Leaves for which the index counts; others ignore it. */
static const u32 indexed[] = {
	0x4, 0x7, 0xb, 0xd, 0xf, 0x10, 0x12, 0x14, 0x17, 0x18, 0x1a, 0x1d, 0x1e, 0x1f,
	0x20, 0x23, 0x24, 0x8000001d, 0x80000020, 0x80000026,
};

static bool is_indexed(u32 function)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(indexed); i++) {
		if (indexed[i] == function)
			return true;
	}
	return false;
}

static struct kvmcaps_cpuid *find(struct dump *dump, u32 function, u32 index)
{
	unsigned int i;

	for (i = 0; i < dump->nr; i++) {
		if (dump->lines[i].function == function && dump->lines[i].index == index)
			return &dump->lines[i];
	}
	return NULL;
}

static void put(struct dump *dump, const struct kvmcaps_cpuid *line)
{
	struct kvmcaps_cpuid *place = find(dump, line->function, line->index);

	if (!place && dump->nr == MAX_LINES)
		fail("a dump of more than %u lines", MAX_LINES);
	if (!place)
		place = &dump->lines[dump->nr++];
	*place = *line;
}

static bool parse(const char *text, struct kvmcaps_cpuid *line, bool *has_index)
{
	const char *index = strstr(text, "[SL ");

	*line = (struct kvmcaps_cpuid){};
	if (sscanf(text, "CPUID %8x: %8x-%8x-%8x-%8x", &line->function, &line->eax,
		   &line->ebx, &line->ecx, &line->edx) != 5)
		return false;
	*has_index = index && sscanf(index, "[SL %x]", &line->index) == 1;
	return true;
}

static void read_lines(const char *path, struct dump *dump)
{
	FILE *file = rows_open(path);
	struct kvmcaps_cpuid line;
	char text[256];
	bool has_index;

	while (fgets(text, sizeof(text), file)) {
		if (!parse(text, &line, &has_index))
			continue;
		/* The next CPU, or the same one once more. */
		if (!line.function && dump->nr)
			break;
		while (!has_index && find(dump, line.function, line.index))
			line.index++;
		put(dump, &line);
	}
	fclose(file);
}

static void read_changes(const char *path, struct dump *dump)
{
	FILE *file = rows_open(path);
	struct kvmcaps_cpuid line;
	char text[256];
	bool has_index;

	while (fgets(text, sizeof(text), file)) {
		if (parse(text, &line, &has_index))
			put(dump, &line);
	}
	fclose(file);
}

/*
 * Beyond the highest leaf, Intel's CPUs answer as for the highest basic one;
 * AMD's answer zeroes. Source: SDM volume 2, CPUID; APM volume 3, CPUID.
 */
static void look_up(void *ctx, struct kvmcaps_cpuid *regs)
{
	struct dump *dump = ctx;
	const struct kvmcaps_cpuid *zero = find(dump, 0, 0);
	const struct kvmcaps_cpuid *base = find(dump, regs->function & RANGE_MASK, 0);
	const struct kvmcaps_cpuid *found;
	u32 function = regs->function;

	if (!base || function > base->eax) {
		if (!zero || zero->ebx != INTEL_EBX)
			return;
		function = zero->eax;
	}
	found = find(dump, function, is_indexed(function) ? regs->index : 0);
	if (!found)
		return;
	regs->eax = found->eax;
	regs->ebx = found->ebx;
	regs->ecx = found->ecx;
	regs->edx = found->edx;
}

void dump_read(const char *path, const char *changes, struct kvmcaps_host *host)
{
	struct dump dump = {};

	read_lines(path, &dump);
	if (!dump.nr)
		fail("%s: no CPUID in it", path);
	if (changes)
		read_changes(changes, &dump);
	kvmcaps_host_record(host, look_up, &dump);
}
