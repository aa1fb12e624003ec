// SPDX-License-Identifier: GPL-2.0
/*
 * From a host to verdicts. The mask is their sum, so that it and its
 * explanation cannot disagree.
 */
#include <linux/kernel.h>
#include <kvmcaps/decide.h>

/* XCR0 features that KVM knows: KVM_SUPPORTED_XCR0. */
#define SUPPORTED_XCR0	(BIT_ULL(0) | BIT_ULL(1) | BIT_ULL(2) |	/* FP SSE YMM */ \
			 BIT_ULL(3) | BIT_ULL(4) |		/* MPX */ \
			 BIT_ULL(5) | BIT_ULL(6) | BIT_ULL(7) |	/* AVX-512 */ \
			 BIT_ULL(9) |				/* PKRU */ \
			 BIT_ULL(17) | BIT_ULL(18))		/* AMX */

#define XSTATE_LEAF	0xd
#define FIRST_XSTATE	2

/**
 * kvmcaps_class_of() - how KVM declares a feature
 * @feature: below NR_KVMCAPS_FEATURES
 * @release: in this release, as a set of one
 *
 * Return: its class, KVMCAPS_UNDECLARED in a release that does not declare it.
 */
enum kvmcaps_class kvmcaps_class_of(unsigned int feature, u32 release)
{
	const struct kvmcaps_decl *decl = &kvmcaps_decls[feature];
	const struct kvmcaps_other_decl *other = kvmcaps_other_decls;
	unsigned int i;

	if (kvmcaps_release_in(decl->in, release))
		return decl->class;
	for (i = 0; i < kvmcaps_nr_other_decls; i++, other++) {
		if (other->feature == feature && kvmcaps_release_in(other->decl.in, release))
			return other->decl.class;
	}
	return KVMCAPS_UNDECLARED;
}

/**
 * struct places - where in a host's record the next word may be; {} to begin
 * @word: number of the entry of the last word
 * @base: that of the first leaf of its range
 */
struct places {
	u32 word;
	u32 base;
};

/*
 * What KVM sees of a word of raw CPUID. Source: raw_cpuid_get(), before it
 * __kvm_cpu_cap_mask().
 */
static u32 raw_word(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps,
		    unsigned int word, struct places *near)
{
	u32 function = kvmcaps_words[word].function;
	u32 base = function & 0xffff0000;
	u32 raw = kvmcaps_host_word_near(host, &near->word, word);

	if (raw && kvmcaps_caps_cond(caps, KVMCAPS_COND_WORDS_IN_RANGE) &&
	    kvmcaps_host_cpuid_near(host, &near->base, base, 0).eax < function)
		return 0;
	return raw;
}

/**
 * struct testimony - what has been said of the features of one word
 * @by: by enum kvmcaps_witness: for which of them it speaks
 */
struct testimony {
	u32 by[KVMCAPS_NR_WITNESSES];
};

static struct testimony hear(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps,
			     unsigned int word, struct places *near)
{
	u32 flags = host->facts.caps[word];
	bool wide = host->facts.flags & BIT(KVMCAPS_FACT_X86_64);

	return (struct testimony){
		.by = {
			[KVMCAPS_WITNESS_CPU] = raw_word(host, caps, word, near),
			[KVMCAPS_WITNESS_KERNEL] = kvmcaps_words[word].kept ? flags : ~0u,
			[KVMCAPS_WITNESS_FLAG] = flags,
			[KVMCAPS_WITNESS_64BIT] = wide ? ~0u : 0,
		},
	};
}

/* Those features for which all witnesses speak that they need. */
static u32 granted(const struct testimony *has, u32 features, u8 needs)
{
	unsigned int i;

	for (i = 0; i < KVMCAPS_NR_WITNESSES; i++) {
		if (needs & BIT(i))
			features &= has->by[i];
	}
	return features;
}

/* Those witnesses that a feature needs and that do not speak for it. */
static u8 missing(const struct testimony *has, u32 feature, u8 needs)
{
	unsigned int i;
	u8 set = 0;

	for (i = 0; i < KVMCAPS_NR_WITNESSES; i++) {
		if ((needs & BIT(i)) && !(has->by[i] & feature))
			set |= BIT(i);
	}
	return set;
}

/* A word's features by the class that the table gives them. */
static void classify(u32 release, unsigned int word, u32 of_class[NR_KVMCAPS_CLASSES])
{
	const struct kvmcaps_decl *decl = &kvmcaps_decls[word * 32];
	unsigned int bit;

	for (bit = 0; bit < 32; bit++, decl++) {
		if (decl->class && kvmcaps_release_in(decl->in, release))
			of_class[decl->class] |= BIT(bit);
	}
}

static void declare_word(const struct kvmcaps_host *host, struct kvmcaps_caps *caps,
			 unsigned int word, struct places *near)
{
	struct testimony has = hear(host, caps, word, near);
	u32 of_class[NR_KVMCAPS_CLASSES] = {};
	unsigned int i;

	classify(caps->release, word, of_class);
	for (i = 0; i < NR_KVMCAPS_CLASSES; i++) {
		if (of_class[i])
			caps->mask[word] |= granted(&has, of_class[i], kvmcaps_classes[i].needs);
	}
}

