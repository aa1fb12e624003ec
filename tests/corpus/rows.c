// SPDX-License-Identifier: GPL-2.0
/* Text files of rows. */
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"

void bail_out(const char *format, ...)
{
	va_list args;

	printf("Bail out! ");
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	exit(1);
}

FILE *rows_open(const char *path)
{
	FILE *file = fopen(path, "r");

	if (!file)
		bail_out("%s: %m", path);
	return file;
}

static char *trim(char *text)
{
	char *end;

	while (isspace((unsigned char)*text))
		text++;
	end = text + strlen(text);
	while (end > text && isspace((unsigned char)end[-1]))
		*--end = '\0';
	return text;
}

bool rows_next(FILE *file, char *line, size_t size, char **fields, unsigned int nr)
{
	unsigned int i;
	char *rest;

	do {
		if (!fgets(line, size, file))
			return false;
		rest = trim(line);
	} while (!*rest || *rest == '#');

	for (i = 0; i < nr; i++) {
		if (!rest)
			bail_out("a row with less than %u fields: %s", nr, fields[0]);
		fields[i] = trim(strsep(&rest, i + 1 < nr ? "|" : "\n"));
	}
	return true;
}
