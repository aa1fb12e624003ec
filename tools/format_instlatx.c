// SPDX-License-Identifier: GPL-2.0
/*
 * Dumps of AIDA64 and EVEREST, as the InstLatx64 collection has them. Among
 * other things they have lines like
 *
 *	------[ CPUID Registers / Logical CPU #0 ]------
 *	CPUID 0000000D: 0000000F-00000A80-00000100-00000000 [SL 01] [SSE]
 *	CPUID 0000000D  0000000f 00000a80 00000100 00000000
 *
 * where older ones leave the index, SL, to be counted. Leaf 0 begins a CPU,
 * with a heading or without.
 */
#include <stdlib.h>
#include <string.h>

#include "dump.h"
#include "fail.h"
#include "format.h"
#include "hex.h"

#define DIGITS	8
/* In so much of a file there is something to tell it by. */
#define GLANCE	16384

static const char tag[] = "CPUID ";
static const char section[] = "------[ ";
static const char cpu_heading[] = "Logical CPU #";

/**
 * struct parser - where reading is
 * @dump: the machine
 * @number: of the CPU in a heading above; DUMP_NEXT without one
 * @heading: line of that
 */
struct parser {
	struct dump dump;
	unsigned int number;
	unsigned int heading;
};

static bool begins_with(const struct input_line *line, const char *prefix, size_t len)
{
	return line->len >= len && !memcmp(line->text, prefix, len);
}

/*
 * The leaf's number behind the tag, or the beginning of one at the end of the
 * file; "CPUID CPU Name" has none.
 */
static bool is_leaf(const struct input_line *line)
{
	const char *end = line->text + line->len, *at;
	u32 value;

	if (!begins_with(line, tag, strlen(tag)))
		return false;
	at = hex_take(line->text + strlen(tag), end, &value);
	return at && (at == end || at - line->text == (ptrdiff_t)strlen(tag) + DIGITS);
}

static const char *take_word(const char *at, const char *end, u32 *value)
{
	const char *rest = hex_take(at, end, value);

	return rest && rest - at == DIGITS ? rest : NULL;
}

static const char *skip_blanks(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	return at;
}

/* Four words with a sign between them. */
static const char *take_regs(const char *at, const char *end, struct kvmcaps_cpuid *regs)
{
	u32 *const values[] = { &regs->eax, &regs->ebx, &regs->ecx, &regs->edx };
	unsigned int i;

	for (i = 0; i < KVMCAPS_NR_REGS; i++) {
		if (i && (at == end || (*at != '-' && *at != ' ')))
			return NULL;
		at = take_word(at + !!i, end, values[i]);
		if (!at)
			return NULL;
	}
	return at;
}

/* What may follow registers: "[SL 01]" and remarks, behind a blank. */
static const char *take_index(const char *at, const char *end, u32 *index)
{
	static const char begin[] = "[SL ";
	const char *rest = skip_blanks(at, end);

	if (rest < end && rest == at)
		return NULL;
	if ((size_t)(end - rest) <= strlen(begin) || memcmp(rest, begin, strlen(begin)))
		return at;
	rest = hex_take(rest + strlen(begin), end, index);
	return rest && rest < end && *rest == ']' ? rest : NULL;
}

static int refuse(const struct parser *p, const struct input_line *line)
{
	struct input_quote quote = input_quote(line->text, line->len);

	return input_fail(p->dump.in, line->number, "no registers of a leaf: '%s'", quote.text);
}

static int begin_cpu(struct parser *p, const struct input_line *line)
{
	unsigned int number = p->number;

	p->number = DUMP_NEXT;
	p->heading = 0;
	return dump_cpu(&p->dump, line->number, number);
}

static int take_leaf(struct parser *p, const struct input_line *line)
{
	const char *end = line->text + line->len, *at, *rest;
	struct kvmcaps_cpuid regs = {};

	at = take_word(line->text + strlen(tag), end, &regs.function);
	if (!at)
		return refuse(p, line);
	at = take_regs(skip_blanks(at + (at < end && *at == ':'), end), end, &regs);
	rest = at ? take_index(at, end, &regs.index) : NULL;
	if (!rest)
		return refuse(p, line);
	if (!regs.function && begin_cpu(p, line))
		return STATUS_TROUBLE;
	if (!p->dump.open || p->heading)
		return input_fail(p->dump.in, line->number,
				  "a CPU that does not begin with leaf 0");
	if (rest != at)
		return dump_regs(&p->dump, line->number, &regs);
	if (!line->ended && rawcpu_indexed(regs.function))
		return input_fail(p->dump.in, line->number,
				  "the file ends in the middle of a line");
	return dump_count(&p->dump, line->number, &regs);
}

static int check_heading(const struct parser *p)
{
	if (!p->heading)
		return STATUS_GOOD;
	return input_fail(p->dump.in, p->heading, "a CPU without registers");
}

/* Of MSRs, there are headings with a CPU as well. */
static int take_heading(struct parser *p, const struct input_line *line)
{
	const char *at = memmem(line->text, line->len, cpu_heading, strlen(cpu_heading));

	if (check_heading(p))
		return STATUS_TROUBLE;
	if (!at || begins_with(line, "------[ MSR", strlen("------[ MSR")))
		return STATUS_GOOD;
	p->number = strtoul(at + strlen(cpu_heading), NULL, 10);
	p->heading = line->number;
	return STATUS_GOOD;
}

static int take_line(struct parser *p, const struct input_line *line)
{
	if (!line->len)
		return STATUS_GOOD;
	if (*line->text == *tag && is_leaf(line))
		return take_leaf(p, line);
	if (*line->text == *section && begins_with(line, section, strlen(section)))
		return take_heading(p, line);
	return STATUS_GOOD;
}

static bool looks(const struct input *in)
{
	struct input_line line = {};

	while (input_next(in, &line) && line.text < in->text + GLANCE) {
		if (is_leaf(&line) || begins_with(&line, section, strlen(section)))
			return true;
	}
	return false;
}

static int read(const struct input *in, struct saved *saved)
{
	struct parser p = { .number = DUMP_NEXT };
	struct input_line line = {};
	int err = STATUS_GOOD;

	dump_init(&p.dump, in, saved, DUMP_NO_INDICES);
	while (!err && input_next(in, &line))
		err = take_line(&p, &line);
	if (!err)
		err = check_heading(&p);
	return dump_finish(&p.dump, line.number, err);
}

const struct format format_instlatx = {
	.name = "AIDA64's, as of InstLatx64",
	.kind = FORMAT_DUMP,
	.looks = looks,
	.read = read,
};
