// SPDX-License-Identifier: GPL-2.0
/* Random numbers: xorshift64*, and a hash made of it. */
#include "random.h"

static u64 state;

void random_seed(u64 seed)
{
	/* The generator never leaves zero. */
	state = seed ?: ~0ull;
}

static u64 shift(u64 x)
{
	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	return x;
}

u64 random_u64(void)
{
	state = shift(state);
	return state * 0x2545f4914f6cdd1dull;
}

u32 random_below(u32 limit)
{
	return (random_u64() >> 32) * limit >> 32;
}

bool random_one_in(u32 n)
{
	return !random_below(n);
}

u32 random_bits(void)
{
	u64 bits = random_u64();
	u32 low = bits;
	u32 high = bits >> 32;

	switch (random_below(8)) {
	case 0:
		return 0;
	case 1:
		return ~0u;
	case 2:
		return low & high;
	case 3:
	case 4:
		return low | high;
	default:
		return low;
	}
}

u64 random_hash(u64 seed, u32 a, u32 b)
{
	u64 x = seed ^ ((u64)a << 32 | b) * 0x9e3779b97f4a7c15ull;
	unsigned int i;

	for (i = 0; i < 4; i++)
		x = shift(x + 0x632be59bd9b4e019ull) * 0x2545f4914f6cdd1dull;
	return x;
}
