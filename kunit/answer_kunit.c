// SPDX-License-Identifier: GPL-2.0
/* Tables: order, room, boundaries, hostile CPUs; all against the oracle. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <kunit/test.h>
#include <kvmcaps/answer.h>
#include "../tests/engine/hosts.h"
#include "../tests/engine/oracle.h"
#include "../tests/engine/random.h"
#include "rounds.h"

#define GARBAGE_HOSTS	20000
#define XSAVE_HOSTS	2000
#define RANDOM_HOSTS	40000

struct trial {
	struct kvmcaps_host host;
	struct kvmcaps_caps caps;
	struct kvmcaps_answer answer;
	struct oracle kvm;
	struct kvm_cpuid_entry2 entries[KVMCAPS_MAX_ENTRIES];
};

static int trial_init(struct kunit *test)
{
	test->priv = kunit_kzalloc(test, sizeof(struct trial), GFP_KERNEL);
	return test->priv ? 0 : -ENOMEM;
}

/* A host with AMD's leaves and no more features than each test asks for. */
static void start(struct trial *t)
{
	host_init(&t->host);
	host_put(&t->host, 0x0, 0, 0x10, 0x68747541, 0x444d4163, 0x69746e65);
	host_put(&t->host, 0x80000000, 0, 0x80000008, 0, 0, 0);
	t->kvm = (struct oracle){
		.facts = &t->host.facts, .cpuid = oracle_lookup, .ctx = &t->host,
	};
}

static void answer(struct trial *t, u64 permission)
{
	kvmcaps_decide(&t->host, &t->caps);
	kvmcaps_answer_supported(&t->host, &t->caps,
				 kvmcaps_permitted_xcr0(&t->caps, permission), &t->answer);
}

/* What the device returns to a caller with room for @max entries. */
static int returned(const struct kvmcaps_answer *answer, u32 max)
{
	return max < answer->room ? -1 : (int)answer->nent;
}

static void check_entries(struct kunit *test, const char *desc)
{
	const struct trial *t = test->priv;
	const struct kvm_cpuid_entry2 *a = t->answer.entries;
	const struct kvm_cpuid_entry2 *b = t->entries;
	u32 i;

	for (i = 0; i < t->answer.nent; i++, a++, b++)
		KUNIT_ASSERT_MEMEQ_MSG(test, a, b, sizeof(*a),
				       "%s: entry %u: ours %x.%x/%x %08x %08x %08x %08x, KVM %x.%x/%x %08x %08x %08x %08x",
				       desc, i, a->function, a->index, a->flags, a->eax, a->ebx,
				       a->ecx, a->edx, b->function, b->index, b->flags, b->eax,
				       b->ebx, b->ecx, b->edx);
}

/* The device's answer to one size of buffer, against KVM's. */
static void check_max(struct kunit *test, u64 permission, u32 max, const char *desc)
{
	struct trial *t = test->priv;
	int theirs = oracle_supported(&t->kvm, permission, t->entries, max);
	int ours = returned(&t->answer, max);

	KUNIT_ASSERT_EQ_MSG(test, ours, theirs,
			    "%s: with room for %u: ours %d, KVM %d (nent %u room %u)", desc, max,
			    ours, theirs, t->answer.nent, t->answer.room);
	if (theirs >= 0)
		check_entries(test, desc);
}

/* Every size of buffer around those that matter. */
static void check_answer(struct kunit *test, u64 permission, const char *desc)
{
	struct trial *t = test->priv;
	u32 room = t->answer.room;

	KUNIT_ASSERT_TRUE_MSG(test, t->answer.nent <= KVMCAPS_MAX_ENTRIES, "%s: nent %u", desc,
			      t->answer.nent);
	KUNIT_ASSERT_TRUE_MSG(test, room >= t->answer.nent && room <= KVMCAPS_MAX_ENTRIES + 1,
			      "%s: room %u, nent %u", desc, room, t->answer.nent);
	check_max(test, permission, KVMCAPS_MAX_ENTRIES, desc);
	if (room <= KVMCAPS_MAX_ENTRIES)
		check_max(test, permission, room, desc);
	check_max(test, permission, t->answer.nent, desc);
	check_max(test, permission, room - 1, desc);
}

static void check_host(struct kunit *test, u64 permission, const char *desc)
{
	struct trial *t = test->priv;

	oracle_load(&t->kvm);
	answer(t, permission);
	check_answer(test, permission, desc);
}

