/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory that runs out on demand, of kernels with CONFIG_KRETPROBES, FAILSLAB and
 * FAIL_PAGE_ALLOC: their functions that decide whether an allocation is to fail
 * are made to say so. Only those count that may sleep.
 */
#ifndef _KVMCAPS_KUNIT_SHORTAGE_H
#define _KVMCAPS_KUNIT_SHORTAGE_H

#include <linux/errno.h>
#include <linux/types.h>

#if IS_ENABLED(CONFIG_KRETPROBES)

/* Call it once before the others. Return: 0, or an error if the kernel cannot do that. */
int shortage_start(void);

/* Only if it has been started. */
void shortage_stop(void);

/**
 * shortage_begin() - let allocations fail
 * @first: number of the first one that does, from 1
 * @last: of the last
 *
 * Those of the caller count, and those of the threads in which the kernel calls
 * whoever waits for a CPU.
 */
void shortage_begin(unsigned int first, unsigned int last);

/* Return: whether any allocation has failed. */
bool shortage_end(void);

#else

static inline int shortage_start(void)
{
	return -EOPNOTSUPP;
}

static inline void shortage_stop(void)
{
}

static inline void shortage_begin(unsigned int first, unsigned int last)
{
}

static inline bool shortage_end(void)
{
	return false;
}

#endif

#endif /* _KVMCAPS_KUNIT_SHORTAGE_H */
