// SPDX-License-Identifier: GPL-2.0
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "alloc.h"
#include "sysfile.h"

#define FIRST_SIZE	4096

static char *read_all(FILE *file)
{
	size_t size = FIRST_SIZE, len = 0;
	char *text = alloc_array(NULL, size, 1);

	while ((len += fread(text + len, 1, size - len - 1, file)) == size - 1) {
		size *= 2;
		text = alloc_array(text, size, 1);
	}
	while (len && text[len - 1] == '\n')
		len--;
	text[len] = '\0';
	return text;
}

char *sysfile_read(const char *format, ...)
{
	char path[512];
	char *text;
	va_list args;
	FILE *file;

	va_start(args, format);
	vsnprintf(path, sizeof(path), format, args);
	va_end(args);
	file = fopen(path, "re");
	if (!file)
		return NULL;
	errno = 0;
	text = read_all(file);
	if (ferror(file)) {
		free(text);
		text = NULL;
	}
	fclose(file);
	return text;
}

void sysfile_list(const char *directory, void (*each)(void *ctx, const char *name), void *ctx)
{
	struct dirent **entries;
	int nr = scandir(directory, &entries, NULL, alphasort);
	int i;

	for (i = 0; i < nr; i++) {
		if (*entries[i]->d_name != '.')
			each(ctx, entries[i]->d_name);
		free(entries[i]);
	}
	if (nr >= 0)
		free(entries);
}
