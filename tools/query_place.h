/* SPDX-License-Identifier: GPL-2.0 */
/* The part of query_parse() that reads places. */
#ifndef TOOLS_QUERY_PLACE_H
#define TOOLS_QUERY_PLACE_H

#include "query.h"

/* Reads the place that begins at @at, and moves that behind it. */
bool query_place(const char **at, struct query *query);

#endif /* TOOLS_QUERY_PLACE_H */
