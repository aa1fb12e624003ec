// SPDX-License-Identifier: GPL-2.0
/*
 * What an answer takes for granted where a host does not show it: KVM would
 * not load there, and the question is what it would say if it did. Rows, each
 * with the sentence that dmesg and the tool print.
 */
#include <linux/kernel.h>
#include <kvmcaps/decide.h>

const char *const kvmcaps_assumptions[KVMCAPS_NR_ASSUMPTIONS] = {
	[KVMCAPS_ASSUME_SVM] =
		"the CPU does not show SVM (absent, or off in firmware): answering as if it were on",
	[KVMCAPS_ASSUME_SVM_FEATURES] =
		"the CPU shows no SVM features: assuming those of a recent part (NPT, LBRV, NRIPS, TSC scaling, pause filter, VLS, VGIF)",
	[KVMCAPS_ASSUME_VMX] =
		"the CPU does not show VMX (absent, or off in firmware): answering as if it were on",
	[KVMCAPS_ASSUME_VMX_RULES] =
		"kvm-intel's own changes are not reproduced: this is the answer of KVM's common code",
	[KVMCAPS_ASSUME_NX] =
		"no-execute pages are off: kvm-amd would not load",
	[KVMCAPS_ASSUME_FPU] =
		"FPU or FXSR is missing: KVM would not load",
	[KVMCAPS_ASSUME_PAT] =
		"PAT entry 0 is not write-back: KVM would not load",
	[KVMCAPS_ASSUME_NOT_SEV_GUEST] =
		"this is an encrypted guest: kvm-amd would not load",
	[KVMCAPS_ASSUME_SEV_FIRMWARE] =
		"the secure processor is not asked: assuming that it is ready for SEV guests",
	[KVMCAPS_ASSUME_VENDOR] =
		"no vendor module of KVM supports this maker's CPUs: this is the answer of KVM's common code",
};

/* What SVM parts have had since Zen 2. */
static const u16 svm_features[] = {
	KVMCAPS_F_NPT, KVMCAPS_F_LBRV, KVMCAPS_F_NRIPS, KVMCAPS_F_TSCRATEMSR,
	KVMCAPS_F_VMCBCLEAN, KVMCAPS_F_FLUSHBYASID, KVMCAPS_F_DECODEASSISTS,
	KVMCAPS_F_PAUSEFILTER, KVMCAPS_F_PFTHRESHOLD,
	KVMCAPS_F_V_VMSAVE_VMLOAD, KVMCAPS_F_VGIF,
};

struct assumption {
	u8 assumption;
	u8 vendors;
	struct kvmcaps_term when;
};

#define SVM	BIT(KVMCAPS_VENDOR_SVM)
#define VMX	BIT(KVMCAPS_VENDOR_VMX)
#define NONE	BIT(KVMCAPS_VENDOR_NONE)
#define WHEN(...) .when = __VA_ARGS__
#define ASSUME(name, who, ...) \
	{ .assumption = KVMCAPS_ASSUME_##name, .vendors = (who), ##__VA_ARGS__ }

static const struct assumption assumptions[] = {
	ASSUME(SVM,		SVM, WHEN(LACKS(SVM))),
	ASSUME(VMX,		VMX, WHEN(LACKS(VMX))),
	ASSUME(VMX_RULES,	VMX),
	ASSUME(NX,		SVM, WHEN(LACKS(NX))),
	ASSUME(FPU,		SVM | VMX, WHEN(LACKS(FPU))),
	ASSUME(FPU,		SVM | VMX, WHEN(LACKS(FXSR))),
	ASSUME(PAT,		SVM | VMX, WHEN(NO_FACT(PAT_WB))),
	ASSUME(NOT_SEV_GUEST,	SVM, WHEN(FACT(SEV_GUEST))),
	ASSUME(SEV_FIRMWARE,	SVM, WHEN(IF(SEV))),
	ASSUME(VENDOR,		NONE),
};

static void assume_svm_features(struct kvmcaps_facts *facts)
{
	unsigned int i;

	if (facts->caps[KVMCAPS_W_8000000A_EDX])
		return;

	facts->assumed |= BIT(KVMCAPS_ASSUME_SVM_FEATURES);
	for (i = 0; i < ARRAY_SIZE(svm_features); i++)
		facts->caps[KVMCAPS_WORD(svm_features[i])] |= KVMCAPS_BIT(svm_features[i]);
}

/**
 * kvmcaps_host_assume() - fill in what KVM needs and a host does not show
 * @host: complete but for facts.assumed; where SVM is missing and no feature
 *	of it is shown either, its features are added to facts.caps
 * @scratch: overwritten; too large for a stack
 */
void kvmcaps_host_assume(struct kvmcaps_host *host, struct kvmcaps_caps *scratch)
{
	const struct assumption *row = assumptions;
	unsigned int i;

	kvmcaps_conditions_init(host, scratch);
	for (i = 0; i < ARRAY_SIZE(assumptions); i++, row++) {
		if ((row->vendors & BIT(host->facts.vendor)) &&
		    kvmcaps_terms_hold(host, scratch, &row->when, 1))
			host->facts.assumed |= BIT(row->assumption);
	}
	if (host->facts.assumed & BIT(KVMCAPS_ASSUME_SVM))
		assume_svm_features(&host->facts);
}
