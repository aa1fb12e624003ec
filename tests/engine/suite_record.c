// SPDX-License-Identifier: GPL-2.0
/* Records of CPUID: all that KVM may ask for is in them. */
#include <stdlib.h>
#include <linux/kernel.h>
#include <kvmcaps/answer.h>
#include "cpus.h"
#include "hosts.h"
#include "oracle.h"
#include "suite.h"

#define RANDOM_CPUS	30000
#define GARBAGE_CPUS	10000
#define SHUFFLED_CPUS	2000
/* More than any record can need: the CPU must not be asked for ever. */
#define MOST_ASKED	8000

struct trial {
	struct cpu cpu;
	struct kvmcaps_host host;
	struct kvmcaps_caps caps;
	struct kvmcaps_answer answer;
	struct oracle kvm;
	struct kvm_cpuid_entry2 entries[KVMCAPS_MAX_ENTRIES];
	const char *desc;
};

static struct trial trial;

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
	check(!memcmp(&recorded, regs, sizeof(recorded)),
	      "%s: %x.%x: %08x %08x %08x %08x recorded as %08x %08x %08x %08x", t->desc,
	      regs->function, regs->index, regs->eax, regs->ebx, regs->ecx, regs->edx,
	      recorded.eax, recorded.ebx, recorded.ecx, recorded.edx);
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

static void check_record(const struct trial *t)
{
	u32 i, j;

	check(t->host.nr_cpuid <= KVMCAPS_MAX_CPUID, "%u entries", t->host.nr_cpuid);
	check(t->cpu.asked < MOST_ASKED, "asked %llu times", (unsigned long long)t->cpu.asked);
	for (i = random_below(16); i < t->host.nr_cpuid; i += 16) {
		for (j = 0; j < i; j++)
			check(t->host.cpuid[i].function != t->host.cpuid[j].function ||
			      t->host.cpuid[i].index != t->host.cpuid[j].index,
			      "%x.%x twice", t->host.cpuid[i].function, t->host.cpuid[i].index);
	}
}

/* KVM on the CPU itself, the engine on the record of it: one mask, one table. */
static void check_masks(struct trial *t)
{
	oracle_load(&t->kvm);
	kvmcaps_decide(&t->host, &t->caps);
	check(!memcmp(t->caps.mask, t->kvm.caps, sizeof(t->caps.mask)), "masks differ");
}

static void check_table(struct trial *t)
{
	int theirs, ours;

	kvmcaps_answer_supported(&t->host, &t->caps,
				 kvmcaps_permitted_xcr0(&t->caps, ~0ull), &t->answer);
	theirs = oracle_supported(&t->kvm, ~0ull, t->entries, KVMCAPS_MAX_ENTRIES);
	ours = t->answer.room > KVMCAPS_MAX_ENTRIES ? -1 : (int)t->answer.nent;
	check(ours == theirs, "%s: %d entries, KVM has %d", t->desc, ours, theirs);
	if (theirs > 0)
		assert_memory_equal(t->entries, t->answer.entries,
				    theirs * sizeof(t->entries[0]));
}

