/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Rules: what KVM changes after the declarations, each with its condition and
 * the reason in words. Rows apply in order, later ones have the last word.
 */
#ifndef _KVMCAPS_RULE_H
#define _KVMCAPS_RULE_H

#include <kvmcaps/condition.h>
#include <kvmcaps/release.h>

enum kvmcaps_action {
	KVMCAPS_CLEAR,
	KVMCAPS_SET,
};

#define KVMCAPS_RULE_TERMS	3

/**
 * struct kvmcaps_rule - one fix-up of one feature
 * @action: enum kvmcaps_action
 * @feature: the only feature it touches
 * @in: releases that have it, a set
 * @why: the reason, as the end of "... because"
 * @terms: it fires when all hold
 */
struct kvmcaps_rule {
	u8 action;
	u16 feature;
	u32 in;
	const char *why;
	struct kvmcaps_term terms[KVMCAPS_RULE_TERMS];
};

#define KVMCAPS_RULE(act, number, reason, ...)			\
	{ .action = KVMCAPS_##act, .feature = (number),		\
	  .why = (reason), ##__VA_ARGS__ }

#define SET(name, reason, ...) \
	KVMCAPS_RULE(SET, KVMCAPS_F_##name, reason, ##__VA_ARGS__)
#define CLEAR(name, reason, ...) \
	KVMCAPS_RULE(CLEAR, KVMCAPS_F_##name, reason, ##__VA_ARGS__)

/**
 * struct kvmcaps_rules - rules of one author
 * @rules: array
 * @nr: its length
 */
struct kvmcaps_rules {
	const struct kvmcaps_rule *rules;
	unsigned int nr;
};

extern const struct kvmcaps_rules kvmcaps_rules_common;
extern const struct kvmcaps_rules kvmcaps_rules_svm;
extern const struct kvmcaps_rules kvmcaps_rules_vmx;
/* Those that apply after the vendor's. */
extern const struct kvmcaps_rules kvmcaps_rules_xss;

/**
 * struct kvmcaps_xss_state - IA32_XSS features that a feature brings
 * @feature: if it is offered
 * @states: bit map of IA32_XSS features
 */
struct kvmcaps_xss_state {
	u16 feature;
	u64 states;
};

extern const struct kvmcaps_xss_state kvmcaps_xss_states[];
extern const unsigned int kvmcaps_nr_xss_states;

/**
 * struct kvmcaps_vendor_info - what a vendor module brings
 * @module: its name
 * @rules: what it changes after the common rules
 * @xcr0_denied: XCR0 features that it does not let a guest have
 * @xcr0_unless: ... unless this condition holds
 */
struct kvmcaps_vendor_info {
	const char *module;
	const struct kvmcaps_rules *rules;
	u64 xcr0_denied;
	u8 xcr0_unless;
};

extern const struct kvmcaps_vendor_info kvmcaps_vendors[KVMCAPS_NR_VENDORS];

/* Which vendor module serves a maker's CPUs: by enum kvmcaps_maker. */
extern const u8 kvmcaps_vendor_of[KVMCAPS_NR_MAKERS];

#endif /* _KVMCAPS_RULE_H */
