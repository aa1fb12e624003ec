// SPDX-License-Identifier: GPL-2.0
/* Releases: numbers that order, and the nearest that is reproduced. */
#include <kvmcaps/release.h>
#include "suite.h"

static void releases_are_in_order(void **state)
{
	unsigned int i;

	(void)state;
	assert_true(kvmcaps_nr_releases > 0);
	for (i = 1; i < kvmcaps_nr_releases; i++)
		assert_true(kvmcaps_releases[i - 1] < kvmcaps_releases[i]);
	assert_int_equal(KVMCAPS_RELEASE(6, 12), 0x060c);
}

static void reproduced_releases_stand_for_themselves(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < kvmcaps_nr_releases; i++)
		assert_int_equal(kvmcaps_release_near(kvmcaps_releases[i]), kvmcaps_releases[i]);
}

static void others_get_the_newest_older_one(void **state)
{
	u16 oldest = kvmcaps_releases[0];
	u16 newest = kvmcaps_releases[kvmcaps_nr_releases - 1];

	(void)state;
	assert_int_equal(kvmcaps_release_near(0), oldest);
	assert_int_equal(kvmcaps_release_near(oldest - 1), oldest);
	assert_int_equal(kvmcaps_release_near(newest + 1), newest);
	assert_int_equal(kvmcaps_release_near(0xffff), newest);
}

static const struct cmocka_test tests[] = {
	cmocka_unit_test(releases_are_in_order),
	cmocka_unit_test(reproduced_releases_stand_for_themselves),
	cmocka_unit_test(others_get_the_newest_older_one),
};

int main(void)
{
	return cmocka_run_group_tests_name("release", tests, NULL, NULL);
}
