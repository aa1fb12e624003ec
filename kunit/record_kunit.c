// SPDX-License-Identifier: GPL-2.0
/* Records of CPUID: all that KVM may ask for is in them. */
#include <linux/kernel.h>
#include <linux/string.h>
#include <kunit/test.h>
#include <kvmcaps/answer.h>
#include "../tests/engine/cpus.h"
#include "../tests/engine/hosts.h"
#include "../tests/engine/oracle.h"
#include "../tests/engine/random.h"
#include "rounds.h"

#define RANDOM_CPUS	30000
#define GARBAGE_CPUS	10000
#define SHUFFLED_CPUS	2000
/* More than any record can need: the CPU must not be asked for ever. */
#define MOST_ASKED	8000

struct trial {
	struct kunit *test;
	struct cpu cpu;
	struct kvmcaps_host host;
	struct kvmcaps_caps caps;
	struct kvmcaps_answer answer;
	struct oracle kvm;
	struct kvm_cpuid_entry2 entries[KVMCAPS_MAX_ENTRIES];
	const char *desc;
};

static struct trial trial;

static int trial_init(struct kunit *test)
{
	trial.test = test;
	return 0;
}

/* What KVM asks of the CPU must be what the record says. */
static void ask_both(void *ctx, struct kvmcaps_cpuid *regs)
{
	struct trial *t = ctx;
	struct kvmcaps_cpuid recorded =
		kvmcaps_host_cpuid(&t->host, regs->function, regs->index);

	cpu_cpuid(&t->cpu, regs);
	/* KVM reads leaves that it then clears; a full record may lack them. */
	if (t->cpu.garbage)
		return;
	KUNIT_ASSERT_MEMEQ_MSG(t->test, &recorded, regs, sizeof(recorded),
			       "%s: %x.%x: %08x %08x %08x %08x recorded as %08x %08x %08x %08x",
			       t->desc, regs->function, regs->index, regs->eax, regs->ebx,
			       regs->ecx, regs->edx, recorded.eax, recorded.ebx, recorded.ecx,
			       recorded.edx);
}

static void record(struct trial *t, const char *desc)
{
	t->desc = desc;
	host_init(&t->host);
	host_random_release(&t->host);
	host_random_words(&t->host);
	host_random_facts(&t->host);
	host_make_sane(&t->host);
	/* Stale entries must go. */
	t->host.nr_cpuid = random_below(KVMCAPS_MAX_CPUID);
	memset(t->host.cpuid, 0xa5, sizeof(t->host.cpuid));
	kvmcaps_host_record(&t->host, cpu_cpuid, &t->cpu);
	t->kvm = (struct oracle){
		.facts = &t->host.facts, .cpuid = ask_both, .ctx = t,
	};
}

static bool is_at(const struct kvmcaps_cpuid *a, const struct kvmcaps_cpuid *b)
{
	return a->function == b->function && a->index == b->index;
}

static void check_record(struct kunit *test, const struct trial *t)
{
	u32 i, j;

	KUNIT_ASSERT_TRUE_MSG(test, t->host.nr_cpuid <= KVMCAPS_MAX_CPUID, "%u entries",
			      t->host.nr_cpuid);
	KUNIT_ASSERT_LE(test, t->cpu.asked, MOST_ASKED - 1ull);
	for (i = random_below(16); i < t->host.nr_cpuid; i += 16) {
		for (j = 0; j < i; j++)
			KUNIT_ASSERT_TRUE_MSG(test, !is_at(&t->host.cpuid[i], &t->host.cpuid[j]),
					      "%x.%x twice", t->host.cpuid[i].function,
					      t->host.cpuid[i].index);
	}
}

/* KVM on the CPU itself, the engine on the record of it: one mask, one table. */
static void check_masks(struct kunit *test, struct trial *t)
{
	oracle_load(&t->kvm);
	kvmcaps_decide(&t->host, &t->caps);
	KUNIT_ASSERT_MEMEQ_MSG(test, t->caps.mask, t->kvm.caps, sizeof(t->caps.mask),
			       "masks differ");
}

static void check_table(struct kunit *test, struct trial *t)
{
	int theirs, ours;

	kvmcaps_answer_supported(&t->host, &t->caps,
				 kvmcaps_permitted_xcr0(&t->caps, ~0ull), &t->answer);
	theirs = oracle_supported(&t->kvm, ~0ull, t->entries, KVMCAPS_MAX_ENTRIES);
	ours = t->answer.room > KVMCAPS_MAX_ENTRIES ? -1 : (int)t->answer.nent;
	KUNIT_ASSERT_EQ_MSG(test, ours, theirs, "%s: %d entries, KVM has %d", t->desc, ours,
			    theirs);
	if (theirs > 0)
		KUNIT_ASSERT_MEMEQ(test, t->entries, t->answer.entries,
				   theirs * sizeof(t->entries[0]));
}

