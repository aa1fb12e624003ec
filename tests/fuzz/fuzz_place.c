// SPDX-License-Identifier: GPL-2.0
/* Places alone, of which a second has room for more than of names. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "query_place.h"

int fuzz_one_input(const u8 *data, size_t size)
{
	char *text = fuzz_text(data, size);
	const char *at = text;
	struct query query;

	if (query_place(&at, &query)) {
		fuzz_expect(at > text && at <= text + strlen(text), "a place is part of the text");
		fuzz_expect(query.kind <= QUERY_BIT && query.reg < 4 && query.bit < 32,
			    "a place is one");
	}
	free(text);
	return 0;
}
