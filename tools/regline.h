/* SPDX-License-Identifier: GPL-2.0 */
/* The line in which Debian's cpuid -r prints a leaf, and takes it with -f. */
#ifndef TOOLS_REGLINE_H
#define TOOLS_REGLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <linux/kvmcaps.h>

#define REGLINE_CPU	"CPU "

void regline_print(FILE *out, const struct kvmcaps_cpuid *regs);

/* False if it is none; the line needs no end. */
bool regline_parse(const char *text, size_t len, struct kvmcaps_cpuid *regs);

#endif /* TOOLS_REGLINE_H */
