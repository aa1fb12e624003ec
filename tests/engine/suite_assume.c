// SPDX-License-Identifier: GPL-2.0
/* Assumptions: each with and without its reason. */
#include <kvmcaps/decide.h>
#include <linux/bits.h>
#include "hosts.h"
#include "suite.h"

static struct kvmcaps_host host;
static struct kvmcaps_caps scratch;

/* A host on which kvm-amd would load, which needs no assumption. */
static void good_host(u8 vendor)
{
	static const unsigned int flags[] = {
		KVMCAPS_F_SVM, KVMCAPS_F_VMX, KVMCAPS_F_NX, KVMCAPS_F_FPU, KVMCAPS_F_FXSR,
	};
	unsigned int i;

	host_init(&host);
	host.facts.vendor = vendor;
	host_fact(&host, KVMCAPS_FACT_PAT_WB, true);
	for (i = 0; i < ROWS(flags); i++)
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

static void no_nx(void)
{
	host_kernel(&host, KVMCAPS_F_NX, false);
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

	for (i = 0; i < ROWS(flags); i++)
		host_kernel(&host, flags[i], true);
	host_policy(&host, KVMCAPS_POLICY_TDP, true);
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
 * sev_hardware_setup(), release 6.12.
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

	{ "a good VMX host lacks kvm-intel's rules", KVMCAPS_VENDOR_VMX, nothing, A(VMX_RULES) },
	{ "VMX is off", KVMCAPS_VENDOR_VMX, no_vmx, A(VMX_RULES) | A(VMX) },
	{ "kvm-intel does not ask for SVM", KVMCAPS_VENDOR_VMX, no_svm_and_no_features,
	  A(VMX_RULES) },
	{ "no FPU under VMX", KVMCAPS_VENDOR_VMX, no_fpu, A(VMX_RULES) | A(FPU) },
	{ "no FXSR under VMX", KVMCAPS_VENDOR_VMX, no_fxsr, A(VMX_RULES) | A(FPU) },
	{ "PAT[0] under VMX", KVMCAPS_VENDOR_VMX, other_pat, A(VMX_RULES) | A(PAT) },
	{ "kvm-intel loads in an encrypted guest", KVMCAPS_VENDOR_VMX, encrypted, A(VMX_RULES) },
	{ "kvm-intel asks no NX", KVMCAPS_VENDOR_VMX, no_nx, A(VMX_RULES) },

	{ "another maker", KVMCAPS_VENDOR_NONE, nothing, A(VENDOR) },
	{ "another maker without FPU", KVMCAPS_VENDOR_NONE, no_fpu, A(VENDOR) },
};

static void rows_say_what_is_assumed(void **state)
{
	const struct row *row;

	(void)state;
	for (row = rows; row < rows + ROWS(rows); row++) {
		good_host(row->vendor);
		row->change();
		kvmcaps_host_assume(&host, &scratch);
		check(host.facts.assumed == row->assumed, "%s: %#x", row->desc,
		      host.facts.assumed);
	}
}

/* All else of the host stays: only SVM's word may be filled in. */
static void hosts_are_left_alone(void **state)
{
	static struct kvmcaps_host before;
	const struct row *row;

	(void)state;
	for (row = rows; row < rows + ROWS(rows); row++) {
		good_host(row->vendor);
		row->change();
		before = host;
		kvmcaps_host_assume(&host, &scratch);
		if (row->assumed & A(SVM_FEATURES))
			assert_true(host.facts.caps[KVMCAPS_W_8000000A_EDX]);
		else
			check(host.facts.caps[KVMCAPS_W_8000000A_EDX] ==
			      before.facts.caps[KVMCAPS_W_8000000A_EDX], "%s", row->desc);
		before.facts.assumed = host.facts.assumed;
		before.facts.caps[KVMCAPS_W_8000000A_EDX] =
			host.facts.caps[KVMCAPS_W_8000000A_EDX];
		check(!memcmp(&before, &host, sizeof(host)), "%s", row->desc);
	}
}

/* What is assumed is enough for nested paging and all that needs it. */
static void assumed_features_serve_kvm(void **state)
{
	static const enum kvmcaps_cond conds[] = {
		KVMCAPS_COND_TDP, KVMCAPS_COND_NRIPS, KVMCAPS_COND_VLS, KVMCAPS_COND_VGIF,
		KVMCAPS_COND_LBRV, KVMCAPS_COND_TSC_SCALING,
	};
	unsigned int i;

	(void)state;
	good_host(KVMCAPS_VENDOR_SVM);
	no_svm_and_no_features();
	host.facts.policy = ~0u;
	kvmcaps_host_assume(&host, &scratch);
	kvmcaps_decide(&host, &scratch);
	for (i = 0; i < ROWS(conds); i++)
		check(kvmcaps_caps_cond(&scratch, conds[i]), "condition %d", conds[i]);
	assert_true(kvmcaps_caps_has(&scratch, KVMCAPS_F_PAUSEFILTER));
	assert_true(kvmcaps_caps_has(&scratch, KVMCAPS_F_PFTHRESHOLD));
}

static void every_assumption_has_a_sentence(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < KVMCAPS_NR_ASSUMPTIONS; i++)
		assert_true(kvmcaps_assumptions[i] && strlen(kvmcaps_assumptions[i]) > 20);
}

static const struct cmocka_test tests[] = {
	cmocka_unit_test(rows_say_what_is_assumed),
	cmocka_unit_test(hosts_are_left_alone),
	cmocka_unit_test(assumed_features_serve_kvm),
	cmocka_unit_test(every_assumption_has_a_sentence),
};

int main(void)
{
	return cmocka_run_group_tests_name("assume", tests, NULL, NULL);
}
