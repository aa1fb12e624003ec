// SPDX-License-Identifier: GPL-2.0
/* Runs a KUnit suite in user space, and prints TAP. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <kunit/test.h>
#include "../../kunit/rounds.h"
#include "random.h"

struct block {
	struct block *next;
	max_align_t data[];
};

/**
 * struct run - what the runner knows of a test
 * @test: what the test knows of itself
 * @end: where an assertion leads
 * @failed: an expectation or assertion was not met
 * @memory: what the test has allocated, the newest block first
 */
struct run {
	struct kunit test;
	jmp_buf end;
	bool failed;
	struct block *memory;
};

static struct run *run_of(struct kunit *test)
{
	return (struct run *)((char *)test - offsetof(struct run, test));
}

void *kunit_kzalloc(struct kunit *test, size_t size, int flags)
{
	struct block *block = calloc(1, sizeof(*block) + size);

	(void)flags;
	if (!block)
		abort();
	block->next = run_of(test)->memory;
	run_of(test)->memory = block;
	return block->data;
}

static void free_all(struct run *run)
{
	struct block *block;

	while (run->memory) {
		block = run->memory;
		run->memory = block->next;
		free(block);
	}
}

const void *kunit_next_row(const void *prev, const void *rows, size_t size, size_t row,
			   size_t text, char *desc)
{
	const char *next = prev ? (const char *)prev + row : rows;

	if (next == (const char *)rows + size)
		return NULL;
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s", *(const char *const *)(next + text));
	return next;
}

void kunit_failed(struct kunit *test, bool ends, const char *file, int line,
		  const char *what, const char *format, ...)
{
	va_list args;

	run_of(test)->failed = true;
	printf("# %s: %s:%d: not so: %s\n#", test->name, file, line, what);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	if (ends)
		longjmp(run_of(test)->end, 1);
}

static bool passes(const struct kunit_case *c, const void *row)
{
	struct run run = { .test = { .name = c->name, .param_value = row } };
	int (*init)(struct kunit *test) = kunit_the_suite->init;

	if (!setjmp(run.end)) {
		if (init && init(&run.test))
			run.failed = true;
		else
			c->run_case(&run.test);
	}
	free_all(&run);
	return !run.failed;
}

/* One point for each row, or for a case without rows. */
static bool run_case(const struct kunit_case *c, unsigned int *number)
{
	char desc[KUNIT_PARAM_DESC_SIZE] = "";
	const void *row = NULL;
	bool good, all = true;

	do {
		if (c->generate_params)
			row = c->generate_params(row, desc);
		if (c->generate_params && !row)
			break;
		good = passes(c, row);
		printf("%s %u - %s%s%s\n", good ? "ok" : "not ok", ++*number, c->name,
		       *desc ? ": " : "", desc);
		fflush(stdout);
		all &= good;
	} while (row);
	return all;
}

/* KVMCAPS_FEWER=N in the environment runs the Nth part of all random rounds. */
unsigned int rounds_most(unsigned int most)
{
	const char *given = getenv("KVMCAPS_FEWER");
	unsigned int part = given ? strtoul(given, NULL, 0) : 1;

	return most / (part ?: 1) ?: 1;
}

int rounds_start(struct kunit_suite *suite)
{
	(void)suite;
	random_start();
	return 0;
}

int main(void)
{
	const struct kunit_case *c = kunit_the_suite->test_cases;
	unsigned int number = 0;
	bool all = true;

	if (kunit_the_suite->suite_init && kunit_the_suite->suite_init(kunit_the_suite))
		return 1;
	for (; c->run_case; c++)
		all &= run_case(c, &number);
	printf("1..%u\n", number);
	return !all;
}
