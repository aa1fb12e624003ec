/* SPDX-License-Identifier: GPL-2.0 */
/* Names of hosts: arguments, and those in a file, one a line. */
#ifndef TOOLS_NAMELIST_H
#define TOOLS_NAMELIST_H

#include <stddef.h>

/* More than a pool has. */
#define NAMELIST_MAX	1000000

/**
 * struct namelist - names in their order
 * @names: the names
 * @nr: how many
 */
struct namelist {
	char **names;
	size_t nr;
};

void namelist_add(struct namelist *list, const char *name);

/*
 * Adds the lines of a file but empty ones; "-" is standard input. Returns 0, or
 * STATUS_TROUBLE after a message.
 */
int namelist_read(struct namelist *list, const char *path);

void namelist_free(struct namelist *list);

#endif /* TOOLS_NAMELIST_H */
