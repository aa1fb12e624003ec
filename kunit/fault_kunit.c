// SPDX-License-Identifier: GPL-2.0
/*
 * Memory that runs out at each allocation in turn: while the module's answers are
 * made, made anew, or made for a CPU that comes online. What fails leaves all as
 * it was, what does not is right, and nothing is lost.
 */
#include <linux/cpumask.h>
#include <linux/kvm.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmstat.h>
#include <kunit/test.h>
#include <kvmcaps/answer.h>
#include "../kvmcaps/cache.h"
#include "../kvmcaps/chardev.h"
#include "served.h"
#include "shortage.h"

/* More allocations than any of these makes. */
#define MOST_SITES	1000

/**
 * struct trial - what this machine answers
 * @host: by which
 * @answers: of each CPU, by number
 * @got: what is served now
 */
struct trial {
	struct kvmcaps_host host;
	struct kvmcaps_answer got;
	struct kvmcaps_answer answers[];
};

/* Why none of this can be tried; 0 if it can. */
static int unable;

static int suite_start(struct kunit_suite *suite)
{
	unable = shortage_start();
	return 0;
}

static void suite_stop(struct kunit_suite *suite)
{
	if (!unable)
		shortage_stop();
}

static void run_on(struct kunit *test, unsigned int cpu)
{
	KUNIT_EXPECT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(cpu)), 0);
}

static void learn(struct kunit *test)
{
	struct trial *t = test->priv;
	const struct kvmcaps_host *host = kvmcaps_cache_host_get();
	unsigned int cpu;

	t->host.facts = host->facts;
	t->host.nr_cpuid = host->nr_cpuid;
	memcpy(t->host.cpuid, host->cpuid, host->nr_cpuid * sizeof(*host->cpuid));
	kvmcaps_cache_host_put(host);
	for_each_online_cpu(cpu) {
		run_on(test, cpu);
		KUNIT_EXPECT_EQ(test, served_answer(&t->answers[cpu]), 0);
	}
	run_on(test, cpumask_first(cpu_online_mask));
}

/* A host has facts of the CPU that has read them: always the first one here. */
static int trial_init(struct kunit *test)
{
	struct trial *t;

	if (unable)
		return 0;
	t = kunit_kzalloc(test, struct_size(t, answers, nr_cpu_ids), GFP_KERNEL);
	if (!t)
		return -ENOMEM;
	test->priv = t;
	if (set_cpus_allowed_ptr(current, cpumask_of(cpumask_first(cpu_online_mask))))
		return -EBUSY;
	if (kvmcaps_cache_refresh())
		return -ENOMEM;
	learn(test);
	return 0;
}

static void skip_if_unable(struct kunit *test)
{
	if (unable)
		kunit_skip(test, "this kernel's allocations cannot be made to fail: error %d",
			   unable);
}

static void check_cpu(struct kunit *test, unsigned int cpu, unsigned int site)
{
	struct trial *t = test->priv;
	const struct kvmcaps_answer *want = &t->answers[cpu];

	KUNIT_EXPECT_EQ_MSG(test, served_answer(&t->got), 0, "site %u, CPU %u", site, cpu);
	KUNIT_EXPECT_TRUE_MSG(test, t->got.nent == want->nent && t->got.room == want->room &&
			      !memcmp(t->got.entries, want->entries,
				      want->nent * sizeof(*want->entries)),
			      "site %u, CPU %u", site, cpu);
}

/* Each CPU answers as it did, by the same host. */
static void check_all(struct kunit *test, unsigned int site)
{
	struct trial *t = test->priv;
	const struct kvmcaps_host *host = kvmcaps_cache_host_get();
	unsigned int cpu;

	KUNIT_EXPECT_TRUE_MSG(test, host->nr_cpuid == t->host.nr_cpuid &&
			      !memcmp(&host->facts, &t->host.facts, sizeof(host->facts)) &&
			      !memcmp(host->cpuid, t->host.cpuid,
				      host->nr_cpuid * sizeof(*host->cpuid)),
			      "site %u: another host", site);
	kvmcaps_cache_host_put(host);
	for_each_online_cpu(cpu) {
		run_on(test, cpu);
		check_cpu(test, cpu, site);
	}
	run_on(test, cpumask_first(cpu_online_mask));
}

