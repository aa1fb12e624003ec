// SPDX-License-Identifier: GPL-2.0
/*
 * What kcpuid -r of Linux's tools/arch/x86/kcpuid prints, of one CPU:
 *
 *	Basic Leafs :
 *	================
 *	0x00000000: EAX=0x00000016, EBX=0x756e6547, ECX=0x6c65746e, EDX=0x49656e69
 *	0x00000004: subleafs:
 *	  0: EAX=0x1c004121, EBX=0x01c0003f, ECX=0x0000003f, EDX=0x00000000
 *
 * Until 6.15 the first range is called Basic, since then Standard. What is zero
 * is left out; in the indices of one leaf, too.
 */
#include <string.h>

#include "dump.h"
#include "fail.h"
#include "format.h"
#include "hex.h"

#define HEADING	" Leafs :"
#define SUBLEAFS	": subleafs:"

/**
 * struct parser - where reading is
 * @dump: the machine
 * @function: leaf of the indices that come; valid if @indices
 * @indices: a heading of indices is above
 */
struct parser {
	struct dump dump;
	u32 function;
	bool indices;
};

static bool ends_in(const struct input_line *line, const char *tail)
{
	size_t len = strlen(tail);

	return line->len >= len && !memcmp(line->text + line->len - len, tail, len);
}

static bool is_heading(const struct input_line *line)
{
	return ends_in(line, HEADING) || strspn(line->text, "= \t") >= line->len;
}

/* Takes in ": EAX=0x..., EBX=0x..., ECX=0x..., EDX=0x..." up to the end. */
static bool take_regs(const char *at, const char *end, struct kvmcaps_cpuid *regs)
{
	static const char *const before[] = { ": EAX=0x", ", EBX=0x", ", ECX=0x", ", EDX=0x" };
	u32 *const values[] = { &regs->eax, &regs->ebx, &regs->ecx, &regs->edx };
	unsigned int i;
	size_t len;

	for (i = 0; at && i < KVMCAPS_NR_REGS; i++) {
		len = strlen(before[i]);
		if (strncmp(at, before[i], len))
			return false;
		at = hex_take(at + len, end, values[i]);
	}
	return at == end;
}

/* "  0", in two columns or more */
static const char *take_index(const char *at, u32 *index)
{
	if (*at++ != ' ')
		return NULL;
	at += strspn(at, " ");
	if (*at < '0' || *at > '9')
		return NULL;
	for (*index = 0; *at >= '0' && *at <= '9' && *index < KVMCAPS_MAX_INDICES; at++)
		*index = *index * 10 + (*at - '0');
	return at;
}

static int take_leaf(struct parser *p, const struct input_line *line)
{
	const char *end = line->text + line->len;
	struct kvmcaps_cpuid regs = {};
	const char *at;

	if (strncmp(line->text, "0x", 2))
		goto refuse;
	at = hex_take(line->text + 2, end, &regs.function);
	p->indices = at && end - at == strlen(SUBLEAFS) && ends_in(line, SUBLEAFS);
	p->function = regs.function;
	if (p->indices)
		return STATUS_GOOD;
	if (at && take_regs(at, end, &regs))
		return dump_regs(&p->dump, line->number, &regs);
refuse:
	return input_fail(p->dump.in, line->number,
			  "not a line of registers, as 'kcpuid -r' prints them");
}

static int take_line(struct parser *p, const struct input_line *line)
{
	struct kvmcaps_cpuid regs = { .function = p->function };
	const char *at;

	if (!line->ended)
		return input_fail(p->dump.in, line->number,
				  "the file ends in the middle of a line");
	if (is_heading(line))
		return STATUS_GOOD;
	at = take_index(line->text, &regs.index);
	if (!at)
		return take_leaf(p, line);
	if (!take_regs(at, line->text + line->len, &regs))
		return take_leaf(p, line);
	if (!p->indices)
		return input_fail(p->dump.in, line->number,
				  "an index without a line '0xLEAF%s' above", SUBLEAFS);
	return dump_regs(&p->dump, line->number, &regs);
}

static bool looks(const struct input *in)
{
	struct input_line line = {};
	struct kvmcaps_cpuid regs;
	const char *at;

	while (input_next(in, &line)) {
		if (ends_in(&line, HEADING))
			return true;
		if (!is_heading(&line))
			break;
	}
	if (!line.text || strncmp(line.text, "0x", 2))
		return false;
	at = hex_take(line.text + 2, line.text + line.len, &regs.function);
	return at && take_regs(at, line.text + line.len, &regs);
}

static int read(const struct input *in, struct saved *saved)
{
	struct input_line line = {};
	struct parser p = {};
	int err;

	dump_init(&p.dump, in, saved, DUMP_NO_ZEROES);
	err = dump_cpu(&p.dump, 1, DUMP_NEXT);
	while (!err && input_next(in, &line))
		err = take_line(&p, &line);
	return dump_finish(&p.dump, line.number, err);
}

const struct format format_kcpuid = {
	.name = "'kcpuid -r'",
	.kind = FORMAT_DUMP,
	.looks = looks,
	.read = read,
};
