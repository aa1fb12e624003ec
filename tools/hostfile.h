/* SPDX-License-Identifier: GPL-2.0 */
/* Host files: text that kvmcaps and "cpuid -f" read. See kvmcaps-host(5). */
#ifndef TOOLS_HOSTFILE_H
#define TOOLS_HOSTFILE_H

#include <stdio.h>

#include "input.h"
#include "saved.h"

void hostfile_write(const struct saved *saved, FILE *out);

/*
 * Fills @saved in. Returns 0, or STATUS_TROUBLE after a message with file, line
 * and reason, and then there is nothing in @saved.
 */
int hostfile_parse(const struct input *in, struct saved *saved);

#endif /* TOOLS_HOSTFILE_H */
