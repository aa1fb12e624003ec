// SPDX-License-Identifier: GPL-2.0
/* Rows: options of the command line, and what else makes Linux clear a flag. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "cause.h"
#include "depend.h"
#include "flagname.h"
#include "linux_caps.h"
#include "symptom.h"

#define CLEARCPUID	"clearcpuid="
/* Longest option that is quoted. */
#define OPTION_SIZE	64
/* What of a cause is said where it is the cause of another. */
#define DEEPER		120

/**
 * struct option_row - an option that makes a kernel lack a feature
 * @option: as it stands on the command line
 * @feature: the feature
 * @until: first kernel in which it does not; 0 for none
 * @key: note that says whether it has taken effect; NULL for none
 * @says: part of that if it has
 */
struct option_row {
	const char *option;
	u16 feature;
	u32 until;
	const char *key;
	const char *says;
};

#define OPTION(option, name)	{ option, KVMCAPS_F_##name, 0, NULL, NULL }
#define UNTIL_6_17(option, name) \
	{ option, KVMCAPS_F_##name, LINUX_KERNEL(6, 17), NULL, NULL }
#define IF_SAID(option, name, vulnerability, text) \
	{ option, KVMCAPS_F_##name, 0, "vulnerability." vulnerability, text }

static const struct option_row options[] = {
	/* It does not clear PKU. */
	OPTION("nopku", OSPKE),
	OPTION("noxsave", XSAVE), OPTION("noxsaveopt", XSAVEOPT), OPTION("noxsaves", XSAVES),
	OPTION("nofxsr", FXSR), OPTION("no387", FPU),
	OPTION("nosgx", SGX), OPTION("no5lvl", LA57), OPTION("nopcid", PCID),
	OPTION("noinvpcid", INVPCID), OPTION("nofsgsbase", FSGSBASE),
	OPTION("ibt=off", IBT), OPTION("nox2apic", X2APIC),
	OPTION("lapic=notscdeadline", TSC_DEADLINE_TIMER),
	OPTION("nolapic", APIC), OPTION("disableapic", APIC),
	OPTION("tsx=off", RTM), OPTION("tsx=off", HLE),
	OPTION("tsx=auto", RTM), OPTION("tsx=auto", HLE),
	OPTION("pti=on", INVLPGB), OPTION("pti=on", FRED), OPTION("fred=off", FRED),
	/* What a mitigation clears, and what only the choice of one vouches for. */
	IF_SAID("gather_data_sampling=force", AVX, "gather_data_sampling", "AVX disabled"),
	UNTIL_6_17("mitigations=off", SRSO_NO),
	UNTIL_6_17("spec_rstack_overflow=off", SRSO_NO),
};

struct state_row {
	const char *option;
	const char *config;
	u8 state;
};

/* IA32_XSS: user shadow stacks. */
static const struct state_row states[] = {
	{ "nousershstk", "X86_USER_SHADOW_STACK", 11 },
};

struct other_row {
	u16 feature;
	const char *text;
	const char *remedy;
};

#define OTHER(name, text, remedy)	{ KVMCAPS_F_##name, text, remedy }
#define FIRMWARE_VMX	"firmware has it locked off in IA32_FEAT_CTL"
#define FIRMWARE_SEV	"firmware has not switched memory encryption on"
#define IN_FIRMWARE	"switch it on in firmware"
#define UPDATE		"update the microcode"

static const struct other_row others[] = {
	OTHER(VMX, FIRMWARE_VMX, IN_FIRMWARE),
	OTHER(SGX, FIRMWARE_VMX, IN_FIRMWARE),
	OTHER(SGX_LC, FIRMWARE_VMX, IN_FIRMWARE),
	OTHER(SVM, "firmware has it locked off in VM_CR", IN_FIRMWARE),
	OTHER(SME, FIRMWARE_SEV, IN_FIRMWARE),
	OTHER(SEV, FIRMWARE_SEV, IN_FIRMWARE),
	OTHER(SEV_ES, FIRMWARE_SEV, IN_FIRMWARE),
	OTHER(SEV_SNP, "firmware has not set SEV-SNP up, or an IOMMU is missing", IN_FIRMWARE),
	OTHER(RDSEED, "a part whose RDSEED is known to be broken", UPDATE),
	OTHER(RDRAND, "a part whose RDRAND is known to be broken, after suspend say", UPDATE),
	OTHER(RTM, "TSX is off by default where it is unsafe", "tsx=on on its command line"),
	OTHER(HLE, "TSX is off by default where it is unsafe", "tsx=on on its command line"),
	OTHER(LA57, "a kernel without five-level page tables", "a kernel built for them"),
	OTHER(FRED, "a kernel that does not use it by default", "fred=on on its command line"),
	OTHER(SRSO_NO, "the CPU is not known to be safe, or has threads or an old microcode",
	      UPDATE),
};

static bool quote(const char *option, struct cause *cause)
{
	snprintf(cause->text, sizeof(cause->text), "%s on the kernel's command line", option);
	snprintf(cause->remedy, sizeof(cause->remedy), "boot the host without %s", option);
	return true;
}

static const char *note(const struct saved *notes, const char *key)
{
	return notes ? saved_note(notes, key) : NULL;
}

/* An option may ask for what the kernel found no reason to do. */
static bool is_in_effect(const struct option_row *row, const struct kvmcaps_host *host,
			 const struct saved *notes)
{
	const char *said = row->key ? note(notes, row->key) : NULL;

	return (!row->until || host->facts.kernel < row->until) &&
	       (!said || strstr(said, row->says));
}

static bool find_option(const struct kvmcaps_host *host, const char *cmdline,
			const struct saved *notes, unsigned int feature, struct cause *cause)
{
	const struct option_row *row;

	for (row = options; row < options + ARRAY_SIZE(options); row++) {
		if (row->feature == feature && flagname_in(cmdline, row->option) &&
		    is_in_effect(row, host, notes))
			return quote(row->option, cause);
	}
	return false;
}

/* A name of /proc/cpuinfo, or Linux's number: 293 or 9:5. */
static bool is_cleared(const char *word, size_t len, unsigned int feature)
{
	char name[FLAGNAME_SIZE];
	unsigned long number;
	char *end;

	if (flagname(feature, FLAGNAME_ANY_KERNEL, name) && strlen(name) == len &&
	    !strncmp(name, word, len))
		return true;
	number = strtoul(word, &end, 10);
	if (*end == ':')
		number = number * 32 + strtoul(end + 1, &end, 10);
	return end == word + len && (int)number == linux_number(feature);
}

static bool find_clearcpuid(const char *cmdline, unsigned int feature, struct cause *cause)
{
	const char *at = strstr(cmdline, CLEARCPUID);
	char option[OPTION_SIZE];
	size_t len;

	if (!at)
		return false;
	snprintf(option, sizeof(option), "%.*s", (int)strcspn(at, " "), at);
	for (at += strlen(CLEARCPUID); *at && *at != ' '; at += len + (at[len] == ',')) {
		len = strcspn(at, ", ");
		if (len && is_cleared(at, len, feature))
			return quote(option, cause);
	}
	return false;
}

static bool find_other(unsigned int feature, struct cause *cause)
{
	const struct other_row *row;

	for (row = others; row < others + ARRAY_SIZE(others); row++) {
		if (row->feature != feature)
			continue;
		snprintf(cause->text, sizeof(cause->text), "%s", row->text);
		snprintf(cause->remedy, sizeof(cause->remedy), "%s", row->remedy);
		return true;
	}
	return false;
}

static bool find_own(const struct kvmcaps_host *host, const struct saved *notes,
		     unsigned int feature, struct cause *cause)
{
	const char *cmdline = note(notes, "cmdline");

	return cmdline && (find_clearcpuid(cmdline, feature, cause) ||
			   find_option(host, cmdline, notes, feature, cause));
}

static bool take_symptom(const struct symptom *symptom, struct cause *cause)
{
	if (!symptom)
		return false;
	snprintf(cause->text, sizeof(cause->text), "%s", symptom->text);
	snprintf(cause->remedy, sizeof(cause->remedy), "%s", symptom->remedy);
	return true;
}

static bool find_dependency(const struct kvmcaps_host *host, const struct saved *notes,
			    unsigned int feature, struct cause *cause)
{
	int on = depend_unmet(host, feature);
	struct cause deeper = {};

	if (on < 0)
		return false;
	if (!find_own(host, notes, on, &deeper) &&
	    !take_symptom(symptom_find(host, notes, on), &deeper))
		find_other(on, &deeper);
	snprintf(cause->text, sizeof(cause->text),
		 "it goes with %s, which the kernel does not have%s%.*s",
		 kvmcaps_feature_name(on), *deeper.text ? ": " : "", DEEPER, deeper.text);
	snprintf(cause->remedy, sizeof(cause->remedy), "%s", deeper.remedy);
	return true;
}

bool cause_find(const struct kvmcaps_host *host, const struct saved *notes,
		unsigned int feature, struct cause *cause)
{
	*cause = (struct cause){};
	return find_own(host, notes, feature, cause) ||
	       find_dependency(host, notes, feature, cause) ||
	       take_symptom(symptom_find(host, notes, feature), cause) ||
	       find_other(feature, cause);
}

bool cause_find_hidden(const struct kvmcaps_host *host, const struct saved *notes,
		       unsigned int feature, struct cause *cause)
{
	*cause = (struct cause){};
	return take_symptom(symptom_find_hidden(host, notes, feature), cause);
}

static bool is_cause(const struct state_row *row, const struct saved *notes,
		     struct cause *cause)
{
	const char *cmdline = note(notes, "cmdline");

	if (cmdline && flagname_in(cmdline, row->option))
		return quote(row->option, cause);
	if (!symptom_built_without(notes, row->config))
		return false;
	snprintf(cause->text, sizeof(cause->text), "the kernel is built without CONFIG_%s",
		 row->config);
	snprintf(cause->remedy, sizeof(cause->remedy), "a kernel built with CONFIG_%s",
		 row->config);
	return true;
}

bool cause_find_state(const struct saved *notes, unsigned int state, struct cause *cause)
{
	const struct state_row *row;

	*cause = (struct cause){};
	for (row = states; row < states + ARRAY_SIZE(states); row++) {
		if (row->state == state && is_cause(row, notes, cause))
			return true;
	}
	return false;
}