static void random_cpus(struct kunit *test)
{
	unsigned int rounds = rounds_most(RANDOM_CPUS);
	unsigned int i;

	for (i = 0; i < rounds; i++) {
		cpu_random(&trial.cpu);
		record(&trial, "random");
		if (i % 16 == 0)
			check_record(test, &trial);
		check_masks(test, &trial);
		check_table(test, &trial);
	}
}

/* The record takes no more leaves; places of words are kept in reserve. */
static bool is_full(const struct kvmcaps_host *host)
{
	return host->nr_cpuid >= KVMCAPS_MAX_CPUID - KVMCAPS_NR_WORDS;
}

/*
 * Whatever a CPU says, the record ends, and the answer is KVM's. A CPU that
 * has more to say than a record holds, which no real one does, gets KVM's
 * words at least.
 */
static void garbage_cpus(struct kunit *test)
{
	unsigned int rounds = rounds_most(GARBAGE_CPUS);
	unsigned int compared = 0;
	unsigned int i;

	for (i = 0; i < rounds; i++) {
		cpu_random_garbage(&trial.cpu);
		record(&trial, "garbage");
		if (i % 16 == 0)
			check_record(test, &trial);
		check_masks(test, &trial);
		if (is_full(&trial.host))
			continue;
		check_table(test, &trial);
		compared++;
	}
	KUNIT_ASSERT_TRUE_MSG(test, compared > rounds / 8, "only %u tables compared", compared);
}

/* The places of all words, in range or beyond it. */
static void words_beyond_the_last_leaf(struct kunit *test)
{
	static const struct cpu cpus[] = {
		{ .seed = 1, .max_basic = 4, .intel = true, .max_extended = 0x80000001 },
		{ .seed = 2, .max_basic = 4, .intel = false, .max_extended = 0x80000001 },
		{ .seed = 3, .max_basic = 0x7, .intel = true },
		{ .seed = 4, .max_basic = 0x24, .max_extended = 0x80000022 },
	};
	unsigned int i, word;

	for (i = 0; i < ARRAY_SIZE(cpus); i++) {
		trial.cpu = cpus[i];
		record(&trial, "word");
		for (word = 0; word < KVMCAPS_NR_WORDS; word++) {
			const struct oracle_word *place = oracle_word(KVMCAPS_RELEASE(7, 2), word);
			struct kvmcaps_cpuid regs = oracle_cpuid(&trial.kvm, place->function,
								 place->index);
			const u32 values[] = { regs.eax, regs.ebx, regs.ecx, regs.edx };

			KUNIT_ASSERT_EQ(test, kvmcaps_host_word(&trial.host, word),
					values[place->reg]);
		}
	}
}

static void beyond_the_last_leaf_intel_repeats(struct kunit *test)
{
	struct kvmcaps_cpuid last, beyond;

	trial.cpu = (struct cpu){ .seed = 5, .max_basic = 6, .intel = true };
	record(&trial, "Intel");
	last = kvmcaps_host_cpuid(&trial.host, 6, 0);
	beyond = kvmcaps_host_cpuid(&trial.host, 0x80000021, 0);
	KUNIT_ASSERT_EQ(test, last.eax, beyond.eax);
	KUNIT_ASSERT_EQ(test, last.edx, beyond.edx);
	trial.cpu.intel = false;
	record(&trial, "AMD");
	beyond = kvmcaps_host_cpuid(&trial.host, 0x80000021, 0);
	KUNIT_ASSERT_EQ(test, beyond.eax | beyond.ebx | beyond.ecx | beyond.edx, 0);
}

struct index_row {
	const char *desc;
	u32 function;
	struct cpu cpu;
	u32 indices;
};

#define CPU(...) { .seed = 7, .max_basic = 0x24, .max_extended = 0x80000022, ##__VA_ARGS__ }

static const struct index_row index_rows[] = {
	{ "caches end with the empty one", 0x4, CPU(.caches = 3), 4 },
	{ "so do AMD's", 0x8000001d, CPU(.caches = 5), 6 },
	{ "a CPU without caches has one entry", 0x4, CPU(), 1 },
	{ "leaf 7 says how many", 0x7, CPU(.indices = 2), 3 },
	{ "leaf 0x14 says how many", 0x14, CPU(.indices = 1), 2 },
	{ "leaf 0x1d says how many", 0x1d, CPU(.indices = 4), 5 },
	{ "leaf 0xd has 0, 1 and those with a size", 0xd, CPU(.xstates = 0x2e7), 7 },
	{ "leaf 0xb ends behind the last level", 0xb, CPU(), 4 },
	{ "so does leaf 0x1f", 0x1f, CPU(), 4 },
	{ "so does AMD's", 0x80000026, { .seed = 7, .max_extended = 0x80000026 }, 4 },
	{ "64 leaves of a range are recorded", 0x3f, { .seed = 7, .max_basic = 0x100 }, 1 },
	{ "the next one is not", 0x40, { .seed = 7, .max_basic = 0x100 }, 0 },
	{ "leaf 5 has no indices", 0x5, CPU(), 1 },
	{ "endless caches stop beyond what an answer can hold", 0x4, CPU(.caches = ~0u), 257 },
	{ "endless indices stop there too", 0x14, CPU(.indices = ~0u), 257 },
};

