// SPDX-License-Identifier: GPL-2.0
/*
 * Conditions as rows, and the function that reads terms. A parameter of KVM
 * counts here only together with what KVM asks of the hardware for it.
 *
 * Source: svm_hardware_setup(), sev_hardware_setup(), vmx_hardware_setup() and
 * capabilities.h of kvm-intel, kvm_init_pmu_capability(), all releases.
 */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <kvmcaps/decide.h>
#include "compute.h"

#define NONE	BIT(KVMCAPS_VENDOR_NONE)
#define SVM	BIT(KVMCAPS_VENDOR_SVM)
#define VMX	BIT(KVMCAPS_VENDOR_VMX)
#define ANY	(NONE | SVM | VMX)

/*
 * A VMX control that KVM may use: the upper half of its MSR allows it.
 * Source: SDM volume 3, appendix A; setup_vmcs_config().
 */
#define PROCBASED(bit)	MSR(VMX_PROCBASED_CTLS, 32 + (bit))
#define SECONDARY(bit)	MSR(VMX_PROCBASED_CTLS2, 32 + (bit))
#define ENTRY(bit)	MSR(VMX_ENTRY_CTLS, 32 + (bit))
#define EXIT(bit)	MSR(VMX_EXIT_CTLS, 32 + (bit))

#define SAYS(text)	.says = (text)

