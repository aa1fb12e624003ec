// SPDX-License-Identifier: GPL-2.0
/* Rules, both ways: each fires exactly when it should, on its feature alone. */
#include <kvmcaps/decide.h>
#include "hosts.h"
#include "knobs.h"
#include "suite.h"

#define BACKGROUNDS	200
#define ROW_KNOBS	4

static struct kvmcaps_host host;
static struct kvmcaps_caps caps;
static u8 vendor;

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
#define SETS(name, desc, ...)	SETS_IN(6, 12, name, desc, ##__VA_ARGS__)
#define CLEARS(name, desc, ...)	CLEARS_IN(6, 12, name, desc, ##__VA_ARGS__)

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

static void background(u16 release)
{
	host_init(&host);
	host.facts.release = release;
	host_random_words(&host);
	host_random_facts(&host);
	host.facts.maker = vendor == KVMCAPS_VENDOR_VMX ? KVMCAPS_MAKER_INTEL : KVMCAPS_MAKER_AMD;
	host.facts.vendor = vendor;
}

/* Number of the engine's rule for a row: the same one among its feature's. */
static unsigned int number_of(const struct kvmcaps_rules *rules, const struct row *rows,
			      const struct row *row, unsigned int first)
{
	unsigned int before = 0;
	unsigned int i;
	const struct row *r;

	for (r = rows; r < row; r++)
		before += r->feature == row->feature;
	for (i = 0; i < rules->nr; i++) {
		if (rules->rules[i].feature == row->feature && !before--)
			return first + i;
	}
	fail_msg("%s: there is no such rule", row->desc);
	return 0;
}

/* The last of a feature's rules must be this one, or one that comes later. */
static void check_fires(const struct row *row, unsigned int number)
{
	struct kvmcaps_verdict v;

	kvmcaps_decide(&host, &caps);
	v = kvmcaps_verdict(&host, &caps, row->feature);
	check(caps.rule[row->feature] >= number, "%s: it does not fire", row->desc);
	check(v.rule && v.rule->feature == row->feature, "%s: no rule", row->desc);
	check(v.offered == (row->action == KVMCAPS_SET), "%s: offered %d", row->desc, v.offered);
}

static void check_silent(const struct row *row, unsigned int number, int knob)
{
	kvmcaps_decide(&host, &caps);
	check(caps.rule[row->feature] != number, "%s: it fires without knob %d", row->desc, knob);
}

static void check_row(const struct row *row, unsigned int number)
{
	const struct knob *knob;
	unsigned int flipped;

	for (flipped = 0; flipped <= ROW_KNOBS; flipped++) {
		if (flipped < ROW_KNOBS && !row->knobs[flipped].kind)
			continue;
		background(row->release);
		for (knob = row->knobs; knob < row->knobs + ROW_KNOBS && knob->kind; knob++)
			knob_turn(&host, knob, true);
		if (flipped == ROW_KNOBS) {
			check_fires(row, number);
		} else {
			knob_turn(&host, &row->knobs[flipped], false);
			check_silent(row, number, flipped);
		}
	}
}

static void check_rules(const struct kvmcaps_rules *rules, const struct row *rows,
			unsigned int nr, unsigned int first)
{
	const struct row *row;
	unsigned int number, round;

	assert_int_equal(rules->nr, nr);
	for (row = rows; row < rows + nr; row++) {
		number = number_of(rules, rows, row, first);
		check(rules->rules[number - first].action == row->action, "%s: action", row->desc);
		check(rules->rules[number - first].why, "%s: without a reason", row->desc);
		for (round = 0; round < BACKGROUNDS; round++)
			check_row(row, number);
	}
}

static void common_rules_both_ways(void **state)
{
	(void)state;
	/* Alone, and where a vendor module may have the last word. */
	vendor = KVMCAPS_VENDOR_NONE;
	check_rules(&kvmcaps_rules_common, common, ROWS(common), 1);
	vendor = KVMCAPS_VENDOR_SVM;
	check_rules(&kvmcaps_rules_common, common, ROWS(common), 1);
	vendor = KVMCAPS_VENDOR_VMX;
	check_rules(&kvmcaps_rules_common, common, ROWS(common), 1);
}

static void svm_rules_both_ways(void **state)
{
	(void)state;
	vendor = KVMCAPS_VENDOR_SVM;
	check_rules(&kvmcaps_rules_svm, svm, ROWS(svm), 1 + ROWS(common));
}

static void vmx_rules_both_ways(void **state)
{
	(void)state;
	vendor = KVMCAPS_VENDOR_VMX;
	check_rules(&kvmcaps_rules_vmx, vmx, ROWS(vmx), 1 + ROWS(common));
}

static void xss_rules_both_ways(void **state)
{
	(void)state;
	vendor = KVMCAPS_VENDOR_NONE;
	check_rules(&kvmcaps_rules_xss, xss, ROWS(xss), 1 + ROWS(common));
	vendor = KVMCAPS_VENDOR_SVM;
	check_rules(&kvmcaps_rules_xss, xss, ROWS(xss), 1 + ROWS(common) + ROWS(svm));
}

