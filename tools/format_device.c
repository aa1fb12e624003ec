// SPDX-License-Identifier: GPL-2.0
/*
 * A copy of /dev/cpu/N/cpuid: records of EAX, EBX, ECX and EDX, for consecutive
 * leaves from 0 on, then for those from 80000000H on, where another read begins.
 * Copies of several CPUs may follow each other. The device has other indices
 * than 0 at positions that no copy of consecutive records reaches.
 */
#include <string.h>
#include <linux/kernel.h>

#include "dump.h"
#include "fail.h"
#include "format.h"

#define EXTENDED	0x80000000
#define RANGE_MASK	0xffff0000
#define MAX_LEAF	0xff

struct record {
	u32 eax;
	u32 ebx;
	u32 ecx;
	u32 edx;
};

/**
 * struct parser - where reading is
 * @dump: the machine
 * @first: leaf 0 of the first CPU
 * @function: leaf of the next record
 * @highest: of its range
 */
struct parser {
	struct dump dump;
	struct record first;
	u32 function;
	u32 highest;
};

static struct record record_at(const struct input *in, size_t nr)
{
	struct record record;

	memcpy(&record, in->text + nr * sizeof(record), sizeof(record));
	return record;
}

/* Leaf 0 has a low number, and behind it the maker's name. */
static bool looks(const struct input *in)
{
	struct record first;
	const char *name = in->text + sizeof(first.eax);
	size_t i;

	if (in->size < 2 * sizeof(first))
		return false;
	first = record_at(in, 0);
	for (i = 0; i < sizeof(first) - sizeof(first.eax); i++) {
		if (name[i] < ' ' || name[i] > '~')
			return false;
	}
	return first.eax <= MAX_LEAF;
}

/* Some makers repeat their name there, the others have zeroes. */
static bool begins_extended(const struct parser *p, const struct record *record)
{
	if ((record->eax & RANGE_MASK) != EXTENDED || (p->function & EXTENDED))
		return false;
	return (record->ebx == p->first.ebx && record->ecx == p->first.ecx &&
		record->edx == p->first.edx) ||
	       !(record->ebx | record->ecx | record->edx);
}

static bool begins_cpu(const struct parser *p, const struct record *record)
{
	return (!p->dump.open || (p->function & EXTENDED)) &&
	       !memcmp(record, &p->first, sizeof(*record));
}

/* At a place where a record of the same range would be beyond the highest leaf. */
static int take_begin(struct parser *p, const struct record *record)
{
	if (begins_cpu(p, record)) {
		p->function = 0;
		p->highest = record->eax;
		return dump_cpu(&p->dump, 0, DUMP_NEXT);
	}
	if (begins_extended(p, record)) {
		p->function = EXTENDED;
		p->highest = record->eax;
	}
	return STATUS_GOOD;
}

static int take_record(struct parser *p, const struct record *record)
{
	struct kvmcaps_cpuid regs;

	if (p->function > p->highest && take_begin(p, record))
		return STATUS_TROUBLE;
	regs = (struct kvmcaps_cpuid){
		p->function, 0, record->eax, record->ebx, record->ecx, record->edx
	};
	if (p->function++ > p->highest)
		return STATUS_GOOD;
	return dump_regs(&p->dump, 0, &regs);
}

static int read(const struct input *in, struct saved *saved)
{
	struct parser p = { .function = 1 };
	struct record record;
	int err = STATUS_GOOD;
	size_t nr;

	if (!in->size || in->size % sizeof(record))
		return input_fail(in, 0, "the copy of a device ends in the middle of a record");
	p.first = record_at(in, 0);
	dump_init(&p.dump, in, saved, DUMP_WHOLE);
	for (nr = 0; !err && nr < in->size / sizeof(record); nr++) {
		record = record_at(in, nr);
		err = take_record(&p, &record);
	}
	return dump_finish(&p.dump, 0, err);
}

const struct format format_device = {
	.name = "a copy of /dev/cpu/N/cpuid",
	.kind = FORMAT_DUMP,
	.looks = looks,
	.read = read,
};
