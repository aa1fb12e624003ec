// SPDX-License-Identifier: GPL-2.0
/*
 * bench DEVICE...: how long each device takes for its answer, beside a copy of
 * as many bytes by pread(). All are measured in turn, so that whatever else
 * the machine does hits all alike. Times include reading the clock, which has
 * a row of its own.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "answer.h"
#include "cpu.h"

#define ROUNDS		3000
#define WARMUP		50
#define MAX_DEVICES	8
#define MAX_ROWS	(3 * MAX_DEVICES + 2)

struct row {
	const char *name;
	struct device *dev;
	void (*act)(const struct row *row);
	unsigned int times[ROUNDS];
};

static struct row rows[MAX_ROWS];
static int nr_rows;
static struct device devices[MAX_DEVICES];
static int nr_devices;
static struct answer answer;
static int memfd;
static size_t bytes;

static void clock_only(const struct row *row)
{
	(void)row;
}

static void copy(const struct row *row)
{
	(void)row;
	if (pread(memfd, &answer, bytes, 0) != (ssize_t)bytes)
		abort();
}

static void null(const struct row *row)
{
	device_call(row->dev, KVM_GET_API_VERSION, 0);
}

static void supported(const struct row *row)
{
	answer.nent = MAX_ENTRIES;
	device_call(row->dev, KVM_GET_SUPPORTED_CPUID, (unsigned long)&answer);
}

/* As VMMs do that cannot know the size: 1, 2, 4, ... entries. */
static void growing(const struct row *row)
{
	struct reply r = { .ret = -1, .err = E2BIG };

	for (__u32 nent = 1; r.ret && nent <= MAX_ENTRIES; nent *= 2) {
		struct kvm_cpuid2 *grown = calloc(1, HEAD_SIZE +
						  nent * ENTRY_SIZE);

		if (!grown)
			abort();
		grown->nent = nent;
		r = device_call(row->dev, KVM_GET_SUPPORTED_CPUID,
				(unsigned long)grown);
		free(grown);
	}
}

static void add(const char *name, struct device *dev,
		void (*act)(const struct row *row))
{
	rows[nr_rows++] = (struct row){ .name = name, .dev = dev, .act = act };
}

static unsigned int measure(const struct row *row)
{
	struct timespec a, b;

	clock_gettime(CLOCK_MONOTONIC, &a);
	row->act(row);
	clock_gettime(CLOCK_MONOTONIC, &b);
	return (b.tv_sec - a.tv_sec) * 1000000000 + b.tv_nsec - a.tv_nsec;
}

static int order(const void *a, const void *b)
{
	const unsigned int *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void measure_all(void)
{
	for (int round = -WARMUP; round < ROUNDS; round++)
		for (int i = 0; i < nr_rows; i++) {
			unsigned int time = measure(&rows[i]);

			if (round >= 0)
				rows[i].times[round] = time;
		}
	for (int i = 0; i < nr_rows; i++)
		qsort(rows[i].times, ROUNDS, sizeof(rows[i].times[0]), order);
}

static unsigned int median(const struct row *row)
{
	return row->times[ROUNDS / 2];
}

/* The row of the same operation on the first device; or of another name. */
static const struct row *find(const char *name, const struct device *dev)
{
	for (int i = 0; i < nr_rows; i++)
		if (rows[i].dev == dev && !strcmp(rows[i].name, name))
			return &rows[i];
	return &rows[0];
}

static double ratio(const struct row *row, const struct row *base)
{
	return median(base) ? (double)median(row) / median(base) : 0;
}

static void print_table(void)
{
	const struct row *pread_row = find("pread", NULL);

	printf("%-10s %-14s %10s %10s %10s %9s %9s\n", "operation", "device",
	       "median ns", "p10", "p90", "to first", "to pread");
	for (int i = 0; i < nr_rows; i++) {
		const struct row *row = &rows[i];
		const struct row *first = row->dev ?
			find(row->name, &devices[0]) : row;

		printf("%-10s %-14s %10u %10u %10u %9.3f %9.3f\n", row->name,
		       row->dev ? row->dev->path : "-", median(row),
		       row->times[ROUNDS / 10], row->times[ROUNDS * 9 / 10],
		       ratio(row, first), ratio(row, pread_row));
	}
}

static void print_line(const char *name)
{
	printf("bench: %s", name);
	for (int i = 0; i < nr_devices; i++)
		printf(" %s %u", devices[i].path,
		       median(find(name, &devices[i])));
	printf(" pread %u clock %u\n", median(find("pread", NULL)),
	       median(find("clock", NULL)));
}

static int prepare(void)
{
	struct reply r = answer_get(&devices[0], KVM_GET_SUPPORTED_CPUID,
				    &answer);

	if (r.ret) {
		fprintf(stderr, "%s: %s\n", devices[0].path, reply_name(r));
		return -1;
	}
	bytes = HEAD_SIZE + answer.nent * ENTRY_SIZE;
	memfd = memfd_create("bench", MFD_CLOEXEC);
	if (memfd < 0 || write(memfd, &answer, bytes) != (ssize_t)bytes)
		return -1;
	add("clock", NULL, clock_only);
	add("pread", NULL, copy);
	for (int i = 0; i < nr_devices; i++) {
		add("supported", &devices[i], supported);
		add("growing", &devices[i], growing);
		add("null", &devices[i], null);
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct cpus cpus;

	if (argc < 2 || argc - 1 > MAX_DEVICES) {
		fprintf(stderr, "usage: bench DEVICE...\n");
		return 2;
	}
	if (cpus_online(&cpus) || cpu_pin(cpus.id[cpus.nr - 1]))
		return 2;
	for (; nr_devices < argc - 1; nr_devices++)
		if (device_open(&devices[nr_devices], argv[nr_devices + 1]))
			return 2;
	if (prepare())
		return 2;
	printf("%d rounds, %u entries, %zu bytes, CPU %d\n", ROUNDS,
	       answer.nent, bytes, cpus.id[cpus.nr - 1]);
	measure_all();
	print_table();
	print_line("supported");
	print_line("growing");
	print_line("null");
	return 0;
}
