// SPDX-License-Identifier: GPL-2.0
/* -smp, as machines of QEMU since 6.2 take it: cores rather than sockets. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/kernel.h>

#include "../alloc.h"
#include "../fail.h"
#include "machine.h"

#define TOPOLOGY	"Invalid CPU topology: "
#define MUST_MATCH	"product of the hierarchy must match maxcpus: "
#define MUST_SUFFICE	"maxcpus must be equal to or greater than smp: "
/* Of a machine of type q35; of all levels the product must not be more. */
#define MOST_CPUS	4096

enum key {
	CPUS,
	MODULES,
	CLUSTERS,
	DIES,
	BOOKS,
	DRAWERS,
	SOCKETS,
	CORES,
	THREADS,
	MAXCPUS,
	NR_KEYS,
};

/* In the order in which QEMU complains of levels that PCs do not have. */
static const struct {
	const char *name;
	bool lacking;
} keys[NR_KEYS] = {
	[CPUS]		= { .name = "cpus" },
	[MODULES]	= { .name = "modules" },
	[CLUSTERS]	= { .name = "clusters", .lacking = true },
	[DIES]		= { .name = "dies" },
	[BOOKS]		= { .name = "books", .lacking = true },
	[DRAWERS]	= { .name = "drawers", .lacking = true },
	[SOCKETS]	= { .name = "sockets" },
	[CORES]		= { .name = "cores" },
	[THREADS]	= { .name = "threads" },
	[MAXCPUS]	= { .name = "maxcpus" },
};

/* 0 is what was not given. */
struct smp {
	unsigned int values[NR_KEYS];
};

void qemu_machine_init(struct qemu_machine *machine)
{
	*machine = (struct qemu_machine){
		.irqchip = QEMU_IRQCHIP_ON,
		.sockets = 1,
		.dies = 1,
		.modules = 1,
		.cores = 1,
		.threads = 1,
		.cpus = 1,
	};
}

void qemu_machine_print_smp(void)
{
	unsigned int key;

	for (key = 0; key < NR_KEYS; key++) {
		if (!keys[key].lacking)
			printf(" %s=", keys[key].name);
	}
}

static int take_value(unsigned int *value, const char *name, const char *text)
{
	unsigned long number;
	char *end;

	number = strtoul(text, &end, 0);
	if (*text < '0' || *text > '9' || *end)
		return fail("Parameter 'smp.%s' expects integer", name);
	if (!number)
		return fail(TOPOLOGY "CPU topology parameters must be greater than zero");
	if (number > MOST_CPUS)
		return fail(TOPOLOGY "%s=%s: a machine has at most %u CPUs", name, text, MOST_CPUS);
	*value = number;
	return STATUS_GOOD;
}

/* The first value needs no name. */
static int take_word(struct smp *smp, char *word, bool first)
{
	char *value = strchr(word, '=');
	const char *name = value ? word : keys[CPUS].name;
	unsigned int key;

	if (!value && !first)
		return fail("No implicit parameter name for value '%s'", word);
	if (value)
		*value++ = '\0';
	else
		value = word;
	for (key = 0; key < NR_KEYS; key++) {
		if (!strcmp(name, keys[key].name))
			return take_value(&smp->values[key], name, value);
	}
	return fail("Parameter 'smp.%s' is unexpected", name);
}

static int take_words(struct smp *smp, const char *text)
{
	char *words = alloc_copy(text), *rest = words, *word;
	int err = STATUS_GOOD;

	while (!err && (word = strsep(&rest, ",")))
		err = take_word(smp, word, word == words);
	free(words);
	return err;
}

static int check_levels(struct smp *smp)
{
	unsigned int key;

	for (key = MODULES; key <= DRAWERS; key++) {
		if (keys[key].lacking && smp->values[key] > 1)
			return fail("%s > 1 not supported by this machine's CPU topology",
				    keys[key].name);
		if (!smp->values[key])
			smp->values[key] = 1;
	}
	return STATUS_GOOD;
}

static unsigned long product(const unsigned int *values)
{
	return (unsigned long)values[SOCKETS] * values[DIES] * values[MODULES] * values[CORES] *
	       values[THREADS];
}

/* What was not given is as 1, or it takes up what the other levels leave. */
static void complete(unsigned int *values)
{
	static const enum key levels[] = { CORES, SOCKETS, THREADS };
	enum key rest = NR_KEYS;
	unsigned int i, most = values[MAXCPUS] ? values[MAXCPUS] : values[CPUS];

	for (i = 0; i < ARRAY_SIZE(levels); i++) {
		if (values[levels[i]])
			continue;
		values[levels[i]] = 1;
		if (rest == NR_KEYS)
			rest = levels[i];
	}
	if (rest != NR_KEYS && most)
		values[rest] = most / product(values);
	if (!values[MAXCPUS])
		values[MAXCPUS] = most ? most : min_t(unsigned long, product(values), ~0u);
	if (!values[CPUS])
		values[CPUS] = values[MAXCPUS];
}

static char *hierarchy(const unsigned int *values)
{
	return alloc_text("sockets (%u) * dies (%u) * modules (%u) * cores (%u) * threads (%u)",
			  values[SOCKETS], values[DIES], values[MODULES], values[CORES],
			  values[THREADS]);
}

static int check_sum(const unsigned int *values)
{
	char *levels = hierarchy(values);
	int err = STATUS_GOOD;

	if (product(values) != values[MAXCPUS])
		err = fail(TOPOLOGY MUST_MATCH "%s != maxcpus (%u)", levels, values[MAXCPUS]);
	else if (values[MAXCPUS] < values[CPUS])
		err = fail(TOPOLOGY MUST_SUFFICE "%s == maxcpus (%u) < smp_cpus (%u)", levels,
			   values[MAXCPUS], values[CPUS]);
	else if (values[MAXCPUS] > MOST_CPUS)
		err = fail("Invalid SMP CPUs %u. The max CPUs supported by machine 'q35' is %u",
			   values[MAXCPUS], MOST_CPUS);
	free(levels);
	return err;
}

int qemu_machine_smp(struct qemu_machine *machine, const char *text)
{
	struct smp smp = {};
	int err = take_words(&smp, text);

	if (!err)
		err = check_levels(&smp);
	if (err)
		return err;
	complete(smp.values);
	err = check_sum(smp.values);
	machine->sockets = smp.values[SOCKETS];
	machine->dies = smp.values[DIES];
	machine->modules = smp.values[MODULES];
	machine->cores = smp.values[CORES];
	machine->threads = smp.values[THREADS];
	machine->cpus = smp.values[CPUS];
	return err;
}
