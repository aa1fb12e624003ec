/* SPDX-License-Identifier: GPL-2.0 */
/* A file that appears whole or not at all. */
#ifndef TOOLS_OUTFILE_H
#define TOOLS_OUTFILE_H

#include <stddef.h>

/*
 * Makes @path hold @text; "-" is standard output. If not all can be written, what
 * was there before stays. Returns 0, or STATUS_TROUBLE after a message.
 */
int outfile_write(const char *path, const char *text, size_t size);

#endif /* TOOLS_OUTFILE_H */
