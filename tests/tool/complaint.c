// SPDX-License-Identifier: GPL-2.0
/* Stands in for tools/fail.c and tools/device.c. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "complaint.h"
#include "device.h"
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

int device_fail(const char *path, int err)
{
	return fail("%s: %d", path, err);
}

int device_ioctl(const struct device *dev, unsigned long cmd, void *arg)
{
	(void)dev;
	(void)cmd;
	(void)arg;
	return -ENOTTY;
}
