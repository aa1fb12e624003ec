// SPDX-License-Identifier: GPL-2.0
/*
 * make_dumps NUMBER DIR: writes DIR/dump-000.txt and so on, made-up machines as
 * the InstLatx64 collection has real ones. With KVMCAPS_SEED=N, always the same.
 */
#include <stdio.h>
#include <stdlib.h>

#include "machines.h"
#include "random.h"

static int write_dump(const char *dir, unsigned int number)
{
	static const struct machine_style style = {
		.write = machine_write_instlatx, .headings = true, .sign = '-',
		.behind_leaf = ": ", .crlf = true,
	};
	struct machine machine;
	char path[4096];
	size_t size;
	char *text;
	FILE *out;
	int err;

	snprintf(path, sizeof(path), "%s/dump-%03u.txt", dir, number);
	out = fopen(path, "w");
	if (!out)
		return 1;
	machine_make(&machine, false);
	text = machine_dump(&machine, &style, &size);
	fwrite(text, 1, size, out);
	err = fclose(out);
	free(text);
	machine_free(&machine);
	return err;
}

int main(int argc, char **argv)
{
	unsigned int i, nr = argc == 3 ? atoi(argv[1]) : 0;

	random_start();
	for (i = 0; i < nr; i++) {
		if (write_dump(argv[2], i)) {
			perror(argv[2]);
			return 2;
		}
	}
	return !nr;
}