static void indices_are_recorded(struct kunit *test)
{
	const struct index_row *row;
	u32 i, nr;

	for (row = index_rows; row < index_rows + ARRAY_SIZE(index_rows); row++) {
		trial.cpu = row->cpu;
		record(&trial, row->desc);
		for (i = nr = 0; i < trial.host.nr_cpuid; i++)
			nr += trial.host.cpuid[i].function == row->function;
		KUNIT_ASSERT_EQ_MSG(test, nr, row->indices, "%s: %u", row->desc, nr);
	}
}

static void what_is_not_recorded_is_zero(struct kunit *test)
{
	struct kvmcaps_cpuid regs;

	host_init(&trial.host);
	regs = kvmcaps_host_cpuid(&trial.host, 0x1234, 5);
	KUNIT_ASSERT_EQ(test, regs.function, 0x1234);
	KUNIT_ASSERT_EQ(test, regs.index, 5);
	KUNIT_ASSERT_EQ(test, regs.eax | regs.ebx | regs.ecx | regs.edx, 0);
}

static void shuffle(struct kvmcaps_host *host)
{
	struct kvmcaps_cpuid regs;
	u32 i, j;

	for (i = host->nr_cpuid; i > 1; i--) {
		j = random_below(i);
		regs = host->cpuid[i - 1];
		host->cpuid[i - 1] = host->cpuid[j];
		host->cpuid[j] = regs;
	}
}

/* Wherever one begins to look, what is recorded is found, and nothing else. */
static void check_near(struct kunit *test, const struct trial *t, u32 function, u32 index)
{
	u32 from = t->host.nr_cpuid ? random_below(t->host.nr_cpuid) : 0;
	u32 near = from;
	struct kvmcaps_cpuid regs = kvmcaps_host_cpuid_near(&t->host, &near, function, index);
	struct kvmcaps_cpuid want = { .function = function, .index = index };

	oracle_lookup((void *)&t->host, &want);
	KUNIT_ASSERT_MEMEQ_MSG(test, &regs, &want, sizeof(regs), "%x.%x from entry %u", function,
			       index, from);
	if (near == from && !(want.eax | want.ebx | want.ecx | want.edx))
		return;
	KUNIT_ASSERT_MEMEQ_MSG(test, &t->host.cpuid[near], &want, sizeof(want), "%x.%x: near is %u",
			       function, index, near);
}

static void near_is_where_it_is_found(struct kunit *test)
{
	unsigned int rounds = rounds_most(SHUFFLED_CPUS);
	unsigned int i;
	u32 entry;

	for (i = 0; i < rounds; i++) {
		cpu_random(&trial.cpu);
		record(&trial, "near");
		shuffle(&trial.host);
		for (entry = 0; entry < trial.host.nr_cpuid; entry++)
			check_near(test, &trial, trial.host.cpuid[entry].function,
				   trial.host.cpuid[entry].index);
		check_near(test, &trial, 0x1234, 5);
		check_near(test, &trial, 0xd, 63);
	}
	trial.host.nr_cpuid = 0;
	check_near(test, &trial, 0, 0);
}

/* A file may have the entries in any order, or a kernel without order. */
static void order_is_nothing_but_speed(struct kunit *test)
{
	static struct kvmcaps_answer ordered;
	static struct kvmcaps_caps caps;
	unsigned int rounds = rounds_most(SHUFFLED_CPUS);
	unsigned int i;

	for (i = 0; i < rounds; i++) {
		cpu_random(&trial.cpu);
		record(&trial, "order");
		kvmcaps_decide(&trial.host, &caps);
		kvmcaps_answer_supported(&trial.host, &caps, caps.xcr0, &ordered);
		shuffle(&trial.host);
		kvmcaps_decide(&trial.host, &trial.caps);
		kvmcaps_answer_supported(&trial.host, &trial.caps, caps.xcr0, &trial.answer);
		KUNIT_ASSERT_MEMEQ(test, &caps, &trial.caps, sizeof(caps));
		KUNIT_ASSERT_EQ(test, ordered.nent, trial.answer.nent);
		KUNIT_ASSERT_EQ(test, ordered.room, trial.answer.room);
		KUNIT_ASSERT_MEMEQ(test, ordered.entries, trial.answer.entries,
				   ordered.nent * sizeof(ordered.entries[0]));
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(random_cpus),
	KUNIT_CASE(garbage_cpus),
	KUNIT_CASE(words_beyond_the_last_leaf),
	KUNIT_CASE(beyond_the_last_leaf_intel_repeats),
	KUNIT_CASE(indices_are_recorded),
	KUNIT_CASE(what_is_not_recorded_is_zero),
	KUNIT_CASE(near_is_where_it_is_found),
	KUNIT_CASE(order_is_nothing_but_speed),
	{}
};

static struct kunit_suite suite = {
	.name = "kvmcaps_record",
	.suite_init = rounds_start,
	.init = trial_init,
	.test_cases = cases,
};

kunit_test_suite(suite);
