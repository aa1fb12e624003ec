/* SPDX-License-Identifier: GPL-2.0 */
/* What is to be explained, and the forms in which that is printed. */
#ifndef TOOLS_EXPLAIN_H
#define TOOLS_EXPLAIN_H

#include "chain.h"
#include "query.h"
#include "treatment.h"

/**
 * struct explain_item - one query
 * @query: it
 * @asked: what the user wrote, for programs; NULL if it comes from a list
 * @note: what is to be said of the query itself; NULL for nothing
 * @brief: one line for people, whatever else could be said
 */
struct explain_item {
	struct query query;
	char *asked;
	char *note;
	bool brief;
};

/**
 * struct explain_list - all of them, in order
 * @items: array
 * @nr: its length
 */
struct explain_list {
	struct explain_item *items;
	unsigned int nr;
};

void explain_add(struct explain_list *list, const struct query *query, const char *asked,
		 const char *note, bool brief);
void explain_free(struct explain_list *list);

/* Arguments and lines; these return STATUS_GOOD or STATUS_TROUBLE after a message. */
int explain_arguments(struct explain_list *list, char **arguments, int nr);
int explain_lines(struct explain_list *list);

/* For people, and for programs; they return an exit status. */
int explain_text(const struct explain_list *list, const struct subject *subject);
int explain_json(const struct explain_list *list, const struct subject *subject);

/* "7.0.EBX[16]" in the manual's words, and the bit's name or "bit 16". */
struct explain_name {
	char name[QUERY_NAME];
	char place[64];
};

struct explain_name explain_name(const struct subject *subject, const struct query *query);

#endif /* TOOLS_EXPLAIN_H */
