/* SPDX-License-Identifier: GPL-2.0 */
/* CPUID dumps of the InstLatx64 collection. */
#ifndef CORPUS_DUMP_H
#define CORPUS_DUMP_H

#include <kvmcaps/host.h>

/*
 * Records the raw CPUID of the first logical CPU that a dump holds. @changes,
 * if not NULL, is a file of lines that replace the dump's.
 */
void dump_read(const char *path, const char *changes, struct kvmcaps_host *host);

#endif /* CORPUS_DUMP_H */
