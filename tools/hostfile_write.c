// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "factline.h"
#include "hostfile.h"
#include "regline.h"

/* cpuid -f gives up at a line of more than 86 characters. */
#define LINE	80
/* A word that is longer goes on behind a key with this at its end. */
#define GLUE	"+"

static void begin(FILE *out, u32 cpu, const char *key, const char *glue)
{
	fprintf(out, "CPU %u: # %s%s", cpu, key, glue);
}

static size_t prefix_length(u32 cpu, const char *key)
{
	return snprintf(NULL, 0, "CPU %u: # %s%s", cpu, key, GLUE);
}

/* Returns the columns in use. */
static size_t write_word(FILE *out, u32 cpu, const char *key, const char *word, size_t column)
{
	size_t first = prefix_length(cpu, key), room = LINE - first - 1;
	size_t len = strlen(word);

	if (column > first && column + 1 + len > LINE) {
		fputc('\n', out);
		begin(out, cpu, key, "");
		column = first;
	}
	for (; len > room; len -= room, word += room) {
		fprintf(out, " %.*s\n", (int)room, word);
		begin(out, cpu, key, GLUE);
	}
	fprintf(out, " %s", word);
	return column + 1 + len;
}

/* What a kernel hands out may hold anything; a file is of words and blanks. */
static char *printable(const char *text)
{
	char *copy = alloc_copy(text);
	char *c;

	for (c = copy; *c; c++) {
		if (*c == '\t' || *c == '\n')
			*c = ' ';
		else if (*c < ' ' || *c > '~')
			*c = '?';
	}
	return copy;
}

static void write_line(FILE *out, u32 cpu, const char *key, const char *text)
{
	char *copy = printable(text), *rest = copy, *word;
	size_t column = prefix_length(cpu, key);

	begin(out, cpu, key, "");
	while ((word = strsep(&rest, " "))) {
		if (*word)
			column = write_word(out, cpu, key, word, column);
	}
	fputc('\n', out);
	free(copy);
}

static void write_fact(FILE *out, u32 cpu, const struct kvmcaps_facts *facts, unsigned int nr)
{
	struct factline_key room;
	char *text = NULL;
	size_t size;
	FILE *memory = open_memstream(&text, &size);

	if (!memory)
		return;
	factline_print(memory, facts, nr);
	if (!fclose(memory))
		write_line(out, cpu, factline_key(nr, &room), text);
	free(text);
}

static void write_cpu(FILE *out, const struct saved *saved, const struct saved_cpu *cpu)
{
	u32 i;

	if (cpu->same_as >= 0) {
		fprintf(out, "CPU %u: # same-as %u\n", cpu->number,
			saved->cpus[cpu->same_as].number);
		return;
	}
	fprintf(out, "CPU %u:\n", cpu->number);
	for (i = 0; i < cpu->nr; i++)
		regline_print(out, &cpu->cpuid[i]);
}

void hostfile_write(const struct saved *saved, FILE *out)
{
	u32 cpu = saved->nr_cpus ? saved->cpus[0].number : 0;
	unsigned int i;

	fprintf(out, "CPU %u: # kvmcaps-host %u\n", cpu, SAVED_FORMAT);
	for (i = 0; i < saved->nr_notes; i++)
		write_line(out, cpu, saved->notes[i].key, saved->notes[i].text);
	for (i = 0; i < factline_nr(); i++) {
		if (factline_worth(&saved->facts, i))
			write_fact(out, cpu, &saved->facts, i);
	}
	for (i = 0; i < saved->nr_cpus; i++)
		write_cpu(out, saved, &saved->cpus[i]);
}
