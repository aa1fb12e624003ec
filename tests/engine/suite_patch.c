// SPDX-License-Identifier: GPL-2.0
/* Patches: made of two tables, they turn the one into the other. */
#include <stdlib.h>
#include <kvmcaps/patch.h>
#include "suite.h"

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

static u32 *place(const struct kvmcaps_patch *patch)
{
	struct kvm_cpuid_entry2 *e = &base[patch->entry];
	u32 *registers[] = { &e->eax, &e->ebx, &e->ecx, &e->edx };

	check(patch->entry < LONGEST && patch->reg < ROWS(registers), "out of the table");
	return registers[patch->reg];
}

/* Applies them in order, each to a place behind the one before. */
static void apply(int nr)
{
	const struct kvmcaps_patch *patch;

	for (patch = patches; patch < patches + nr; patch++) {
		check(patch == patches || place(patch - 1) < place(patch), "not in order");
		*place(patch) = patch->value;
	}
}

static void there_and_back(void **state)
{
	unsigned int round;
	u32 nent;
	int want, nr;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		nent = random_below(LONGEST + 1);
		random_tables(nent);
		want = change(nent);
		nr = kvmcaps_patch_make(base, mine, nent, patches, ROWS(patches));
		assert_int_equal(nr, want);
		apply(nr);
		assert_memory_equal(base, mine, nent * sizeof(base[0]));
	}
}

static void room_is_respected(void **state)
{
	int want;

	(void)state;
	random_tables(LONGEST);
	do {
		want = change(LONGEST);
	} while (!want);
	want = kvmcaps_patch_make(base, mine, LONGEST, patches, ROWS(patches));
	memset(patches, 0xa5, sizeof(patches));
	assert_int_equal(kvmcaps_patch_make(base, mine, LONGEST, patches, want - 1), -1);
	assert_int_equal(patches[want - 1].value, 0xa5a5a5a5);
	assert_int_equal(kvmcaps_patch_make(base, mine, LONGEST, patches, want), want);
	assert_int_equal(kvmcaps_patch_make(base, base, LONGEST, patches, 0), 0);
	assert_int_equal(kvmcaps_patch_make(base, mine, 0, patches, 0), 0);
}

static void other_shapes_are_refused(void **state)
{
	u32 *places[] = { &mine[3].function, &mine[3].index, &mine[3].flags };
	unsigned int i;

	(void)state;
	for (i = 0; i < ROWS(places); i++) {
		random_tables(LONGEST);
		*places[i] ^= 1;
		assert_int_equal(kvmcaps_patch_make(base, mine, LONGEST, patches,
						    ROWS(patches)), -1);
		/* What differs behind the end does not count. */
		assert_int_equal(kvmcaps_patch_make(base, mine, 3, patches, ROWS(patches)), 0);
	}
}

static const struct cmocka_test tests[] = {
	cmocka_unit_test(there_and_back),
	cmocka_unit_test(room_is_respected),
	cmocka_unit_test(other_shapes_are_refused),
};

int main(void)
{
	random_start();
	return cmocka_run_group_tests_name("patch", tests, NULL, NULL);
}
