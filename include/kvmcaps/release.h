/* SPDX-License-Identifier: GPL-2.0 */
/*
 * KVM releases by name, and sets of them: a row of any table says in which
 * releases it counts. A release is that of the newest stable kernel of its
 * series, back-ports included.
 */
#ifndef _KVMCAPS_RELEASE_H
#define _KVMCAPS_RELEASE_H

#include <linux/types.h>
#include <linux/kvmcaps.h>

/* Those whose answer is exact, oldest first; a new one goes to the end. */
enum kvmcaps_release_nr {
	KVMCAPS_REL_6_1,
	KVMCAPS_REL_6_12,
	KVMCAPS_REL_6_16,
	KVMCAPS_REL_6_17,
	KVMCAPS_REL_6_18,
	KVMCAPS_REL_6_19,
	KVMCAPS_REL_7_0,
	KVMCAPS_REL_7_1,
	KVMCAPS_REL_7_2,
	KVMCAPS_REL_7_3,
	KVMCAPS_NR_RELEASES,
};

/* Sets of releases, one bit each; an empty set stands for all of them. */
#define KVMCAPS_ONLY(rel)	(1u << KVMCAPS_REL_##rel)
#define KVMCAPS_SINCE(rel)	(~0u << KVMCAPS_REL_##rel)
#define KVMCAPS_UNTIL(rel)	(~0u >> (31 - KVMCAPS_REL_##rel))

/* From that release on; up to that one, itself included; in that one alone. */
#define SINCE(rel)		.in = KVMCAPS_SINCE(rel)
#define UNTIL(rel)		.in = KVMCAPS_UNTIL(rel)
#define BETWEEN(first, last)	.in = KVMCAPS_SINCE(first) & KVMCAPS_UNTIL(last)
#define ONLY(rel)		.in = KVMCAPS_ONLY(rel)

/* By enum kvmcaps_release_nr: KVMCAPS_RELEASE(). */
extern const __u16 kvmcaps_releases[KVMCAPS_NR_RELEASES];

enum kvmcaps_release_nr kvmcaps_release_nr(__u16 release);

/**
 * kvmcaps_release_in() - whether a row counts in a release
 * @in: the row's set
 * @release: the release, as a set of one
 *
 * Return: whether.
 */
static inline bool kvmcaps_release_in(__u32 in, __u32 release)
{
	return !in || (in & release);
}

/**
 * kvmcaps_release_near() - the reproduced release nearest to a kernel's
 * @release: KVMCAPS_RELEASE() of the kernel
 *
 * Return: @release if it is reproduced, else the newest older one, else the
 * oldest of all.
 */
static inline __u16 kvmcaps_release_near(__u16 release)
{
	return kvmcaps_releases[kvmcaps_release_nr(release)];
}

#endif /* _KVMCAPS_RELEASE_H */
