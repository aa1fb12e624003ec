// SPDX-License-Identifier: GPL-2.0
/*
 * What an answer takes for granted where a host does not show it: KVM would
 * not load there, and the question is what it would say if it did. Rows, each
 * with what dmesg and the tool print behind "assumed:".
 */
#include <linux/kernel.h>
#include <kvmcaps/decide.h>

const char *const kvmcaps_assumptions[KVMCAPS_NR_ASSUMPTIONS] = {
	[KVMCAPS_ASSUME_SVM] =
		"SVM, which the CPU does not show (absent, or off in firmware)",
	[KVMCAPS_ASSUME_SVM_FEATURES] =
		"NPT, LBRV, NRIPS, TSC scaling, pause filter, VLS and VGIF, for no SVM feature is shown",
	[KVMCAPS_ASSUME_VMX] =
		"VMX, which the CPU does not show (absent, or off in firmware)",
	[KVMCAPS_ASSUME_VMX_CONTROLS] =
		"all VMX controls that KVM can use, EPT of five levels among them, for none is shown",
	[KVMCAPS_ASSUME_NX] =
		"no-execute pages, which are off: KVM would not load",
	[KVMCAPS_ASSUME_FPU] =
		"FPU and FXSR, one of which is missing: KVM would not load",
	[KVMCAPS_ASSUME_PAT] =
		"write-back in PAT entry 0, which has something else: KVM would not load",
	[KVMCAPS_ASSUME_NOT_SEV_GUEST] =
		"that kvm-amd loads in an encrypted guest, which it does not",
	[KVMCAPS_ASSUME_SEV_FIRMWARE] =
		"that the secure processor is ready for SEV guests, for it is not asked",
	[KVMCAPS_ASSUME_VENDOR] =
		"KVM's common code alone, for no vendor module supports this maker's CPUs",
};

/* What SVM parts have had since Zen 2. */
static const u16 svm_features[] = {
	KVMCAPS_F_NPT, KVMCAPS_F_LBRV, KVMCAPS_F_NRIPS, KVMCAPS_F_TSCRATEMSR,
	KVMCAPS_F_VMCBCLEAN, KVMCAPS_F_FLUSHBYASID, KVMCAPS_F_DECODEASSISTS,
	KVMCAPS_F_PAUSEFILTER, KVMCAPS_F_PFTHRESHOLD,
	KVMCAPS_F_V_VMSAVE_VMLOAD, KVMCAPS_F_VGIF,
};

/* Where KVM looks for what VMX can do. */
static const u8 vmx_msrs[] = {
	KVMCAPS_MSR_VMX_BASIC, KVMCAPS_MSR_VMX_PROCBASED_CTLS, KVMCAPS_MSR_VMX_PROCBASED_CTLS2,
	KVMCAPS_MSR_VMX_EXIT_CTLS, KVMCAPS_MSR_VMX_ENTRY_CTLS,
	KVMCAPS_MSR_VMX_MISC, KVMCAPS_MSR_VMX_EPT_VPID_CAP,
};

struct assumption {
	u8 assumption;
	u8 vendors;
	struct kvmcaps_term terms[2];
};

#define SVM	BIT(KVMCAPS_VENDOR_SVM)
#define VMX	BIT(KVMCAPS_VENDOR_VMX)
#define NONE	BIT(KVMCAPS_VENDOR_NONE)
#define ASSUME(name, who, ...) \
	{ .assumption = KVMCAPS_ASSUME_##name, .vendors = (who), ##__VA_ARGS__ }

static const struct assumption assumptions[] = {
	ASSUME(SVM,		SVM, WHEN(LACKS(SVM))),
	ASSUME(VMX,		VMX, WHEN(LACKS(VMX))),
	ASSUME(VMX,		VMX, WHEN(LACKS(MSR_IA32_FEAT_CTL))),
	ASSUME(NX,		SVM, WHEN(LACKS(NX))),
	ASSUME(NX,		VMX, WHEN(LACKS(NX), UNLESS(TDP))),
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

static void assume_vmx_controls(struct kvmcaps_facts *facts)
{
	unsigned int i;

	if (facts->msr[KVMCAPS_MSR_VMX_PROCBASED_CTLS])
		return;

	facts->assumed |= BIT(KVMCAPS_ASSUME_VMX_CONTROLS);
	for (i = 0; i < ARRAY_SIZE(vmx_msrs); i++)
		facts->msr[vmx_msrs[i]] = ~0ull;
}

/**
 * kvmcaps_host_assume() - fill in what KVM needs and a host does not show
 * @host: complete but for facts.assumed; where SVM or VMX is missing, and what
 *	it can do is not shown either, that is added to facts.caps or facts.msr
 * @scratch: overwritten; too large for a stack
 */
void kvmcaps_host_assume(struct kvmcaps_host *host, struct kvmcaps_caps *scratch)
{
	const struct assumption *row = assumptions;
	unsigned int i;

	kvmcaps_conditions_init(host, scratch);
	for (i = 0; i < ARRAY_SIZE(assumptions); i++, row++) {
		if ((row->vendors & BIT(host->facts.vendor)) &&
		    kvmcaps_terms_hold(host, scratch, row->terms, ARRAY_SIZE(row->terms)))
			host->facts.assumed |= BIT(row->assumption);
	}
	if (host->facts.assumed & BIT(KVMCAPS_ASSUME_SVM))
		assume_svm_features(&host->facts);
	if (host->facts.assumed & BIT(KVMCAPS_ASSUME_VMX))
		assume_vmx_controls(&host->facts);
}
