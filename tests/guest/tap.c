// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdio.h>

#include "tap.h"

static int count;
static int failures;

static void print_line(const char *format, va_list args)
{
	vprintf(format, args);
	putchar('\n');
	fflush(stdout);
}

bool tap(bool good, const char *format, ...)
{
	va_list args;

	count++;
	failures += !good;
	printf("%s %d - ", good ? "ok" : "not ok", count);
	va_start(args, format);
	print_line(format, args);
	va_end(args);
	return good;
}

void tap_note(const char *format, ...)
{
	va_list args;

	printf("# ");
	va_start(args, format);
	print_line(format, args);
	va_end(args);
}

int tap_bail(const char *format, ...)
{
	va_list args;

	printf("Bail out! ");
	va_start(args, format);
	print_line(format, args);
	va_end(args);
	return 2;
}

int tap_done(void)
{
	printf("1..%d\n", count);
	if (failures)
		tap_note("%d of %d failed", failures, count);
	return failures || !count;
}
