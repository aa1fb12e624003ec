// SPDX-License-Identifier: GPL-2.0
/* From hosts to verdicts and masks: against the formula, against the oracle. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <kunit/test.h>
#include <kvmcaps/decide.h>
#include <kvmcaps/declare.h>
#include "../tests/engine/hosts.h"
#include "../tests/engine/oracle.h"
#include "../tests/engine/random.h"
#include "rounds.h"

#define FORMULA_HOSTS	1000000
/* Half of them kvm-intel's. */
#define ORACLE_HOSTS	220000
#define VERDICT_HOSTS	20000

struct trial {
	struct kvmcaps_host host;
	struct kvmcaps_caps caps;
	struct oracle kvm;
};

static int trial_init(struct kunit *test)
{
	test->priv = kunit_kzalloc(test, sizeof(struct trial), GFP_KERNEL);
	return test->priv ? 0 : -ENOMEM;
}

static void start(struct trial *t)
{
	host_init(&t->host);
	t->kvm = (struct oracle){
		.facts = &t->host.facts, .cpuid = oracle_lookup, .ctx = &t->host,
	};
}

static const char *name_of(unsigned int feature)
{
	return kvmcaps_feature_name(feature) ?: "unnamed";
}

/* The features of a word that a rule has touched. */
static u32 touched(const struct kvmcaps_caps *caps, unsigned int word)
{
	const u8 *rule = &caps->rule[word * 32];
	unsigned int bit;
	u32 bits = 0;

	for (bit = 0; bit < 32; bit++)
		bits |= (u32)!!rule[bit] << bit;
	return bits;
}

static void check_formula(struct kunit *test, unsigned int feature, bool declared)
{
	const struct trial *t = test->priv;
	struct kvmcaps_verdict v = kvmcaps_verdict(&t->host, &t->caps, feature);

	KUNIT_ASSERT_EQ_MSG(test, !v.missing, declared, "%s: missing %#x, but the formula says %d",
			    name_of(feature), v.missing, declared);
	KUNIT_ASSERT_EQ_MSG(test, v.offered, kvmcaps_caps_has(&t->caps, feature),
			    "%s: the verdict is not the mask's bit", name_of(feature));
	if (!v.rule) {
		KUNIT_ASSERT_EQ_MSG(test, v.offered, declared, "%s: no rule explains it",
				    name_of(feature));
		return;
	}
	KUNIT_ASSERT_EQ_MSG(test, v.rule->feature, feature, "%s: the rule is another's",
			    name_of(feature));
	KUNIT_ASSERT_TRUE_MSG(test, v.offered == (v.rule->action == KVMCAPS_SET),
			      "%s: the rule does not explain it", name_of(feature));
}

/* Where no rule was, the mask is the formula; where one was, ask verdicts. */
static void check_word(struct kunit *test, unsigned int word)
{
	const struct trial *t = test->priv;
	u32 formula = oracle_formula(&t->kvm, word);
	u32 rules = touched(&t->caps, word);
	unsigned int bit;

	KUNIT_ASSERT_TRUE_MSG(test, !((t->caps.mask[word] ^ formula) & ~rules),
			      "%s: mask %#x, formula %#x, rules %#x",
			      oracle_word(t->host.facts.release, word)->name, t->caps.mask[word],
			      formula, rules);
	for (bit = 0; rules && bit < 32; bit++) {
		if (rules >> bit & 1)
			check_formula(test, word * 32 + bit, formula >> bit & 1);
	}
}

static void formula_on_random_words(struct kunit *test)
{
	struct trial *t = test->priv;
	unsigned int hosts = rounds_most(FORMULA_HOSTS);
	unsigned int i, word;

	start(t);
	for (i = 0; i < hosts; i++) {
		host_random_release(&t->host);
		host_random_words(&t->host);
		host_fact(&t->host, KVMCAPS_FACT_X86_64, i & 1);
		t->host.facts.policy = random_u64();
		kvmcaps_decide(&t->host, &t->caps);
		for (word = 0; word < KVMCAPS_NR_WORDS; word++)
			check_word(test, word);
	}
}

