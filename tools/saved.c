// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/kernel.h>

#include "alloc.h"
#include "saved.h"

static struct saved_note *find(const struct saved *saved, const char *key)
{
	unsigned int i;

	/* Continued notes are the latest ones. */
	for (i = saved->nr_notes; i--;) {
		if (!strcmp(saved->notes[i].key, key))
			return &saved->notes[i];
	}
	return NULL;
}

void saved_note_join(struct saved *saved, const char *key, const char *glue,
		     const char *text)
{
	struct saved_note *note = find(saved, key);
	char *longer;

	if (note) {
		longer = alloc_text("%s%s%s", note->text, glue, text);
		free(note->text);
		note->text = longer;
		return;
	}
	saved->notes = alloc_array(saved->notes, saved->nr_notes + 1, sizeof(*note));
	saved->notes[saved->nr_notes++] = (struct saved_note){
		.key = alloc_copy(key),
		.text = alloc_copy(text),
	};
}

void saved_note_add(struct saved *saved, const char *key, const char *text)
{
	saved_note_join(saved, key, " ", text);
}

void saved_note_printf(struct saved *saved, const char *key, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	saved_note_add(saved, key, text);
}

const char *saved_note(const struct saved *saved, const char *key)
{
	const struct saved_note *note = find(saved, key);

	return note ? note->text : NULL;
}

struct saved_cpu *saved_cpu_add(struct saved *saved, u32 number)
{
	struct saved_cpu *cpu;

	saved->cpus = alloc_array(saved->cpus, saved->nr_cpus + 1, sizeof(*cpu));
	cpu = &saved->cpus[saved->nr_cpus++];
	*cpu = (struct saved_cpu){ .number = number, .same_as = -1 };
	return cpu;
}

/* Room grows by doubling, at powers of two. */
void saved_cpu_append(struct saved_cpu *cpu, const struct kvmcaps_cpuid *regs)
{
	if (!(cpu->nr & (cpu->nr - 1)))
		cpu->cpuid = alloc_array(cpu->cpuid, cpu->nr ? cpu->nr * 2 : 1, sizeof(*regs));
	cpu->cpuid[cpu->nr++] = *regs;
}

const struct saved_cpu *saved_cpu_find(const struct saved *saved, u32 number)
{
	unsigned int i;

	for (i = 0; i < saved->nr_cpus; i++) {
		if (saved->cpus[i].number == number)
			return &saved->cpus[i];
	}
	return NULL;
}

static bool is_same(const struct saved_cpu *a, const struct saved_cpu *b)
{
	return b->cpuid && a->nr == b->nr && !memcmp(a->cpuid, b->cpuid, a->nr * sizeof(*a->cpuid));
}

static void fold(struct saved *saved, unsigned int nr)
{
	struct saved_cpu *cpu = &saved->cpus[nr];
	unsigned int i;

	for (i = 0; cpu->cpuid && i < nr; i++) {
		if (!is_same(cpu, &saved->cpus[i]))
			continue;
		free(cpu->cpuid);
		cpu->cpuid = NULL;
		cpu->nr = 0;
		cpu->same_as = i;
	}
}

void saved_fold(struct saved *saved)
{
	unsigned int i;

	for (i = 1; i < saved->nr_cpus; i++)
		fold(saved, i);
}

static bool has(const struct kvmcaps_host *host, const struct kvmcaps_cpuid *regs)
{
	u32 i;

	for (i = 0; i < host->nr_cpuid; i++) {
		if (host->cpuid[i].function == regs->function &&
		    host->cpuid[i].index == regs->index)
			return true;
	}
	return false;
}

static u64 rank(const struct kvmcaps_cpuid *regs)
{
	return (u64)regs->function << 32 | regs->index;
}

/* Most records are in order; what comes behind all others cannot be there yet. */
static void take_once(struct kvmcaps_host *host, const struct kvmcaps_cpuid *regs, u32 nr)
{
	u64 highest = 0;
	u32 i;

	for (i = 0; i < nr && host->nr_cpuid < ARRAY_SIZE(host->cpuid); i++) {
		if (rank(&regs[i]) <= highest && has(host, &regs[i]))
			continue;
		highest = max(highest, rank(&regs[i]));
		host->cpuid[host->nr_cpuid++] = regs[i];
	}
}

void saved_host(const struct saved *saved, const struct saved_cpu *cpu,
		struct kvmcaps_host *host)
{
	if (cpu->same_as >= 0)
		cpu = &saved->cpus[cpu->same_as];
	host->facts = saved->facts;
	host->nr_cpuid = 0;
	take_once(host, cpu->cpuid, cpu->nr);
}

void saved_free(struct saved *saved)
{
	unsigned int i;

	for (i = 0; i < saved->nr_cpus; i++)
		free(saved->cpus[i].cpuid);
	for (i = 0; i < saved->nr_notes; i++) {
		free(saved->notes[i].key);
		free(saved->notes[i].text);
	}
	free(saved->cpus);
	free(saved->notes);
	*saved = (struct saved){};
}
