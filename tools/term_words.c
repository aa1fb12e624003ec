// SPDX-License-Identifier: GPL-2.0
/* Each kind of term as a clause, for and against. */
#include <stdio.h>
#include <string.h>
#include <linux/kernel.h>

#include "bitname.h"
#include "facts.h"
#include "term.h"

struct clause {
	const char *is;
	const char *is_not;
};

/* Conditions that are computed, and those that hold in some releases only. */
static const struct clause conds[NR_KVMCAPS_CONDS] = {
	[KVMCAPS_COND_PMU] = { "there is a vPMU",
		"there is no vPMU: enable_pmu=0, or perf has too few counters" },
	[KVMCAPS_COND_PMU_CORE_COUNTERS] = { "perf leaves KVM six counters",
		"perf leaves KVM fewer than six counters" },
	[KVMCAPS_COND_PMU_V2] = { "perf drives PerfMonV2", "perf does not drive PerfMonV2" },
	[KVMCAPS_COND_PMU_V4] = { "perf has version 4", "perf has no version 4" },
	[KVMCAPS_COND_PMU_PEBS] = { "perf has PEBS that works with EPT",
		"perf has no PEBS that works with EPT" },
	[KVMCAPS_COND_SEV_ASIDS] = { "there are ASIDs for SEV", "there is no ASID for SEV" },
	[KVMCAPS_COND_SEV_ES_ASIDS] = { "there are ASIDs for SEV-ES",
		"there is no ASID for SEV-ES" },
	[KVMCAPS_COND_SGX_LEAF] = { "the CPU has the leaves of SGX",
		"the CPU lacks the leaves of SGX" },
	[KVMCAPS_COND_TDP] = { "there is nested paging", "there is no nested paging" },
};

static const struct clause facts[KVMCAPS_NR_FACTS] = {
	[KVMCAPS_FACT_X86_64] = { "the kernel is a 64-bit one",
		"the kernel is not a 64-bit one" },
	[KVMCAPS_FACT_PAE] = { "page tables have three levels or more",
		"page tables have two levels" },
	[KVMCAPS_FACT_5LEVEL] = { "page tables have five levels",
		"the host's page tables do not have five levels" },
	[KVMCAPS_FACT_SCHED_INFO] = { "the kernel accounts run delays",
		"the kernel does not account run delays" },
	[KVMCAPS_FACT_TSC_AUX] = { "MSR_TSC_AUX can be used", "MSR_TSC_AUX cannot be used" },
	[KVMCAPS_FACT_HOST_SNP] = { "the host is set up for SEV-SNP",
		"the host is not set up for SEV-SNP" },
	[KVMCAPS_FACT_MMIO_MASK] = { "a reserved physical bit marks MMIO",
		"no reserved physical bit is left to mark MMIO" },
	[KVMCAPS_FACT_PAT_WB] = { "PAT entry 0 is write-back", "PAT entry 0 is not write-back" },
	[KVMCAPS_FACT_SEV_GUEST] = { "this is an encrypted guest",
		"this is not an encrypted guest" },
	[KVMCAPS_FACT_DEFECTS] = { "the CPU's defects are known",
		"the CPU's defects are not known" },
	[KVMCAPS_FACT_LBR] = { "perf uses the LBRs", "perf does not use the LBRs" },
	[KVMCAPS_FACT_NO_L1D_FLUSH] = { "KVM was told never to flush the L1D",
		"KVM flushes the L1D where that is needed" },
};

