// SPDX-License-Identifier: GPL-2.0
/* Patches: made of two tables, they turn the one into the other. */
#include <linux/kernel.h>
#include <linux/string.h>
#include <kunit/test.h>
#include <kvmcaps/patch.h>
#include "../tests/engine/random.h"
#include "rounds.h"

#define ROUNDS	20000
#define LONGEST	40

static struct kvm_cpuid_entry2 base[LONGEST], mine[LONGEST];
static struct kvmcaps_patch patches[LONGEST * 4];

static void random_tables(u32 nent)
{
	u32 i;

	for (i = 0; i < nent; i++) {
		base[i] = (struct kvm_cpuid_entry2){
			.function = i, .index = random_bits(), .flags = random_below(8),
			.eax = random_bits(), .ebx = random_bits(),
			.ecx = random_bits(), .edx = random_bits(),
		};
		mine[i] = base[i];
	}
}

/* Changes some registers; returns how many really differ. */
static int change(u32 nent)
{
	u32 *registers[] = { NULL, NULL, NULL, NULL };
	int nr = 0;
	u32 i, reg;

	for (i = 0; i < nent; i++) {
		registers[0] = &mine[i].eax;
		registers[1] = &mine[i].ebx;
		registers[2] = &mine[i].ecx;
		registers[3] = &mine[i].edx;
		for (reg = 0; reg < 4; reg++) {
			if (random_below(3))
				continue;
			*registers[reg] ^= 1u << random_below(32);
			nr++;
		}
	}
	return nr;
}

static u32 *place(struct kunit *test, const struct kvmcaps_patch *patch)
{
	struct kvm_cpuid_entry2 *e = &base[patch->entry];
	u32 *registers[] = { &e->eax, &e->ebx, &e->ecx, &e->edx };

	KUNIT_ASSERT_TRUE_MSG(test, patch->entry < LONGEST && patch->reg < ARRAY_SIZE(registers),
			      "out of the table");
	return registers[patch->reg];
}

/* Applies them in order, each to a place behind the one before. */
static void apply(struct kunit *test, int nr)
{
	const struct kvmcaps_patch *patch;

	for (patch = patches; patch < patches + nr; patch++) {
		KUNIT_ASSERT_TRUE_MSG(test,
				      patch == patches ||
				      place(test, patch - 1) < place(test, patch), "not in order");
		*place(test, patch) = patch->value;
	}
}

static void there_and_back(struct kunit *test)
{
	unsigned int round = rounds_most(ROUNDS);
	u32 nent;
	int want, nr;

	while (round--) {
		nent = random_below(LONGEST + 1);
		random_tables(nent);
		want = change(nent);
		nr = kvmcaps_patch_make(base, mine, nent, patches, ARRAY_SIZE(patches));
		KUNIT_ASSERT_EQ(test, nr, want);
		apply(test, nr);
		KUNIT_ASSERT_MEMEQ(test, base, mine, nent * sizeof(base[0]));
	}
}

static void room_is_respected(struct kunit *test)
{
	int want;

	random_tables(LONGEST);
	do {
		want = change(LONGEST);
	} while (!want);
	want = kvmcaps_patch_make(base, mine, LONGEST, patches, ARRAY_SIZE(patches));
	memset(patches, 0xa5, sizeof(patches));
	KUNIT_ASSERT_EQ(test, kvmcaps_patch_make(base, mine, LONGEST, patches, want - 1), -1);
	KUNIT_ASSERT_EQ(test, patches[want - 1].value, 0xa5a5a5a5);
	KUNIT_ASSERT_EQ(test, kvmcaps_patch_make(base, mine, LONGEST, patches, want), want);
	KUNIT_ASSERT_EQ(test, kvmcaps_patch_make(base, base, LONGEST, patches, 0), 0);
	KUNIT_ASSERT_EQ(test, kvmcaps_patch_make(base, mine, 0, patches, 0), 0);
}

static int make(u32 nent)
{
	return kvmcaps_patch_make(base, mine, nent, patches, ARRAY_SIZE(patches));
}

static void other_shapes_are_refused(struct kunit *test)
{
	u32 *places[] = { &mine[3].function, &mine[3].index, &mine[3].flags };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(places); i++) {
		random_tables(LONGEST);
		*places[i] ^= 1;
		KUNIT_ASSERT_EQ(test, make(LONGEST), -1);
		/* What differs behind the end does not count. */
		KUNIT_ASSERT_EQ(test, make(3), 0);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(there_and_back),
	KUNIT_CASE(room_is_respected),
	KUNIT_CASE(other_shapes_are_refused),
	{}
};

static struct kunit_suite suite = {
	.name = "kvmcaps_patch",
	.suite_init = rounds_start,
	.test_cases = cases,
};

kunit_test_suite(suite);
