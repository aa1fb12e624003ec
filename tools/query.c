// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <string.h>
#include <linux/kernel.h>

#include "query_place.h"

unsigned int query_parse(const char *text, struct query found[QUERY_MAX])
{
	const char *at = text + strspn(text, " \t\n");

	if (query_place(&at, &found[0]) && !at[strspn(at, " \t\n")])
		return 1;
	text += strspn(text, " \t\n");
	return *text ? query_name(text, strcspn(text, "\n"), found, 0) : 0;
}

/* Names that are words too, in the lines in which names are looked for. */
static const char *const words[] = {
	"acc", "ace", "acpi", "cid", "de", "ds", "est", "ht", "hypervisor", "kl", "mca",
	"mce", "mp", "msr", "pat", "pn", "rng", "rsa", "sep", "ss", "tm", "tsc", "vmx", "svm",
};

static bool is_word(const char *text, size_t len)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		if (strlen(words[i]) == len && !strncasecmp(words[i], text, len))
			return true;
	}
	return false;
}

static bool in_name(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-' || c == '.';
}

static bool is_same(const struct query *a, const struct query *b)
{
	return a->kind == b->kind && a->function == b->function && a->index == b->index &&
	       a->reg == b->reg && a->bit == b->bit;
}

static unsigned int add(struct query found[QUERY_MAX], unsigned int nr,
			const struct query *query)
{
	unsigned int i;

	for (i = 0; i < nr; i++) {
		if (is_same(&found[i], query))
			return nr;
	}
	if (nr < QUERY_MAX)
		found[nr++] = *query;
	return nr;
}

/* Places that name a register; a number alone is no leaf here. */
static unsigned int search_places(const char *line, struct query found[QUERY_MAX])
{
	struct query query;
	unsigned int nr = 0;
	const char *at = line;

	while (*at) {
		if ((at == line || !in_name(at[-1])) && query_place(&at, &query)) {
			if (query.kind != QUERY_LEAF)
				nr = add(found, nr, &query);
		} else {
			at++;
		}
	}
	return nr;
}

/*
 * Names are listed behind the last colon, if there is one, and then all count.
 * QEMU's "MSR(10AH)" is no name.
 */
static unsigned int search_names(const char *line, struct query found[QUERY_MAX])
{
	const char *colon = strrchr(line, ':');
	const char *at = colon ? colon + 1 : line;
	unsigned int nr = 0;
	size_t len;

	for (; *at; at += len ? len : 1) {
		for (len = 0; in_name(at[len]); len++)
			;
		if (at[len] == '(')
			continue;
		if (len && at[len - 1] == '.')
			nr = query_name(at, len - 1, found, nr);
		else if (len > 1 && (colon || !is_word(at, len)))
			nr = query_name(at, len, found, nr);
	}
	return nr;
}

unsigned int query_search(const char *line, struct query found[QUERY_MAX])
{
	unsigned int nr = query_parse(line, found);

	if (!nr)
		nr = search_places(line, found);
	return nr ? nr : search_names(line, found);
}