/* A feature without a rule of its own is as its class has it. */
static void rules_touch_their_feature_alone(void **state)
{
	struct kvmcaps_verdict v;
	unsigned int round, i;

	(void)state;
	for (round = 0; round < 2000; round++) {
		vendor = round % KVMCAPS_NR_VENDORS;
		background(kvmcaps_releases[round % KVMCAPS_NR_RELEASES]);
		kvmcaps_decide(&host, &caps);
		for (i = 0; i < NR_KVMCAPS_FEATURES; i++) {
			v = kvmcaps_verdict(&host, &caps, i);
			check(v.rule ? v.rule->feature == i : v.offered == !v.missing,
			      "feature %u", i);
		}
	}
}

static const char *why(unsigned int feature)
{
	kvmcaps_decide(&host, &caps);
	return kvmcaps_verdict(&host, &caps, feature).rule->why;
}

static void later_rules_win(void **state)
{
	(void)state;
	host_init(&host);
	/* Neither TDP nor OSPKE: the reason is the later one's. */
	assert_ptr_equal(why(KVMCAPS_F_PKU), kvmcaps_rules_common.rules[1].why);
	host_kernel(&host, KVMCAPS_F_OSPKE, true);
	assert_ptr_equal(why(KVMCAPS_F_PKU), kvmcaps_rules_common.rules[0].why);

	/* VIRT_SSBD: kvm-amd speaks after the common code, SSBD after LS_CFG. */
	host_kernel(&host, KVMCAPS_F_LS_CFG_SSBD, true);
	assert_ptr_equal(why(KVMCAPS_F_VIRT_SSBD), kvmcaps_rules_svm.rules[15].why);
	host_kernel(&host, KVMCAPS_F_AMD_SSBD, true);
	assert_ptr_equal(why(KVMCAPS_F_VIRT_SSBD), kvmcaps_rules_svm.rules[16].why);
	host.facts.vendor = KVMCAPS_VENDOR_VMX;
	host_kernel(&host, KVMCAPS_F_AMD_SSBD, false);
	assert_ptr_not_equal(why(KVMCAPS_F_VIRT_SSBD), kvmcaps_rules_svm.rules[15].why);
}

/* PerfMonV2 follows PERFCTR_CORE as SVM's rules have left it. */
static void rules_see_what_earlier_ones_did(void **state)
{
	(void)state;
	host_init(&host);
	host_cpu(&host, KVMCAPS_F_PERFMON_V2, true);
	host_policy(&host, KVMCAPS_POLICY_ENABLE_PMU, true);
	host.facts.pmu = (struct kvmcaps_pmu){ .version = 2, .num_counters_gp = 6 };
	kvmcaps_decide(&host, &caps);
	assert_false(kvmcaps_caps_has(&caps, KVMCAPS_F_PERFMON_V2));
	host_kernel(&host, KVMCAPS_F_PERFCTR_CORE, true);
	kvmcaps_decide(&host, &caps);
	assert_true(kvmcaps_caps_has(&caps, KVMCAPS_F_PERFMON_V2));
	/* What the kernel has does not count where KVM lacks the counters. */
	host.facts.pmu.num_counters_gp = 5;
	kvmcaps_decide(&host, &caps);
	assert_false(kvmcaps_caps_has(&caps, KVMCAPS_F_PERFMON_V2));
	/* Without a vPMU nobody clears it; leaf 0x80000022 is zero anyway. */
	host_policy(&host, KVMCAPS_POLICY_ENABLE_PMU, false);
	kvmcaps_decide(&host, &caps);
	assert_true(kvmcaps_caps_has(&caps, KVMCAPS_F_PERFMON_V2));
	assert_false(kvmcaps_caps_has(&caps, KVMCAPS_F_PERFCTR_CORE));
}

static void vendors_serve_their_makers(void **state)
{
	static const u8 want[KVMCAPS_NR_MAKERS] = {
		[KVMCAPS_MAKER_INTEL] = KVMCAPS_VENDOR_VMX,
		[KVMCAPS_MAKER_AMD] = KVMCAPS_VENDOR_SVM,
		[KVMCAPS_MAKER_HYGON] = KVMCAPS_VENDOR_SVM,
		[KVMCAPS_MAKER_CENTAUR] = KVMCAPS_VENDOR_VMX,
		[KVMCAPS_MAKER_ZHAOXIN] = KVMCAPS_VENDOR_VMX,
	};

	(void)state;
	assert_memory_equal(kvmcaps_vendor_of, want, sizeof(want));
}

static const struct cmocka_test tests[] = {
	cmocka_unit_test(common_rules_both_ways),
	cmocka_unit_test(svm_rules_both_ways),
	cmocka_unit_test(vmx_rules_both_ways),
	cmocka_unit_test(xss_rules_both_ways),
	cmocka_unit_test(rules_touch_their_feature_alone),
	cmocka_unit_test(later_rules_win),
	cmocka_unit_test(rules_see_what_earlier_ones_did),
	cmocka_unit_test(vendors_serve_their_makers),
};

int main(void)
{
	random_start();
	return cmocka_run_group_tests_name("rule", tests, NULL, NULL);
}
