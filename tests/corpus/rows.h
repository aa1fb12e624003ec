/* SPDX-License-Identifier: GPL-2.0 */
/* Text files of rows: fields between bars, comments behind #. */
#ifndef CORPUS_ROWS_H
#define CORPUS_ROWS_H

#include <stdbool.h>
#include <stdio.h>
#include <stdnoreturn.h>

#include "printf.h"

/* Stops the whole test. */
noreturn void __printf(1, 2) bail_out(const char *format, ...);

FILE *rows_open(const char *path);
/*
 * The next row's @nr fields, without the blanks around them; false at the end
 * of the file. They live in @line until the next call.
 */
bool rows_next(FILE *file, char *line, size_t size, char **fields, unsigned int nr);

#endif /* CORPUS_ROWS_H */
