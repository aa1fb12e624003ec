// SPDX-License-Identifier: GPL-2.0
/* From hosts to verdicts and masks: against the formula, against the oracle. */
#include <kvmcaps/declare.h>
#include <kvmcaps/decide.h>
#include "hosts.h"
#include "oracle.h"
#include "suite.h"

#define FORMULA_HOSTS	1000000
/* Half of them kvm-intel's. */
#define ORACLE_HOSTS	220000
#define VMX_HOSTS	100000
#define VERDICT_HOSTS	20000

struct trial {
	struct kvmcaps_host host;
	struct kvmcaps_caps caps;
	struct oracle kvm;
};

static struct trial trial;

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

static void check_formula(const struct trial *t, unsigned int feature, bool declared)
{
	struct kvmcaps_verdict v = kvmcaps_verdict(&t->host, &t->caps, feature);

	check(!v.missing == declared, "%s: missing %#x, but the formula says %d",
	      name_of(feature), v.missing, declared);
	check(v.offered == kvmcaps_caps_has(&t->caps, feature),
	      "%s: the verdict is not the mask's bit", name_of(feature));
	if (!v.rule) {
		check(v.offered == declared, "%s: no rule explains it", name_of(feature));
		return;
	}
	check(v.rule->feature == feature, "%s: the rule is another's", name_of(feature));
	check(v.offered == (v.rule->action == KVMCAPS_SET),
	      "%s: the rule does not explain it", name_of(feature));
}

/* Where no rule was, the mask is the formula; where one was, ask verdicts. */
static void check_word(const struct trial *t, unsigned int word)
{
	u32 formula = oracle_formula(&t->kvm, word);
	u32 rules = touched(&t->caps, word);
	unsigned int bit;

	check(!((t->caps.mask[word] ^ formula) & ~rules),
	      "%s: mask %#x, formula %#x, rules %#x",
	      oracle_word(t->host.facts.release, word)->name, t->caps.mask[word], formula, rules);
	for (bit = 0; rules && bit < 32; bit++) {
		if (rules >> bit & 1)
			check_formula(t, word * 32 + bit, formula >> bit & 1);
	}
}

static void formula_on_random_words(void **state)
{
	unsigned int i, word;

	(void)state;
	start(&trial);
	for (i = 0; i < FORMULA_HOSTS; i++) {
		host_random_release(&trial.host);
		host_random_words(&trial.host);
		host_fact(&trial.host, KVMCAPS_FACT_X86_64, i & 1);
		trial.host.facts.policy = random_u64();
		kvmcaps_decide(&trial.host, &trial.caps);
		for (word = 0; word < KVMCAPS_NR_WORDS; word++)
			check_word(&trial, word);
	}
}

static void every_verdict_is_the_formula(void **state)
{
	unsigned int i, feature;

	(void)state;
	start(&trial);
	for (i = 0; i < VERDICT_HOSTS; i++) {
		host_random_release(&trial.host);
		host_random_words(&trial.host);
		host_random_facts(&trial.host);
		kvmcaps_decide(&trial.host, &trial.caps);
		for (feature = i % 16; feature < NR_KVMCAPS_FEATURES; feature += 16)
			check_formula(&trial, feature,
				      oracle_formula(&trial.kvm, feature / 32) >>
				      feature % 32 & 1);
	}
}

static void check_masks(const struct trial *t)
{
	unsigned int word;

	for (word = 0; word < KVMCAPS_NR_WORDS; word++)
		check(t->caps.mask[word] == t->kvm.caps[word],
		      "%x: %s: mask %#x, KVM %#x, vendor %d policy %#x flags %#x",
		      t->host.facts.release, oracle_word(t->host.facts.release, word)->name,
		      t->caps.mask[word], t->kvm.caps[word],
		      t->host.facts.vendor, t->host.facts.policy, t->host.facts.flags);
}

