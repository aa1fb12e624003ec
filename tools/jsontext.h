/* SPDX-License-Identifier: GPL-2.0 */
/* Files of JSON: one value, or several as a program sends them one by one. */
#ifndef TOOLS_JSONTEXT_H
#define TOOLS_JSONTEXT_H

#include <jansson.h>
#include <linux/types.h>

#include "input.h"

/* As a tree, JSON can take 80 times the memory; a CPU takes a fortieth of this. */
#define JSONTEXT_MAX	(4u << 20)

/* Whether it may be JSON that has this text somewhere. */
bool jsontext_looks(const struct input *in, const char *text);

/**
 * jsontext_next() - read a value
 * @in: the file
 * @at: where it begins; moved behind it
 * @value: the value, to json_decref(); NULL at the end of the file
 *
 * Numbers are reals, for some of QEMU's fit no integer of this library.
 *
 * Return: 0, or STATUS_TROUBLE after a message.
 */
int jsontext_next(const struct input *in, size_t *at, json_t **value);

/*
 * Number of the line in which @text, with quotation marks, stands for time @nr
 * from 0 behind the first @behind.
 */
unsigned int jsontext_line(const struct input *in, const char *behind, const char *text,
			   unsigned int nr);

/* False if it is no whole number of 32 bits. */
bool jsontext_u32(const json_t *value, u32 *number);

#endif /* TOOLS_JSONTEXT_H */
