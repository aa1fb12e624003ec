/* SPDX-License-Identifier: GPL-2.0 */
/* A page about one answer, or two side by side: its data and what it is made of. */
#ifndef TOOLS_REPORT_H
#define TOOLS_REPORT_H

#include <jansson.h>

#include "chain.h"
#include "source.h"

#define REPORT_MAX_SIDES	2

/**
 * struct report_side - one of the answers
 * @source: where it comes from
 * @subject: the same, to be explained
 */
struct report_side {
	struct source source;
	struct subject subject;
};

/**
 * struct report - all of them
 * @sides: those that have facts
 * @nr: how many
 */
struct report {
	struct report_side sides[REPORT_MAX_SIDES];
	unsigned int nr;
};

/* What the page shows; NULL without memory, or if a name is not UTF-8. */
json_t *report_json(const struct report *report);

/* The page with this data in it, to be freed; NULL without memory. */
char *report_page(json_t *data, size_t *size);

#endif /* TOOLS_REPORT_H */
