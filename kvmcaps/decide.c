// SPDX-License-Identifier: GPL-2.0
/*
 * From a host to verdicts. The mask is their sum, so that it and its
 * explanation cannot disagree.
 */
#include <linux/kernel.h>
#include <kvmcaps/declare.h>
#include <kvmcaps/decide.h>

/* XCR0 features that KVM knows: KVM_SUPPORTED_XCR0. */
#define SUPPORTED_XCR0	(BIT_ULL(0) | BIT_ULL(1) | BIT_ULL(2) |	/* FP SSE YMM */ \
			 BIT_ULL(3) | BIT_ULL(4) |		/* MPX */ \
			 BIT_ULL(5) | BIT_ULL(6) | BIT_ULL(7) |	/* AVX-512 */ \
			 BIT_ULL(9) |				/* PKRU */ \
			 BIT_ULL(17) | BIT_ULL(18))		/* AMX */

#define XSTATE_LEAF	0xd
#define FIRST_XSTATE	2

static u8 class_of(const struct kvmcaps_host *host, unsigned int feature)
{
	const struct kvmcaps_decl *decl = &kvmcaps_decls[feature];

	return decl->since <= host->facts.release ? decl->class : KVMCAPS_UNDECLARED;
}

static bool kernel_has(const struct kvmcaps_host *host, unsigned int feature)
{
	const struct kvmcaps_word_info *word = &kvmcaps_words[KVMCAPS_WORD(feature)];

	return host->facts.release < word->kept_since || kvmcaps_host_has(host, feature);
}

/* The witnesses that speak for a feature. */
static u8 witnesses(const struct kvmcaps_host *host, u32 raw, unsigned int feature)
{
	u8 has = 0;

	if (raw & KVMCAPS_BIT(feature))
		has |= KVMCAPS_NEED_CPU;
	if (kernel_has(host, feature))
		has |= KVMCAPS_NEED_KERNEL;
	if (kvmcaps_host_has(host, feature))
		has |= KVMCAPS_NEED_FLAG;
	if (host->facts.flags & BIT(KVMCAPS_FACT_X86_64))
		has |= KVMCAPS_NEED_64BIT;
	return has;
}

static void declare_word(const struct kvmcaps_host *host,
			 struct kvmcaps_caps *caps, unsigned int word)
{
	u32 raw = kvmcaps_host_word(host, word);
	unsigned int feature;
	u8 needs;

	for (feature = word * 32; feature < (word + 1) * 32; feature++) {
		needs = kvmcaps_classes[class_of(host, feature)].needs;
		if (!(needs & ~witnesses(host, raw, feature)))
			caps->mask[word] |= KVMCAPS_BIT(feature);
	}
}

static void apply(struct kvmcaps_caps *caps, const struct kvmcaps_rule *rule, u8 number)
{
	u32 *word = &caps->mask[KVMCAPS_WORD(rule->feature)];

	if (rule->action == KVMCAPS_SET)
		*word |= KVMCAPS_BIT(rule->feature);
	else
		*word &= ~KVMCAPS_BIT(rule->feature);
	caps->rule[rule->feature] = number;
}

/* Numbers go on from the common rules to the vendor's. */
static void apply_all(const struct kvmcaps_host *host, struct kvmcaps_caps *caps,
		      const struct kvmcaps_rules *rules, unsigned int first)
{
	const struct kvmcaps_rule *rule;
	unsigned int i;

	for (i = 0; rules && i < rules->nr; i++) {
		rule = &rules->rules[i];
		if (rule->since <= host->facts.release &&
		    kvmcaps_terms_hold(host, caps, rule->terms, ARRAY_SIZE(rule->terms)))
			apply(caps, rule, first + i);
	}
}

static const struct kvmcaps_rule *rule_by_number(const struct kvmcaps_host *host,
						 unsigned int number)
{
	if (!number)
		return NULL;
	if (number <= kvmcaps_rules_common.nr)
		return &kvmcaps_rules_common.rules[number - 1];
	return &kvmcaps_vendors[host->facts.vendor]
			.rules->rules[number - 1 - kvmcaps_rules_common.nr];
}

static void read_xstates(const struct kvmcaps_host *host, struct kvmcaps_caps *caps)
{
	struct kvmcaps_cpuid regs;
	unsigned int i;

	for (i = FIRST_XSTATE; i < KVMCAPS_NR_XFEATURES; i++) {
		regs = kvmcaps_host_cpuid(host, XSTATE_LEAF, i);
		caps->xstate[i] = (struct kvmcaps_xstate){
			.size = regs.eax,
			.offset = regs.ebx,
			.flags = regs.ecx,
		};
	}
}

/**
 * kvmcaps_decide() - all that KVM computes when its vendor module loads
 * @host: the host, as the loading CPU sees it
 * @caps: filled in
 *
 * Source: kvm_set_cpu_caps(), kvm_x86_vendor_init(), kvm_init_xstate_sizes()
 * and the vendor module's hardware setup.
 */
void kvmcaps_decide(const struct kvmcaps_host *host, struct kvmcaps_caps *caps)
{
	const struct kvmcaps_vendor_info *vendor = &kvmcaps_vendors[host->facts.vendor];
	unsigned int word;

	*caps = (struct kvmcaps_caps){};
	kvmcaps_conditions_init(host, caps);
	caps->max_extended = kvmcaps_host_cpuid(host, 0x80000000, 0).eax;
	caps->xcr0 = host->facts.xcr0 & SUPPORTED_XCR0;
	if (!kvmcaps_caps_cond(caps, vendor->xcr0_unless))
		caps->xcr0 &= ~vendor->xcr0_denied;
	read_xstates(host, caps);

	for (word = 0; word < KVMCAPS_NR_WORDS; word++)
		declare_word(host, caps, word);
	apply_all(host, caps, &kvmcaps_rules_common, 1);
	apply_all(host, caps, vendor->rules, 1 + kvmcaps_rules_common.nr);
}

/**
 * kvmcaps_verdict() - why a feature is (not) offered
 * @host: the host
 * @caps: decided on that host
 * @feature: below NR_KVMCAPS_FEATURES
 *
 * Return: the verdict and its evidence.
 */
struct kvmcaps_verdict kvmcaps_verdict(const struct kvmcaps_host *host,
				       const struct kvmcaps_caps *caps,
				       unsigned int feature)
{
	u32 raw = kvmcaps_host_word(host, KVMCAPS_WORD(feature));
	u8 class = class_of(host, feature);
	u8 needs = kvmcaps_classes[class].needs;

	return (struct kvmcaps_verdict){
		.offered = kvmcaps_caps_has(caps, feature),
		.class = class,
		.needs = needs,
		.missing = needs & ~witnesses(host, raw, feature),
		.rule = rule_by_number(host, caps->rule[feature]),
	};
}