static void ranges_come_in_kvms_order(struct kunit *test)
{
	struct trial *t = test->priv;
	static const u32 order[] = {
		0, 1, 2, 3, 4, 5, 0x80000000, 0x80000001, 0xc0000000, 0xc0000001,
		0x40000000, 0x40000001,
	};
	unsigned int i;

	start(t);
	t->host.facts.maker = KVMCAPS_MAKER_CENTAUR;
	*host_reg(&t->host, 0, 0, KVMCAPS_EAX) = 5;
	*host_reg(&t->host, 0x80000000, 0, KVMCAPS_EAX) = 0x80000001;
	host_put(&t->host, 0xc0000000, 0, 0xc0000001, 0, 0, 0);
	check_host(test, 0, "ranges");
	KUNIT_ASSERT_EQ(test, (size_t)t->answer.nent, ARRAY_SIZE(order));
	for (i = 0; i < ARRAY_SIZE(order); i++)
		KUNIT_ASSERT_EQ(test, t->answer.entries[i].function, order[i]);
}

/* Every nent from 0 to more than KVM looks at, on an ordinary host. */
static void every_nent(struct kunit *test)
{
	struct trial *t = test->priv;
	u32 max;

	start(t);
	host_put(&t->host, 0x4, 0, 0x121, 0, 0, 0);
	host_put(&t->host, 0x4, 1, 0x143, 0, 0, 0);
	oracle_load(&t->kvm);
	answer(t, 0);
	for (max = 0; max <= KVMCAPS_MAX_ENTRIES; max++)
		check_max(test, 0, max, "every nent");
}

/* A chain of caches in leaf 4 that makes the table as long as @total. */
static void stretch(struct trial *t, u32 total)
{
	u32 i;

	start(t);
	answer(t, 0);
	/* Leaf 4 ends with an entry of no type, which is there already. */
	for (i = 0; i + t->answer.nent < total; i++)
		host_put(&t->host, 0x4, i, 1, 0, i, 0);
}

struct length_row {
	const char *desc;
	u32 length;
	u32 room;
};

static const struct length_row length_rows[] = {
	{ "a table of 254 entries fits", 254, 254 },
	{ "a table of 255 entries fits", 255, 255 },
	{ "a table of 256 entries just fits", 256, 256 },
	{ "a table of 257 entries never fits", 257, 257 },
	{ "a table of 300 entries never fits", 300, 257 },
};

KUNIT_ARRAY_PARAM_DESC(length, length_rows, desc);

static void boundaries_of_length(struct kunit *test)
{
	struct trial *t = test->priv;
	const struct length_row *row = test->param_value;

	stretch(t, row->length);
	check_host(test, 0, row->desc);
	KUNIT_EXPECT_EQ(test, t->answer.room, row->room);
}

/* KVM gives up an entry of leaf 0xd that the CPU does not back. */
static void dropped_state_keeps_its_room(struct kunit *test)
{
	struct trial *t = test->priv;

	start(t);
	*host_reg(&t->host, 0, 0, KVMCAPS_EAX) = 0xd;
	*host_reg(&t->host, 0x80000000, 0, KVMCAPS_EAX) = 0;
	t->host.facts.xcr0 = 7;
	host_put(&t->host, 0xd, 2, 0, 0, 0, 0);
	check_host(test, 0, "in the middle");
	KUNIT_ASSERT_EQ(test, t->answer.room, t->answer.nent);

	/* Make it the last that is taken: 0xd.0, 0xd.1 and the dropped one. */
	stretch(t, 256);
	*host_reg(&t->host, 0, 0, KVMCAPS_EAX) = 0xd;
	*host_reg(&t->host, 0x80000000, 0, KVMCAPS_EAX) = 0;
	t->host.facts.xcr0 = 7;
	check_host(test, 0, "at the end");
}

/* The dropped entry is the 257th: real KVM fails although 256 would do. */
static void dropped_state_beyond_the_last(struct kunit *test)
{
	struct trial *t = test->priv;
	u32 caches;

	for (caches = 230; caches < 250; caches++) {
		u32 i;

		start(t);
		*host_reg(&t->host, 0, 0, KVMCAPS_EAX) = 0xd;
		*host_reg(&t->host, 0x80000000, 0, KVMCAPS_EAX) = 0;
		t->host.facts.xcr0 = 0xe7;
		for (i = 0; i < caches; i++)
			host_put(&t->host, 0x4, i, 1, 0, 0, 0);
		check_host(test, 0, "dropped");
	}
}

static void emulated_wants_room_for_four(struct kunit *test)
{
	struct trial *t = test->priv;
	int theirs, ours;
	u32 max, rdtscp;

	for (rdtscp = 0; rdtscp < 2; rdtscp++) {
		start(t);
		host_cpu(&t->host, KVMCAPS_F_RDTSCP, rdtscp);
		host_kernel(&t->host, KVMCAPS_F_RDTSCP, rdtscp);
		oracle_load(&t->kvm);
		kvmcaps_decide(&t->host, &t->caps);
		memset(&t->answer, 0xa5, sizeof(t->answer));
		kvmcaps_answer_emulated(&t->host, &t->caps, &t->answer);
		KUNIT_ASSERT_EQ(test, t->answer.room, 4u);
		KUNIT_ASSERT_EQ(test, t->answer.nent, 3u);
		for (max = 0; max <= KVMCAPS_MAX_ENTRIES; max++) {
			theirs = oracle_emulated(&t->kvm, t->entries, max);
			ours = returned(&t->answer, max);
			KUNIT_ASSERT_EQ_MSG(test, ours, theirs, "max %u: ours %d, KVM %d", max,
					    ours, theirs);
		}
		check_entries(test, "emulated");
	}
}

