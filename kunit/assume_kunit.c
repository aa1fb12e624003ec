// SPDX-License-Identifier: GPL-2.0
/* Assumptions: each with and without its reason. */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <kunit/test.h>
#include <kvmcaps/decide.h>
#include "../tests/engine/hosts.h"

static struct kvmcaps_host host;
static struct kvmcaps_caps scratch;

/* A host on which kvm-amd would load, which needs no assumption. */
static void good_host(u8 vendor)
{
	static const unsigned int flags[] = {
		KVMCAPS_F_SVM, KVMCAPS_F_VMX, KVMCAPS_F_NX, KVMCAPS_F_FPU, KVMCAPS_F_FXSR,
		KVMCAPS_F_MSR_IA32_FEAT_CTL,
	};
	unsigned int i;

	host_init(&host);
	host.facts.vendor = vendor;
	host_vmx(&host);
	host_fact(&host, KVMCAPS_FACT_PAT_WB, true);
	for (i = 0; i < ARRAY_SIZE(flags); i++)
		host_kernel(&host, flags[i], true);
}

static void no_svm(void)
{
	host_kernel(&host, KVMCAPS_F_SVM, false);
	host_kernel(&host, KVMCAPS_F_V_SPEC_CTRL, true);
}

static void no_svm_and_no_features(void)
{
	host_kernel(&host, KVMCAPS_F_SVM, false);
}

static void no_vmx(void)
{
	host_kernel(&host, KVMCAPS_F_VMX, false);
}

static void no_feature_control(void)
{
	host_kernel(&host, KVMCAPS_F_MSR_IA32_FEAT_CTL, false);
}

static void no_controls(void)
{
	host.facts.msrs = 0;
	memset(host.facts.msr, 0, sizeof(host.facts.msr));
}

static void no_vmx_and_no_controls(void)
{
	no_vmx();
	no_controls();
}

static void locked_and_no_controls(void)
{
	no_feature_control();
	no_controls();
}

/* A part of before secondary controls, switched off. */
static void no_vmx_and_few_controls(void)
{
	no_vmx_and_no_controls();
	host.facts.msr[KVMCAPS_MSR_VMX_PROCBASED_CTLS] = 0x7fffffff0401e172;
}

static void no_nx(void)
{
	host_kernel(&host, KVMCAPS_F_NX, false);
}

static void no_nx_but_ept(void)
{
	no_nx();
	host_policy(&host, KVMCAPS_POLICY_EPT, true);
}

static void no_fpu(void)
{
	host_kernel(&host, KVMCAPS_F_FPU, false);
}

static void no_fxsr(void)
{
	host_kernel(&host, KVMCAPS_F_FXSR, false);
}

static void other_pat(void)
{
	host_fact(&host, KVMCAPS_FACT_PAT_WB, false);
}

static void encrypted(void)
{
	host_fact(&host, KVMCAPS_FACT_SEV_GUEST, true);
}

static void sev_works(void)
{
	static const unsigned int flags[] = {
		KVMCAPS_F_NPT, KVMCAPS_F_NRIPS, KVMCAPS_F_SEV, KVMCAPS_F_DECODEASSISTS,
		KVMCAPS_F_FLUSHBYASID,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(flags); i++)
		host_kernel(&host, flags[i], true);
	host_policy(&host, KVMCAPS_POLICY_NPT, true);
	host_policy(&host, KVMCAPS_POLICY_NRIPS, true);
	host_policy(&host, KVMCAPS_POLICY_SEV, true);
	host_put(&host, 0x8000001f, 0, 0, 0, 0x1fd, 1);
}

static void sev_is_not_used(void)
{
	sev_works();
	host_policy(&host, KVMCAPS_POLICY_SEV, false);
}

static void nothing(void)
{
}

struct row {
	const char *desc;
	u8 vendor;
	void (*change)(void);
	u32 assumed;
};

#define A(name)	(1u << KVMCAPS_ASSUME_##name)

/*
 * kvm_is_svm_supported(), svm_hardware_setup(), kvm_x86_vendor_init(),
 * sev_hardware_setup(), __kvm_is_vmx_supported(), vmx_hardware_setup(),
 * release 6.12.
 */
