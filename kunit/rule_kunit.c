// SPDX-License-Identifier: GPL-2.0
/* Rules, both ways: each fires exactly when it should, on its feature alone. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <kunit/test.h>
#include <kvmcaps/decide.h>
#include "../tests/engine/hosts.h"
#include "../tests/engine/knobs.h"
#include "../tests/engine/random.h"
#include "rounds.h"

#define BACKGROUNDS	200
#define TOUCH_ROUNDS	2000
#define ROW_KNOBS	4

struct trial {
	struct kvmcaps_host host;
	struct kvmcaps_caps caps;
};

static int trial_init(struct kunit *test)
{
	test->priv = kunit_kzalloc(test, sizeof(struct trial), GFP_KERNEL);
	return test->priv ? 0 : -ENOMEM;
}

/**
 * struct row - one change that KVM makes
 * @desc: in words
 * @feature: of which
 * @action: enum kvmcaps_action
 * @release: in which release, KVMCAPS_RELEASE(); 0 for 6.12
 * @knobs: all that it needs
 */
struct row {
	const char *desc;
	unsigned int feature;
	u8 action;
	u16 release;
	struct knob knobs[ROW_KNOBS];
};

#define SETS_IN(major, minor, name, desc, ...) \
	{ desc, KVMCAPS_F_##name, KVMCAPS_SET, KVMCAPS_RELEASE(major, minor), { __VA_ARGS__ } }
#define CLEARS_IN(major, minor, name, desc, ...) \
	{ desc, KVMCAPS_F_##name, KVMCAPS_CLEAR, KVMCAPS_RELEASE(major, minor), { __VA_ARGS__ } }
#define SETS(name, desc, ...) \
	{ desc, KVMCAPS_F_##name, KVMCAPS_SET, KVMCAPS_RELEASE(6, 12), { __VA_ARGS__ } }
#define CLEARS(name, desc, ...) \
	{ desc, KVMCAPS_F_##name, KVMCAPS_CLEAR, KVMCAPS_RELEASE(6, 12), { __VA_ARGS__ } }

/* kvm_set_cpu_caps(), kvm_initialize_cpu_caps(), in their order. */
static const struct row common[] = {
	CLEARS(PKU, "no PKU with shadow paging", WITHOUT(TDP)),
	CLEARS(PKU, "no PKU unless the host uses it", NO_KERNEL(OSPKE)),
	CLEARS_IN(6, 18, SHSTK, "no SHSTK with shadow paging", WITHOUT(TDP)),
	CLEARS_IN(6, 18, SHSTK, "no SHSTK with small addresses", WITH(SMALLER_MAXPHYADDR)),
	CLEARS_IN(6, 18, IBT, "no IBT with small addresses", WITH(SMALLER_MAXPHYADDR)),
	SETS(SPEC_CTRL, "IBRS and IBPB make SPEC_CTRL", KERNEL(IBPB), KERNEL(IBRS)),
	SETS_IN(6, 16, SPEC_CTRL, "AMD's IBPB_RET, IBPB and IBRS make SPEC_CTRL",
		KERNEL(AMD_IBPB_RET), KERNEL(AMD_IBPB), KERNEL(AMD_IBRS)),
	SETS(INTEL_STIBP, "STIBP makes Intel's", KERNEL(STIBP)),
	SETS(SPEC_CTRL_SSBD, "AMD's SSBD makes Intel's", KERNEL(AMD_SSBD)),
	SETS(GBPAGES, "shadow paging has 1 GiB pages", WITHOUT(TDP), STATE(X86_64)),
	SETS(AMD_IBPB, "IBPB makes AMD's", KERNEL(IBPB)),
	SETS_IN(6, 16, AMD_IBPB_RET, "Intel's IBPB flushes returns, if it has not the defect",
		KERNEL(IBPB), KERNEL(SPEC_CTRL), NO_KERNEL(BUG_EIBRS_PBRSB)),
	SETS(AMD_IBRS, "IBRS makes AMD's", KERNEL(IBRS)),
	SETS(AMD_STIBP, "STIBP makes AMD's", KERNEL(STIBP)),
	SETS(AMD_SSBD, "Intel's SSBD makes AMD's", KERNEL(SPEC_CTRL_SSBD)),
	SETS(AMD_SSB_NO, "without the defect, SSB_NO", NO_KERNEL(BUG_SPEC_STORE_BYPASS)),
	SETS(VIRT_SSBD, "LS_CFG where there is no SSBD",
	     KERNEL(LS_CFG_SSBD), NO_KERNEL(AMD_SSBD)),
	SETS(TSA_SQ_NO, "TSA_SQ_NO of the kernel", KERNEL(TSA_SQ_NO)),
	SETS(TSA_L1_NO, "TSA_L1_NO of the kernel", KERNEL(TSA_L1_NO)),
	SETS(TSA_FILL_NO, "TSA_FILL_NO of the kernel", KERNEL(TSA_FILL_NO)),
	SETS(NULL_SEL_CLR_BASE, "without the defect, null selectors clear",
	     NO_KERNEL(BUG_NULL_SEG)),
	CLEARS(RDTSCP, "no RDTSCP without MSR_TSC_AUX", WITHOUT(TSC_AUX)),
	CLEARS(RDPID, "no RDPID without MSR_TSC_AUX", WITHOUT(TSC_AUX)),
};

/* svm_set_cpu_caps() and sev_set_cpu_caps(). */
static const struct row svm[] = {
	CLEARS_IN(6, 18, IBT, "no IBT, ever"),
	SETS(SVM, "nested", PARAM(NESTED)),
	SETS(VMCBCLEAN, "nested: clean bits", PARAM(NESTED)),
	SETS(FLUSHBYASID, "nested: flush by ASID", PARAM(NESTED)),
	SETS(NRIPS, "nested: with nrips", PARAM(NESTED), WITH(NRIPS)),
	SETS(NPT, "nested: with npt", PARAM(NESTED), WITH(TDP)),
	SETS(TSCRATEMSR, "nested: with TSC scaling", PARAM(NESTED), WITH(TSC_SCALING)),
	SETS(V_VMSAVE_VMLOAD, "nested: with vls", PARAM(NESTED), WITH(VLS)),
	SETS(LBRV, "nested: with lbrv", PARAM(NESTED), WITH(LBRV)),
	SETS(PAUSEFILTER, "nested: pause filter", PARAM(NESTED), KERNEL(PAUSEFILTER)),
	SETS(PFTHRESHOLD, "nested: its threshold", PARAM(NESTED), KERNEL(PFTHRESHOLD)),
	SETS_IN(7, 2, GMET, "nested: with gmet", PARAM(NESTED), WITH(GMET)),
	SETS(VGIF, "nested: with vgif", PARAM(NESTED), WITH(VGIF)),
	SETS(VNMI, "nested: with vnmi", PARAM(NESTED), WITH(VNMI)),
	SETS(SVME_ADDR_CHK, "nested: address check", PARAM(NESTED)),
	SETS(VIRT_SSBD, "LS_CFG makes VIRT_SSBD", KERNEL(LS_CFG_SSBD)),
	SETS(VIRT_SSBD, "SSBD makes VIRT_SSBD", KERNEL(AMD_SSBD)),
	SETS_IN(6, 1, PERFCTR_CORE, "6.1 looks at the flag", WITH(PMU), KERNEL(PERFCTR_CORE)),
	SETS(PERFCTR_CORE, "six counters", WITH(PMU), WITH(PMU_CORE_COUNTERS),
	     KERNEL(PERFCTR_CORE)),
	CLEARS(PERFMON_V2, "not PerfMonV2", WITH(PMU), WITHOUT(PMU_V2)),
	CLEARS(PERFMON_V2, "not six counters", WITH(PMU), DENIED(PERFCTR_CORE)),
	CLEARS_IN(6, 1, SEV, "6.1 takes SEV away", WITHOUT(SEV)),
	CLEARS_IN(6, 1, SEV_ES, "6.1 takes SEV-ES away", WITHOUT(SEV_ES)),
	SETS(SEV, "sev", WITH(SEV)),
	SETS(SEV_ES, "sev_es", WITH(SEV_ES)),
	SETS(SEV_SNP, "sev_snp", WITH(SEV_SNP)),
	CLEARS(BUS_LOCK_DETECT, "no bus lock detection, ever"),
	CLEARS_IN(6, 18, MSR_IMM, "no immediate MSR numbers, ever"),
};

/* kvm_setup_xss_caps() */
static const struct row xss[] = {
	CLEARS_IN(6, 18, SHSTK, "no XSAVES, no SHSTK", DENIED(XSAVES)),
	CLEARS_IN(6, 18, IBT, "no XSAVES, no IBT", DENIED(XSAVES)),
	CLEARS_IN(6, 18, SHSTK, "no user state, no SHSTK", NO_XSS_STATE(11)),
	CLEARS_IN(6, 18, IBT, "no user state, no IBT", NO_XSS_STATE(11)),
	CLEARS_IN(6, 18, SHSTK, "no supervisor state, no SHSTK", NO_XSS_STATE(12)),
	CLEARS_IN(6, 18, IBT, "no supervisor state, no IBT", NO_XSS_STATE(12)),
};

/* vmx_set_cpu_caps(), in its order. */
static const struct row vmx[] = {
	SETS(VMX, "nested", PARAM(NESTED)),
	SETS(MPX, "the kernel and VMX have MPX", WITH(MPX), KERNEL(MPX)),
	CLEARS(INVPCID, "VMX lacks INVPCID", WITHOUT(VMX_INVPCID)),
	SETS(INTEL_PT, "the kernel has PT, and VMX traces guests", WITH(PT), KERNEL(INTEL_PT)),
	SETS(DS, "PEBS wants DS", WITH(PEBS), KERNEL(DS)),
	SETS(DTES64, "PEBS wants DTES64", WITH(PEBS), KERNEL(DTES64)),
	CLEARS(PDCM, "no vPMU, no PDCM", WITHOUT(PMU)),
	CLEARS(SGX, "no SGX", WITHOUT(SGX)),
	CLEARS(SGX_LC, "no SGX, no launch control", WITHOUT(SGX)),
	CLEARS(SGX1, "no SGX, no SGX1", WITHOUT(SGX)),
	CLEARS(SGX2, "no SGX, no SGX2", WITHOUT(SGX)),
	CLEARS(SGX_EDECCSSA, "no SGX, no EDECCSSA", WITHOUT(SGX)),
	SETS(UMIP, "UMIP is emulated where the kernel lacks it",
	     WITH(VMX_UMIP), NO_KERNEL(UMIP)),
	CLEARS(XSAVES, "VMX lacks XSAVES", WITHOUT(VMX_XSAVES)),
	CLEARS(RDTSCP, "VMX lacks RDTSCP", WITHOUT(VMX_RDTSCP)),
	CLEARS(RDPID, "VMX lacks RDTSCP, which RDPID goes with", WITHOUT(VMX_RDTSCP)),
	SETS(WAITPKG, "the kernel and VMX have WAITPKG", WITH(VMX_WAITPKG), KERNEL(WAITPKG)),
	CLEARS_IN(6, 18, SHSTK, "VMX lacks what CET needs", WITHOUT(VMX_CET)),
	CLEARS_IN(6, 18, IBT, "VMX lacks what CET needs", WITHOUT(VMX_CET)),
};

static void background(struct trial *t, u8 vendor, u16 release)
{
	host_init(&t->host);
	t->host.facts.release = release;
	host_random_words(&t->host);
	host_random_facts(&t->host);
	t->host.facts.maker = vendor == KVMCAPS_VENDOR_VMX ? KVMCAPS_MAKER_INTEL :
							     KVMCAPS_MAKER_AMD;
	t->host.facts.vendor = vendor;
}

/**
 * struct block - rows of one author, and the engine's rules for them
 * @rules: the engine's
 * @rows: ours
 * @nr: how many rows
 * @first: the number of the first rule
 */
struct block {
	const struct kvmcaps_rules *rules;
	const struct row *rows;
	unsigned int nr;
	unsigned int first;
};

/* Number of the engine's rule for a row: the same one among its feature's. */
static unsigned int number_of(struct kunit *test, const struct block *block)
{
	const struct row *row = test->param_value;
	unsigned int before = 0;
	const struct row *r;
	unsigned int i;

	for (r = block->rows; r < row; r++)
		before += r->feature == row->feature;
	for (i = 0; i < block->rules->nr; i++) {
		if (block->rules->rules[i].feature == row->feature && !before--)
			return block->first + i;
	}
	KUNIT_FAIL_AND_ABORT(test, "there is no such rule");
	return 0;
}

/* The last of a feature's rules must be this one, or one that comes later. */
static void check_fires(struct kunit *test, unsigned int number)
{
	const struct row *row = test->param_value;
	struct trial *t = test->priv;
	struct kvmcaps_verdict v;

	kvmcaps_decide(&t->host, &t->caps);
	v = kvmcaps_verdict(&t->host, &t->caps, row->feature);
	KUNIT_ASSERT_GE_MSG(test, t->caps.rule[row->feature], number, "it does not fire");
	KUNIT_ASSERT_NOT_NULL(test, v.rule);
	KUNIT_ASSERT_EQ(test, v.rule->feature, row->feature);
	KUNIT_ASSERT_EQ(test, v.offered, row->action == KVMCAPS_SET);
}

static void check_silent(struct kunit *test, unsigned int number, int knob)
{
	const struct row *row = test->param_value;
	struct trial *t = test->priv;

	kvmcaps_decide(&t->host, &t->caps);
	KUNIT_ASSERT_NE_MSG(test, t->caps.rule[row->feature], number,
			    "it fires without knob %d", knob);
}

/* With all of its knobs it fires, without any one of them it does not. */
static void check_knobs(struct kunit *test, u8 vendor, unsigned int number)
{
	const struct row *row = test->param_value;
	struct trial *t = test->priv;
	const struct knob *knob;
	unsigned int flipped;

	for (flipped = 0; flipped <= ROW_KNOBS; flipped++) {
		if (flipped < ROW_KNOBS && !row->knobs[flipped].kind)
			continue;
		background(t, vendor, row->release);
		for (knob = row->knobs; knob < row->knobs + ROW_KNOBS && knob->kind; knob++)
			knob_turn(&t->host, knob, true);
		if (flipped == ROW_KNOBS) {
			check_fires(test, number);
		} else {
			knob_turn(&t->host, &row->knobs[flipped], false);
			check_silent(test, number, flipped);
		}
	}
}

static void check_row(struct kunit *test, const struct block *block, u8 vendor)
{
	const struct row *row = test->param_value;
	unsigned int number = number_of(test, block);
	const struct kvmcaps_rule *rule = &block->rules->rules[number - block->first];
	unsigned int rounds = rounds_most(BACKGROUNDS);
	unsigned int i;

	KUNIT_EXPECT_EQ_MSG(test, block->rules->nr, block->nr, "rules without a row");
	KUNIT_EXPECT_EQ(test, rule->action, row->action);
	KUNIT_EXPECT_TRUE_MSG(test, rule->why, "there is no reason");
	for (i = 0; i < rounds; i++)
		check_knobs(test, vendor, number);
}

static const struct block common_block = {
	&kvmcaps_rules_common, common, ARRAY_SIZE(common), 1,
};

static const struct block svm_block = {
	&kvmcaps_rules_svm, svm, ARRAY_SIZE(svm), 1 + ARRAY_SIZE(common),
};

static const struct block vmx_block = {
	&kvmcaps_rules_vmx, vmx, ARRAY_SIZE(vmx), 1 + ARRAY_SIZE(common),
};

/* Without a vendor module, and behind kvm-amd's. */
static const struct block xss_block = {
	&kvmcaps_rules_xss, xss, ARRAY_SIZE(xss), 1 + ARRAY_SIZE(common),
};

static const struct block xss_svm_block = {
	&kvmcaps_rules_xss, xss, ARRAY_SIZE(xss), 1 + ARRAY_SIZE(common) + ARRAY_SIZE(svm),
};

KUNIT_ARRAY_PARAM_DESC(common, common, desc);
KUNIT_ARRAY_PARAM_DESC(svm, svm, desc);
KUNIT_ARRAY_PARAM_DESC(vmx, vmx, desc);
KUNIT_ARRAY_PARAM_DESC(xss, xss, desc);

/* Alone, and where a vendor module may have the last word. */
static void common_rules_both_ways(struct kunit *test)
{
	check_row(test, &common_block, KVMCAPS_VENDOR_NONE);
	check_row(test, &common_block, KVMCAPS_VENDOR_SVM);
	check_row(test, &common_block, KVMCAPS_VENDOR_VMX);
}

static void svm_rules_both_ways(struct kunit *test)
{
	check_row(test, &svm_block, KVMCAPS_VENDOR_SVM);
}

static void vmx_rules_both_ways(struct kunit *test)
{
	check_row(test, &vmx_block, KVMCAPS_VENDOR_VMX);
}

static void xss_rules_both_ways(struct kunit *test)
{
	check_row(test, &xss_block, KVMCAPS_VENDOR_NONE);
	check_row(test, &xss_svm_block, KVMCAPS_VENDOR_SVM);
}

/* A feature without a rule of its own is as its class has it. */
static void rules_touch_their_feature_alone(struct kunit *test)
{
	unsigned int rounds = rounds_most(TOUCH_ROUNDS);
	struct trial *t = test->priv;
	struct kvmcaps_verdict v;
	unsigned int round, i;

	for (round = 0; round < rounds; round++) {
		background(t, round % KVMCAPS_NR_VENDORS,
			   kvmcaps_releases[round % KVMCAPS_NR_RELEASES]);
		kvmcaps_decide(&t->host, &t->caps);
		for (i = 0; i < NR_KVMCAPS_FEATURES; i++) {
			v = kvmcaps_verdict(&t->host, &t->caps, i);
			if (v.rule)
				KUNIT_ASSERT_EQ(test, v.rule->feature, i);
			else
				KUNIT_ASSERT_EQ_MSG(test, v.offered, !v.missing, "feature %u", i);
		}
	}
}

static const char *why(struct trial *t, unsigned int feature)
{
	kvmcaps_decide(&t->host, &t->caps);
	return kvmcaps_verdict(&t->host, &t->caps, feature).rule->why;
}

static void later_rules_win(struct kunit *test)
{
	struct trial *t = test->priv;

	host_init(&t->host);
	/* Neither TDP nor OSPKE: the reason is the later one's. */
	KUNIT_EXPECT_PTR_EQ(test, why(t, KVMCAPS_F_PKU), kvmcaps_rules_common.rules[1].why);
	host_kernel(&t->host, KVMCAPS_F_OSPKE, true);
	KUNIT_EXPECT_PTR_EQ(test, why(t, KVMCAPS_F_PKU), kvmcaps_rules_common.rules[0].why);

	/* VIRT_SSBD: kvm-amd speaks after the common code, SSBD after LS_CFG. */
	host_kernel(&t->host, KVMCAPS_F_LS_CFG_SSBD, true);
	KUNIT_EXPECT_PTR_EQ(test, why(t, KVMCAPS_F_VIRT_SSBD), kvmcaps_rules_svm.rules[15].why);
	host_kernel(&t->host, KVMCAPS_F_AMD_SSBD, true);
	KUNIT_EXPECT_PTR_EQ(test, why(t, KVMCAPS_F_VIRT_SSBD), kvmcaps_rules_svm.rules[16].why);
	t->host.facts.vendor = KVMCAPS_VENDOR_VMX;
	host_kernel(&t->host, KVMCAPS_F_AMD_SSBD, false);
	KUNIT_EXPECT_PTR_NE(test, why(t, KVMCAPS_F_VIRT_SSBD), kvmcaps_rules_svm.rules[15].why);
}

static bool offers(struct trial *t, unsigned int feature)
{
	kvmcaps_decide(&t->host, &t->caps);
	return kvmcaps_caps_has(&t->caps, feature);
}

/* PerfMonV2 follows PERFCTR_CORE as SVM's rules have left it. */
static void rules_see_what_earlier_ones_did(struct kunit *test)
{
	struct trial *t = test->priv;

	host_init(&t->host);
	host_cpu(&t->host, KVMCAPS_F_PERFMON_V2, true);
	host_policy(&t->host, KVMCAPS_POLICY_ENABLE_PMU, true);
	t->host.facts.pmu = (struct kvmcaps_pmu){ .version = 2, .num_counters_gp = 6 };
	KUNIT_EXPECT_FALSE(test, offers(t, KVMCAPS_F_PERFMON_V2));
	host_kernel(&t->host, KVMCAPS_F_PERFCTR_CORE, true);
	KUNIT_EXPECT_TRUE(test, offers(t, KVMCAPS_F_PERFMON_V2));
	/* What the kernel has does not count where KVM lacks the counters. */
	t->host.facts.pmu.num_counters_gp = 5;
	KUNIT_EXPECT_FALSE(test, offers(t, KVMCAPS_F_PERFMON_V2));
	/* Without a vPMU nobody clears it; leaf 0x80000022 is zero anyway. */
	host_policy(&t->host, KVMCAPS_POLICY_ENABLE_PMU, false);
	KUNIT_EXPECT_TRUE(test, offers(t, KVMCAPS_F_PERFMON_V2));
	KUNIT_EXPECT_FALSE(test, offers(t, KVMCAPS_F_PERFCTR_CORE));
}

static void vendors_serve_their_makers(struct kunit *test)
{
	static const u8 want[KVMCAPS_NR_MAKERS] = {
		[KVMCAPS_MAKER_INTEL] = KVMCAPS_VENDOR_VMX,
		[KVMCAPS_MAKER_AMD] = KVMCAPS_VENDOR_SVM,
		[KVMCAPS_MAKER_HYGON] = KVMCAPS_VENDOR_SVM,
		[KVMCAPS_MAKER_CENTAUR] = KVMCAPS_VENDOR_VMX,
		[KVMCAPS_MAKER_ZHAOXIN] = KVMCAPS_VENDOR_VMX,
	};

	KUNIT_EXPECT_MEMEQ(test, kvmcaps_vendor_of, want, sizeof(want));
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(common_rules_both_ways, common_gen_params),
	KUNIT_CASE_PARAM(svm_rules_both_ways, svm_gen_params),
	KUNIT_CASE_PARAM(vmx_rules_both_ways, vmx_gen_params),
	KUNIT_CASE_PARAM(xss_rules_both_ways, xss_gen_params),
	KUNIT_CASE(rules_touch_their_feature_alone),
	KUNIT_CASE(later_rules_win),
	KUNIT_CASE(rules_see_what_earlier_ones_did),
	KUNIT_CASE(vendors_serve_their_makers),
	{}
};

static struct kunit_suite suite = {
	.name = "kvmcaps_rule",
	.suite_init = rounds_start,
	.init = trial_init,
	.test_cases = cases,
};

kunit_test_suite(suite);
