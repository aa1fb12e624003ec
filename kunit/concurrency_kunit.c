// SPDX-License-Identifier: GPL-2.0
/*
 * Readers while CPUs come and go and answers are replaced: each view is whole,
 * and says what this machine's answer is.
 */
#include <linux/atomic.h>
#include <linux/cpu.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <kunit/test.h>
#include <kvmcaps/answer.h>
#include "../kvmcaps/cache.h"
#include "served.h"

#define READERS		4
#define ROUNDS		10

/**
 * struct reader - a thread that reads all the time
 * @task: itself
 * @want: what it must read, whatever the CPU
 * @got: what it reads
 * @reads: how often it has
 * @failures: how often that was an error
 * @differences: how often it was something else
 */
struct reader {
	struct task_struct *task;
	const struct kvmcaps_answer *want;
	struct kvmcaps_answer got;
	atomic_t reads;
	atomic_t failures;
	atomic_t differences;
};

/**
 * struct trial - readers, and what they should read
 * @caps: decided on this machine
 * @want: computed here and now, but for what has APIC ids
 * @readers: started and stopped by the test
 */
struct trial {
	struct kvmcaps_caps caps;
	struct kvmcaps_answer want;
	struct reader readers[READERS];
};

/* Registers that follow the CPU are left out: 1.EBX, 0xb.EDX, 0x1f.EDX. */
static void forget_cpu(struct kvm_cpuid_entry2 *e)
{
	if (e->function == 1)
		e->ebx = 0;
	if (e->function == 0xb || e->function == 0x1f)
		e->edx = 0;
}

static int read_answer(struct kvmcaps_answer *answer)
{
	int err = served_answer(answer);
	unsigned int i;

	if (err)
		return err;
	for (i = 0; i < answer->nent; i++)
		forget_cpu(&answer->entries[i]);
	return 0;
}

static bool same(const struct kvmcaps_answer *a, const struct kvmcaps_answer *b)
{
	return a->nent == b->nent &&
	       !memcmp(a->entries, b->entries, a->nent * sizeof(*a->entries));
}

static int read_on(void *data)
{
	struct reader *reader = data;

	while (!kthread_should_stop()) {
		atomic_inc(&reader->reads);
		if (read_answer(&reader->got))
			atomic_inc(&reader->failures);
		else if (!same(&reader->got, reader->want))
			atomic_inc(&reader->differences);
		cond_resched();
	}
	return 0;
}

/* By the engine, from the facts that the cache has. */
static void compute(struct trial *t)
{
	const struct kvmcaps_host *host = kvmcaps_cache_host_get();
	unsigned int i;

	kvmcaps_decide(host, &t->caps);
	kvmcaps_answer_supported(host, &t->caps,
				 kvmcaps_permitted_xcr0(&t->caps, ~KVMCAPS_DYNAMIC_XCR0),
				 &t->want);
	kvmcaps_cache_host_put(host);
	for (i = 0; i < t->want.nent; i++)
		forget_cpu(&t->want.entries[i]);
}

static int trial_init(struct kunit *test)
{
	struct trial *t = kunit_kzalloc(test, sizeof(*t), GFP_KERNEL);

	if (!t)
		return -ENOMEM;
	test->priv = t;
	compute(t);
	return 0;
}

static void start_readers(struct kunit *test)
{
	struct trial *t = test->priv;
	struct reader *reader = t->readers;

	for (; reader < t->readers + READERS; reader++) {
		reader->want = &t->want;
		reader->task = kthread_run(read_on, reader, "kvmcaps-reader");
		if (IS_ERR(reader->task)) {
			KUNIT_FAIL(test, "no thread: %ld", PTR_ERR(reader->task));
			reader->task = NULL;
		}
	}
}

static void stop_readers(struct kunit *test)
{
	struct trial *t = test->priv;
	struct reader *reader = t->readers;

	for (; reader < t->readers + READERS; reader++) {
		if (!reader->task)
			continue;
		kthread_stop(reader->task);
		KUNIT_EXPECT_GT(test, atomic_read(&reader->reads), 0);
		KUNIT_EXPECT_EQ(test, atomic_read(&reader->failures), 0);
		KUNIT_EXPECT_EQ(test, atomic_read(&reader->differences), 0);
	}
}

/* On the CPU that the thread is moved to. */
static void check_cpu(struct kunit *test, unsigned int cpu)
{
	struct trial *t = test->priv;
	struct kvmcaps_answer *got = kunit_kzalloc(test, sizeof(*got), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, got);
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(cpu)), 0);
	KUNIT_EXPECT_EQ_MSG(test, read_answer(got), 0, "CPU %u", cpu);
	KUNIT_EXPECT_TRUE_MSG(test, same(got, &t->want), "CPU %u", cpu);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

static void every_cpu_answers(struct kunit *test)
{
	unsigned int cpu;

	for_each_online_cpu(cpu)
		check_cpu(test, cpu);
}

static void readers_during_refresh(struct kunit *test)
{
	unsigned int i;

	start_readers(test);
	for (i = 0; i < ROUNDS; i++) {
		KUNIT_EXPECT_EQ(test, kvmcaps_cache_refresh(), 0);
		usleep_range(1000, 2000);
	}
	stop_readers(test);
}

static void check_hotplug(struct kunit *test, unsigned int cpu)
{
	KUNIT_EXPECT_EQ_MSG(test, remove_cpu(cpu), 0, "CPU %u", cpu);
	KUNIT_EXPECT_EQ(test, kvmcaps_cache_refresh(), 0);
	KUNIT_EXPECT_EQ_MSG(test, add_cpu(cpu), 0, "CPU %u", cpu);
}

static void readers_during_hotplug(struct kunit *test)
{
	unsigned int cpu = cpumask_last(cpu_online_mask);
	unsigned int i;

	if (num_online_cpus() < 2)
		kunit_skip(test, "there is one CPU only");
	start_readers(test);
	for (i = 0; i < ROUNDS; i++)
		check_hotplug(test, cpu);
	stop_readers(test);
	every_cpu_answers(test);
}

/* A view that is held does not change, nor keep CPUs or refreshes waiting. */
static void held_view_stays(struct kunit *test)
{
	struct kvmcaps_view view;
	struct trial *t = test->priv;
	struct kvm_cpuid_entry2 *copy = t->readers[0].got.entries;

	KUNIT_ASSERT_EQ(test, kvmcaps_view_get(&view, KVMCAPS_LIST_SUPPORTED), 0);
	memcpy(copy, view.entries, view.nent * sizeof(*copy));
	KUNIT_EXPECT_EQ(test, kvmcaps_cache_refresh(), 0);
	if (num_online_cpus() > 1)
		check_hotplug(test, cpumask_last(cpu_online_mask));
	KUNIT_EXPECT_MEMEQ(test, copy, view.entries, view.nent * sizeof(*copy));
	kvmcaps_view_put(&view);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(every_cpu_answers),
	KUNIT_CASE(readers_during_refresh),
	KUNIT_CASE_SLOW(readers_during_hotplug),
	KUNIT_CASE(held_view_stays),
	{}
};

static struct kunit_suite suite = {
	.name = "kvmcaps_concurrency",
	.init = trial_init,
	.test_cases = cases,
};

kunit_test_suite(suite);
