// SPDX-License-Identifier: GPL-2.0
/* The list of feature MSRs, and what rows make of each. */
#include <stdio.h>
#include <string.h>
#include <linux/kernel.h>

#include "facts.h"
#include "kvmmsr_row.h"
#include "term.h"

#define SVM	BIT(KVMCAPS_VENDOR_SVM)
#define VMX	BIT(KVMCAPS_VENDOR_VMX)
#define ANY	(BIT(KVMCAPS_VENDOR_NONE) | SVM | VMX)

#define LISTED(who, msr, ...) \
	{ .number = KVMMSR_##msr, .name = #msr, .vendors = (who), ##__VA_ARGS__ }
#define OLD(msr)	LISTED(VMX, msr, UNTIL(6_1), .term = IF(NESTED))
#define NEW(msr)	LISTED(VMX, msr, SINCE(6_12), .term = IF(NESTED))

/* In KVM's order. Source: msr_based_features_all[], kvm_init_msr_lists(). */
static const struct kvmmsr listed[] = {
	OLD(VMX_BASIC), OLD(VMX_TRUE_PINBASED_CTLS), OLD(VMX_PINBASED_CTLS),
	OLD(VMX_TRUE_PROCBASED_CTLS), OLD(VMX_PROCBASED_CTLS), OLD(VMX_TRUE_EXIT_CTLS),
	OLD(VMX_EXIT_CTLS), OLD(VMX_TRUE_ENTRY_CTLS), OLD(VMX_ENTRY_CTLS), OLD(VMX_MISC),
	OLD(VMX_CR0_FIXED0), OLD(VMX_CR0_FIXED1), OLD(VMX_CR4_FIXED0), OLD(VMX_CR4_FIXED1),
	OLD(VMX_VMCS_ENUM), OLD(VMX_PROCBASED_CTLS2), OLD(VMX_EPT_VPID_CAP), OLD(VMX_VMFUNC),

	NEW(VMX_BASIC), NEW(VMX_PINBASED_CTLS), NEW(VMX_PROCBASED_CTLS), NEW(VMX_EXIT_CTLS),
	NEW(VMX_ENTRY_CTLS), NEW(VMX_MISC), NEW(VMX_CR0_FIXED0), NEW(VMX_CR0_FIXED1),
	NEW(VMX_CR4_FIXED0), NEW(VMX_CR4_FIXED1), NEW(VMX_VMCS_ENUM), NEW(VMX_PROCBASED_CTLS2),
	NEW(VMX_EPT_VPID_CAP), NEW(VMX_TRUE_PINBASED_CTLS), NEW(VMX_TRUE_PROCBASED_CTLS),
	NEW(VMX_TRUE_EXIT_CTLS), NEW(VMX_TRUE_ENTRY_CTLS), NEW(VMX_VMFUNC),

	LISTED(SVM, AMD64_DE_CFG),
	LISTED(ANY, UCODE_REV),
	LISTED(ANY, ARCH_CAPABILITIES),
	LISTED(ANY, PERF_CAPABILITIES),
	LISTED(ANY, PLATFORM_INFO, SINCE(6_16)),
};

static bool is_listed(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps,
		      const struct kvmmsr *row)
{
	return (row->vendors & BIT(host->facts.vendor)) &&
	       kvmcaps_release_in(row->in, caps->release) &&
	       kvmcaps_terms_hold(host, caps, &row->term, 1);
}

const struct kvmmsr *kvmmsr_listed(const struct kvmcaps_host *host,
				   const struct kvmcaps_caps *caps, unsigned int nr)
{
	const struct kvmmsr *row;

	for (row = listed; row < listed + ARRAY_SIZE(listed); row++) {
		if (is_listed(host, caps, row) && !nr--)
			return row;
	}
	return NULL;
}

static bool lists(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps, u32 msr)
{
	const struct kvmmsr *row;

	for (row = listed; row < listed + ARRAY_SIZE(listed); row++) {
		if (row->number == msr && is_listed(host, caps, row))
			return true;
	}
	return false;
}

struct true_msr {
	u32 msr;
	u32 other;
};

/* They differ in the lower halves only, that is in rows of their own. */
static const struct true_msr true_msrs[] = {
	{ KVMMSR_VMX_TRUE_PINBASED_CTLS, KVMMSR_VMX_PINBASED_CTLS },
	{ KVMMSR_VMX_TRUE_PROCBASED_CTLS, KVMMSR_VMX_PROCBASED_CTLS },
	{ KVMMSR_VMX_TRUE_EXIT_CTLS, KVMMSR_VMX_EXIT_CTLS },
	{ KVMMSR_VMX_TRUE_ENTRY_CTLS, KVMMSR_VMX_ENTRY_CTLS },
};

#define UPPER	(~0ull << 32)

/* The bits of @msr in which a row has a say. */
static u64 row_bits(const struct kvmmsr_row *row, u32 msr)
{
	unsigned int i;

	if (row->msr == msr)
		return row->bits;
	for (i = 0; i < ARRAY_SIZE(true_msrs); i++) {
		if (true_msrs[i].msr == msr && true_msrs[i].other == row->msr)
			return row->bits & UPPER;
	}
	return 0;
}

/* CR4 as far as CPUID tells: a bit that a feature brings can be 1. */
static const struct {
	u8 bit;
	u16 feature;
} cr4_bits[] = {
	{ 0, KVMCAPS_F_VME }, { 1, KVMCAPS_F_VME }, { 2, KVMCAPS_F_TSC }, { 3, KVMCAPS_F_DE },
	{ 4, KVMCAPS_F_PSE }, { 5, KVMCAPS_F_PAE }, { 6, KVMCAPS_F_MCE }, { 7, KVMCAPS_F_PGE },
	{ 8, KVMCAPS_F_TSC }, { 9, KVMCAPS_F_FXSR }, { 10, KVMCAPS_F_XMM },
	{ 11, KVMCAPS_F_UMIP }, { 12, KVMCAPS_F_LA57 }, { 13, KVMCAPS_F_TSC },
	{ 14, KVMCAPS_F_SMX }, { 16, KVMCAPS_F_FSGSBASE }, { 17, KVMCAPS_F_PCID },
	{ 18, KVMCAPS_F_XSAVE }, { 20, KVMCAPS_F_SMEP }, { 21, KVMCAPS_F_SMAP },
	{ 22, KVMCAPS_F_PKU }, { 23, KVMCAPS_F_SHSTK }, { 23, KVMCAPS_F_IBT },
	{ 28, KVMCAPS_F_LAM },
};

static u64 assumed_cr4(const struct kvmcaps_host *host)
{
	u64 value = 0;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cr4_bits); i++) {
		if (kvmcaps_host_word(host, KVMCAPS_WORD(cr4_bits[i].feature)) &
		    KVMCAPS_BIT(cr4_bits[i].feature))
			value |= BIT_ULL(cr4_bits[i].bit);
	}
	return value;
}