static const char *const msrs[KVMCAPS_NR_MSRS] = {
	[KVMCAPS_MSR_FEAT_CTL]			= "IA32_FEAT_CTL",
	[KVMCAPS_MSR_ARCH_CAPABILITIES]		= "IA32_ARCH_CAPABILITIES",
	[KVMCAPS_MSR_PERF_CAPABILITIES]		= "IA32_PERF_CAPABILITIES",
	[KVMCAPS_MSR_VMX_BASIC]			= "IA32_VMX_BASIC",
	[KVMCAPS_MSR_VMX_PINBASED_CTLS]		= "IA32_VMX_PINBASED_CTLS",
	[KVMCAPS_MSR_VMX_PROCBASED_CTLS]	= "IA32_VMX_PROCBASED_CTLS",
	[KVMCAPS_MSR_VMX_PROCBASED_CTLS2]	= "IA32_VMX_PROCBASED_CTLS2",
	[KVMCAPS_MSR_VMX_PROCBASED_CTLS3]	= "IA32_VMX_PROCBASED_CTLS3",
	[KVMCAPS_MSR_VMX_EXIT_CTLS]		= "IA32_VMX_EXIT_CTLS",
	[KVMCAPS_MSR_VMX_ENTRY_CTLS]		= "IA32_VMX_ENTRY_CTLS",
	[KVMCAPS_MSR_VMX_MISC]			= "IA32_VMX_MISC",
	[KVMCAPS_MSR_VMX_EPT_VPID_CAP]		= "IA32_VMX_EPT_VPID_CAP",
	[KVMCAPS_MSR_VMX_CR0_FIXED1]		= "IA32_VMX_CR0_FIXED1",
	[KVMCAPS_MSR_VMX_CR4_FIXED1]		= "IA32_VMX_CR4_FIXED1",
	[KVMCAPS_MSR_UCODE_REV]			= "IA32_UCODE_REV",
	[KVMCAPS_MSR_MCU_OPT_CTRL]		= "IA32_MCU_OPT_CTRL",
};

static const char *choose(const struct clause *clause, bool is)
{
	const char *text = is ? clause->is : clause->is_not;

	return text ? text : is ? "its condition holds" : "its condition does not hold";
}

static struct term_words say_flag(const struct kvmcaps_host *host, unsigned int feature, bool is)
{
	const char *name = kvmcaps_feature_name(feature);
	struct term_words words;
	bool cpu = true;

	if (KVMCAPS_WORD(feature) == KVMCAPS_W_BUG) {
		snprintf(words.text, sizeof(words.text), "the kernel %s the defect %s",
			 is ? "knows the CPU to have" : "does not know the CPU to have",
			 name + strlen("BUG_"));
		return words;
	}
	/* What follows CR4 is the kernel's to switch on. */
	if (feature < NR_KVMCAPS_FEATURES &&
	    kvmcaps_decls[feature].class != KVMCAPS_CLASS_RUNTIME_F)
		cpu = kvmcaps_host_word(host, KVMCAPS_WORD(feature)) & KVMCAPS_BIT(feature);
	snprintf(words.text, sizeof(words.text), "%s %s",
		 !is && !cpu ? "the CPU does not have" : is ? "the kernel has" :
		 "the kernel does not have", name);
	return words;
}

static struct term_words say_state(unsigned int number, const char *where, bool is)
{
	const char *name = bitname_xstate(number);
	struct term_words words;

	snprintf(words.text, sizeof(words.text), "the host has %sswitched %s on in %s",
		 is ? "" : "not ", name ? name : "a state", where);
	return words;
}

static struct term_words say_msr(const struct kvmcaps_term *term, bool is)
{
	const char *name = msrs[term->arg / 64];
	struct term_words words;

	snprintf(words.text, sizeof(words.text), "bit %u of %s is %d", term->arg % 64,
		 name ? name : "an MSR", is);
	return words;
}

struct term_words term_words(const struct kvmcaps_host *host, const struct kvmcaps_term *term,
			     bool is)
{
	struct term_words words;

	switch (term->kind) {
	case KVMCAPS_TERM_HOST:
		return say_flag(host, term->arg, is);
	case KVMCAPS_TERM_XCR0:
		return say_state(term->arg, "XCR0", is);
	case KVMCAPS_TERM_XSS:
		return say_state(term->arg, "IA32_XSS", is);
	case KVMCAPS_TERM_MSR:
		return say_msr(term, is);
	case KVMCAPS_TERM_OFFERED:
		snprintf(words.text, sizeof(words.text), "%s is %soffered",
			 kvmcaps_feature_name(term->arg), is ? "" : "not ");
		return words;
	case KVMCAPS_TERM_POLICY:
		snprintf(words.text, sizeof(words.text), "%s=%d", facts_policy_name(term->arg), is);
		return words;
	case KVMCAPS_TERM_FACT:
		snprintf(words.text, sizeof(words.text), "%s", choose(&facts[term->arg], is));
		return words;
	default:
		snprintf(words.text, sizeof(words.text), "%s", choose(&conds[term->arg], is));
		return words;
	}
}

struct term_words term_state(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps,
			     const struct kvmcaps_term *term)
{
	const struct kvmcaps_term plain = { .kind = term->kind, .arg = term->arg };

	return term_words(host, &plain, kvmcaps_terms_hold(host, caps, &plain, 1));
}
