/* SPDX-License-Identifier: GPL-2.0 */
/* Known differences, each with its cause. */
#ifndef CORPUS_CAUSES_H
#define CORPUS_CAUSES_H

#include <stdbool.h>
#include <linux/types.h>

/* What is compared of an entry, besides the registers' enum kvmcaps_reg. */
enum part {
	PART_FLAGS = 4,	/* of the entry, KVM_CPUID_FLAG_* */
	PART_ENTRY,	/* 1: it is there */
	NR_PARTS,
};

extern const char *const part_names[NR_PARTS];

/**
 * struct difference - bits of one register that differ
 * @function: leaf
 * @index: its index
 * @part: enum kvmcaps_reg or enum part
 * @bits: which
 */
struct difference {
	__u32 function;
	__u32 index;
	unsigned int part;
	__u32 bits;
};

void causes_read(const char *path);
/*
 * Takes the bits of the first fitting row out of @left and says why; NULL if
 * no row fits any of them.
 */
const char *causes_explain(const char *fingerprint, struct difference *left, __u32 *explained);
/* Prints the rows that fit a fingerprint but explained nothing; how many. */
unsigned int causes_idle(const char *fingerprint);
/* Forgets what has been explained. */
void causes_reset(void);

#endif /* CORPUS_CAUSES_H */