static void every_verdict_is_the_formula(struct kunit *test)
{
	struct trial *t = test->priv;
	unsigned int hosts = rounds_most(VERDICT_HOSTS);
	unsigned int i, feature;

	start(t);
	for (i = 0; i < hosts; i++) {
		host_random_release(&t->host);
		host_random_words(&t->host);
		host_random_facts(&t->host);
		kvmcaps_decide(&t->host, &t->caps);
		for (feature = i % 16; feature < NR_KVMCAPS_FEATURES; feature += 16)
			check_formula(test, feature,
				      oracle_formula(&t->kvm, feature / 32) >>
				      feature % 32 & 1);
	}
}

static void check_masks(struct kunit *test)
{
	const struct trial *t = test->priv;
	unsigned int word;

	for (word = 0; word < KVMCAPS_NR_WORDS; word++)
		KUNIT_ASSERT_EQ_MSG(test, t->caps.mask[word], t->kvm.caps[word],
				    "%x: %s: mask %#x, KVM %#x, vendor %d policy %#x flags %#x",
				    t->host.facts.release,
				    oracle_word(t->host.facts.release, word)->name,
				    t->caps.mask[word], t->kvm.caps[word], t->host.facts.vendor,
				    t->host.facts.policy, t->host.facts.flags);
}

/* All that KVM computes at load: masks, switches, counters, XCR0. */
static void check_load(struct kunit *test)
{
	const struct trial *t = test->priv;

	check_masks(test);
	KUNIT_ASSERT_EQ_MSG(test, t->caps.xcr0, t->kvm.xcr0, "xcr0 %#llx, KVM %#llx",
			    (unsigned long long)t->caps.xcr0, (unsigned long long)t->kvm.xcr0);
	KUNIT_ASSERT_EQ_MSG(test, t->caps.xss, t->kvm.xss, "xss %#llx",
			    (unsigned long long)t->caps.xss);
	KUNIT_ASSERT_MEMEQ_MSG(test, &t->caps.pmu, &t->kvm.pmu, sizeof(t->kvm.pmu),
			       "counters %u of version %u, KVM %u of version %u",
			       t->caps.pmu.num_counters_gp, t->caps.pmu.version,
			       t->kvm.pmu.num_counters_gp, t->kvm.pmu.version);
	KUNIT_ASSERT_EQ_MSG(test, kvmcaps_caps_cond(&t->caps, KVMCAPS_COND_TDP), t->kvm.tdp, "tdp");
	KUNIT_ASSERT_EQ_MSG(test, kvmcaps_caps_cond(&t->caps, KVMCAPS_COND_TDP_5LEVEL),
			    t->kvm.five_levels, "levels");
	KUNIT_ASSERT_EQ_MSG(test, kvmcaps_caps_cond(&t->caps, KVMCAPS_COND_PMU), t->kvm.enable_pmu,
			    "enable_pmu");
}

/*
 * Hosts on which kvm-intel would not load count too, there is an answer for
 * them; but many must be such that it would.
 */
static void kvm_on_random_hosts(struct kunit *test)
{
	struct trial *t = test->priv;
	unsigned int hosts = rounds_most(ORACLE_HOSTS);
	unsigned int vmx = 0, loads = 0;
	unsigned int i;

	start(t);
	for (i = 0; i < hosts; i++) {
		host_random_release(&t->host);
		host_random_words(&t->host);
		host_random_facts(&t->host);
		host_make_sane(&t->host);
		oracle_load(&t->kvm);
		kvmcaps_decide(&t->host, &t->caps);
		check_load(test);
		if (t->host.facts.vendor == KVMCAPS_VENDOR_VMX) {
			vmx++;
			loads += !t->kvm.refuses;
		}
	}
	KUNIT_ASSERT_GE(test, vmx, hosts / 3);
	KUNIT_ASSERT_GE(test, loads, vmx / 10);
}

