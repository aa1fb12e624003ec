// SPDX-License-Identifier: GPL-2.0
/* Stands in for tools/fail.c. */
#include <stdarg.h>
#include <stdio.h>

#include "complaint.h"
#include "fail.h"

char complaint[512];

int fail(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(complaint, sizeof(complaint), format, args);
	va_end(args);
	return STATUS_TROUBLE;
}
