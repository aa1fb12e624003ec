/* SPDX-License-Identifier: GPL-2.0 */
/* From a host to verdicts and their sum, the mask. */
#ifndef _KVMCAPS_DECIDE_H
#define _KVMCAPS_DECIDE_H

#include <linux/bits.h>
#include <kvmcaps/condition.h>
#include <kvmcaps/declare.h>
#include <kvmcaps/rule.h>

/* XCR0 and IA32_XSS number their features alike. */
#define KVMCAPS_NR_XFEATURES	64

/**
 * struct kvmcaps_xstate - CPUID.(EAX=0DH,ECX=i), as read once at load
 * @size: bytes the feature takes in an XSAVE area
 * @offset: where, in the standard format
 * @flags: ECX: bit 1 asks for 64-byte alignment in the compacted format
 */
struct kvmcaps_xstate {
	u32 size;
	u32 offset;
	u32 flags;
};

/**
 * struct kvmcaps_caps - what KVM computes once, when its vendor module loads
 * @release: the reproduced release, as a set of one
 * @mask: offered features by word, like kvm_cpu_caps[]
 * @conds: bit map of enum kvmcaps_cond
 * @xcr0: XCR0 features that KVM supports here
 * @xss: IA32_XSS features that KVM supports here
 * @max_extended: highest extended leaf of the CPU
 * @pmu: the counters KVM hands out, like kvm_pmu_cap
 * @xstate: sizes, by number of the feature
 * @rule: by feature: number of the rule that had the last word, 0 for none
 */
struct kvmcaps_caps {
	u32 release;
	u32 mask[KVMCAPS_NR_WORDS];
	u64 conds;
	u64 xcr0;
	u64 xss;
	u32 max_extended;
	struct kvmcaps_pmu pmu;
	struct kvmcaps_xstate xstate[KVMCAPS_NR_XFEATURES];
	u8 rule[NR_KVMCAPS_FEATURES];
};

/**
 * struct kvmcaps_verdict - whether a feature is offered, and why (not)
 * @offered: the feature's bit in the mask
 * @class: enum kvmcaps_class, KVMCAPS_UNDECLARED in a release without it
 * @needs: witnesses the class needs, KVMCAPS_NEED_*
 * @missing: those of them that are missing on this host
 * @rule: the rule that had the last word, or NULL
 */
struct kvmcaps_verdict {
	bool offered;
	u8 class;
	u8 needs;
	u8 missing;
	const struct kvmcaps_rule *rule;
};

enum kvmcaps_class kvmcaps_class_of(unsigned int feature, u32 release);
void kvmcaps_decide(const struct kvmcaps_host *host, struct kvmcaps_caps *caps);
struct kvmcaps_verdict kvmcaps_verdict(const struct kvmcaps_host *host,
				       const struct kvmcaps_caps *caps,
				       unsigned int feature);

static inline bool kvmcaps_caps_has(const struct kvmcaps_caps *caps,
				    unsigned int feature)
{
	return caps->mask[KVMCAPS_WORD(feature)] & KVMCAPS_BIT(feature);
}

static inline bool kvmcaps_caps_cond(const struct kvmcaps_caps *caps,
				     enum kvmcaps_cond cond)
{
	return caps->conds & BIT_ULL(cond);
}

#endif /* _KVMCAPS_DECIDE_H */
