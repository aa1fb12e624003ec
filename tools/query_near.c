// SPDX-License-Identifier: GPL-2.0
/* Names like one that is not known, by edit distance. */
#include <stdio.h>
#include <string.h>
#include <linux/kernel.h>
#include <kvmcaps/feature.h>

#include "alias.h"
#include "flagname.h"
#include "query.h"

/* A name that differs in more than every third letter is another name. */
#define TOLERANCE(len)	((len) / 3 + 1)

struct candidate {
	unsigned int distance;
	char normal[QUERY_NAME];
	char shown[QUERY_NAME];
};

struct search {
	char wanted[QUERY_NAME];
	struct candidate best[QUERY_NEAREST];
	unsigned int nr;
};

/* Letters to insert, delete or replace; two neighbours that are swapped count once. */
static unsigned int distance(const char *a, const char *b)
{
	unsigned int rows[3][QUERY_NAME + 1];
	unsigned int i, j, len = strlen(b);
	unsigned int *row, *up, *upper;

	for (j = 0; j <= len; j++)
		rows[0][j] = j;
	for (i = 1; a[i - 1]; i++) {
		row = rows[i % 3];
		up = rows[(i + 2) % 3];
		upper = rows[(i + 1) % 3];
		row[0] = i;
		for (j = 1; j <= len; j++) {
			row[j] = min(min(up[j], row[j - 1]) + 1,
				     up[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = min(row[j], upper[j - 2] + 1);
		}
	}
	return rows[(i - 1) % 3][len];
}

static void keep(struct search *search, const struct candidate *candidate)
{
	unsigned int i, to = search->nr;

	for (i = 0; i < search->nr; i++) {
		if (!strcmp(search->best[i].normal, candidate->normal))
			return;
	}
	while (to && search->best[to - 1].distance > candidate->distance)
		to--;
	if (to == QUERY_NEAREST)
		return;
	if (search->nr < QUERY_NEAREST)
		search->nr++;
	for (i = search->nr - 1; i > to; i--)
		search->best[i] = search->best[i - 1];
	search->best[to] = *candidate;
}

static void consider(struct search *search, const char *name)
{
	struct candidate candidate;

	query_normalize(name, strlen(name), candidate.normal);
	candidate.distance = distance(search->wanted, candidate.normal);
	if (candidate.distance > TOLERANCE(strlen(search->wanted)))
		return;
	snprintf(candidate.shown, sizeof(candidate.shown), "%s", name);
	keep(search, &candidate);
}

struct query_near query_near(const char *text)
{
	struct search search = {};
	struct query_near near = {};
	char flag[FLAGNAME_SIZE];
	unsigned int i;

	query_normalize(text, strlen(text), search.wanted);
	for (i = 0; i < NR_KVMCAPS_FEATURES; i++) {
		if (kvmcaps_feature_name(i))
			consider(&search, kvmcaps_feature_name(i));
		if (flagname(i, FLAGNAME_ANY_KERNEL, flag))
			consider(&search, flag);
	}
	for (i = 0; i < nr_aliases; i++)
		consider(&search, aliases[i].name);
	for (i = 0; i < search.nr; i++) {
		strcat(near.names, i ? ", " : "");
		strcat(near.names, search.best[i].shown);
	}
	return near;
}
