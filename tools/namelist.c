// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fail.h"
#include "namelist.h"

#define STDIN_NAME	"standard input"

/* Room grows by doubling, at powers of two. */
void namelist_add(struct namelist *list, const char *name)
{
	if (!(list->nr & (list->nr - 1)))
		list->names = alloc_array(list->names, list->nr ? list->nr * 2 : 1,
					  sizeof(*list->names));
	list->names[list->nr++] = alloc_copy(name);
}

/* Names go to the terminal, in messages too. */
static bool has_control(const char *name)
{
	for (; *name; name++) {
		if ((unsigned char)*name < ' ' || *name == 0x7f)
			return true;
	}
	return false;
}

/* A line is zeroed before it is read, so that a NUL in it shows. */
static int take_line(struct namelist *list, const char *path, size_t number, char *line,
		     size_t size)
{
	size_t len = strcspn(line, "\n");
	bool whole = line[len] == '\n';

	line[len] = '\0';
	if (len == size - 1 || (!whole && memchr(line + len, '\n', size - len)))
		return fail("%s:%zu: a line that is too long, or not text", path, number);
	if (has_control(line))
		return fail("%s:%zu: a name with control characters", path, number);
	if (list->nr == NAMELIST_MAX)
		return fail("%s:%zu: more than %d names", path, number, NAMELIST_MAX);
	if (len)
		namelist_add(list, line);
	return STATUS_GOOD;
}

static int take_lines(struct namelist *list, const char *path, FILE *in)
{
	char line[PATH_MAX + 2] = "";
	size_t number = 0;
	int err;

	while (fgets(line, sizeof(line), in)) {
		err = take_line(list, path, ++number, line, sizeof(line));
		if (err)
			return err;
		memset(line, 0, sizeof(line));
	}
	return ferror(in) ? fail("%s: %s", path, strerror(errno)) : STATUS_GOOD;
}

int namelist_read(struct namelist *list, const char *path)
{
	FILE *in;
	int err;

	if (!strcmp(path, "-"))
		return take_lines(list, STDIN_NAME, stdin);
	in = fopen(path, "re");
	if (!in)
		return fail("%s: %s", path, strerror(errno));
	err = take_lines(list, path, in);
	fclose(in);
	return err;
}

void namelist_free(struct namelist *list)
{
	while (list->nr)
		free(list->names[--list->nr]);
	free(list->names);
	*list = (struct namelist){};
}
