// SPDX-License-Identifier: GPL-2.0
/*
 * What cpuid -r prints, and kvmcaps show --raw:
 *
 *	CPU 0:
 *	   0x00000000 0x00: eax=0x0000000d ebx=0x68747541 ecx=0x444d4163 edx=0x69746e65
 *
 * With -1 there is one CPU, without a number.
 */
#include <stdlib.h>
#include <string.h>

#include "dump.h"
#include "fail.h"
#include "format.h"
#include "regline.h"

/* Takes in "CPU:" or "CPU 7:". */
static bool take_cpu(const struct input_line *line, unsigned int *number)
{
	const char *text = line->text, *end = line->text + line->len;
	unsigned long value;
	char *rest;

	*number = DUMP_NEXT;
	if (line->len == 4 && !memcmp(text, "CPU:", 4))
		return true;
	if (line->len < 6 || memcmp(text, "CPU ", 4) || text[4] < '0' || text[4] > '9')
		return false;
	value = strtoul(text + 4, &rest, 10);
	*number = value < DUMP_NEXT ? value : DUMP_NEXT - 1;
	return rest + 1 == end && *rest == ':';
}

static bool is_blank(const struct input_line *line)
{
	return strspn(line->text, " \t") >= line->len;
}

static bool looks(const struct input *in)
{
	struct input_line line = {};
	unsigned int number;

	while (input_next(in, &line)) {
		if (!is_blank(&line))
			return take_cpu(&line, &number);
	}
	return false;
}

static int take_line(struct dump *dump, const struct input_line *line)
{
	struct kvmcaps_cpuid regs;
	unsigned int number;

	if (!line->ended)
		return input_fail(dump->in, line->number, "the file ends in the middle of a line");
	if (regline_parse(line->text, line->len, &regs))
		return dump_regs(dump, line->number, &regs);
	if (take_cpu(line, &number))
		return dump_cpu(dump, line->number, number);
	if (is_blank(line))
		return STATUS_GOOD;
	return input_fail(dump->in, line->number,
			  "not a line of registers, as 'cpuid -r' prints them");
}

static int read(const struct input *in, struct saved *saved)
{
	struct input_line line = {};
	struct dump dump;
	int err = STATUS_GOOD;

	dump_init(&dump, in, saved, DUMP_NO_INDICES);
	while (!err && input_next(in, &line))
		err = take_line(&dump, &line);
	return dump_finish(&dump, line.number, err);
}

const struct format format_cpuid = {
	.name = "'cpuid -r'",
	.kind = FORMAT_DUMP,
	.looks = looks,
	.read = read,
};