struct permission_row {
	const char *desc;
	u64 host;
	u64 permission;
	u64 xcr0;
};

static const struct permission_row permission_rows[] = {
	{ "no XCR0", 0, ~0ull, 0 },
	{ "without AMX nothing needs a permission", 0x2e7, 0, 0x2e7 },
	{ "AMX with permission", 0x602e7, ~0ull, 0x602e7 },
	{ "no permission for the data, no configuration", 0x602e7, ~0x40000ull, 0x2e7 },
	{ "a permission of the data alone", 0x602e7, 0x40000, 0x40000 },
	{ "permission of all but AVX", 0x602e7, ~4ull, 0x602e3 },
	{ "configuration without data is left alone", 0x20007, 0, 0x20007 },
};

KUNIT_ARRAY_PARAM_DESC(permission, permission_rows, desc);

static void permissions(struct kunit *test)
{
	const struct permission_row *row = test->param_value;
	struct trial *t = test->priv;

	t->caps.xcr0 = row->host;
	t->caps.conds = BIT_ULL(KVMCAPS_COND_XTILE_PAIR);
	KUNIT_EXPECT_EQ(test, kvmcaps_permitted_xcr0(&t->caps, row->permission), row->xcr0);
}

struct hostile_row {
	const char *desc;
	u32 function;
	u32 first;
	unsigned int offers;
};

/* Leaves that claim to have no end. */
static const struct hostile_row hostile_rows[] = {
	{ "the highest basic leaf is 0xffffffff", 0x0, ~0u },
	{ "the highest extended leaf is 0xffffffff", 0x80000000, ~0u },
	{ "the highest extended leaf is 0", 0x80000000, 0 },
	{ "the highest extended leaf is 0x7fffffff", 0x80000000, 0x7fffffff },
	{ "the highest Centaur leaf is 0xffffffff", 0xc0000000, ~0u },
	{ "the highest Centaur leaf is basic", 0xc0000000, 0x24 },
	{ "caches have no end", 0x4, 1 },
	{ "AMD's caches have no end", 0x8000001d, 1 },
	{ "leaf 7 has all indices", 0x7, ~0u },
	{ "leaf 0x14 has 2^31 - 1 indices", 0x14, 0x7fffffff, KVMCAPS_F_INTEL_PT },
	{ "leaf 0x14 has 2^31 indices, which KVM takes for none",
	  0x14, 0x80000000, KVMCAPS_F_INTEL_PT },
	{ "leaf 0x14 has 2^32 - 1 indices, which KVM takes for none",
	  0x14, ~0u, KVMCAPS_F_INTEL_PT },
	{ "leaf 0x1d has 2^31 - 1 indices", 0x1d, 0x7fffffff, KVMCAPS_F_AMX_TILE },
	{ "leaf 0x1d has 2^32 - 1 indices, which KVM takes for none",
	  0x1d, ~0u, KVMCAPS_F_AMX_TILE },
	{ "leaf 0x14 is not offered, but has no end", 0x14, ~0u },
};

static void make_hostile(struct trial *t, const struct hostile_row *row)
{
	u32 i;

	start(t);
	t->host.facts.maker = KVMCAPS_MAKER_CENTAUR;
	*host_reg(&t->host, 0, 0, KVMCAPS_EAX) = 0x24;
	*host_reg(&t->host, 0x80000000, 0, KVMCAPS_EAX) = 0x80000022;
	host_put(&t->host, 0xc0000000, 0, 0xc0000004, 0, 0, 0);
	for (i = 0; i < 260; i++)
		host_put(&t->host, row->function, i, row->first, 1, 2, 3);
	oracle_load(&t->kvm);
	kvmcaps_decide(&t->host, &t->caps);
	if (!row->offers)
		return;
	t->caps.mask[KVMCAPS_WORD(row->offers)] |= KVMCAPS_BIT(row->offers);
	t->kvm.caps[KVMCAPS_WORD(row->offers)] |= KVMCAPS_BIT(row->offers);
}

KUNIT_ARRAY_PARAM_DESC(hostile, hostile_rows, desc);

static void hostile_leaves(struct kunit *test)
{
	struct trial *t = test->priv;
	const struct hostile_row *row = test->param_value;

	make_hostile(t, row);
	kvmcaps_answer_supported(&t->host, &t->caps, 0, &t->answer);
	check_answer(test, 0, row->desc);
}

