// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <linux/kernel.h>

#include "alloc.h"
#include "fail.h"
#include "factline.h"
#include "hostfile.h"

#define MAX_LINE	4096
#define STDIN_NAME	"standard input"

/**
 * struct parser - a file being read
 * @path: its name in messages
 * @line: number of the line
 * @saved: what has been read
 * @cpu: whose registers come; NULL for none yet
 * @seen_header: the first line was that of a host file
 * @seen_release: so was a line with the release
 */
struct parser {
	const char *path;
	unsigned int line;
	struct saved *saved;
	struct saved_cpu *cpu;
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
	return fail("%s:%u: %s", p->path, p->line, why);
}

/* What is in a file must not reach the terminal as it is. */
static const char *quote(const char *text)
{
	static char quoted[48];
	size_t i;

	for (i = 0; text[i] && i < sizeof(quoted) - 1; i++)
		quoted[i] = text[i] < ' ' || text[i] > '~' ? '?' : text[i];
	quoted[i] = '\0';
	return quoted;
}

static bool take_hex(const char **at, const char *prefix, u32 *value)
{
	size_t len = strlen(prefix);
	char *end;
	unsigned long number;

	if (strncmp(*at, prefix, len) || strchr("+- \t", (*at)[len]))
		return false;
	number = strtoul(*at + len, &end, 16);
	if (end == *at + len || number > ~0u)
		return false;
	*at = end;
	*value = number;
	return true;
}

static int take_regs(struct parser *p, const char *text)
{
	struct kvmcaps_cpuid regs;

	if (!take_hex(&text, "   0x", &regs.function) || !take_hex(&text, " 0x", &regs.index) ||
	    !take_hex(&text, ": eax=0x", &regs.eax) || !take_hex(&text, " ebx=0x", &regs.ebx) ||
	    !take_hex(&text, " ecx=0x", &regs.ecx) || !take_hex(&text, " edx=0x", &regs.edx) ||
	    *text)
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
	if (saved_cpu_find(p->saved, number))
		return complain(p, "CPU %u is there twice", number);
	if (p->saved->nr_cpus == SAVED_MAX_CPUS)
		return complain(p, "more than %u CPUs", SAVED_MAX_CPUS);
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
		return complain(p, "'%s' is no number of a CPU", quote(text));
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
	"tool", "source", "uname", "redacted", "unread", "cmdline",
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
	if (p->saved->nr_notes >= SAVED_MAX_NOTES)
		return complain(p, "more than %u lines of notes", SAVED_MAX_NOTES);
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
		return complain(p, "%s cannot be '%s'", key, quote(word));
	default:
		return complain(p, "'%s' is unknown to this version of kvmcaps", quote(key));
	}
}

static int take_keyed(struct parser *p, u32 cpu, char *text)
{
	char *key = strsep(&text, " ");
	size_t len = strlen(key);
	bool glued = len && key[len - 1] == '+';

	if (!text)
		return complain(p, "nothing behind '%s'", quote(key));
	if (!p->seen_header)
		return take_header(p, key, text);
	if (!strcmp(key, "same-as"))
		return take_same_as(p, cpu, text);
	if (p->saved->nr_cpus)
		return complain(p, "'%s' comes after the registers", quote(key));
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

/* A line without its end; 0 at the end of the file. */
static int next_line(struct parser *p, FILE *in, char *text, size_t *len)
{
	p->line++;
	*text = '\0';
	memset(text, '\n', MAX_LINE);
	if (!fgets(text, MAX_LINE, in)) {
		*len = 0;
		return ferror(in) ? complain(p, "%s", strerror(errno)) : STATUS_GOOD;
	}
	*len = strcspn(text, "\n");
	if (strlen(text) < *len || (!feof(in) && text[*len] != '\n'))
		return complain(p, "a line that is too long, or not text");
	if (strlen(text) == *len && text[*len] != '\n')
		return complain(p, "the file ends in the middle of a line");
	text[*len] = '\0';
	*len = 1;
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

static int parse(struct parser *p, FILE *in)
{
	char text[MAX_LINE];
	size_t len;
	int err;

	factline_default(&p->saved->facts);
	for (;;) {
		err = next_line(p, in, text, &len);
		if (err)
			return err;
		if (!len)
			return check_whole(p);
		err = take_line(p, text);
		if (err)
			return err;
	}
}

int hostfile_parse(FILE *in, const char *path, struct saved *saved)
{
	struct parser parser = { .path = path, .saved = saved };
	int err;

	*saved = (struct saved){};
	err = parse(&parser, in);
	if (err)
		saved_free(saved);
	return err;
}

int hostfile_read(const char *path, struct saved *saved)
{
	FILE *in;
	int err;

	if (!strcmp(path, "-"))
		return hostfile_parse(stdin, STDIN_NAME, saved);
	in = fopen(path, "re");
	if (!in)
		return fail("%s: %s", path, strerror(errno));
	err = hostfile_parse(in, path, saved);
	fclose(in);
	return err;
}
