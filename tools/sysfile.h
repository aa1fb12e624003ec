/* SPDX-License-Identifier: GPL-2.0 */
/* Small files that the kernel makes up. */
#ifndef TOOLS_SYSFILE_H
#define TOOLS_SYSFILE_H

#include "printf.h"

/* The contents without the last newline, to free(); NULL and errno if there are none. */
char *sysfile_read(const char *format, ...) __printf(1, 2);

/* Calls @each with each name in a directory that has no leading dot. */
void sysfile_list(const char *directory, void (*each)(void *ctx, const char *name), void *ctx);

#endif /* TOOLS_SYSFILE_H */
