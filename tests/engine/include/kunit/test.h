/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Stand-in for the kernel's header: what the suites in kunit/ use of KUnit, so
 * that the same sources run in user space, with its sanitizers. kunit.c has the
 * runner.
 */
#ifndef ENGINE_KUNIT_TEST_H
#define ENGINE_KUNIT_TEST_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <linux/kernel.h>
#include "../../../../tools/printf.h"

#define KUNIT_PARAM_DESC_SIZE	128
#define GFP_KERNEL		0

/**
 * struct kunit - one run of one test
 * @name: of its case
 * @priv: the suite's
 * @param_value: its row, if it has one
 */
struct kunit {
	const char *name;
	void *priv;
	const void *param_value;
};

struct kunit_case {
	void (*run_case)(struct kunit *test);
	const char *name;
	const void *(*generate_params)(const void *prev, char *desc);
};

struct kunit_suite {
	const char *name;
	int (*suite_init)(struct kunit_suite *suite);
	int (*init)(struct kunit *test);
	struct kunit_case *test_cases;
};

#define KUNIT_CASE(test)		{ .run_case = (test), .name = #test }
#define KUNIT_CASE_SLOW(test)		KUNIT_CASE(test)
#define KUNIT_CASE_PARAM(test, params)	\
	{ .run_case = (test), .name = #test, .generate_params = (params) }

/* The row behind @prev, and its text: a pointer at @text in it; NULL at the end. */
const void *kunit_next_row(const void *prev, const void *rows, size_t size, size_t row,
			   size_t text, char *desc);

#define KUNIT_ARRAY_PARAM_DESC(name, array, member)				\
	static const void *name##_gen_params(const void *prev, char *desc)	\
	{									\
		const __typeof__(array) *rows = &(array);			\
										\
		return kunit_next_row(prev, rows, sizeof(*rows), sizeof((*rows)[0]), \
				      offsetof(__typeof__((*rows)[0]), member), desc); \
	}

/* A program has one suite. */
extern struct kunit_suite *kunit_the_suite;
#define kunit_test_suite(suite)	struct kunit_suite *kunit_the_suite = &(suite)

/* Zeroed memory that goes with the test. */
void *kunit_kzalloc(struct kunit *test, size_t size, int flags);

/* Notes a failure; does not return if @ends says that it ends the test. */
void kunit_failed(struct kunit *test, bool ends, const char *file, int line,
		  const char *what, const char *format, ...)
	__printf(6, 7);

#define KUNIT_CHECK(test, ends, condition, what, ...)				\
	do {									\
		if (!(condition))						\
			kunit_failed(test, ends, __FILE__, __LINE__, what, " " __VA_ARGS__); \
	} while (0)

#define KUNIT_FAIL(test, ...)	KUNIT_CHECK(test, false, false, "it fails", __VA_ARGS__)
#define KUNIT_FAIL_AND_ABORT(test, ...)	\
	KUNIT_CHECK(test, true, false, "it fails", __VA_ARGS__)

#define KUNIT_EXPECT_TRUE_MSG(test, c, ...)	KUNIT_CHECK(test, false, c, #c, __VA_ARGS__)
#define KUNIT_ASSERT_TRUE_MSG(test, c, ...)	KUNIT_CHECK(test, true, c, #c, __VA_ARGS__)
#define KUNIT_EXPECT_FALSE_MSG(test, c, ...)	\
	KUNIT_CHECK(test, false, !(c), "!(" #c ")", __VA_ARGS__)
#define KUNIT_ASSERT_FALSE_MSG(test, c, ...)	\
	KUNIT_CHECK(test, true, !(c), "!(" #c ")", __VA_ARGS__)

#define KUNIT_CHECK_BINARY(test, ends, a, op, b, ...)				\
	do {									\
		__typeof__(a) _a = (a);						\
		__typeof__(b) _b = (b);						\
										\
		if (!(_a op _b)) {						\
			printf("# %#llx, %#llx\n", (unsigned long long)_a,	\
			       (unsigned long long)_b);				\
			kunit_failed(test, ends, __FILE__, __LINE__,		\
				     #a " " #op " " #b, " " __VA_ARGS__);	\
		}								\
	} while (0)

#define KUNIT_EXPECT_EQ_MSG(test, a, b, ...)	\
	KUNIT_CHECK_BINARY(test, false, a, ==, b, __VA_ARGS__)
#define KUNIT_ASSERT_EQ_MSG(test, a, b, ...)	\
	KUNIT_CHECK_BINARY(test, true, a, ==, b, __VA_ARGS__)
#define KUNIT_EXPECT_NE_MSG(test, a, b, ...)	\
	KUNIT_CHECK_BINARY(test, false, a, !=, b, __VA_ARGS__)
#define KUNIT_ASSERT_NE_MSG(test, a, b, ...)	\
	KUNIT_CHECK_BINARY(test, true, a, !=, b, __VA_ARGS__)
#define KUNIT_ASSERT_LE_MSG(test, a, b, ...)	\
	KUNIT_CHECK_BINARY(test, true, a, <=, b, __VA_ARGS__)
#define KUNIT_ASSERT_GE_MSG(test, a, b, ...)	\
	KUNIT_CHECK_BINARY(test, true, a, >=, b, __VA_ARGS__)

#define KUNIT_EXPECT_PTR_EQ(test, a, b)	\
	KUNIT_CHECK(test, false, (a) == (b), #a " == " #b)
#define KUNIT_EXPECT_PTR_NE(test, a, b)	\
	KUNIT_CHECK(test, false, (a) != (b), #a " != " #b)
#define KUNIT_ASSERT_PTR_EQ(test, a, b)	\
	KUNIT_CHECK(test, true, (a) == (b), #a " == " #b)
#define KUNIT_ASSERT_NULL(test, a)	KUNIT_CHECK(test, true, (a) == NULL, #a)
#define KUNIT_ASSERT_NOT_NULL_MSG(test, a, ...)	\
	KUNIT_CHECK(test, true, (a) != NULL, #a, __VA_ARGS__)
#define KUNIT_ASSERT_STREQ_MSG(test, a, b, ...)	\
	KUNIT_CHECK(test, true, !strcmp(a, b), #a " is " #b, __VA_ARGS__)
#define KUNIT_EXPECT_STREQ_MSG(test, a, b, ...)	\
	KUNIT_CHECK(test, false, !strcmp(a, b), #a " is " #b, __VA_ARGS__)
#define KUNIT_EXPECT_MEMEQ_MSG(test, a, b, n, ...)	\
	KUNIT_CHECK(test, false, !memcmp(a, b, n), #a " is " #b, __VA_ARGS__)
#define KUNIT_ASSERT_MEMEQ_MSG(test, a, b, n, ...)	\
	KUNIT_CHECK(test, true, !memcmp(a, b, n), #a " is " #b, __VA_ARGS__)

#define KUNIT_EXPECT_TRUE(test, c)	KUNIT_EXPECT_TRUE_MSG(test, c)
#define KUNIT_ASSERT_TRUE(test, c)	KUNIT_ASSERT_TRUE_MSG(test, c)
#define KUNIT_EXPECT_FALSE(test, c)	KUNIT_EXPECT_FALSE_MSG(test, c)
#define KUNIT_ASSERT_FALSE(test, c)	KUNIT_ASSERT_FALSE_MSG(test, c)
#define KUNIT_ASSERT_FALSE(test, c)	KUNIT_ASSERT_FALSE_MSG(test, c)
#define KUNIT_EXPECT_EQ(test, a, b)	KUNIT_EXPECT_EQ_MSG(test, a, b)
#define KUNIT_ASSERT_EQ(test, a, b)	KUNIT_ASSERT_EQ_MSG(test, a, b)
#define KUNIT_ASSERT_LE(test, a, b)	KUNIT_ASSERT_LE_MSG(test, a, b)
#define KUNIT_ASSERT_GE(test, a, b)	KUNIT_ASSERT_GE_MSG(test, a, b)
#define KUNIT_ASSERT_NE(test, a, b)	KUNIT_ASSERT_NE_MSG(test, a, b)
#define KUNIT_ASSERT_NOT_NULL(test, a)	KUNIT_ASSERT_NOT_NULL_MSG(test, a)
#define KUNIT_ASSERT_STREQ(test, a, b)	KUNIT_ASSERT_STREQ_MSG(test, a, b)
#define KUNIT_EXPECT_STREQ(test, a, b)	KUNIT_EXPECT_STREQ_MSG(test, a, b)
#define KUNIT_EXPECT_MEMEQ(test, a, b, n)	KUNIT_EXPECT_MEMEQ_MSG(test, a, b, n)
#define KUNIT_ASSERT_MEMEQ(test, a, b, n)	KUNIT_ASSERT_MEMEQ_MSG(test, a, b, n)

#endif /* ENGINE_KUNIT_TEST_H */