u64 kvmmsr_host(const struct kvmcaps_host *host, enum kvmcaps_msr msr)
{
	if (host->facts.msrs & BIT(msr))
		return host->facts.msr[msr];
	if (msr == KVMCAPS_MSR_VMX_CR0_FIXED1)
		return 0xffffffff;
	if (msr == KVMCAPS_MSR_VMX_CR4_FIXED1)
		return assumed_cr4(host);
	return host->facts.msr[msr];
}

static bool may_apply(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps,
		      const struct kvmmsr_row *row)
{
	return (!row->vendors || (row->vendors & BIT(host->facts.vendor))) &&
	       kvmcaps_release_in(row->in, caps->release);
}

static bool applies(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps,
		    const struct kvmmsr_row *row)
{
	return may_apply(host, caps, row) &&
	       kvmcaps_terms_hold(host, caps, row->terms, ARRAY_SIZE(row->terms));
}

/* What a row gives @msr on a host. */
static u64 given(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps,
		 const struct kvmmsr_row *row, u32 msr)
{
	u64 bits = row_bits(row, msr);

	if (!bits || !applies(host, caps, row))
		return 0;
	return row->from ? bits & kvmmsr_host(host, row->from - 1) : bits;
}

/* Row @nr of all, NULL behind the last. */
static const struct kvmmsr_row *row_at(unsigned int nr)
{
	if (nr < kvmmsr_rows_arch.nr)
		return &kvmmsr_rows_arch.rows[nr];
	nr -= kvmmsr_rows_arch.nr;
	return nr < kvmmsr_rows_vmx.nr ? &kvmmsr_rows_vmx.rows[nr] : NULL;
}

