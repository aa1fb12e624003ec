/* SPDX-License-Identifier: GPL-2.0 */
/* What every suite needs of cmocka. */
#ifndef ENGINE_SUITE_H
#define ENGINE_SUITE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "random.h"

/* Fails the test with a message, which is formatted only then. */
#define check(condition, ...)			\
	do {					\
		if (!(condition))		\
			fail_msg(__VA_ARGS__);	\
	} while (0)

#define ROWS(table)	(sizeof(table) / sizeof((table)[0]))

#endif /* ENGINE_SUITE_H */
