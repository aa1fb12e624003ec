// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"

/*
 * Messages come from deep within readers that know no caller; so the library,
 * which must not print, cannot hand them a sink.
 */
static __thread struct fail_sink *current;

struct fail_sink *fail_to(struct fail_sink *sink)
{
	struct fail_sink *before = current;

	current = sink;
	return before;
}

int fail(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (current) {
		vsnprintf(current->text, current->size, format, args);
		current->nr++;
	} else {
		fputs(FAIL_PROGRAM ": ", stderr);
		vfprintf(stderr, format, args);
		fputc('\n', stderr);
	}
	va_end(args);
	return STATUS_TROUBLE;
}

int fail_errno(int err, const char *format, ...)
{
	char what[4096];
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	if (current)
		current->err = err;
	return fail("%s: %s", what, strerror(err));
}

void fail_memory(void)
{
	int status = fail("out of memory");

	if (current && current->catches)
		longjmp(current->memory, 1);
	exit(status);
}