/* Leaf 0xd says other things in each index than XCR0 promises. */
static void inconsistent_xsave(struct kunit *test)
{
	unsigned int hosts = rounds_most(XSAVE_HOSTS);
	struct trial *t = test->priv;
	unsigned int i, round;

	for (round = 0; round < hosts; round++) {
		start(t);
		*host_reg(&t->host, 0, 0, KVMCAPS_EAX) = 0xd;
		for (i = 0; i < 64; i++)
			host_put(&t->host, 0xd, i, random_bits(), random_bits(),
				 random_bits(), random_bits());
		host_kernel(&t->host, KVMCAPS_F_XSAVES, random_one_in(2));
		host_kernel(&t->host, KVMCAPS_F_XSAVEC, random_one_in(2));
		host_kernel(&t->host, KVMCAPS_F_XFD, random_one_in(2));
		t->host.facts.xcr0 = random_u64();
		check_host(test, random_u64(), "inconsistent");
	}
}

/* Records that no CPU gives: any leaf, any index, any number of times. */
static void garbage_records(struct kunit *test)
{
	unsigned int hosts = rounds_most(GARBAGE_HOSTS);
	struct trial *t = test->priv;
	u32 round, i;

	for (round = 0; round < hosts; round++) {
		start(t);
		host_random_release(&t->host);
		host_random_words(&t->host);
		host_random_facts(&t->host);
		host_make_sane(&t->host);
		for (i = 0; i < 24; i++)
			host_put(&t->host, (random_below(4) << 30) + random_below(0x28),
				 random_below(4), random_bits(), random_bits(),
				 random_bits(), random_bits());
		check_host(test, random_u64(), "garbage");
	}
}

static void give_all_features(struct trial *t)
{
	unsigned int i;

	for (i = 0; i < KVMCAPS_NR_WORDS; i++) {
		t->caps.mask[i] = random_bits();
		t->kvm.caps[i] = t->caps.mask[i];
	}
	t->caps.xss = random_u64() & 0x1900;
	t->kvm.xss = t->caps.xss;
}

/* Any mask, also such as no rule makes: SGX, PT, AMX, XSS. */
static void any_mask(struct kunit *test)
{
	unsigned int hosts = rounds_most(RANDOM_HOSTS);
	struct trial *t = test->priv;
	u32 round, i;

	for (round = 0; round < hosts; round++) {
		start(t);
		host_random_release(&t->host);
		host_random_facts(&t->host);
		host_make_sane(&t->host);
		*host_reg(&t->host, 0, 0, KVMCAPS_EAX) = random_below(0x28);
		*host_reg(&t->host, 0x80000000, 0, KVMCAPS_EAX) =
			0x80000000 + random_below(0x28);
		for (i = 0; i < 20; i++) {
			host_put(&t->host, 0xd, i, random_below(3) * 64, random_below(4096),
				 random_below(8), random_bits());
			*host_reg(&t->host, random_below(0x28), random_below(3),
				  random_below(4)) = random_bits();
		}
		*host_reg(&t->host, 0x14, 0, KVMCAPS_EAX) = random_below(4);
		*host_reg(&t->host, 0x1d, 0, KVMCAPS_EAX) = random_below(4);
		*host_reg(&t->host, 0x1e, 0, KVMCAPS_EAX) = random_below(4);
		*host_reg(&t->host, 0x24, 0, KVMCAPS_EAX) = random_below(4);
		host_kernel(&t->host, KVMCAPS_F_ARCH_PERFMON, random_one_in(2));
		oracle_load(&t->kvm);
		kvmcaps_decide(&t->host, &t->caps);
		give_all_features(t);
		kvmcaps_answer_supported(&t->host, &t->caps,
					 kvmcaps_permitted_xcr0(&t->caps, ~0ull),
					 &t->answer);
		check_answer(test, ~0ull, "any mask");
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(ranges_come_in_kvms_order),
	KUNIT_CASE(every_nent),
	KUNIT_CASE_PARAM(boundaries_of_length, length_gen_params),
	KUNIT_CASE(dropped_state_keeps_its_room),
	KUNIT_CASE(dropped_state_beyond_the_last),
	KUNIT_CASE(emulated_wants_room_for_four),
	KUNIT_CASE_PARAM(permissions, permission_gen_params),
	KUNIT_CASE_PARAM(hostile_leaves, hostile_gen_params),
	KUNIT_CASE(inconsistent_xsave),
	KUNIT_CASE(garbage_records),
	KUNIT_CASE(any_mask),
	{}
};

static struct kunit_suite suite = {
	.name = "kvmcaps_answer",
	.suite_init = rounds_start,
	.init = trial_init,
	.test_cases = cases,
};

kunit_test_suite(suite);