/* All that KVM computes at load: masks, switches, counters, XCR0. */
static void check_load(const struct trial *t)
{
	check_masks(t);
	check(t->caps.xcr0 == t->kvm.xcr0, "xcr0 %#llx, KVM %#llx",
	      (unsigned long long)t->caps.xcr0, (unsigned long long)t->kvm.xcr0);
	check(t->caps.xss == t->kvm.xss, "xss %#llx", (unsigned long long)t->caps.xss);
	check(!memcmp(&t->caps.pmu, &t->kvm.pmu, sizeof(t->kvm.pmu)),
	      "counters %u of version %u, KVM %u of version %u",
	      t->caps.pmu.num_counters_gp, t->caps.pmu.version,
	      t->kvm.pmu.num_counters_gp, t->kvm.pmu.version);
	check(kvmcaps_caps_cond(&t->caps, KVMCAPS_COND_TDP) == t->kvm.tdp, "tdp");
	check(kvmcaps_caps_cond(&t->caps, KVMCAPS_COND_TDP_5LEVEL) == t->kvm.five_levels,
	      "levels");
	check(kvmcaps_caps_cond(&t->caps, KVMCAPS_COND_PMU) == t->kvm.enable_pmu,
	      "enable_pmu");
}

/*
 * Hosts on which kvm-intel would not load count too, there is an answer for
 * them; but many must be such that it would.
 */
static void kvm_on_random_hosts(void **state)
{
	unsigned int vmx = 0, loads = 0;
	unsigned int i;

	(void)state;
	start(&trial);
	for (i = 0; i < ORACLE_HOSTS; i++) {
		host_random_release(&trial.host);
		host_random_words(&trial.host);
		host_random_facts(&trial.host);
		host_make_sane(&trial.host);
		oracle_load(&trial.kvm);
		kvmcaps_decide(&trial.host, &trial.caps);
		check_load(&trial);
		if (trial.host.facts.vendor == KVMCAPS_VENDOR_VMX) {
			vmx++;
			loads += !trial.kvm.refuses;
		}
	}
	check(vmx >= VMX_HOSTS, "only %u VMX hosts", vmx);
	check(loads >= VMX_HOSTS / 8, "kvm-intel would load on %u hosts only", loads);
}

/* Sizes of XSAVE states are read at load, index by index. */
static void xstates_are_read_once(void **state)
{
	struct kvmcaps_xstate want;
	unsigned int i;

	(void)state;
	start(&trial);
	for (i = 0; i < 64; i++)
		host_put(&trial.host, 0xd, i, 0x100 + i, 0x200 + i, 0x300 + i, 0x400 + i);
	kvmcaps_decide(&trial.host, &trial.caps);
	for (i = 2; i < 64; i++) {
		want = (struct kvmcaps_xstate){ 0x100 + i, 0x200 + i, 0x300 + i };
		check(!memcmp(&trial.caps.xstate[i], &want, sizeof(want)), "state %u", i);
	}
}

static void highest_extended_leaf_is_kept(void **state)
{
	(void)state;
	start(&trial);
	host_put(&trial.host, 0x80000000, 0, 0x80000008, 1, 2, 3);
	kvmcaps_decide(&trial.host, &trial.caps);
	assert_int_equal(trial.caps.max_extended, 0x80000008);
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

static void xcr0_is_what_kvm_knows(void **state)
{
	const struct xcr0_row *row;

	(void)state;
	for (row = xcr0_rows; row < xcr0_rows + ROWS(xcr0_rows); row++) {
		start(&trial);
		trial.host.facts.vendor = row->vendor;
		trial.host.facts.xcr0 = row->host;
		kvmcaps_decide(&trial.host, &trial.caps);
		check(trial.caps.xcr0 == row->kvm, "%s", row->desc);
	}
}

static const struct cmocka_test tests[] = {
	cmocka_unit_test(formula_on_random_words),
	cmocka_unit_test(every_verdict_is_the_formula),
	cmocka_unit_test(kvm_on_random_hosts),
	cmocka_unit_test(xstates_are_read_once),
	cmocka_unit_test(highest_extended_leaf_is_kept),
	cmocka_unit_test(xcr0_is_what_kvm_knows),
};

int main(void)
{
	random_start();
	return cmocka_run_group_tests_name("decide", tests, NULL, NULL);
}
