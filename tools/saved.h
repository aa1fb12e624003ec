/* SPDX-License-Identifier: GPL-2.0 */
/* A host with all its CPUs, as a host file holds it: kvmcaps-host(5). */
#ifndef TOOLS_SAVED_H
#define TOOLS_SAVED_H

#include <kvmcaps/host.h>

#include "printf.h"

#define SAVED_FORMAT	1

/* Bounds for what a file can make the tool do. */
#define SAVED_MAX_CPUS	16384
#define SAVED_MAX_NOTES	65536

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
 */
struct saved_note {
	char *key;
	char *text;
};

/**
 * struct saved - a host
 * @facts: of the kernel
 * @cpus: in the order of the file, the first is the default
 * @nr_cpus: how many
 * @notes: what else is known
 * @nr_notes: how many
 * @redacted: registers that identify this one machine are zero
 * @dump: there is CPUID only, and @facts are none
 */
struct saved {
	struct kvmcaps_facts facts;
	struct saved_cpu *cpus;
	unsigned int nr_cpus;
	struct saved_note *notes;
	unsigned int nr_notes;
	bool redacted;
	bool dump;
};

/* A note with a key that is already there continues its text, behind @glue or a blank. */
void saved_note_join(struct saved *saved, const char *key, const char *glue,
		     const char *text);
void saved_note_add(struct saved *saved, const char *key, const char *text);
void __printf(3, 4) saved_note_printf(struct saved *saved, const char *key,
				      const char *format, ...);
const char *saved_note(const struct saved *saved, const char *key);

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
