/* SPDX-License-Identifier: GPL-2.0 */
/* Fingerprints of Firecracker's guests. */
#ifndef CORPUS_FINGERPRINT_H
#define CORPUS_FINGERPRINT_H

#include <kvmcaps/answer.h>

/* Reads the CPUID table of a fingerprint. */
void fingerprint_read(const char *path, struct kvmcaps_answer *table);

#endif /* CORPUS_FINGERPRINT_H */
