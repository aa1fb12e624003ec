// SPDX-License-Identifier: GPL-2.0
/*
 * Conditions as rows, and the function that reads terms. A parameter of KVM
 * counts here only together with what KVM asks of the hardware for it.
 *
 * Source: svm_hardware_setup() and sev_hardware_setup(), release 6.12.
 */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <kvmcaps/decide.h>
#include "compute.h"

#define ANY	(BIT(KVMCAPS_NR_VENDORS) - 1)
#define SVM	BIT(KVMCAPS_VENDOR_SVM)
#define NO_SVM	(ANY & ~SVM)

#define COND(name, who, ...) \
	{ .cond = KVMCAPS_COND_##name, .vendors = (who), .terms = { __VA_ARGS__ } }

const struct kvmcaps_condition kvmcaps_conditions[] = {
	COND(X86_64,		ANY, FACT(X86_64)),
	COND(TSC_AUX,		ANY, FACT(TSC_AUX)),
	COND(NESTED,		ANY, POLICY(NESTED)),

	/* KVM's MMU cannot build nested page tables of two levels. */
	COND(TDP,		SVM, POLICY(TDP), HAS(NPT), FACT(PAE)),
	COND(TDP,		NO_SVM, POLICY(TDP)),
	/* Nested page tables have as many levels as the host's own. */
	COND(TDP_5LEVEL,	SVM, IF(TDP), FACT(5LEVEL)),

	COND(NRIPS,		SVM, POLICY(NRIPS), HAS(NRIPS)),
	COND(VLS,		SVM, POLICY(VLS), IF(TDP), HAS(V_VMSAVE_VMLOAD), IF(X86_64)),
	COND(VGIF,		SVM, POLICY(VGIF), HAS(VGIF)),
	COND(VNMI,		SVM, POLICY(VNMI), IF(VGIF), HAS(VNMI)),
	COND(LBRV,		SVM, POLICY(LBRV), HAS(LBRV)),
	COND(TSC_SCALING,	SVM, POLICY(TSC_SCALING), HAS(TSCRATEMSR)),

	/*
	 * kvm-amd does not ask the parameter: NPT sets accessed bits before
	 * KVM can see that a guest address is too large for the guest.
	 */
	COND(SMALLER_MAXPHYADDR, SVM, UNLESS(TDP)),
	COND(SMALLER_MAXPHYADDR, NO_SVM, POLICY(ALLOW_SMALLER_MAXPHYADDR)),

	COND(MMIO_CACHING,	ANY, POLICY(MMIO_CACHING), FACT(MMIO_MASK)),
	COND(SEV,		SVM, POLICY(SEV), IF(TDP), IF(NRIPS), HAS(SEV),
	     HAS(DECODEASSISTS), HAS(FLUSHBYASID), IF(SEV_ASIDS)),
	COND(SEV_ES,		SVM, POLICY(SEV_ES), IF(SEV), IF(MMIO_CACHING),
	     HAS(SEV_ES), IF(LBRV), IF(SEV_ES_ASIDS)),
	COND(SEV_SNP,		SVM, POLICY(SEV_SNP), IF(SEV_ES), FACT(HOST_SNP)),
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
 * @caps: its conds and pmu are filled in
 */
void kvmcaps_conditions_init(const struct kvmcaps_host *host,
			     struct kvmcaps_caps *caps)
{
	const struct kvmcaps_condition *row = kvmcaps_conditions;
	unsigned int i;

	caps->conds = kvmcaps_sev_conds(host) | kvmcaps_pmu_conds(host, &caps->pmu);
	for (i = 0; i < kvmcaps_nr_conditions; i++, row++) {
		if ((row->vendors & BIT(host->facts.vendor)) &&
		    kvmcaps_terms_hold(host, caps, row->terms, ARRAY_SIZE(row->terms)))
			caps->conds |= BIT_ULL(row->cond);
	}
}