static const struct row rows[] = {
	{ "a good SVM host needs none", KVMCAPS_VENDOR_SVM, nothing, 0 },
	{ "SVM is off, its features show", KVMCAPS_VENDOR_SVM, no_svm, A(SVM) },
	{ "no trace of SVM", KVMCAPS_VENDOR_SVM, no_svm_and_no_features,
	  A(SVM) | A(SVM_FEATURES) },
	{ "kvm-amd does not ask for VMX", KVMCAPS_VENDOR_SVM, no_vmx, 0 },
	{ "no NX", KVMCAPS_VENDOR_SVM, no_nx, A(NX) },
	{ "no FPU", KVMCAPS_VENDOR_SVM, no_fpu, A(FPU) },
	{ "no FXSR", KVMCAPS_VENDOR_SVM, no_fxsr, A(FPU) },
	{ "PAT[0] is not write-back", KVMCAPS_VENDOR_SVM, other_pat, A(PAT) },
	{ "an encrypted guest", KVMCAPS_VENDOR_SVM, encrypted, A(NOT_SEV_GUEST) },
	{ "SEV, of which the firmware has the last word",
	  KVMCAPS_VENDOR_SVM, sev_works, A(SEV_FIRMWARE) },
	{ "SEV, which KVM is not to use", KVMCAPS_VENDOR_SVM, sev_is_not_used, 0 },

	{ "a good VMX host needs none", KVMCAPS_VENDOR_VMX, nothing, 0 },
	{ "VMX is off, its controls show", KVMCAPS_VENDOR_VMX, no_vmx, A(VMX) },
	{ "VMX is not enabled in IA32_FEAT_CTL", KVMCAPS_VENDOR_VMX, no_feature_control, A(VMX) },
	{ "no trace of VMX", KVMCAPS_VENDOR_VMX, no_vmx_and_no_controls,
	  A(VMX) | A(VMX_CONTROLS) },
	{ "VMX is locked, and shows nothing", KVMCAPS_VENDOR_VMX, locked_and_no_controls,
	  A(VMX) | A(VMX_CONTROLS) },
	{ "the primary controls alone are a trace", KVMCAPS_VENDOR_VMX, no_vmx_and_few_controls,
	  A(VMX) },
	{ "VMX is on, and nothing is made up", KVMCAPS_VENDOR_VMX, no_controls, 0 },
	{ "kvm-intel does not ask for SVM", KVMCAPS_VENDOR_VMX, no_svm_and_no_features, 0 },
	{ "no FPU under VMX", KVMCAPS_VENDOR_VMX, no_fpu, A(FPU) },
	{ "no FXSR under VMX", KVMCAPS_VENDOR_VMX, no_fxsr, A(FPU) },
	{ "PAT[0] under VMX", KVMCAPS_VENDOR_VMX, other_pat, A(PAT) },
	{ "kvm-intel loads in an encrypted guest", KVMCAPS_VENDOR_VMX, encrypted, 0 },
	{ "SEV is not kvm-intel's", KVMCAPS_VENDOR_VMX, sev_works, 0 },
	{ "kvm-intel asks no NX of EPT", KVMCAPS_VENDOR_VMX, no_nx_but_ept, 0 },

	{ "kvm-amd asks for no VMX controls", KVMCAPS_VENDOR_SVM, no_vmx_and_no_controls, 0 },
	{ "nor does nobody", KVMCAPS_VENDOR_NONE, no_vmx_and_no_controls, A(VENDOR) },
	{ "another maker", KVMCAPS_VENDOR_NONE, nothing, A(VENDOR) },
	{ "another maker without FPU", KVMCAPS_VENDOR_NONE, no_fpu, A(VENDOR) },
};

static void rows_say_what_is_assumed(struct kunit *test)
{
	const struct row *row;

	for (row = rows; row < rows + ARRAY_SIZE(rows); row++) {
		good_host(row->vendor);
		row->change();
		kvmcaps_host_assume(&host, &scratch);
		KUNIT_ASSERT_EQ_MSG(test, host.facts.assumed, row->assumed, "%s: %#x", row->desc,
				    host.facts.assumed);
	}
}

static const u8 vmx_msrs[] = {
	KVMCAPS_MSR_VMX_BASIC, KVMCAPS_MSR_VMX_PROCBASED_CTLS, KVMCAPS_MSR_VMX_PROCBASED_CTLS2,
	KVMCAPS_MSR_VMX_EXIT_CTLS, KVMCAPS_MSR_VMX_ENTRY_CTLS, KVMCAPS_MSR_VMX_MISC,
	KVMCAPS_MSR_VMX_EPT_VPID_CAP,
};

/* MSRs that KVM reads are made up, all or none; @before gets them too. */
static void check_msrs(struct kunit *test, const struct row *row, struct kvmcaps_host *before)
{
	unsigned int i;

	for (i = 0; row->assumed & A(VMX_CONTROLS) && i < ARRAY_SIZE(vmx_msrs); i++) {
		KUNIT_ASSERT_EQ_MSG(test, host.facts.msr[vmx_msrs[i]], ~0ull, "%s: MSR %d",
				    row->desc, vmx_msrs[i]);
		before->facts.msr[vmx_msrs[i]] = ~0ull;
	}
}

