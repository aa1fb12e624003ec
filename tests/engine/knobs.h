/* SPDX-License-Identifier: GPL-2.0 */
/* Knobs: one fact of a host each, as KVM needs it or the opposite. */
#ifndef ENGINE_KNOBS_H
#define ENGINE_KNOBS_H

#include <kvmcaps/condition.h>

enum knob_kind {
	KNOB_NONE,
	KNOB_KERNEL,	/* boot_cpu_has() or boot_cpu_has_bug() */
	KNOB_POLICY,	/* a module parameter */
	KNOB_FACT,	/* enum kvmcaps_fact */
	KNOB_COUNTERS,	/* at least so many general-purpose counters */
	KNOB_VERSION,	/* at least this version of the PMU */
	KNOB_MOST_ASID,	/* there is an ASID for SEV */
	KNOB_LEAST_ASID, /* there are ASIDs for SEV-ES */
	KNOB_MSR,	/* a bit of an MSR: its number * 64 + bit */
	KNOB_XCR0,	/* a bit of XCR0 */
	KNOB_XSS,	/* a bit of IA32_XSS */
	KNOB_PEBS_EPT,	/* perf says that PEBS works with EPT */
	KNOB_MAX_LEAF,	/* CPUID goes at least so far */
	KNOB_SGX1,	/* CPUID.12H has SGX1 */
	KNOB_COND,	/* a condition of the engine, by its recipe */
	KNOB_OFFERED,	/* a feature is in the mask */
};

/**
 * struct knob - one fact
 * @kind: enum knob_kind
 * @arg: feature, policy, fact, number or condition
 * @off: it is needed the other way round
 */
struct knob {
	u8 kind;
	u16 arg;
	bool off;
};

#define KERNEL(name)	{ KNOB_KERNEL, KVMCAPS_F_##name, false }
#define NO_KERNEL(name)	{ KNOB_KERNEL, KVMCAPS_F_##name, true }
#define PARAM(name)	{ KNOB_POLICY, KVMCAPS_POLICY_##name, false }
#define STATE(name)	{ KNOB_FACT, KVMCAPS_FACT_##name, false }
#define COUNTERS(n)	{ KNOB_COUNTERS, n, false }
#define VERSION(n)	{ KNOB_VERSION, n, false }
#define MOST_ASID	{ KNOB_MOST_ASID, 0, false }
#define LEAST_ASID	{ KNOB_LEAST_ASID, 0, false }
#define MSR_BIT(name, bit) { KNOB_MSR, KVMCAPS_MSR_##name * 64 + (bit), false }
/* A control that VMX allows to be 1. */
#define PRIMARY(bit)	MSR_BIT(VMX_PROCBASED_CTLS, 32 + (bit))
#define SECONDARY(bit)	MSR_BIT(VMX_PROCBASED_CTLS2, 32 + (bit))
#define EXIT(bit)	MSR_BIT(VMX_EXIT_CTLS, 32 + (bit))
#define ENTRY(bit)	MSR_BIT(VMX_ENTRY_CTLS, 32 + (bit))
#define EPT_CAP(bit)	MSR_BIT(VMX_EPT_VPID_CAP, bit)
#define STATE_ON(bit)	{ KNOB_XCR0, bit, false }
#define NO_XSS_STATE(bit) { KNOB_XSS, bit, true }
#define PEBS_EPT	{ KNOB_PEBS_EPT, 0, false }
#define MAX_LEAF(n)	{ KNOB_MAX_LEAF, n, false }
#define SGX1_LEAF	{ KNOB_SGX1, 0, false }
#define WITH(name)	{ KNOB_COND, KVMCAPS_COND_##name, false }
#define WITHOUT(name)	{ KNOB_COND, KVMCAPS_COND_##name, true }
#define DENIED(name)	{ KNOB_OFFERED, KVMCAPS_F_##name, true }

/**
 * struct recipe - what it takes for a condition to hold
 * @vendors: bit map of enum kvmcaps_vendor: under which modules
 * @cond: enum kvmcaps_cond
 * @release: in which release, KVMCAPS_RELEASE(); 0 for 6.12
 * @desc: in words
 * @knobs: all of them; the first belongs to this condition alone
 */
#define RECIPE_KNOBS	8
struct recipe {
	u8 vendors;
	u8 cond;
	u16 release;
	const char *desc;
	struct knob knobs[RECIPE_KNOBS];
};

extern const struct recipe recipes[];
extern const unsigned int nr_recipes;

/* Turns a knob as it is needed, or the other way. */
void knob_turn(struct kvmcaps_host *host, const struct knob *knob, bool as_needed);

#endif /* ENGINE_KNOBS_H */
