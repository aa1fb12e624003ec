// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "text.h"

#define DEFAULT_WIDTH	80

unsigned int text_width(int fd)
{
	const char *columns = getenv("COLUMNS");
	int asked = columns ? atoi(columns) : 0;
	struct winsize size;

	if (asked > 0)
		return asked;
	if (isatty(fd) && !ioctl(fd, TIOCGWINSZ, &size) && size.ws_col)
		return size.ws_col;
	return DEFAULT_WIDTH;
}

void text_init(struct text *text)
{
	*text = (struct text){ .width = text_width(STDOUT_FILENO) };
}

void text_begin(struct text *text, unsigned int indent, const char *label)
{
	text->indent = indent;
	text->column = printf("%s", label);
}

static void pad(struct text *text)
{
	unsigned int to = text->indent;

	if (text->column >= to)
		to = text->column + 1;
	text->column += printf("%*s", (int)(to - text->column), "");
}

static void add_word(struct text *text, const char *word)
{
	unsigned int start = text->column < text->indent ? text->indent : text->column + 1;

	if (text->column > text->indent && start + strlen(word) > text->width) {
		putchar('\n');
		text->column = 0;
	}
	pad(text);
	text->column += printf("%s", word);
}

void text_add(struct text *text, const char *format, ...)
{
	char words[512], *rest = words, *word;
	va_list args;

	va_start(args, format);
	vsnprintf(words, sizeof(words), format, args);
	va_end(args);

	while ((word = strsep(&rest, " ")))
		add_word(text, word);
}

void text_end(struct text *text)
{
	putchar('\n');
	text->column = 0;
}