/* All else of the host stays: only SVM's word and VMX's MSRs may be filled in. */
static void hosts_are_left_alone(struct kunit *test)
{
	static struct kvmcaps_host before;
	const struct row *row;

	for (row = rows; row < rows + ARRAY_SIZE(rows); row++) {
		good_host(row->vendor);
		row->change();
		before = host;
		kvmcaps_host_assume(&host, &scratch);
		if (row->assumed & A(SVM_FEATURES))
			KUNIT_ASSERT_TRUE(test, host.facts.caps[KVMCAPS_W_8000000A_EDX]);
		else
			KUNIT_ASSERT_EQ_MSG(test, host.facts.caps[KVMCAPS_W_8000000A_EDX],
					    before.facts.caps[KVMCAPS_W_8000000A_EDX], "%s",
					    row->desc);
		check_msrs(test, row, &before);
		before.facts.assumed = host.facts.assumed;
		before.facts.caps[KVMCAPS_W_8000000A_EDX] =
			host.facts.caps[KVMCAPS_W_8000000A_EDX];
		KUNIT_ASSERT_MEMEQ_MSG(test, &before, &host, sizeof(host), "%s", row->desc);
	}
}

/* What is assumed is enough for nested paging and all that needs it. */
static void assumed_features_serve_kvm(struct kunit *test)
{
	static const enum kvmcaps_cond conds[] = {
		KVMCAPS_COND_TDP, KVMCAPS_COND_NRIPS, KVMCAPS_COND_VLS, KVMCAPS_COND_VGIF,
		KVMCAPS_COND_LBRV, KVMCAPS_COND_TSC_SCALING,
	};
	unsigned int i;

	good_host(KVMCAPS_VENDOR_SVM);
	no_svm_and_no_features();
	host.facts.policy = ~0u;
	kvmcaps_host_assume(&host, &scratch);
	kvmcaps_decide(&host, &scratch);
	for (i = 0; i < ARRAY_SIZE(conds); i++)
		KUNIT_ASSERT_TRUE_MSG(test, kvmcaps_caps_cond(&scratch, conds[i]), "condition %d",
				      conds[i]);
	KUNIT_ASSERT_TRUE(test, kvmcaps_caps_has(&scratch, KVMCAPS_F_PAUSEFILTER));
	KUNIT_ASSERT_TRUE(test, kvmcaps_caps_has(&scratch, KVMCAPS_F_PFTHRESHOLD));
}

/* What is assumed of VMX is all that KVM can use. */
static void assumed_controls_serve_kvm(struct kunit *test)
{
	static const enum kvmcaps_cond conds[] = {
		KVMCAPS_COND_TDP, KVMCAPS_COND_TDP_5LEVEL, KVMCAPS_COND_VMX_INVPCID,
		KVMCAPS_COND_VMX_RDTSCP, KVMCAPS_COND_VMX_XSAVES, KVMCAPS_COND_VMX_WAITPKG,
		KVMCAPS_COND_VMX_MPX, KVMCAPS_COND_VMX_UMIP, KVMCAPS_COND_PT, KVMCAPS_COND_SGX,
	};
	unsigned int i;

	good_host(KVMCAPS_VENDOR_VMX);
	no_vmx_and_no_controls();
	host.facts.maker = KVMCAPS_MAKER_INTEL;
	host.facts.policy = ~0u;
	host.facts.pmu = (struct kvmcaps_pmu){ .version = 2, .num_counters_gp = 4 };
	host_put(&host, 0x0, 0, 0x12, 0, 0, 0);
	host_put(&host, 0x12, 0, 1, 0, 0, 0);
	kvmcaps_host_assume(&host, &scratch);
	kvmcaps_decide(&host, &scratch);
	for (i = 0; i < ARRAY_SIZE(conds); i++)
		KUNIT_ASSERT_TRUE_MSG(test, kvmcaps_caps_cond(&scratch, conds[i]), "condition %d",
				      conds[i]);
}

static void every_assumption_has_a_sentence(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < KVMCAPS_NR_ASSUMPTIONS; i++)
		KUNIT_ASSERT_TRUE(test,
				  kvmcaps_assumptions[i] && strlen(kvmcaps_assumptions[i]) > 20);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(rows_say_what_is_assumed),
	KUNIT_CASE(hosts_are_left_alone),
	KUNIT_CASE(assumed_features_serve_kvm),
	KUNIT_CASE(assumed_controls_serve_kvm),
	KUNIT_CASE(every_assumption_has_a_sentence),
	{}
};

static struct kunit_suite suite = {
	.name = "kvmcaps_assume",
	.test_cases = cases,
};

kunit_test_suite(suite);