#define COND(name, who, ...) \
	{ .cond = KVMCAPS_COND_##name, .vendors = (who), ##__VA_ARGS__ }

const struct kvmcaps_condition kvmcaps_conditions[] = {
	COND(WORDS_IN_RANGE,	ANY, SINCE(6_16),
	     SAYS("features of a leaf beyond the CPU's highest are not offered")),
	COND(XTILE_PAIR,	ANY, SINCE(6_12),
	     SAYS("a process without permission for XTILE_DATA is not offered XTILE_CFG either")),

	COND(X86_64,		ANY, WHEN(FACT(X86_64))),
	COND(TSC_AUX,		ANY, WHEN(FACT(TSC_AUX))),
	COND(NESTED,		ANY, WHEN(POLICY(NESTED))),

	COND(VMX_SECONDARY,	VMX, WHEN(PROCBASED(31))),

	/* KVM's MMU cannot build nested page tables of two levels. */
	COND(TDP,		SVM, WHEN(POLICY(NPT), HAS(NPT), FACT(PAE))),
	/* EPT of four levels, write-back, that can be flushed as a whole. */
	COND(TDP,		VMX, WHEN(POLICY(EPT), IF(VMX_SECONDARY), SECONDARY(1),
					  MSR(VMX_EPT_VPID_CAP, 6), MSR(VMX_EPT_VPID_CAP, 14),
					  MSR(VMX_EPT_VPID_CAP, 26))),
	COND(TDP,		NONE, WHEN(POLICY(NPT), POLICY(EPT))),
	/* NPT has as many levels as the host's own tables, EPT what it can. */
	COND(TDP_5LEVEL,	SVM, WHEN(IF(TDP), FACT(5LEVEL))),
	COND(TDP_5LEVEL,	VMX, WHEN(IF(TDP), MSR(VMX_EPT_VPID_CAP, 7))),

	COND(NRIPS,		SVM, WHEN(POLICY(NRIPS), HAS(NRIPS))),
	COND(VLS,		SVM, WHEN(POLICY(VLS), IF(TDP), HAS(V_VMSAVE_VMLOAD), IF(X86_64))),
	COND(VGIF,		SVM, WHEN(POLICY(VGIF), HAS(VGIF))),
	COND(VNMI,		SVM, WHEN(POLICY(VNMI), IF(VGIF), HAS(VNMI))),
	COND(LBRV,		SVM, WHEN(POLICY(LBRV), HAS(LBRV))),
	COND(TSC_SCALING,	SVM, WHEN(POLICY(TSC_SCALING), HAS(TSCRATEMSR))),
	COND(GMET,		SVM, WHEN(POLICY(GMET), IF(TDP), HAS(GMET))),

	/*
	 * kvm-amd does not ask the parameter: NPT sets accessed bits before
	 * KVM can see that a guest address is too large for the guest.
	 */
	COND(SMALLER_MAXPHYADDR, SVM, WHEN(UNLESS(TDP))),
	COND(SMALLER_MAXPHYADDR, VMX, WHEN(UNLESS(TDP))),
	COND(SMALLER_MAXPHYADDR, VMX | NONE, WHEN(POLICY(ALLOW_SMALLER_MAXPHYADDR))),

	COND(MMIO_CACHING,	ANY, WHEN(POLICY(MMIO_CACHING), FACT(MMIO_MASK))),
	COND(SEV,		SVM, WHEN(POLICY(SEV), IF(TDP), HAS(SEV), HAS(DECODEASSISTS),
					  IF(SEV_ASIDS)), UNTIL(6_1),
	     SAYS("SEV needs nested paging, decode assists and an ASID")),
	COND(SEV,		SVM, WHEN(POLICY(SEV), IF(TDP), IF(NRIPS), HAS(SEV),
					  HAS(DECODEASSISTS), HAS(FLUSHBYASID),
					  IF(SEV_ASIDS)), SINCE(6_12),
	     SAYS("SEV needs nrips and flushing by ASID as well")),
	COND(SEV_ES,		SVM, WHEN(POLICY(SEV_ES), IF(SEV), IF(MMIO_CACHING),
					  HAS(SEV_ES), IF(SEV_ES_ASIDS)), UNTIL(6_1),
	     SAYS("SEV-ES needs SEV, MMIO caching and ASIDs of its own")),
	COND(SEV_ES,		SVM, WHEN(POLICY(SEV_ES), IF(SEV), IF(MMIO_CACHING),
					  HAS(SEV_ES), IF(LBRV), IF(SEV_ES_ASIDS)), SINCE(6_12),
	     SAYS("SEV-ES needs LBR virtualization as well")),
	COND(SEV_SNP,		SVM, WHEN(POLICY(SEV_SNP), IF(SEV_ES), FACT(HOST_SNP)),
	     SINCE(6_12),
	     SAYS("the parameter sev_snp, where the host is set up for SEV-SNP")),

	COND(VMX_INVPCID,	VMX, WHEN(IF(VMX_SECONDARY), SECONDARY(12))),
	COND(VMX_RDTSCP,	VMX, WHEN(IF(VMX_SECONDARY), SECONDARY(3))),
	COND(VMX_XSAVES,	VMX, WHEN(IF(VMX_SECONDARY), SECONDARY(20))),
	COND(VMX_WAITPKG,	VMX, WHEN(IF(VMX_SECONDARY), SECONDARY(26))),
	COND(VMX_UMIP,		VMX, WHEN(IF(VMX_SECONDARY), SECONDARY(2))),
	COND(VMX_MPX,		VMX, WHEN(ENTRY(16), EXIT(23))),
	COND(MPX,		VMX, WHEN(IF(VMX_MPX), XCR0(3), XCR0(4))),
	COND(PT,		VMX, WHEN(POLICY(PT_MODE), IF(TDP), IF(PMU), SECONDARY(24),
					  ENTRY(18), EXIT(25), MSR(VMX_MISC, 14))),
	COND(SGX,		VMX, WHEN(POLICY(SGX), IF(VMX_SECONDARY), SECONDARY(15),
					  IF(SGX_LEAF))),

	/*
	 * Perf lends the PMU from its version 4 on; full-width writes, and
	 * PERF_GLOBAL_CTRL that is switched. Source: intel_pmu_init(),
	 * intel_pmu_is_mediated_pmu_supported().
	 */
	COND(MEDIATED_PMU,	VMX,
	     WHEN(POLICY(ENABLE_MEDIATED_PMU), IF(PMU), IF(PMU_V4), HAS(PDCM),
		  MSR(PERF_CAPABILITIES, 13), ENTRY(13), EXIT(12)),
	     SINCE(7_0),
	     SAYS("the parameter enable_mediated_pmu; with it there is no PEBS for guests")),
	COND(PEBS,		VMX, WHEN(IF(PMU_PEBS), HAS(PEBS), UNLESS(MEDIATED_PMU))),

	COND(UNRESTRICTED_GUEST, VMX, WHEN(POLICY(UNRESTRICTED_GUEST), IF(TDP), SECONDARY(7))),
	/* A #CP that is injected must be able to have its error code. */
	COND(VMX_CET,		VMX, WHEN(ENTRY(20), EXIT(28), IF(UNRESTRICTED_GUEST),
					  MSR(VMX_BASIC, 56)), BETWEEN(6_18, 7_0),
	     SAYS("CET needs VMX to switch its state, unrestricted guests, and any error code")),
	COND(VMX_CET,		VMX, WHEN(POLICY(CET), ENTRY(20), EXIT(28),
					  IF(UNRESTRICTED_GUEST), MSR(VMX_BASIC, 56)),
	     SINCE(7_1), SAYS("the parameter cet")),
};

const unsigned int kvmcaps_nr_conditions = ARRAY_SIZE(kvmcaps_conditions);

static bool holds(const struct kvmcaps_host *host,
		  const struct kvmcaps_caps *caps,
		  const struct kvmcaps_term *term)
{
	switch (term->kind) {
	case KVMCAPS_TERM_COND:
		return kvmcaps_caps_cond(caps, term->arg);
	case KVMCAPS_TERM_HOST:
		return kvmcaps_host_has(host, term->arg);
	case KVMCAPS_TERM_OFFERED:
		return kvmcaps_caps_has(caps, term->arg);
	case KVMCAPS_TERM_POLICY:
		return host->facts.policy & BIT(term->arg);
	case KVMCAPS_TERM_FACT:
		return host->facts.flags & BIT(term->arg);
	case KVMCAPS_TERM_XCR0:
		return host->facts.xcr0 & BIT_ULL(term->arg);
	case KVMCAPS_TERM_XSS:
		return host->facts.xss & BIT_ULL(term->arg);
	case KVMCAPS_TERM_MSR:
		return host->facts.msr[term->arg / 64] & BIT_ULL(term->arg % 64);
	default:
		return true;
	}
}

/**
 * kvmcaps_terms_hold() - whether all of some terms hold
 * @host: the host
 * @caps: conditions and mask as far as they are decided
 * @terms: array; the first of kind KVMCAPS_TERM_NONE ends it
 * @nr: its length
 *
 * Return: whether they do; no terms do.
 */
bool kvmcaps_terms_hold(const struct kvmcaps_host *host,
			const struct kvmcaps_caps *caps,
			const struct kvmcaps_term *terms, unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < nr && terms[i].kind != KVMCAPS_TERM_NONE; i++) {
		if (holds(host, caps, &terms[i]) == terms[i].unless)
			return false;
	}
	return true;
}

/**
 * kvmcaps_conditions_init() - find out which conditions hold on a host
 * @host: the host
 * @caps: its release, conds and pmu are filled in
 */
void kvmcaps_conditions_init(const struct kvmcaps_host *host,
			     struct kvmcaps_caps *caps)
{
	const struct kvmcaps_condition *row = kvmcaps_conditions;
	unsigned int i;

	caps->release = 1u << kvmcaps_release_nr(host->facts.release);
	caps->conds = kvmcaps_cpuid_conds(host) | kvmcaps_pmu_conds(host, caps);
	for (i = 0; i < kvmcaps_nr_conditions; i++, row++) {
		if ((row->vendors & BIT(host->facts.vendor)) &&
		    kvmcaps_release_in(row->in, caps->release) &&
		    kvmcaps_terms_hold(host, caps, row->terms, ARRAY_SIZE(row->terms)))
			caps->conds |= BIT_ULL(row->cond);
	}
}
