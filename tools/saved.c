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

static struct saved_note *add_note(struct saved *saved, const char *key)
{
	saved->notes = alloc_array(saved->notes, saved->nr_notes + 1, sizeof(*saved->notes));
	saved->notes[saved->nr_notes] = (struct saved_note){
		.key = alloc_copy(key),
		.text = alloc_zeroed(1),
	};
	return &saved->notes[saved->nr_notes++];
}

/* Room doubles, for a note can come in many pieces. */
static void append(struct saved_note *note, const char *text)
{
	size_t len = strlen(text);

	if (note->len + len > note->room) {
		note->room = 2 * note->room + len;
		note->text = alloc_array(note->text, note->room + 1, 1);
	}
	memcpy(note->text + note->len, text, len + 1);
	note->len += len;
}

void saved_note_join(struct saved *saved, const char *key, const char *glue,
		     const char *text)
{
	struct saved_note *note = find(saved, key);

	if (note)
		append(note, glue);
	else
		note = add_note(saved, key);
	append(note, text);
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

const char *saved_cpu_refusal(const struct saved *saved, u32 number)
{
	if (saved_cpu_find(saved, number))
		return "is there twice";
	if (number > SAVED_MAX_NUMBER)
		return "has a number that no CPU has";
	return saved->nr_cpus < SAVED_MAX_CPUS ? NULL : "is one too many";
}

static void note_number(struct saved *saved, u32 number)
{
	unsigned int nr = saved->nr_numbers;

	if (number > SAVED_MAX_NUMBER)
		return;
	if (number >= nr) {
		nr = max(2 * nr, number + 1);
		saved->by_number = alloc_array(saved->by_number, nr, sizeof(*saved->by_number));
		memset(saved->by_number + saved->nr_numbers, 0,
		       (nr - saved->nr_numbers) * sizeof(*saved->by_number));
		saved->nr_numbers = nr;
	}
	saved->by_number[number] = saved->nr_cpus;
}

struct saved_cpu *saved_cpu_add(struct saved *saved, u32 number)
{
	struct saved_cpu *cpu;

	if (!(saved->nr_cpus & (saved->nr_cpus - 1)))
		saved->cpus = alloc_array(saved->cpus, saved->nr_cpus ? 2 * saved->nr_cpus : 1,
					  sizeof(*cpu));
	cpu = &saved->cpus[saved->nr_cpus++];
	*cpu = (struct saved_cpu){ .number = number, .same_as = -1 };
	note_number(saved, number);
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
	if (number >= saved->nr_numbers || !saved->by_number[number])
		return NULL;
	return &saved->cpus[saved->by_number[number] - 1];
}

static bool is_same(const struct saved_cpu *a, const struct saved_cpu *b)
{
	return a->nr == b->nr && !memcmp(a->cpuid, b->cpuid, a->nr * sizeof(*a->cpuid));
}

static u64 hash(const struct saved_cpu *cpu)
{
	const struct kvmcaps_cpuid *regs;
	u64 sum = cpu->nr;

	for (regs = cpu->cpuid; regs < cpu->cpuid + cpu->nr; regs++) {
		sum = (sum ^ (regs->function | (u64)regs->index << 32)) * 0x9e3779b97f4a7c15;
		sum = (sum ^ (regs->eax | (u64)regs->ebx << 32)) * 0x9e3779b97f4a7c15;
		sum = (sum ^ (regs->ecx | (u64)regs->edx << 32)) * 0x9e3779b97f4a7c15;
		sum ^= sum >> 32;
	}
	return sum;
}

/* A place for an index of a CPU, and one more: that of an earlier one like it, or empty. */
static u32 *place(const struct saved *saved, const struct saved_cpu *cpu, u32 *places, u32 mask)
{
	u32 at = hash(cpu) & mask;

	while (places[at] && !is_same(cpu, &saved->cpus[places[at] - 1]))
		at = (at + 1) & mask;
	return &places[at];
}

static void share(struct saved_cpu *cpu, unsigned int with)
{
	free(cpu->cpuid);
	cpu->cpuid = NULL;
	cpu->nr = 0;
	cpu->same_as = with;
}

void saved_fold(struct saved *saved)
{
	u32 mask = 1, *places, *at;
	unsigned int i;

	while (mask < 2 * saved->nr_cpus)
		mask = 2 * mask + 1;
	places = alloc_zeroed((mask + 1) * sizeof(*places));
	for (i = 0; i < saved->nr_cpus; i++) {
		if (!saved->cpus[i].cpuid)
			continue;
		at = place(saved, &saved->cpus[i], places, mask);
		if (*at)
			share(&saved->cpus[i], *at - 1);
		else
			*at = i + 1;
	}
	free(places);
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
	free(saved->by_number);
	free(saved->notes);
	*saved = (struct saved){};
}
