// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>
#include <kvmcaps/release.h>

#include "alloc.h"
#include "change.h"
#include "linux_upgrade.h"
#include "rules.h"
#include "term.h"

/* IA32_XSS states that follow features: CET_U and CET_S. */
#define XSS_CET		(BIT_ULL(11) | BIT_ULL(12))

/**
 * struct trial - a search under way
 * @host: the host as it is
 * @feature: what is wanted
 * @asked: what its rules ask about
 * @policies: parameters among these
 * @copy: the host with a change
 * @caps: decided on it
 */
struct trial {
	const struct kvmcaps_host *host;
	unsigned int feature;
	struct term_list asked;
	u32 policies;
	struct kvmcaps_host copy;
	struct kvmcaps_caps caps;
};

static struct kvmcaps_cpuid *cpuid_at(struct kvmcaps_host *host, u32 function, u32 index)
{
	struct kvmcaps_cpuid *regs;
	u32 i;

	for (i = 0; i < host->nr_cpuid; i++) {
		if (host->cpuid[i].function == function && host->cpuid[i].index == index)
			return &host->cpuid[i];
	}
	if (host->nr_cpuid == KVMCAPS_MAX_CPUID)
		return &host->cpuid[KVMCAPS_MAX_CPUID - 1];
	regs = &host->cpuid[host->nr_cpuid++];
	*regs = (struct kvmcaps_cpuid){ .function = function, .index = index };
	return regs;
}

static u32 *register_of(struct kvmcaps_cpuid *regs, unsigned int reg)
{
	u32 *const where[KVMCAPS_NR_REGS] = { &regs->eax, &regs->ebx, &regs->ecx, &regs->edx };

	return where[reg];
}

/* In the CPU and in the kernel, which uses it. */
static void give(struct kvmcaps_host *host, unsigned int feature)
{
	const struct kvmcaps_word_info *info;
	struct kvmcaps_cpuid *base;

	host->facts.caps[KVMCAPS_WORD(feature)] |= KVMCAPS_BIT(feature);
	if (feature >= NR_KVMCAPS_FEATURES)
		return;
	info = &kvmcaps_words[KVMCAPS_WORD(feature)];
	*register_of(cpuid_at(host, info->function, info->index), info->reg) |=
		KVMCAPS_BIT(feature);
	base = cpuid_at(host, info->function & 0xffff0000, 0);
	base->eax = max(base->eax, info->function);
}

/* A PMU with all that KVM asks for, ASIDs of both kinds, and SGX. */
static void give_computed(struct kvmcaps_host *host)
{
	struct kvmcaps_cpuid *sev = cpuid_at(host, 0x8000001f, 0);

	host->facts.pmu.version = max(host->facts.pmu.version, 2u);
	host->facts.pmu.num_counters_gp = max(host->facts.pmu.num_counters_gp, 6u);
	host->facts.pmu.pebs_ept = 1;
	sev->ecx = max(sev->ecx, 2u);
	sev->edx = 2;
	cpuid_at(host, 0x12, 0)->eax |= 1;
	cpuid_at(host, 0, 0)->eax = max(cpuid_at(host, 0, 0)->eax, 0x12u);
}

static void give_term(struct kvmcaps_host *host, const struct kvmcaps_term *term)
{
	switch (term->kind) {
	case KVMCAPS_TERM_HOST:
		if (KVMCAPS_WORD(term->arg) == KVMCAPS_W_BUG)
			host->facts.caps[KVMCAPS_W_BUG] &= ~KVMCAPS_BIT(term->arg);
		else
			give(host, term->arg);
		break;
	case KVMCAPS_TERM_OFFERED:
		give(host, term->arg);
		break;
	case KVMCAPS_TERM_FACT:
		host->facts.flags |= BIT(term->arg);
		break;
	case KVMCAPS_TERM_XCR0:
		host->facts.xcr0 |= BIT_ULL(term->arg);
		break;
	case KVMCAPS_TERM_XSS:
		host->facts.xss |= BIT_ULL(term->arg);
		break;
	case KVMCAPS_TERM_MSR:
		host->facts.msr[term->arg / 64] |= BIT_ULL(term->arg % 64);
		break;
	case KVMCAPS_TERM_COND:
		give_computed(host);
		break;
	default:
		break;
	}
}

static void give_all(const struct trial *trial, struct kvmcaps_host *host)
{
	unsigned int i;

	give(host, trial->feature);
	for (i = 0; i < trial->asked.nr; i++)
		give_term(host, &trial->asked.terms[i]);
}

/* The kernel uses whatever the CPU has, and switches it on. */
static void unmask(struct kvmcaps_host *host)
{
	unsigned int word;

	for (word = 0; word < KVMCAPS_NR_WORDS; word++) {
		if (kvmcaps_words[word].kept)
			host->facts.caps[word] |= kvmcaps_host_word(host, word);
	}
	if (kvmcaps_host_has(host, KVMCAPS_F_XSAVE))
		give(host, KVMCAPS_F_OSXSAVE);
	if (kvmcaps_host_has(host, KVMCAPS_F_PKU))
		give(host, KVMCAPS_F_OSPKE);
	host->facts.xss |= kvmcaps_host_cpuid(host, 0xd, 1).ecx & XSS_CET;
}