/* Sizes of XSAVE states are read at load, index by index. */
static void xstates_are_read_once(struct kunit *test)
{
	struct trial *t = test->priv;
	struct kvmcaps_xstate want;
	unsigned int i;

	start(t);
	for (i = 0; i < 64; i++)
		host_put(&t->host, 0xd, i, 0x100 + i, 0x200 + i, 0x300 + i, 0x400 + i);
	kvmcaps_decide(&t->host, &t->caps);
	for (i = 2; i < 64; i++) {
		want = (struct kvmcaps_xstate){ 0x100 + i, 0x200 + i, 0x300 + i };
		KUNIT_ASSERT_MEMEQ_MSG(test, &t->caps.xstate[i], &want, sizeof(want), "state %u",
				       i);
	}
}

/* A file may have indices that no CPU has. */
static void states_beyond_the_last_are_none(struct kunit *test)
{
	struct kvmcaps_caps *want = kunit_kzalloc(test, sizeof(*want), GFP_KERNEL);
	struct trial *t = test->priv;

	KUNIT_ASSERT_NOT_NULL(test, want);
	start(t);
	host_put(&t->host, 0xd, 63, 1, 2, 3, 4);
	kvmcaps_decide(&t->host, want);
	host_put(&t->host, 0xd, 64, ~0u, ~0u, ~0u, ~0u);
	host_put(&t->host, 0xd, ~0u, ~0u, ~0u, ~0u, ~0u);
	kvmcaps_decide(&t->host, &t->caps);
	KUNIT_EXPECT_MEMEQ(test, &t->caps, want, sizeof(*want));
}

static void highest_extended_leaf_is_kept(struct kunit *test)
{
	struct trial *t = test->priv;

	start(t);
	host_put(&t->host, 0x80000000, 0, 0x80000008, 1, 2, 3);
	kvmcaps_decide(&t->host, &t->caps);
	KUNIT_ASSERT_EQ(test, t->caps.max_extended, 0x80000008);
}

struct xcr0_row {
	const char *desc;
	u8 vendor;
	u64 host;
	u64 kvm;
};

/* KVM_SUPPORTED_XCR0; svm_hardware_setup() and vmx_hardware_setup() take MPX away. */
static const struct xcr0_row xcr0_rows[] = {
	{ "no XSAVE, no XCR0", KVMCAPS_VENDOR_SVM, 0, 0 },
	{ "x87 and SSE pass", KVMCAPS_VENDOR_SVM, 0x3, 0x3 },
	{ "AVX and AVX-512 pass", KVMCAPS_VENDOR_SVM, 0xe7, 0xe7 },
	{ "MPX does not pass kvm-amd", KVMCAPS_VENDOR_SVM, 0x1f, 0x7 },
	{ "MPX does not pass kvm-intel without BNDCFGS", KVMCAPS_VENDOR_VMX, 0x1f, 0x7 },
	{ "MPX passes the common code", KVMCAPS_VENDOR_NONE, 0x1f, 0x1f },
	{ "PKRU and AMX pass, PT and LWP do not", KVMCAPS_VENDOR_SVM, ~0ull, 0x602e7 },
};

KUNIT_ARRAY_PARAM_DESC(xcr0, xcr0_rows, desc);

static void xcr0_is_what_kvm_knows(struct kunit *test)
{
	struct trial *t = test->priv;
	const struct xcr0_row *row = test->param_value;

	start(t);
	t->host.facts.vendor = row->vendor;
	t->host.facts.xcr0 = row->host;
	kvmcaps_decide(&t->host, &t->caps);
	KUNIT_EXPECT_EQ(test, t->caps.xcr0, row->kvm);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(formula_on_random_words),
	KUNIT_CASE(every_verdict_is_the_formula),
	KUNIT_CASE(kvm_on_random_hosts),
	KUNIT_CASE(xstates_are_read_once),
	KUNIT_CASE(states_beyond_the_last_are_none),
	KUNIT_CASE(highest_extended_leaf_is_kept),
	KUNIT_CASE_PARAM(xcr0_is_what_kvm_knows, xcr0_gen_params),
	{}
};

static struct kunit_suite suite = {
	.name = "kvmcaps_decide",
	.suite_init = rounds_start,
	.init = trial_init,
	.test_cases = cases,
};

kunit_test_suite(suite);
