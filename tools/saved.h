/* SPDX-License-Identifier: GPL-2.0 */
/* A host with all its CPUs, as a host file holds it: kvmcaps-host(5). */
#ifndef TOOLS_SAVED_H
#define TOOLS_SAVED_H

#include <kvmcaps/host.h>

#include "printf.h"

#define SAVED_FORMAT	1

/* Bounds for what a file can make the tool do; Linux's own are below these. */
#define SAVED_MAX_CPUS	16384
#define SAVED_MAX_NUMBER 65535
#define SAVED_MAX_NOTES	1024

/**
 * struct saved_cpu - raw CPUID of one CPU
 * @number: Linux's
 * @nr: entries of @cpuid
 * @cpuid: what CPUID returned
 * @same_as: index of an earlier CPU that has the same, and then @cpuid is NULL;
 *	-1 for none
 */
struct saved_cpu {
	u32 number;
	u32 nr;
	struct kvmcaps_cpuid *cpuid;
	int same_as;
};

/**
 * struct saved_note - something known of the host that is no fact of the engine
 * @key: what it is
 * @text: its value
 * @len: length of @text
 * @room: how long it can be where it is
 */
struct saved_note {
	char *key;
	char *text;
	size_t len;
	size_t room;
};

/**
 * struct saved - a host
 * @facts: of the kernel
 * @cpus: in the order of the file, the first is the default
 * @nr_cpus: how many
 * @by_number: index of a CPU, and one more, by its number; 0 for none
 * @nr_numbers: how many of these
 * @notes: what else is known
 * @nr_notes: how many
 * @redacted: registers that identify this one machine are zero
 * @dump: there is CPUID only, and of @facts only MSRs, if any
 * @absent: map of enum kvmcaps_word: those that the CPU has by what else it
 *	says, and that are taken for zero, as a dump does not have them
 */
struct saved {
	struct kvmcaps_facts facts;
	struct saved_cpu *cpus;
	unsigned int nr_cpus;
	u32 *by_number;
	unsigned int nr_numbers;
	struct saved_note *notes;
	unsigned int nr_notes;
	bool redacted;
	bool dump;
	u32 absent;
};

/* A note with a key that is already there continues its text, behind @glue or a blank. */
void saved_note_join(struct saved *saved, const char *key, const char *glue,
		     const char *text);
void saved_note_add(struct saved *saved, const char *key, const char *text);
void __printf(3, 4) saved_note_printf(struct saved *saved, const char *key,
				      const char *format, ...);
const char *saved_note(const struct saved *saved, const char *key);

/* Why there can be no such CPU besides the others; NULL if there can. */
const char *saved_cpu_refusal(const struct saved *saved, u32 number);

/* Returns the new CPU, without CPUID. */
struct saved_cpu *saved_cpu_add(struct saved *saved, u32 number);
void saved_cpu_append(struct saved_cpu *cpu, const struct kvmcaps_cpuid *regs);
const struct saved_cpu *saved_cpu_find(const struct saved *saved, u32 number);

/* CPUs that have the CPUID of an earlier one share it. */
void saved_fold(struct saved *saved);

/* Makes @host the facts with the CPUID of @cpu; of two entries of an index the first counts. */
void saved_host(const struct saved *saved, const struct saved_cpu *cpu,
		struct kvmcaps_host *host);

void saved_free(struct saved *saved);

#endif /* TOOLS_SAVED_H */
