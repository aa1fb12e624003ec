// SPDX-License-Identifier: GPL-2.0
/*
 * bench_parse FILE...: how fast files become hosts, with all that is between
 * the text in memory and saved CPUs: finding the format, every line, what the
 * CPU answers in gaps, and folding of CPUs that are alike. Reading the files
 * is not counted, nor is the model of a kernel, which is per question.
 * Prints the median of many rounds over all files.
 *
 *	make O=DIR SANITIZE= CFLAGS=-O2 DIR/bench_parse
 */
#include <stdlib.h>
#include <time.h>

#include "format.h"
#include "suite.h"

#define ROUNDS	31

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Returns the number of CPUs in all files. */
static unsigned int parse_all(const struct input *inputs, int nr)
{
	const struct format *format;
	struct saved saved;
	unsigned int cpus = 0;
	int i;

	for (i = 0; i < nr; i++) {
		format = format_find(&inputs[i]);
		if (!format || format_read(format, &inputs[i], &saved))
			exit(2);
		cpus += saved.nr_cpus;
		saved_free(&saved);
	}
	return cpus;
}

int main(int argc, char **argv)
{
	struct input *inputs = calloc(argc, sizeof(*inputs));
	double seconds[ROUNDS], begin;
	unsigned int cpus = 0;
	size_t bytes = 0;
	int i;

	for (i = 1; i < argc; i++) {
		if (!inputs || input_open(&inputs[i - 1], argv[i]))
			return 2;
		bytes += inputs[i - 1].size;
	}
	for (i = 0; i < ROUNDS; i++) {
		begin = now();
		cpus = parse_all(inputs, argc - 1);
		seconds[i] = now() - begin;
	}
	qsort(seconds, ROUNDS, sizeof(*seconds), compare);
	printf("%d files, %zu bytes, %u CPUs: %.0f MB/s, median of %d rounds of %.2f ms\n",
	       argc - 1, bytes, cpus, bytes / seconds[ROUNDS / 2] / 1e6, ROUNDS,
	       seconds[ROUNDS / 2] * 1e3);
	return 0;
}
