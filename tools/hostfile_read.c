// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/kernel.h>

#include "alloc.h"
#include "fail.h"
#include "factline.h"
#include "format.h"
#include "hostfile.h"
#include "regline.h"

#define MAX_LINE	4096
/* All notes are looked through for each line. */
#define MAX_NOTE_LINES	65536

/**
 * struct parser - a file being read
 * @in: it
 * @line: number of the line
 * @saved: what has been read
 * @cpu: whose registers come; NULL for none yet
 * @nr_notes: lines of notes
 * @seen_header: the first line was that of a host file
 * @seen_release: so was a line with the release
 */
struct parser {
	const struct input *in;
	unsigned int line;
	struct saved *saved;
	struct saved_cpu *cpu;
	unsigned int nr_notes;
	bool seen_header;
	bool seen_release;
};

static int __printf(2, 3) complain(const struct parser *p, const char *format, ...)
{
	char why[256];
	va_list args;

	va_start(args, format);
	vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	return input_fail(p->in, p->line, "%s", why);
}

static struct input_quote quote(const char *text)
{
	return input_quote(text, strlen(text));
}

static int take_regs(struct parser *p, const char *text)
{
	struct kvmcaps_cpuid regs;

	if (!regline_parse(text, strlen(text), &regs))
		return complain(p, "not a line of registers, as 'cpuid -r' prints them");
	if (!p->cpu)
		return complain(p, "registers before a line 'CPU N:'");
	if (p->cpu->nr == KVMCAPS_MAX_CPUID)
		return complain(p, "CPU %u has more than %u leaves and indices", p->cpu->number,
				KVMCAPS_MAX_CPUID);
	saved_cpu_append(p->cpu, &regs);
	return STATUS_GOOD;
}

static int begin_cpu(struct parser *p, u32 number)
{
	const char *refusal = saved_cpu_refusal(p->saved, number);

	if (refusal)
		return complain(p, "CPU %u %s", number, refusal);
	p->cpu = saved_cpu_add(p->saved, number);
	return STATUS_GOOD;
}

static int take_same_as(struct parser *p, u32 number, const char *text)
{
	char *end;
	unsigned long other = strtoul(text, &end, 10);
	const struct saved_cpu *like;
	int same_as;

	if (*text < '0' || *text > '9' || *end || other > ~0u)
		return complain(p, "'%s' is no number of a CPU", quote(text).text);
	like = saved_cpu_find(p->saved, other);
	if (!like || like->same_as >= 0)
		return complain(p, "CPU %lu, which is said to be the same, has no registers above",
				other);
	same_as = like - p->saved->cpus;
	if (begin_cpu(p, number))
		return STATUS_TROUBLE;
	p->cpu->same_as = same_as;
	p->cpu = NULL;
	return STATUS_GOOD;
}

static int take_header(struct parser *p, const char *key, const char *text)
{
	char *end;
	unsigned long format = strtoul(text, &end, 10);

	if (strcmp(key, "kvmcaps-host") || *end || end == text)
		return complain(p, "a host file begins with 'CPU N: # kvmcaps-host %u'",
				SAVED_FORMAT);
	if (format != SAVED_FORMAT)
		return complain(p, "a host file of format %lu; this kvmcaps reads %u only",
				format, SAVED_FORMAT);
	p->seen_header = true;
	return STATUS_GOOD;
}

/* Notes are what kvmcaps does not compute with. */
static const char *const notes[] = {
	"tool", "source", "uname", "redacted", "unread", "cmdline", "config",
	"cpuinfo.", "vulnerability.", "param.",
};

static bool is_note(const char *key)
{
	unsigned int i;
	size_t len;

	for (i = 0; i < ARRAY_SIZE(notes); i++) {
		len = strlen(notes[i]);
		if (!strncmp(key, notes[i], len) && (notes[i][len - 1] == '.' || !key[len]))
			return true;
	}
	return false;
}

static int take_note(struct parser *p, const char *key, const char *glue, const char *text)
{
	if (p->nr_notes++ == MAX_NOTE_LINES || p->saved->nr_notes == SAVED_MAX_NOTES)
		return complain(p, "more notes than any host has");
	saved_note_join(p->saved, key, glue, text);
	if (!strcmp(key, "redacted"))
		p->saved->redacted = true;
	return STATUS_GOOD;
}

