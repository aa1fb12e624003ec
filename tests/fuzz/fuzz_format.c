// SPDX-License-Identifier: GPL-2.0
/* A file of a format that is found by looking. */
#include "fail.h"
#include "fuzz.h"

int fuzz_one_input(const u8 *data, size_t size)
{
	struct input in = fuzz_input(data, size);
	const struct format *format = format_find(&in);

	fuzz_expect_message(format ? STATUS_GOOD : STATUS_TROUBLE, FUZZ_NAME ":");
	if (format)
		fuzz_read(format, &in);
	input_close(&in);
	return 0;
}
