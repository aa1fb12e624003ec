// SPDX-License-Identifier: GPL-2.0
/* From what the user wrote or pasted to a list of queries. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/kernel.h>

#include "alias.h"
#include "alloc.h"
#include "explain.h"
#include "fail.h"

#define TCG_WARNING	"TCG doesn't support"

void explain_add(struct explain_list *list, const struct query *query, const char *asked,
		 const char *note, bool brief)
{
	list->items = alloc_array(list->items, list->nr + 1, sizeof(*list->items));
	list->items[list->nr++] = (struct explain_item){
		.query = *query,
		.asked = asked ? alloc_copy(asked) : NULL,
		.note = note ? alloc_copy(note) : NULL,
		.brief = brief,
	};
}

void explain_free(struct explain_list *list)
{
	unsigned int i;

	for (i = 0; i < list->nr; i++) {
		free(list->items[i].asked);
		free(list->items[i].note);
	}
	free(list->items);
	*list = (struct explain_list){};
}

static void add_all(struct explain_list *list, const struct query *found, unsigned int nr,
		    const char *text)
{
	bool tcg = strstr(text, TCG_WARNING);
	char note[160];
	unsigned int i;

	for (i = 0; i < nr; i++) {
		*note = '\0';
		if (found[i].who)
			snprintf(note, sizeof(note), "the '%.32s' of %s", found[i].name,
				 found[i].who);
		else if (tcg)
			snprintf(note, sizeof(note),
				 "QEMU ran without KVM (TCG); this is what KVM would offer");
		explain_add(list, &found[i], text, *note ? note : NULL, false);
	}
}

/* Says that a text means nothing, with what it may have been meant to be. */
static int fail_unknown(const char *text)
{
	struct query_near near = query_near(text);
	char name[QUERY_NAME];

	query_normalize(text, strlen(text), name);
	if (strstr(text, "MSR("))
		return fail("this is of an MSR, not of CPUID: %s", text);
	if (alias_msr(name))
		return fail("'%s' is a bit of an MSR, %s, not of CPUID", text, alias_msr(name));
	if (*near.names)
		return fail("no feature or place '%s'; like it: %s", text, near.names);
	return fail("no feature or place '%s'", text);
}

static int add_text(struct explain_list *list, const char *text)
{
	struct query found[QUERY_MAX];
	unsigned int nr = query_parse(text, found);

	if (!nr && strpbrk(text, " \t"))
		nr = query_search(text, found);
	if (!nr)
		return fail_unknown(text);
	add_all(list, found, nr, text);
	return STATUS_GOOD;
}

/* A place that the shell has split, CPUID.07H:EBX.hle [bit 4], is one again. */
static bool is_split(char **arguments, int at, int nr)
{
	return at + 2 < nr && !strcmp(arguments[at + 1], "[bit") &&
	       strchr(arguments[at + 2], ']');
}

int explain_arguments(struct explain_list *list, char **arguments, int nr)
{
	char *text;
	int at, err = STATUS_GOOD;

	for (at = 0; at < nr && !err; at++) {
		if (is_split(arguments, at, nr)) {
			text = alloc_text("%s [bit %s", arguments[at], arguments[at + 2]);
			at += 2;
		} else {
			text = alloc_copy(arguments[at]);
		}
		err = add_text(list, text);
		free(text);
	}
	/* Nothing is explained before a mistake. */
	if (err)
		explain_free(list);
	return err;
}

int explain_lines(struct explain_list *list)
{
	char *line = NULL;
	size_t room = 0;
	int err = STATUS_GOOD;

	while (getline(&line, &room, stdin) >= 0) {
		line[strcspn(line, "\r\n")] = '\0';
		if (line[strspn(line, " \t")] && add_text(list, line))
			err = STATUS_TROUBLE;
	}
	free(line);
	if (!list->nr && !err)
		return fail("standard input has nothing to explain");
	return err;
}
