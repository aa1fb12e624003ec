/* SPDX-License-Identifier: GPL-2.0 */
/* Hexadecimal numbers in a text, which need not be terminated. */
#ifndef TOOLS_HEX_H
#define TOOLS_HEX_H

#include <linux/types.h>

/*
 * Takes in digits of both cases, as far as they go before @end. Returns what
 * follows, or NULL if there is no digit or if they do not fit.
 */
const char *hex_take(const char *at, const char *end, u32 *value);

#endif /* TOOLS_HEX_H */
