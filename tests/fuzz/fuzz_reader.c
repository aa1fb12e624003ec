// SPDX-License-Identifier: GPL-2.0
/* One format, FUZZ_READER, whatever a file looks like. */
#include "fuzz.h"

int fuzz_one_input(const u8 *data, size_t size)
{
	struct input in = fuzz_input(data, size);

	fuzz_read(&FUZZ_READER, &in);
	input_close(&in);
	return 0;
}
