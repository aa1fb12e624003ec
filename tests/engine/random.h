/* SPDX-License-Identifier: GPL-2.0 */
/* Random numbers that can be repeated. */
#ifndef ENGINE_RANDOM_H
#define ENGINE_RANDOM_H

#include <linux/types.h>

void random_seed(u64 seed);
/* In user space: from KVMCAPS_SEED, else from the clock; prints it. */
void random_start(void);
u64 random_u64(void);
/* Less than @limit. */
u32 random_below(u32 limit);
/* True once in @n times. */
bool random_one_in(u32 n);
/* 32 bits, of which few, half, most, all or none are set. */
u32 random_bits(void);
/* The same number for the same arguments, without state. */
u64 random_hash(u64 seed, u32 a, u32 b);

#endif /* ENGINE_RANDOM_H */
