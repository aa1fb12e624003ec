/* SPDX-License-Identifier: GPL-2.0 */
/* What else a feature is called, besides its name in cpufeatures.h. */
#ifndef TOOLS_SYNONYM_H
#define TOOLS_SYNONYM_H

#include <stdbool.h>

#include "flagname.h"

/**
 * struct synonym_walk - which one is next
 * @feature: below NR_KVMCAPS_FEATURES
 * @begun: the name in /proc/cpuinfo is done; false to begin
 * @nr: rows of aliases[] that are done
 * @flag: room for the name in /proc/cpuinfo
 */
struct synonym_walk {
	unsigned int feature;
	bool begun;
	unsigned int nr;
	char flag[FLAGNAME_SIZE];
};

/*
 * The next name: that of /proc/cpuinfo, then those of alias.c; NULL at the end.
 * @who: whose it is, where others mean something else by it; else NULL.
 */
const char *synonym_next(struct synonym_walk *walk, const char **who);

#endif /* TOOLS_SYNONYM_H */
