/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where an answer comes from: a device, a host file, or the facts of either
 * with another release or policy.
 */
#ifndef TOOLS_SOURCE_H
#define TOOLS_SOURCE_H

#include <kvmcaps/decide.h>

#include "saved.h"
#include "table.h"

/**
 * struct source_change - what to change of a host before asking
 * @release: "6.1"; NULL to leave it
 * @policy: "npt=0,nested=0"; NULL to leave it
 * @cpu: number of the CPU of a file that answers; -1 for the first
 * @like: the same, but if the file does not have it, the first answers
 */
struct source_change {
	const char *release;
	const char *policy;
	int cpu;
	int like;
};

/**
 * struct source - an answer, and all that is known of its host
 * @name: as the user called it
 * @path: the same without a release
 * @device: the device, open; NULL for a file
 * @host: facts, and CPUID of the CPU that answers; NULL if they are not known
 * @caps: decided on that host; NULL as well
 * @tables: the answer; of a file that is a table and no machine, nothing is emulated: NULL
 * @saved: the file, with its notes; empty for a device and for a table
 * @redacted: some registers of @host are
 */
struct source {
	const char *name;
	char *path;
	struct libkvmcaps_device *device;
	struct kvmcaps_host *host;
	struct kvmcaps_caps *caps;
	struct table_pair tables;
	struct saved saved;
	bool redacted;
};

/*
 * These return 0, or STATUS_TROUBLE after a message. A file is taken for a
 * machine, even if it is a table that some guest was given.
 */
int source_open_file(struct source *source, const char *path,
		     const struct source_change *change);
int source_open_device(struct source *source, const char *path,
		       const struct source_change *change);

/*
 * Finds out what @name is: PATH or PATH@RELEASE, of a device or a file. What a
 * device answers by itself is not changed, nor is a table, unless a release
 * makes it a machine.
 */
int source_open(struct source *source, const char *name,
		const struct source_change *change);

/* Whether source_open() would read a file. */
bool source_is_file(const char *name);

void source_close(struct source *source);

#endif /* TOOLS_SOURCE_H */
