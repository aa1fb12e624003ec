// SPDX-License-Identifier: GPL-2.0
#include <stddef.h>

#include "hex.h"

#define MAX_DIGITS	8

/* One more than a digit's value; 0 for what is none. */
static const u8 digits[256] = {
	['0'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
	['A'] = 11, 12, 13, 14, 15, 16,
	['a'] = 11, 12, 13, 14, 15, 16,
};

const char *hex_take(const char *at, const char *end, u32 *value)
{
	const char *begin = at;
	u32 number = 0;
	u8 digit;

	for (; at < end && (digit = digits[(u8)*at]); at++)
		number = number << 4 | (digit - 1);
	if (at == begin || at - begin > MAX_DIGITS)
		return NULL;
	*value = number;
	return at;
}
