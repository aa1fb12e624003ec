/* SPDX-License-Identifier: GPL-2.0 */
/* What a user gives to read: a whole file or standard input, in memory. */
#ifndef TOOLS_INPUT_H
#define TOOLS_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "printf.h"

/* More is no CPUID, and memory is not for the asking. */
#define INPUT_MAX	(256u << 20)

/**
 * struct input - a file
 * @path: its name in messages
 * @text: what is in it, and a NUL behind that
 * @size: without that NUL
 */
struct input {
	const char *path;
	const char *text;
	size_t size;
};

/* "-" is standard input. Returns 0, or STATUS_TROUBLE after a message. */
int input_open(struct input *in, const char *path);
void input_close(struct input *in);

/**
 * struct input_line - a line; {} before the first
 * @text: where it begins, not terminated
 * @len: without its end, of which it may have the two usual forms
 * @number: from 1
 * @ended: it has an end; the last one of a file may have none
 */
struct input_line {
	const char *text;
	size_t len;
	unsigned int number;
	bool ended;
};

/* The line behind @line, which it replaces; false if there is none. */
bool input_next(const struct input *in, struct input_line *line);

/* Number of the line that @at is in. */
unsigned int input_number(const struct input *in, const char *at);

/* Says file, line and reason; line 0 is the file as a whole. Returns STATUS_TROUBLE. */
int __printf(3, 4) input_fail(const struct input *in, unsigned int line,
			      const char *format, ...);

/* A part of a file, short and fit for a terminal. */
struct input_quote {
	char text[48];
};

struct input_quote input_quote(const char *text, size_t len);

#endif /* TOOLS_INPUT_H */
