// SPDX-License-Identifier: GPL-2.0
/* What explain is asked, and lines of something else in which it looks for that. */
#include <stdlib.h>

#include "fuzz.h"
#include "query.h"

static void expect_sane(const struct query *found, unsigned int nr)
{
	fuzz_expect(nr <= QUERY_MAX, "there is room for what is found");
	for (; nr--; found++)
		fuzz_expect(found->kind <= QUERY_BIT && found->reg < 4 && found->bit < 32,
			    "what is found is a place");
}

int fuzz_one_input(const u8 *data, size_t size)
{
	char *text = fuzz_text(data, size);
	struct query found[QUERY_MAX];

	expect_sane(found, query_parse(text, found));
	expect_sane(found, query_search(text, found));
	query_near(text);
	free(text);
	return 0;
}