static void random_cpus(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < RANDOM_CPUS; i++) {
		cpu_random(&trial.cpu);
		record(&trial, "random");
		if (i % 16 == 0)
			check_record(&trial);
		check_masks(&trial);
		check_table(&trial);
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
static void garbage_cpus(void **state)
{
	unsigned int compared = 0;
	unsigned int i;

	(void)state;
	for (i = 0; i < GARBAGE_CPUS; i++) {
		cpu_random_garbage(&trial.cpu);
		record(&trial, "garbage");
		if (i % 16 == 0)
			check_record(&trial);
		check_masks(&trial);
		if (is_full(&trial.host))
			continue;
		check_table(&trial);
		compared++;
	}
	check(compared > GARBAGE_CPUS / 8, "only %u tables compared", compared);
}

/* The places of all words, in range or beyond it. */
static void words_beyond_the_last_leaf(void **state)
{
	static const struct cpu cpus[] = {
		{ .seed = 1, .max_basic = 4, .intel = true, .max_extended = 0x80000001 },
		{ .seed = 2, .max_basic = 4, .intel = false, .max_extended = 0x80000001 },
		{ .seed = 3, .max_basic = 0x7, .intel = true },
		{ .seed = 4, .max_basic = 0x24, .max_extended = 0x80000022 },
	};
	unsigned int i, word;

	(void)state;
	for (i = 0; i < ROWS(cpus); i++) {
		trial.cpu = cpus[i];
		record(&trial, "word");
		for (word = 0; word < KVMCAPS_NR_WORDS; word++) {
			const struct oracle_word *place = oracle_word(KVMCAPS_RELEASE(7, 2), word);
			struct kvmcaps_cpuid regs = oracle_cpuid(&trial.kvm, place->function,
								 place->index);
			const u32 values[] = { regs.eax, regs.ebx, regs.ecx, regs.edx };

			assert_int_equal(kvmcaps_host_word(&trial.host, word),
					 values[place->reg]);
		}
	}
}

static void beyond_the_last_leaf_intel_repeats(void **state)
{
	struct kvmcaps_cpuid last, beyond;

	(void)state;
	trial.cpu = (struct cpu){ .seed = 5, .max_basic = 6, .intel = true };
	record(&trial, "Intel");
	last = kvmcaps_host_cpuid(&trial.host, 6, 0);
	beyond = kvmcaps_host_cpuid(&trial.host, 0x80000021, 0);
	assert_int_equal(last.eax, beyond.eax);
	assert_int_equal(last.edx, beyond.edx);
	trial.cpu.intel = false;
	record(&trial, "AMD");
	beyond = kvmcaps_host_cpuid(&trial.host, 0x80000021, 0);
	assert_int_equal(beyond.eax | beyond.ebx | beyond.ecx | beyond.edx, 0);
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

static void indices_are_recorded(void **state)
{
	const struct index_row *row;
	u32 i, nr;

	(void)state;
	for (row = index_rows; row < index_rows + ROWS(index_rows); row++) {
		trial.cpu = row->cpu;
		record(&trial, row->desc);
		for (i = nr = 0; i < trial.host.nr_cpuid; i++)
			nr += trial.host.cpuid[i].function == row->function;
		check(nr == row->indices, "%s: %u", row->desc, nr);
	}
}

static void what_is_not_recorded_is_zero(void **state)
{
	struct kvmcaps_cpuid regs;

	(void)state;
	host_init(&trial.host);
	regs = kvmcaps_host_cpuid(&trial.host, 0x1234, 5);
	assert_int_equal(regs.function, 0x1234);
	assert_int_equal(regs.index, 5);
	assert_int_equal(regs.eax | regs.ebx | regs.ecx | regs.edx, 0);
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
static void check_near(const struct trial *t, u32 function, u32 index)
{
	u32 from = t->host.nr_cpuid ? random_below(t->host.nr_cpuid) : 0;
	u32 near = from;
	struct kvmcaps_cpuid regs = kvmcaps_host_cpuid_near(&t->host, &near, function, index);
	struct kvmcaps_cpuid want = { .function = function, .index = index };

	oracle_lookup((void *)&t->host, &want);
	check(!memcmp(&regs, &want, sizeof(regs)), "%x.%x from entry %u", function, index, from);
	if (near == from && !(want.eax | want.ebx | want.ecx | want.edx))
		return;
	check(!memcmp(&t->host.cpuid[near], &want, sizeof(want)), "%x.%x: near is %u", function,
	      index, near);
}

static void near_is_where_it_is_found(void **state)
{
	unsigned int i;
	u32 entry;

	(void)state;
	for (i = 0; i < SHUFFLED_CPUS; i++) {
		cpu_random(&trial.cpu);
		record(&trial, "near");
		shuffle(&trial.host);
		for (entry = 0; entry < trial.host.nr_cpuid; entry++)
			check_near(&trial, trial.host.cpuid[entry].function,
				   trial.host.cpuid[entry].index);
		check_near(&trial, 0x1234, 5);
		check_near(&trial, 0xd, 63);
	}
	trial.host.nr_cpuid = 0;
	check_near(&trial, 0, 0);
}

/* A file may have the entries in any order, or a kernel without order. */
static void order_is_nothing_but_speed(void **state)
{
	static struct kvmcaps_answer ordered;
	static struct kvmcaps_caps caps;
	unsigned int i;

	(void)state;
	for (i = 0; i < SHUFFLED_CPUS; i++) {
		cpu_random(&trial.cpu);
		record(&trial, "order");
		kvmcaps_decide(&trial.host, &caps);
		kvmcaps_answer_supported(&trial.host, &caps, caps.xcr0, &ordered);
		shuffle(&trial.host);
		kvmcaps_decide(&trial.host, &trial.caps);
		kvmcaps_answer_supported(&trial.host, &trial.caps, caps.xcr0, &trial.answer);
		assert_memory_equal(&caps, &trial.caps, sizeof(caps));
		assert_int_equal(ordered.nent, trial.answer.nent);
		assert_int_equal(ordered.room, trial.answer.room);
		assert_memory_equal(ordered.entries, trial.answer.entries,
				    ordered.nent * sizeof(ordered.entries[0]));
	}
}

static const struct cmocka_test tests[] = {
	cmocka_unit_test(random_cpus),
	cmocka_unit_test(garbage_cpus),
	cmocka_unit_test(words_beyond_the_last_leaf),
	cmocka_unit_test(beyond_the_last_leaf_intel_repeats),
	cmocka_unit_test(indices_are_recorded),
	cmocka_unit_test(what_is_not_recorded_is_zero),
	cmocka_unit_test(near_is_where_it_is_found),
	cmocka_unit_test(order_is_nothing_but_speed),
};

int main(void)
{
	random_start();
	return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
