// SPDX-License-Identifier: GPL-2.0
/* Releases: numbers that order, the nearest that is reproduced, sets of them. */
#include <linux/kernel.h>
#include <kunit/test.h>
#include <kvmcaps/release.h>

static void releases_are_in_order(struct kunit *test)
{
	unsigned int i;

	for (i = 1; i < KVMCAPS_NR_RELEASES; i++)
		KUNIT_ASSERT_TRUE(test, kvmcaps_releases[i - 1] < kvmcaps_releases[i]);
	KUNIT_ASSERT_EQ(test, KVMCAPS_RELEASE(6, 12), 0x060c);
	KUNIT_ASSERT_EQ(test, kvmcaps_releases[KVMCAPS_REL_6_12], 0x060c);
}

static void reproduced_releases_stand_for_themselves(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < KVMCAPS_NR_RELEASES; i++) {
		KUNIT_ASSERT_EQ(test, kvmcaps_release_near(kvmcaps_releases[i]),
				kvmcaps_releases[i]);
		KUNIT_ASSERT_EQ(test, kvmcaps_release_nr(kvmcaps_releases[i]), i);
	}
}

static void others_get_the_newest_older_one(struct kunit *test)
{
	u16 oldest = kvmcaps_releases[0];
	u16 newest = kvmcaps_releases[KVMCAPS_NR_RELEASES - 1];

	KUNIT_ASSERT_EQ(test, kvmcaps_release_near(0), oldest);
	KUNIT_ASSERT_EQ(test, kvmcaps_release_near(oldest - 1), oldest);
	KUNIT_ASSERT_EQ(test, kvmcaps_release_near(newest + 1), newest);
	KUNIT_ASSERT_EQ(test, kvmcaps_release_near(0xffff), newest);
	KUNIT_ASSERT_EQ(test, kvmcaps_release_near(KVMCAPS_RELEASE(6, 6)), KVMCAPS_RELEASE(6, 1));
	KUNIT_ASSERT_EQ(test, kvmcaps_release_near(KVMCAPS_RELEASE(6, 14)), KVMCAPS_RELEASE(6, 12));
}

struct set_row {
	const char *desc;
	struct {
		u32 in;
	} row;
	u16 first;
	u16 last;
};

#define R(major, minor)	KVMCAPS_RELEASE(major, minor)

/* What a row says, and the first and last release that it counts in. */
static const struct set_row set_rows[] = {
	{ "a row that says nothing counts always", { 0 }, 0, 0xffff },
	{ "since the first is always", { SINCE(6_1) }, R(6, 1), 0xffff },
	{ "since 6.16", { SINCE(6_16) }, R(6, 16), 0xffff },
	{ "until the first is there alone", { UNTIL(6_1) }, R(6, 1), R(6, 1) },
	{ "until 6.19, itself included", { UNTIL(6_19) }, R(6, 1), R(6, 19) },
	{ "6.12 alone", { ONLY(6_12) }, R(6, 12), R(6, 12) },
	{ "from 6.16 to 7.0, both included", { BETWEEN(6_16, 7_0) }, R(6, 16), R(7, 0) },
};

static void rows_count_where_they_say(struct kunit *test)
{
	const struct set_row *row;
	unsigned int i;

	for (row = set_rows; row < set_rows + ARRAY_SIZE(set_rows); row++) {
		for (i = 0; i < KVMCAPS_NR_RELEASES; i++)
			KUNIT_ASSERT_EQ_MSG(test, kvmcaps_release_in(row->row.in, 1u << i),
					    kvmcaps_releases[i] >= row->first &&
					    kvmcaps_releases[i] <= row->last,
					    "%s: %#x", row->desc, kvmcaps_releases[i]);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(releases_are_in_order),
	KUNIT_CASE(reproduced_releases_stand_for_themselves),
	KUNIT_CASE(others_get_the_newest_older_one),
	KUNIT_CASE(rows_count_where_they_say),
	{}
};

static struct kunit_suite suite = {
	.name = "kvmcaps_release",
	.test_cases = cases,
};

kunit_test_suite(suite);
