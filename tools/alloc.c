// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fail.h"

static void *need(void *memory)
{
	if (!memory)
		fail_memory();
	return memory;
}

void *alloc_array(void *old, size_t nr, size_t size)
{
	return need(reallocarray(old, nr ? nr : 1, size));
}

void *alloc_zeroed(size_t size)
{
	return need(calloc(1, size));
}

char *alloc_copy(const char *text)
{
	return need(strdup(text));
}

char *alloc_text(const char *format, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		text = NULL;
	va_end(args);
	return need(text);
}