struct way {
	const char *desc;
	bool rest;
};

static const struct way ways[] = {
	{ "one allocation fails", false },
	{ "all that follow fail as well", true },
};

KUNIT_ARRAY_PARAM_DESC(way, ways, desc);

static void begin(const struct kunit *test, unsigned int site)
{
	const struct way *way = test->param_value;

	shortage_begin(site, way->rest ? UINT_MAX : site);
}

/*
 * The kernel can do without one of what it allocates, but not without any; where
 * it watches itself, it can do without what that takes.
 */
static void check_error(struct kunit *test, int err, bool short_of_memory, unsigned int site)
{
	const struct way *way = test->param_value;

	if ((way->rest && !IS_ENABLED(CONFIG_KASAN)) || !short_of_memory)
		KUNIT_EXPECT_EQ_MSG(test, err, short_of_memory ? -ENOMEM : 0, "site %u", site);
	else
		KUNIT_EXPECT_TRUE_MSG(test, !err || err == -ENOMEM, "site %u: %d", site, err);
}

/* There were some, and an end. */
static void check_sites(struct kunit *test, unsigned int sites, unsigned int least)
{
	kunit_info(test, "%u sites", sites);
	KUNIT_EXPECT_GE(test, sites, least);
	KUNIT_EXPECT_LT(test, sites, MOST_SITES);
}

static void refresh_fails_as_a_whole(struct kunit *test)
{
	bool short_of_memory = true;
	unsigned int site = 0;
	int err;

	skip_if_unable(test);
	while (short_of_memory && site < MOST_SITES) {
		begin(test, ++site);
		err = kvmcaps_cache_refresh();
		short_of_memory = shortage_end();
		check_error(test, err, short_of_memory, site);
		check_all(test, site);
	}
	/* The CPUs' pointers, the host, twice, two of the workshop, each CPU's slot. */
	check_sites(test, site - 1, 5 + num_online_cpus());
}

/* What the kernel itself may take meanwhile, in pages; a table lost is one or two. */
#define FEW_PAGES	16
/* With KASAN, which keeps what is freed, pages tell nothing: kmemleak looks there. */
#define REPEATS		(IS_ENABLED(CONFIG_KASAN) ? 1 : 32)

/* Pages of what the kernel has allocated and not freed. */
static long pages_used(void)
{
	rcu_barrier();
	return global_node_page_state_pages(NR_SLAB_UNRECLAIMABLE_B);
}

static void check_pages(struct kunit *test, long before)
{
	long more = pages_used() - before;

	kunit_info(test, "%ld pages", more);
	if (!IS_ENABLED(CONFIG_KASAN))
		KUNIT_EXPECT_LT(test, more, FEW_PAGES);
}

static void fail_refreshes(unsigned int repeats)
{
	unsigned int site;

	while (repeats--) {
		site = 0;
		do {
			shortage_begin(++site, UINT_MAX);
			kvmcaps_cache_refresh();
		} while (shortage_end() && site < MOST_SITES);
	}
}

/* Of the table that this CPU answers from: one for each CPU that does so. */
static unsigned int table_refs(struct kunit *test)
{
	struct kvmcaps_view view;
	unsigned int refs;

	rcu_barrier();
	KUNIT_ASSERT_EQ(test, kvmcaps_view_get(&view, KVMCAPS_LIST_SUPPORTED), 0);
	refs = kref_read(&view.slot->table->ref);
	kvmcaps_view_put(&view);
	return refs;
}

static void failed_refresh_loses_nothing(struct kunit *test)
{
	unsigned int refs;
	long before;

	skip_if_unable(test);
	fail_refreshes(1);
	refs = table_refs(test);
	before = pages_used();
	fail_refreshes(REPEATS);
	KUNIT_EXPECT_EQ(test, table_refs(test), refs);
	check_pages(test, before);
}

/* From the first allocation to the last, which ends in a load that succeeds. */
static int fail_loads(unsigned int repeats)
{
	unsigned int site;
	int err = 0;

	while (repeats-- && !err) {
		site = 0;
		do {
			shortage_begin(++site, UINT_MAX);
			err = kvmcaps_cache_init();
			shortage_end();
		} while (err && site < MOST_SITES);
		if (!err)
			kvmcaps_cache_exit();
	}
	return err;
}

