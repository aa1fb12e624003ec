// SPDX-License-Identifier: GPL-2.0
/* The table of causes: see the file "causes" for the form of its rows. */
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/kernel.h>

#include "causes.h"
#include "rows.h"

#define MAX_ROWS	256
#define ANY_INDEX	(~0u)

const char *const part_names[NR_PARTS] = {
	"eax", "ebx", "ecx", "edx", "flags", "entry",
};

enum field {
	FIELD_GLOB,
	FIELD_FUNCTION,
	FIELD_INDEX,
	FIELD_PART,
	FIELD_MASK,
	FIELD_CAUSE,
	NR_FIELDS,
};

struct cause {
	char *glob;
	struct difference what;
	char *cause;
	bool used;
};

static struct cause rows[MAX_ROWS];
static unsigned int nr_rows;

static unsigned int part_number(const char *name)
{
	unsigned int i;

	for (i = 0; i < NR_PARTS; i++) {
		if (!strcmp(part_names[i], name))
			return i;
	}
	bail_out("causes: no part of an entry is called %s", name);
}

void causes_read(const char *path)
{
	FILE *file = rows_open(path);
	char *fields[NR_FIELDS];
	char line[1024];

	while (rows_next(file, line, sizeof(line), fields, NR_FIELDS)) {
		if (nr_rows == MAX_ROWS)
			bail_out("%s: more than %u rows", path, MAX_ROWS);
		rows[nr_rows++] = (struct cause){
			.glob = strdup(fields[FIELD_GLOB]),
			.what.function = strtoul(fields[FIELD_FUNCTION], NULL, 16),
			.what.index = *fields[FIELD_INDEX] == '*' ? ANY_INDEX :
				      strtoul(fields[FIELD_INDEX], NULL, 0),
			.what.part = part_number(fields[FIELD_PART]),
			.what.bits = strtoul(fields[FIELD_MASK], NULL, 16),
			.cause = strdup(fields[FIELD_CAUSE]),
		};
	}
	fclose(file);
}

static bool fits(const struct cause *row, const char *fingerprint,
		 const struct difference *left)
{
	return row->what.function == left->function &&
	       (row->what.index == ANY_INDEX || row->what.index == left->index) &&
	       row->what.part == left->part && (row->what.bits & left->bits) &&
	       !fnmatch(row->glob, fingerprint, 0);
}

const char *causes_explain(const char *fingerprint, struct difference *left, __u32 *explained)
{
	struct cause *row;

	for (row = rows; row < rows + nr_rows; row++) {
		if (!fits(row, fingerprint, left))
			continue;
		row->used = true;
		*explained = left->bits & row->what.bits;
		left->bits &= ~row->what.bits;
		return row->cause;
	}
	return NULL;
}

unsigned int causes_idle(const char *fingerprint)
{
	const struct cause *row;
	unsigned int nr = 0;

	for (row = rows; row < rows + nr_rows; row++) {
		if (row->used || fnmatch(row->glob, fingerprint, 0))
			continue;
		printf("# explains nothing: %s %x.%x.%s %08x: %s\n", row->glob,
		       row->what.function, row->what.index == ANY_INDEX ? 0 : row->what.index,
		       part_names[row->what.part], row->what.bits, row->cause);
		nr++;
	}
	return nr;
}

void causes_reset(void)
{
	struct cause *row;

	for (row = rows; row < rows + nr_rows; row++)
		row->used = false;
}