bool kvmmsr_feature(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps,
		    u32 msr, u64 *value)
{
	const struct kvmmsr_row *row;
	unsigned int nr;

	if (!lists(host, caps, msr))
		return false;
	*value = 0;
	for (nr = 0; (row = row_at(nr)); nr++)
		*value |= given(host, caps, row, msr);
	return true;
}

bool kvmmsr_assumed(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps, u32 msr)
{
	bool defects = host->facts.flags & BIT(KVMCAPS_FACT_DEFECTS);
	const struct kvmmsr_row *row;
	unsigned int nr;

	if (!defects && (msr == KVMMSR_ARCH_CAPABILITIES ||
			 (msr == KVMMSR_PERF_CAPABILITIES &&
			  host->facts.vendor == KVMCAPS_VENDOR_VMX)))
		return true;
	for (nr = 0; (row = row_at(nr)); nr++) {
		if (row_bits(row, msr) && row->from && applies(host, caps, row) &&
		    !(host->facts.msrs & BIT(row->from - 1)))
			return true;
	}
	return false;
}

static void join(struct kvmmsr_words *words, const char *clause)
{
	size_t len = strlen(words->text);

	if (strstr(words->text, clause))
		return;
	snprintf(words->text + len, sizeof(words->text) - len, "%s%s", len ? ", " : "", clause);
}

/* What stands in the way of a row that would give a bit. */
static void say_failing(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps,
			const struct kvmmsr_row *row, unsigned int bit,
			struct kvmmsr_words *words)
{
	const struct kvmcaps_term own = {
		.kind = KVMCAPS_TERM_MSR,
		.arg = (row->from - 1) * 64 + bit,
	};
	struct term_list list = {};
	unsigned int i;

	term_failing(host, caps, row->terms, ARRAY_SIZE(row->terms), &list);
	for (i = 0; i < list.nr; i++)
		join(words, term_state(host, caps, &list.terms[i]).text);
	if (!list.nr)
		join(words, term_words(host, &own, false).text);
}

/* Any of the rows would do: what fails of all of them. */
static void say_bit(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps, u32 msr,
		    unsigned int bit, struct kvmmsr_words *words)
{
	const struct kvmmsr_row *row;
	unsigned int nr;

	for (nr = 0; (row = row_at(nr)); nr++) {
		if (!may_apply(host, caps, row) || !(row_bits(row, msr) & BIT_ULL(bit)))
			continue;
		if (given(host, caps, row, msr) & BIT_ULL(bit)) {
			snprintf(words->text, sizeof(words->text), "%s", row->why);
			return;
		}
		say_failing(host, caps, row, bit, words);
	}
}

struct kvmmsr_words kvmmsr_why(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps,
			       u32 msr, unsigned int bit)
{
	struct kvmmsr_words words = {};

	if (lists(host, caps, msr))
		say_bit(host, caps, msr, bit, &words);
	else
		snprintf(words.text, sizeof(words.text), "KVM %s with %s does not have this MSR%s",
			 facts_release(host).name, facts_module(host),
			 msr >= KVMMSR_VMX_BASIC && msr <= KVMMSR_VMX_VMFUNC &&
			 host->facts.vendor == KVMCAPS_VENDOR_VMX ? " with nested=0" : "");
	if (!*words.text)
		snprintf(words.text, sizeof(words.text), "KVM %s does not let guests have it",
			 facts_release(host).name);
	return words;
}