static void declare_others(const struct kvmcaps_host *host, struct kvmcaps_caps *caps)
{
	const struct kvmcaps_other_decl *other = kvmcaps_other_decls;
	struct testimony has;
	unsigned int i, word;
	struct places near = {};

	for (i = 0; i < kvmcaps_nr_other_decls; i++, other++) {
		if (!kvmcaps_release_in(other->decl.in, caps->release))
			continue;
		word = KVMCAPS_WORD(other->feature);
		has = hear(host, caps, word, &near);
		caps->mask[word] |= granted(&has, KVMCAPS_BIT(other->feature),
					    kvmcaps_classes[other->decl.class].needs);
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

/* Returns the number of the next block's first rule. */
static unsigned int apply_all(const struct kvmcaps_host *host, struct kvmcaps_caps *caps,
			      const struct kvmcaps_rules *rules, unsigned int first)
{
	const struct kvmcaps_rule *rule;
	unsigned int i;

	for (i = 0; i < rules->nr; i++) {
		rule = &rules->rules[i];
		if (kvmcaps_release_in(rule->in, caps->release) &&
		    kvmcaps_terms_hold(host, caps, rule->terms, ARRAY_SIZE(rule->terms)))
			apply(caps, rule, first + i);
	}
	return first + rules->nr;
}

static const struct kvmcaps_rules no_rules;

/* Who has a say, in this order. Rules are numbered through, from 1. */
#define NR_BLOCKS	3

static const struct kvmcaps_rules *rule_block(const struct kvmcaps_host *host,
					      unsigned int block)
{
	const struct kvmcaps_rules *blocks[NR_BLOCKS] = {
		&kvmcaps_rules_common,
		kvmcaps_vendors[host->facts.vendor].rules ?: &no_rules,
		&kvmcaps_rules_xss,
	};

	return blocks[block];
}

static const struct kvmcaps_rule *rule_by_number(const struct kvmcaps_host *host,
						 unsigned int number)
{
	const struct kvmcaps_rules *rules;
	unsigned int block;

	for (block = 0; number && block < NR_BLOCKS; block++) {
		rules = rule_block(host, block);
		if (number <= rules->nr)
			return &rules->rules[number - 1];
		number -= rules->nr;
	}
	return NULL;
}

static u64 xss_of(const struct kvmcaps_caps *caps)
{
	const struct kvmcaps_xss_state *row = kvmcaps_xss_states;
	unsigned int i;
	u64 xss = 0;

	for (i = 0; i < kvmcaps_nr_xss_states; i++, row++) {
		if (kvmcaps_caps_has(caps, row->feature))
			xss |= row->states;
	}
	return xss;
}

static void read_xstates(const struct kvmcaps_host *host, struct kvmcaps_caps *caps)
{
	const struct kvmcaps_cpuid *regs = host->cpuid;
	u32 i;

	for (i = 0; i < host->nr_cpuid; i++, regs++) {
		if (regs->function != XSTATE_LEAF || regs->index < FIRST_XSTATE ||
		    regs->index >= KVMCAPS_NR_XFEATURES)
			continue;
		caps->xstate[regs->index] = (struct kvmcaps_xstate){
			.size = regs->eax,
			.offset = regs->ebx,
			.flags = regs->ecx,
		};
	}
}

/**
 * kvmcaps_decide() - all that KVM computes when its vendor module loads
 * @host: the host, as the loading CPU sees it
 * @caps: filled in
 *
 * Source: kvm_set_cpu_caps(), kvm_x86_vendor_init(), kvm_init_xstate_sizes(),
 * kvm_setup_xss_caps() and the vendor module's hardware setup.
 */
void kvmcaps_decide(const struct kvmcaps_host *host, struct kvmcaps_caps *caps)
{
	const struct kvmcaps_vendor_info *vendor = &kvmcaps_vendors[host->facts.vendor];
	unsigned int word, block, number = 1;
	struct places near = {};

	*caps = (struct kvmcaps_caps){};
	kvmcaps_conditions_init(host, caps);
	caps->max_extended = kvmcaps_host_cpuid(host, 0x80000000, 0).eax;
	caps->xcr0 = host->facts.xcr0 & SUPPORTED_XCR0;
	if (!kvmcaps_caps_cond(caps, vendor->xcr0_unless))
		caps->xcr0 &= ~vendor->xcr0_denied;
	read_xstates(host, caps);

	for (word = 0; word < KVMCAPS_NR_WORDS; word++)
		declare_word(host, caps, word, &near);
	declare_others(host, caps);
	for (block = 0; block < NR_BLOCKS; block++)
		number = apply_all(host, caps, rule_block(host, block), number);
	caps->xss = xss_of(caps);
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
	struct places near = {};
	struct testimony has = hear(host, caps, KVMCAPS_WORD(feature), &near);
	u8 class = kvmcaps_class_of(feature, caps->release);
	u8 needs = kvmcaps_classes[class].needs;

	return (struct kvmcaps_verdict){
		.offered = kvmcaps_caps_has(caps, feature),
		.class = class,
		.needs = needs,
		.missing = missing(&has, KVMCAPS_BIT(feature), needs),
		.rule = rule_by_number(host, caps->rule[feature]),
	};
}
