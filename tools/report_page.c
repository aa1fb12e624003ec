// SPDX-License-Identifier: GPL-2.0
/* The page: what is in tools/report, with the data where it says @DATA@. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "report_page.h"

#define MARK	"@DATA@"

/* No text in the data can end the element that it stands in. */
static int write_escaped(const char *text, size_t size, void *stream)
{
	size_t i;

	for (i = 0; i < size; i++) {
		if (text[i] == '<')
			fputs("\\u003c", stream);
		else
			putc(text[i], stream);
	}
	return ferror(stream) ? -1 : 0;
}

static bool write_page(json_t *data, FILE *stream)
{
	const char *start = _binary_page_html_start, *end = _binary_page_html_end;
	const char *mark = memmem(start, end - start, MARK, strlen(MARK));
	bool bad;

	fwrite(start, 1, mark - start, stream);
	bad = json_dump_callback(data, write_escaped, stream, JSON_COMPACT | JSON_ENSURE_ASCII);
	mark += strlen(MARK);
	fwrite(mark, 1, end - mark, stream);
	return !bad && !ferror(stream);
}

char *report_page(json_t *data, size_t *size)
{
	char *page = NULL;
	FILE *stream = open_memstream(&page, size);
	bool good;

	if (!stream)
		return NULL;
	good = write_page(data, stream);
	if (!fclose(stream) && good)
		return page;
	free(page);
	return NULL;
}
