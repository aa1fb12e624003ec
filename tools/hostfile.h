/* SPDX-License-Identifier: GPL-2.0 */
/* Host files: text that kvmcaps and "cpuid -f" read. See kvmcaps-host(5). */
#ifndef TOOLS_HOSTFILE_H
#define TOOLS_HOSTFILE_H

#include <stdio.h>

#include "saved.h"

void hostfile_write(const struct saved *saved, FILE *out);

/*
 * Fills @saved in; "-" is standard input. Returns 0, or STATUS_TROUBLE after a
 * message with file, line and reason, and then there is nothing in @saved.
 */
int hostfile_read(const char *path, struct saved *saved);

/* The same from a stream; @path is what messages call it. */
int hostfile_parse(FILE *in, const char *path, struct saved *saved);

#endif /* TOOLS_HOSTFILE_H */
