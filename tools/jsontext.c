// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include "fail.h"
#include "jsontext.h"

#define FLAGS	(JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK | JSON_DECODE_INT_AS_REAL)
#define BLANKS	" \t\r\n"

bool jsontext_looks(const struct input *in, const char *text)
{
	return in->text[strspn(in->text, BLANKS)] == '{' &&
	       memmem(in->text, in->size, text, strlen(text));
}

int jsontext_next(const struct input *in, size_t *at, json_t **value)
{
	json_error_t error;
	unsigned int line;

	*value = NULL;
	*at += strspn(in->text + *at, BLANKS);
	if (*at == in->size)
		return STATUS_GOOD;
	if (in->size > JSONTEXT_MAX)
		return input_fail(in, 0, "more than %u MiB of JSON", JSONTEXT_MAX >> 20);
	*value = json_loadb(in->text + *at, in->size - *at, FLAGS, &error);
	if (!*value) {
		line = input_number(in, in->text + *at) + error.line - 1;
		return input_fail(in, line, "JSON: %s",
				  input_quote(error.text, strlen(error.text)).text);
	}
	*at += error.position;
	return STATUS_GOOD;
}

unsigned int jsontext_line(const struct input *in, const char *behind, const char *text,
			   unsigned int nr)
{
	const char *at = in->text, *end = in->text + in->size;

	at = memmem(at, end - at, behind, strlen(behind));
	while (at) {
		at = memmem(at + 1, end - at - 1, text, strlen(text));
		if (at && !nr--)
			break;
	}
	return input_number(in, at ? at : end);
}

bool jsontext_u32(const json_t *value, u32 *number)
{
	double real = json_is_real(value) ? json_real_value(value) : -1;

	if (real < 0 || real > ~0u || real != (u32)real)
		return false;
	*number = real;
	return true;
}
