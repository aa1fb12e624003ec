// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "fail.h"
#include "outfile.h"

/* @mode: fopen()'s */
static int write_as(const char *path, const char *mode, const char *text, size_t size)
{
	FILE *file = fopen(path, mode);
	bool bad;

	if (!file)
		return fail("%s: %s", path, strerror(errno));
	/* fclose() may fail, too, and must not hide why fwrite() did. */
	bad = fwrite(text, 1, size, file) < size || fflush(file);
	if (bad)
		fail("%s: %s", path, strerror(errno));
	if (fclose(file) && !bad)
		return fail("%s: %s", path, strerror(errno));
	return bad ? STATUS_TROUBLE : STATUS_GOOD;
}

static int replace(const char *path, const char *text, size_t size)
{
	char *temporary = alloc_text("%s.%d", path, getpid());
	int err = write_as(temporary, "wxe", text, size);

	if (!err && rename(temporary, path))
		err = fail("%s: %s", path, strerror(errno));
	if (err)
		unlink(temporary);
	free(temporary);
	return err;
}

/* A pipe or a device cannot be replaced. */
static bool is_replaceable(const char *path)
{
	struct stat st;

	return stat(path, &st) || S_ISREG(st.st_mode);
}

int outfile_write(const char *path, const char *text, size_t size)
{
	char *real;
	int err;

	/* output_finish() finds what could not be written. */
	if (!strcmp(path, "-")) {
		fwrite(text, 1, size, stdout);
		return STATUS_GOOD;
	}
	/* What a link leads to is replaced, not the link. */
	real = realpath(path, NULL) ?: alloc_copy(path);
	err = is_replaceable(real) ? replace(real, text, size) : write_as(real, "we", text, size);
	free(real);
	return err;
}