static void failed_load_loses_nothing(struct kunit *test)
{
	long before;
	int err;

	skip_if_unable(test);
	kvmcaps_cache_exit();
	err = fail_loads(1);
	before = pages_used();
	err = err ?: fail_loads(REPEATS);
	KUNIT_EXPECT_EQ(test, err, 0);
	KUNIT_ASSERT_EQ(test, kvmcaps_cache_init(), 0);
	check_pages(test, before);
}

static long ask(unsigned long user, unsigned int cmd)
{
	const u32 nent = KVMCAPS_MAX_ENTRIES;

	if (put_user(nent, (u32 __user *)user))
		return -EFAULT;
	return kvmcaps_fops.unlocked_ioctl(NULL, cmd, user);
}

/* Calls on the CPU that has just been served, or has not. */
static int check_calls(struct kunit *test, unsigned long user, unsigned int site)
{
	struct trial *t = test->priv;
	int err = served_answer(&t->got);

	KUNIT_EXPECT_EQ_MSG(test, ask(user, KVM_GET_SUPPORTED_CPUID), err, "site %u", site);
	KUNIT_EXPECT_EQ_MSG(test, ask(user, KVM_GET_EMULATED_CPUID), err, "site %u", site);
	return err;
}

/* It comes online all the same, and has its answer after the next refresh. */
static void cpu_comes_online_without_memory(struct kunit *test)
{
	unsigned int cpu = cpumask_first(cpu_online_mask);
	bool short_of_memory = true;
	unsigned int site = 0;
	unsigned long user;
	int err;

	skip_if_unable(test);
	user = kunit_vm_mmap(test, NULL, 0, PAGE_SIZE * 4, PROT_READ | PROT_WRITE,
			     MAP_ANONYMOUS | MAP_PRIVATE, 0);
	KUNIT_ASSERT_FALSE(test, !user || IS_ERR_VALUE(user));
	while (short_of_memory && site < MOST_SITES) {
		KUNIT_EXPECT_EQ(test, kvmcaps_cache_drop(cpu), 0);
		begin(test, ++site);
		err = kvmcaps_cache_serve(cpu);
		short_of_memory = shortage_end();
		KUNIT_EXPECT_EQ_MSG(test, err, 0, "site %u", site);
		err = check_calls(test, user, site);
		check_error(test, err, short_of_memory, site);
		if (err)
			KUNIT_EXPECT_EQ_MSG(test, kvmcaps_cache_refresh(), 0, "site %u", site);
		check_all(test, site);
	}
	check_sites(test, site - 1, 3);
}

/* As when the module is loaded: there is no answer, or all of them. */
static void load_fails_as_a_whole(struct kunit *test)
{
	bool short_of_memory = true;
	unsigned int site = 0;
	int err = 0;

	skip_if_unable(test);
	while (short_of_memory && site < MOST_SITES) {
		if (!err)
			kvmcaps_cache_exit();
		begin(test, ++site);
		err = kvmcaps_cache_init();
		short_of_memory = shortage_end();
		check_error(test, err, short_of_memory, site);
		if (err)
			KUNIT_EXPECT_EQ_MSG(test, served_answer(&((struct trial *)test->priv)->got),
					    -ENOMEM, "site %u", site);
		else
			check_all(test, site);
	}
	KUNIT_ASSERT_TRUE(test, !err || !kvmcaps_cache_init());
	check_sites(test, site - 1, 4 + num_online_cpus());
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(refresh_fails_as_a_whole, way_gen_params),
	KUNIT_CASE(failed_refresh_loses_nothing),
	KUNIT_CASE(failed_load_loses_nothing),
	KUNIT_CASE_PARAM(cpu_comes_online_without_memory, way_gen_params),
	KUNIT_CASE_PARAM(load_fails_as_a_whole, way_gen_params),
	{}
};

static struct kunit_suite suite = {
	.name = "kvmcaps_fault",
	.suite_init = suite_start,
	.suite_exit = suite_stop,
	.init = trial_init,
	.test_cases = cases,
};

kunit_test_suite(suite);
