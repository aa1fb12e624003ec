/* SPDX-License-Identifier: GPL-2.0 */
/* Made-up machines, and their dumps in each format. */
#ifndef TOOL_MACHINES_H
#define TOOL_MACHINES_H

#include <stdio.h>
#include <kvmcaps/host.h>

#include "cpus.h"

/* CPUs of a machine at the most. */
#define MACHINE_MAX_CPUS	4

/**
 * struct machine - CPUs as they are, and as they would be recorded live
 * @cpus: what executes CPUID
 * @hosts: their records; the facts are zero
 * @nr: how many
 */
struct machine {
	struct cpu cpus[MACHINE_MAX_CPUS];
	struct kvmcaps_host *hosts[MACHINE_MAX_CPUS];
	unsigned int nr;
};

/*
 * A machine of Intel or AMD. A @plain one has leaves only whose indices follow
 * each other, for formats that leave these to be counted or have not all.
 */
void machine_make(struct machine *machine, bool plain);
/* Records again what has been changed. */
void machine_refresh(struct machine *machine);
void machine_free(struct machine *machine);

/**
 * struct machine_style - how a dump is written
 * @write: writes it in one format
 * @plain: only of machines that are
 * @headings: with what that format can have besides registers
 * @counted: without indices
 * @lower: digits are in lower case
 * @crlf: lines end as on Windows
 * @sign: between registers
 * @behind_leaf: between leaf and registers
 */
struct machine_style {
	void (*write)(FILE *out, const struct machine *machine,
		      const struct machine_style *style);
	bool plain;
	bool headings;
	bool counted;
	bool lower;
	bool crlf;
	char sign;
	const char *behind_leaf;
};

void machine_write_cpuid(FILE *out, const struct machine *machine,
			 const struct machine_style *style);
void machine_write_kcpuid(FILE *out, const struct machine *machine,
			  const struct machine_style *style);
void machine_write_instlatx(FILE *out, const struct machine *machine,
			    const struct machine_style *style);
void machine_write_device(FILE *out, const struct machine *machine,
			  const struct machine_style *style);

/* The text of a dump to free(). */
char *machine_dump(const struct machine *machine, const struct machine_style *style,
		   size_t *size);

#endif /* TOOL_MACHINES_H */
