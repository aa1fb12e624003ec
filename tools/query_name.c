// SPDX-License-Identifier: GPL-2.0
/* Names: of cpufeatures.h, of /proc/cpuinfo, and the table in alias.c. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <linux/kernel.h>
#include <kvmcaps/feature.h>

#include "alias.h"
#include "flagname.h"
#include "query.h"

#define PREFIX	"x86feature"

void query_normalize(const char *text, size_t len, char name[QUERY_NAME])
{
	size_t i, to = 0;

	for (i = 0; i < len && text[i] && to < QUERY_NAME - 1; i++) {
		if (!strchr("-_. \t", text[i]))
			name[to++] = tolower((unsigned char)text[i]);
	}
	name[to] = '\0';
	if (!strncmp(name, PREFIX, strlen(PREFIX)))
		memmove(name, name + strlen(PREFIX), to + 1 - strlen(PREFIX));
}

static unsigned int add(struct query found[QUERY_MAX], unsigned int nr,
			const struct query *query)
{
	unsigned int i;

	for (i = 0; i < nr; i++) {
		if (found[i].kind == query->kind && found[i].function == query->function &&
		    found[i].index == query->index && found[i].reg == query->reg &&
		    found[i].bit == query->bit)
			return nr;
	}
	if (nr < QUERY_MAX)
		found[nr++] = *query;
	return nr;
}

struct query query_of_feature(unsigned int feature)
{
	const struct kvmcaps_word_info *info = &kvmcaps_words[KVMCAPS_WORD(feature)];

	return (struct query){
		.kind = QUERY_BIT,
		.has_index = true,
		.function = info->function,
		.index = info->index,
		.reg = info->reg,
		.bit = feature % 32,
	};
}

static unsigned int add_feature(struct query found[QUERY_MAX], unsigned int nr,
				unsigned int feature)
{
	const struct query query = query_of_feature(feature);

	return add(found, nr, &query);
}

static unsigned int add_alias(struct query found[QUERY_MAX], unsigned int nr,
			      const struct alias *alias)
{
	const struct query query = {
		.kind = QUERY_BIT,
		.has_index = true,
		.function = alias->function,
		.index = alias->index,
		.reg = alias->reg,
		.bit = alias->bit,
		.name = alias->name,
		.who = alias->who,
	};

	return add(found, nr, &query);
}

static bool is_called(const char *wanted, const char *text)
{
	char name[QUERY_NAME];

	query_normalize(text, strlen(text), name);
	return !strcmp(wanted, name);
}

static bool is_feature(unsigned int feature, const char *name)
{
	const char *usual = kvmcaps_feature_name(feature);
	char flag[FLAGNAME_SIZE];

	if (!usual)
		return false;
	return is_called(name, usual) ||
	       (flagname(feature, FLAGNAME_ANY_KERNEL, flag) && is_called(name, flag));
}

/* Aliases first: they tell whose a name is. */
unsigned int query_name(const char *text, size_t len, struct query found[QUERY_MAX],
			unsigned int nr)
{
	unsigned int i;
	char name[QUERY_NAME];

	query_normalize(text, len, name);
	for (i = 0; i < nr_aliases; i++) {
		if (!strcmp(aliases[i].name, name))
			nr = add_alias(found, nr, &aliases[i]);
	}
	for (i = 0; i < NR_KVMCAPS_FEATURES; i++) {
		if (is_feature(i, name))
			nr = add_feature(found, nr, i);
	}
	return nr;
}
