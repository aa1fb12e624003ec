/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Conditions: what rules and leaves ask of a host, under one name each, and
 * terms, the form in which they ask.
 */
#ifndef _KVMCAPS_CONDITION_H
#define _KVMCAPS_CONDITION_H

#include <kvmcaps/host.h>
#include <kvmcaps/release.h>

struct kvmcaps_caps;

enum kvmcaps_cond {
	KVMCAPS_COND_X86_64,
	KVMCAPS_COND_TSC_AUX,
	KVMCAPS_COND_NESTED,
	KVMCAPS_COND_TDP,
	KVMCAPS_COND_TDP_5LEVEL,
	KVMCAPS_COND_NRIPS,
	KVMCAPS_COND_VLS,
	KVMCAPS_COND_VGIF,
	KVMCAPS_COND_VNMI,
	KVMCAPS_COND_LBRV,
	KVMCAPS_COND_TSC_SCALING,
	KVMCAPS_COND_SMALLER_MAXPHYADDR,
	KVMCAPS_COND_MMIO_CACHING,
	KVMCAPS_COND_SEV,
	KVMCAPS_COND_SEV_ES,
	KVMCAPS_COND_SEV_SNP,
	KVMCAPS_COND_GMET,
	KVMCAPS_COND_VMX_SECONDARY,	/* VMX has secondary controls */
	KVMCAPS_COND_VMX_INVPCID,	/* VMX has it for guests; likewise */
	KVMCAPS_COND_VMX_RDTSCP,
	KVMCAPS_COND_VMX_XSAVES,
	KVMCAPS_COND_VMX_WAITPKG,
	KVMCAPS_COND_VMX_MPX,
	KVMCAPS_COND_VMX_UMIP,		/* VMX can emulate it */
	KVMCAPS_COND_MPX,
	KVMCAPS_COND_PT,
	KVMCAPS_COND_PEBS,
	KVMCAPS_COND_SGX,
	KVMCAPS_COND_UNRESTRICTED_GUEST,
	KVMCAPS_COND_VMX_CET,
	KVMCAPS_COND_MEDIATED_PMU,	/* the guest has the PMU to itself */
	/* How KVM does things in some releases. */
	KVMCAPS_COND_WORDS_IN_RANGE,	/* words of leaves out of range are zero */
	KVMCAPS_COND_XTILE_PAIR,	/* XTILE_CFG goes with XTILE_DATA */
	/* Computed by pmu.c and enumerate.c, not by a row. */
	KVMCAPS_COND_PMU,
	KVMCAPS_COND_PMU_CORE_COUNTERS,
	KVMCAPS_COND_PMU_V2,
	KVMCAPS_COND_PMU_V4,		/* perf's version, before KVM limits it */
	KVMCAPS_COND_PMU_PEBS,
	KVMCAPS_COND_SEV_ASIDS,
	KVMCAPS_COND_SEV_ES_ASIDS,
	KVMCAPS_COND_SGX_LEAF,
	/* Never holds. */
	KVMCAPS_COND_NEVER,
	NR_KVMCAPS_CONDS,
};

enum kvmcaps_term_kind {
	KVMCAPS_TERM_NONE,	/* no term: holds */
	KVMCAPS_TERM_COND,	/* a condition above */
	KVMCAPS_TERM_HOST,	/* boot_cpu_has() or boot_cpu_has_bug() */
	KVMCAPS_TERM_OFFERED,	/* the mask, as far as it is decided */
	KVMCAPS_TERM_POLICY,	/* a module parameter */
	KVMCAPS_TERM_FACT,	/* enum kvmcaps_fact */
	KVMCAPS_TERM_XCR0,	/* a bit of XCR0 */
	KVMCAPS_TERM_XSS,	/* a bit of IA32_XSS */
	KVMCAPS_TERM_MSR,	/* a bit of a recorded MSR */
};

/**
 * struct kvmcaps_term - one thing that must hold
 * @kind: enum kvmcaps_term_kind
 * @unless: it must not hold
 * @arg: number of the condition, feature, policy, fact or bit
 */
struct kvmcaps_term {
	u8 kind;
	bool unless;
	u16 arg;
};

#define KVMCAPS_TERM(k, no, what) \
	{ .kind = KVMCAPS_TERM_##k, .unless = (no), .arg = (what) }

#define IF(cond)	KVMCAPS_TERM(COND, false, KVMCAPS_COND_##cond)
#define UNLESS(cond)	KVMCAPS_TERM(COND, true, KVMCAPS_COND_##cond)
#define HAS(flag)	KVMCAPS_TERM(HOST, false, KVMCAPS_F_##flag)
#define LACKS(flag)	KVMCAPS_TERM(HOST, true, KVMCAPS_F_##flag)
#define OFFERS(name)	KVMCAPS_TERM(OFFERED, false, KVMCAPS_F_##name)
#define DENIES(name)	KVMCAPS_TERM(OFFERED, true, KVMCAPS_F_##name)
#define POLICY(name)	KVMCAPS_TERM(POLICY, false, KVMCAPS_POLICY_##name)
#define FACT(name)	KVMCAPS_TERM(FACT, false, KVMCAPS_FACT_##name)
#define NO_FACT(name)	KVMCAPS_TERM(FACT, true, KVMCAPS_FACT_##name)
#define XCR0(bit)	KVMCAPS_TERM(XCR0, false, bit)
#define NO_XSS(bit)	KVMCAPS_TERM(XSS, true, bit)
#define MSR(name, bit)	KVMCAPS_TERM(MSR, false, KVMCAPS_MSR_##name * 64 + (bit))

/* Of a row of any table: all of these must hold. */
#define WHEN(...)	.terms = { __VA_ARGS__ }

/**
 * struct kvmcaps_condition - one way for a condition to hold
 * @cond: enum kvmcaps_cond
 * @vendors: bit map of enum kvmcaps_vendor to which the row applies
 * @in: releases that have it, a set
 * @says: what such a row brings, NULL for a row of all releases
 * @terms: all must hold; terms of kind COND name earlier rows only
 *
 * Several rows of one condition are alternatives.
 */
#define KVMCAPS_CONDITION_TERMS	8
struct kvmcaps_condition {
	u8 cond;
	u8 vendors;
	u32 in;
	const char *says;
	struct kvmcaps_term terms[KVMCAPS_CONDITION_TERMS];
};

extern const struct kvmcaps_condition kvmcaps_conditions[];
extern const unsigned int kvmcaps_nr_conditions;

bool kvmcaps_terms_hold(const struct kvmcaps_host *host,
			const struct kvmcaps_caps *caps,
			const struct kvmcaps_term *terms, unsigned int nr);
void kvmcaps_conditions_init(const struct kvmcaps_host *host,
			     struct kvmcaps_caps *caps);

#endif /* _KVMCAPS_CONDITION_H */