static bool helps(struct trial *trial, const struct change *change)
{
	struct kvmcaps_host *copy = &trial->copy;

	copy->facts = trial->host->facts;
	copy->nr_cpuid = trial->host->nr_cpuid;
	memcpy(copy->cpuid, trial->host->cpuid, copy->nr_cpuid * sizeof(copy->cpuid[0]));

	copy->facts.policy ^= change->policy;
	/* The kernel comes with its KVM. */
	if (change->release) {
		copy->facts.release = change->release;
		linux_upgrade(copy, (u32)change->release << 8);
	}
	if (change->vendor)
		copy->facts.vendor = change->vendor;
	if (change->kernel)
		unmask(copy);
	if (change->hardware)
		give_all(trial, copy);
	kvmcaps_decide(copy, &trial->caps);
	return kvmcaps_caps_has(&trial->caps, trial->feature);
}

/* Counts through all subsets of the parameters, each behind its own subsets. */
static bool try_policies(struct trial *trial, struct change *change)
{
	change->policy = 0;
	do {
		if (helps(trial, change))
			return true;
		change->policy = (change->policy - trial->policies) & trial->policies;
	} while (change->policy);
	return false;
}

static bool try_releases(struct trial *trial, struct change *change)
{
	unsigned int nr = kvmcaps_release_nr(trial->host->facts.release) + 1;

	for (; nr < KVMCAPS_NR_RELEASES; nr++) {
		change->release = kvmcaps_releases[nr];
		if (try_policies(trial, change))
			return true;
	}
	change->release = 0;
	return false;
}

/* What is easier to change comes first. */
static const struct change plans[] = {
	{ .kernel = false },
	{ .kernel = true },
	{ .kernel = true, .release = 1 },
	{ .kernel = true, .hardware = true },
	{ .kernel = true, .hardware = true, .release = 1 },
	{ .kernel = true, .hardware = true, .vendor = KVMCAPS_VENDOR_VMX },
	{ .kernel = true, .hardware = true, .vendor = KVMCAPS_VENDOR_SVM },
};

static void ask(struct trial *trial, const struct kvmcaps_host *host,
		const struct kvmcaps_caps *caps)
{
	struct rules_walk walk = { .host = host, .feature = trial->feature, .all = true };
	const struct kvmcaps_rule *rule;
	unsigned int i;

	trial->asked.nr = 0;
	trial->policies = 0;
	while ((rule = rules_next(&walk)))
		term_asked(host, caps, rule->terms, ARRAY_SIZE(rule->terms), &trial->asked);
	for (i = 0; i < trial->asked.nr; i++) {
		if (trial->asked.terms[i].kind == KVMCAPS_TERM_POLICY)
			trial->policies |= BIT(trial->asked.terms[i].arg);
		if (trial->asked.terms[i].kind == KVMCAPS_TERM_COND)
			trial->policies |= BIT(KVMCAPS_POLICY_ENABLE_PMU);
	}
}

/* Without a rule to help, what no CPU shows is not offered in any release. */
static bool needs_hardware(const struct trial *trial)
{
	unsigned int nr;
	u8 class, needs = KVMCAPS_NEED_CPU;

	for (nr = 0; nr < KVMCAPS_NR_RELEASES; nr++) {
		class = kvmcaps_class_of(trial->feature, 1u << nr);
		if (class != KVMCAPS_UNDECLARED)
			needs &= kvmcaps_classes[class].needs;
	}
	return !trial->asked.nr && needs &&
	       !(kvmcaps_host_word(trial->host, KVMCAPS_WORD(trial->feature)) &
		 KVMCAPS_BIT(trial->feature));
}

static bool try_plan(struct trial *trial, const struct kvmcaps_caps *caps,
		     const struct change *plan, struct change *change)
{
	*change = *plan;
	change->release = 0;
	if (plan->vendor && plan->vendor == trial->host->facts.vendor)
		return false;
	trial->copy.facts = trial->host->facts;
	if (plan->vendor)
		trial->copy.facts.vendor = plan->vendor;
	ask(trial, &trial->copy, caps);
	if (!plan->hardware && needs_hardware(trial))
		return false;
	return plan->release ? try_releases(trial, change) : try_policies(trial, change);
}

/* What a plan changes and did not have to is not said. */
static void reduce(struct trial *trial, struct change *change)
{
	struct change less = *change;

	less.kernel = false;
	if (helps(trial, &less))
		*change = less;
}

/* Some features no release could ever offer, whatever the host. */
static bool is_hopeless(unsigned int feature)
{
	struct rules_walk walk = { .feature = feature, .all = true, .any_vendor = true };
	const struct kvmcaps_rule *rule;
	unsigned int nr;
	u8 class;

	while ((rule = rules_next(&walk))) {
		if (rule->action == KVMCAPS_SET)
			return false;
	}
	for (nr = 0; nr < KVMCAPS_NR_RELEASES; nr++) {
		class = kvmcaps_class_of(feature, 1u << nr);
		if (class != KVMCAPS_UNDECLARED && class != KVMCAPS_CLASS_RUNTIME_F &&
		    class != KVMCAPS_CLASS_VENDOR_F)
			return false;
	}
	return true;
}

bool change_find(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps,
		 unsigned int feature, struct change *change)
{
	struct trial *trial;
	bool found = false;
	unsigned int i;

	if (is_hopeless(feature))
		return false;
	trial = alloc_zeroed(sizeof(*trial));
	trial->host = host;
	trial->feature = feature;
	for (i = 0; i < ARRAY_SIZE(plans) && !found; i++)
		found = try_plan(trial, caps, &plans[i], change);
	if (found)
		reduce(trial, change);
	free(trial);
	return found;
}