static int take_fact(struct parser *p, const char *key, char *text)
{
	const char *word = "";

	switch (factline_parse(&p->saved->facts, key, text, &word)) {
	case FACTLINE_GOOD:
		p->seen_release |= !strcmp(key, "release");
		return STATUS_GOOD;
	case FACTLINE_BAD:
		return complain(p, "%s cannot be '%s'", key, quote(word).text);
	default:
		return complain(p, "'%s' is unknown to this version of kvmcaps", quote(key).text);
	}
}

static int take_keyed(struct parser *p, u32 cpu, char *text)
{
	char *key = strsep(&text, " ");
	size_t len = strlen(key);
	bool glued = len && key[len - 1] == '+';

	if (!text)
		return complain(p, "nothing behind '%s'", quote(key).text);
	if (!p->seen_header)
		return take_header(p, key, text);
	if (!strcmp(key, "same-as"))
		return take_same_as(p, cpu, text);
	if (p->saved->nr_cpus)
		return complain(p, "'%s' comes after the registers", quote(key).text);
	if (glued)
		key[len - 1] = '\0';
	if (is_note(key))
		return take_note(p, key, glued ? "" : " ", text);
	return take_fact(p, key, text);
}

static int take_cpu_line(struct parser *p, char *text)
{
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	if (*text < '0' || *text > '9' || *end != ':' || number > ~0u)
		return complain(p, "not a line 'CPU N:' or 'CPU N: # KEY TEXT'");
	if (!strncmp(end, ": # ", 4))
		return take_keyed(p, number, end + 4);
	if (end[1])
		return complain(p, "not a line 'CPU N:' or 'CPU N: # KEY TEXT'");
	if (!p->seen_header)
		return take_header(p, "", "");
	return begin_cpu(p, number);
}

static int take_line(struct parser *p, char *text)
{
	if (!strncmp(text, "CPU ", 4))
		return take_cpu_line(p, text + 4);
	if (!p->seen_header)
		return take_header(p, "", "");
	return take_regs(p, text);
}

/* Copies a line, for it is taken apart. */
static int copy_line(struct parser *p, const struct input_line *line, char *text)
{
	p->line = line->number;
	if (line->len >= MAX_LINE || memchr(line->text, '\0', line->len))
		return complain(p, "a line that is too long, or not text");
	if (!line->ended)
		return complain(p, "the file ends in the middle of a line");
	memcpy(text, line->text, line->len);
	text[line->len] = '\0';
	return STATUS_GOOD;
}

static int check_whole(struct parser *p)
{
	unsigned int i;

	if (!p->seen_header)
		return complain(p, "the file is empty");
	if (!p->seen_release)
		return complain(p, "the file ends without a release");
	if (!p->saved->nr_cpus)
		return complain(p, "the file ends without a CPU");
	for (i = 0; i < p->saved->nr_cpus; i++) {
		if (!p->saved->cpus[i].nr && p->saved->cpus[i].same_as < 0)
			return complain(p, "the file ends with CPU %u without registers",
					p->saved->cpus[i].number);
	}
	return STATUS_GOOD;
}

static int parse(struct parser *p)
{
	struct input_line line = {};
	char text[MAX_LINE];
	int err;

	factline_default(&p->saved->facts);
	while (input_next(p->in, &line)) {
		err = copy_line(p, &line, text);
		if (!err)
			err = take_line(p, text);
		if (err)
			return err;
	}
	p->line++;
	return check_whole(p);
}

int hostfile_parse(const struct input *in, struct saved *saved)
{
	struct parser parser = { .in = in, .saved = saved };
	int err;

	*saved = (struct saved){};
	err = parse(&parser);
	if (err)
		saved_free(saved);
	return err;
}

/* Only a host file has more in the line of the first CPU than its number. */
static bool looks(const struct input *in)
{
	static const char begin[] = "CPU ";
	const char *text = in->text;

	if (in->size < strlen(begin) || memcmp(text, begin, strlen(begin)))
		return false;
	text += strlen(begin);
	text += strspn(text, "0123456789");
	return !strncmp(text, ": # ", 4);
}

const struct format format_host = {
	.name = "a host file of 'kvmcaps capture'",
	.kind = FORMAT_HOST,
	.looks = looks,
	.read = hostfile_parse,
};
