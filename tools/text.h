/* SPDX-License-Identifier: GPL-2.0 */
/* Paragraphs on stdout: a label, then words wrapped beside it. */
#ifndef TOOLS_TEXT_H
#define TOOLS_TEXT_H

#include "printf.h"

/**
 * struct text - a paragraph being written
 * @width: columns of the terminal
 * @indent: column where the words begin
 * @column: where the next character goes
 */
struct text {
	unsigned int width;
	unsigned int indent;
	unsigned int column;
};

/* Columns to write to @fd in. */
unsigned int text_width(int fd);

void text_init(struct text *text);
void text_begin(struct text *text, unsigned int indent, const char *label);

/* Adds words, and breaks lines where there are spaces. */
void __printf(2, 3) text_add(struct text *text, const char *format, ...);

void text_end(struct text *text);

#endif /* TOOLS_TEXT_H */
