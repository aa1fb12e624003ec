// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>
#include <kvmcaps/feature.h>

#include "facts.h"
#include "factline.h"

/* How a member is written. */
enum form {
	DECIMAL,
	DECIMAL_16,
	HEX,
	HEX_64,
	RELEASE,	/* 6.12 */
	VERSION,	/* 6.12.117 */
	NAME,		/* one of several */
	BITS,		/* names of those that are set */
	POLICY,		/* KVM's parameters, nested=1 */
	MSR,		/* hexadecimal; absent where it was not read */
	WORD,		/* features */
};

/* Bytes of a member. */
static const u8 sizes[] = {
	[DECIMAL] = 4,
	[DECIMAL_16] = 2,
	[HEX] = 4,
	[HEX_64] = 8,
	[RELEASE] = 2,
	[VERSION] = 4,
	[NAME] = 1,
	[BITS] = 4,
	[POLICY] = 4,
	[MSR] = 0,	/* elements of arrays: no row has them */
	[WORD] = 0,
};

struct row {
	const char *key;
	u8 form;
	u16 offset;
	const char *const *names;
};

/* Names of a member's values or bits, some of them NULL. */
#define NR_NAMES	32

static const char *const makers[NR_NAMES] = {
	[KVMCAPS_MAKER_OTHER]	= "other",
	[KVMCAPS_MAKER_INTEL]	= "Intel",
	[KVMCAPS_MAKER_AMD]	= "AMD",
	[KVMCAPS_MAKER_HYGON]	= "Hygon",
	[KVMCAPS_MAKER_CENTAUR]	= "Centaur",
	[KVMCAPS_MAKER_ZHAOXIN]	= "Zhaoxin",
};

static const char *const vendors[NR_NAMES] = {
	[KVMCAPS_VENDOR_NONE]	= "none",
	[KVMCAPS_VENDOR_SVM]	= "kvm-amd",
	[KVMCAPS_VENDOR_VMX]	= "kvm-intel",
};

static const char *const flags[NR_NAMES] = {
	[KVMCAPS_FACT_X86_64]		= "x86_64",
	[KVMCAPS_FACT_PAE]		= "pae",
	[KVMCAPS_FACT_5LEVEL]		= "5level",
	[KVMCAPS_FACT_SCHED_INFO]	= "sched_info",
	[KVMCAPS_FACT_TSC_AUX]		= "tsc_aux",
	[KVMCAPS_FACT_HOST_SNP]		= "host_snp",
	[KVMCAPS_FACT_MMIO_MASK]	= "mmio_mask",
	[KVMCAPS_FACT_PAT_WB]		= "pat_wb",
	[KVMCAPS_FACT_SEV_GUEST]	= "sev_guest",
	[KVMCAPS_FACT_DEFECTS]		= "defects",
	[KVMCAPS_FACT_LBR]		= "lbr",
	[KVMCAPS_FACT_NO_L1D_FLUSH]	= "no_l1d_flush",
};

static const char *const assumptions[NR_NAMES] = {
	[KVMCAPS_ASSUME_SVM]		= "svm",
	[KVMCAPS_ASSUME_SVM_FEATURES]	= "svm_features",
	[KVMCAPS_ASSUME_VMX]		= "vmx",
	[KVMCAPS_ASSUME_VMX_CONTROLS]	= "vmx_controls",
	[KVMCAPS_ASSUME_NX]		= "nx",
	[KVMCAPS_ASSUME_FPU]		= "fpu",
	[KVMCAPS_ASSUME_PAT]		= "pat",
	[KVMCAPS_ASSUME_NOT_SEV_GUEST]	= "not_sev_guest",
	[KVMCAPS_ASSUME_SEV_FIRMWARE]	= "sev_firmware",
	[KVMCAPS_ASSUME_VENDOR]		= "vendor",
};

static const char *const msrs[] = {
	[KVMCAPS_MSR_FEAT_CTL]			= "msr.FEAT_CTL",
	[KVMCAPS_MSR_ARCH_CAPABILITIES]		= "msr.ARCH_CAPABILITIES",
	[KVMCAPS_MSR_PERF_CAPABILITIES]		= "msr.PERF_CAPABILITIES",
	[KVMCAPS_MSR_VMX_BASIC]			= "msr.VMX_BASIC",
	[KVMCAPS_MSR_VMX_PINBASED_CTLS]		= "msr.VMX_PINBASED_CTLS",
	[KVMCAPS_MSR_VMX_PROCBASED_CTLS]	= "msr.VMX_PROCBASED_CTLS",
	[KVMCAPS_MSR_VMX_PROCBASED_CTLS2]	= "msr.VMX_PROCBASED_CTLS2",
	[KVMCAPS_MSR_VMX_PROCBASED_CTLS3]	= "msr.VMX_PROCBASED_CTLS3",
	[KVMCAPS_MSR_VMX_EXIT_CTLS]		= "msr.VMX_EXIT_CTLS",
	[KVMCAPS_MSR_VMX_ENTRY_CTLS]		= "msr.VMX_ENTRY_CTLS",
	[KVMCAPS_MSR_VMX_MISC]			= "msr.VMX_MISC",
	[KVMCAPS_MSR_VMX_EPT_VPID_CAP]		= "msr.VMX_EPT_VPID_CAP",
	[KVMCAPS_MSR_VMX_CR0_FIXED1]		= "msr.VMX_CR0_FIXED1",
	[KVMCAPS_MSR_VMX_CR4_FIXED1]		= "msr.VMX_CR4_FIXED1",
	[KVMCAPS_MSR_UCODE_REV]			= "msr.UCODE_REV",
	[KVMCAPS_MSR_MCU_OPT_CTRL]		= "msr.MCU_OPT_CTRL",
};

#define MEMBER(text, how, member) \
	{ .key = (text), .form = (how), .offset = offsetof(struct kvmcaps_facts, member) }
#define NAMED(text, how, member, table) \
	{ .key = (text), .form = (how), .offset = offsetof(struct kvmcaps_facts, member), \
	  .names = (table) }

static const struct row rows[] = {
	MEMBER("release", RELEASE, release),
	MEMBER("kernel", VERSION, kernel),
	NAMED("maker", NAME, maker, makers),
	NAMED("module", NAME, vendor, vendors),
	MEMBER("cpu", DECIMAL, cpu),
	MEMBER("policy", POLICY, policy),
	NAMED("flags", BITS, flags, flags),
	NAMED("assumed", BITS, assumed, assumptions),
	MEMBER("phys_bits", DECIMAL_16, phys_bits),
	MEMBER("power", HEX, power),
	MEMBER("xcr0", HEX_64, xcr0),
	MEMBER("xss", HEX_64, xss),
	MEMBER("pmu.version", DECIMAL, pmu.version),
	MEMBER("pmu.num_counters_gp", DECIMAL, pmu.num_counters_gp),
	MEMBER("pmu.num_counters_fixed", DECIMAL, pmu.num_counters_fixed),
	MEMBER("pmu.bit_width_gp", DECIMAL, pmu.bit_width_gp),
	MEMBER("pmu.bit_width_fixed", DECIMAL, pmu.bit_width_fixed),
	MEMBER("pmu.events_mask_len", DECIMAL, pmu.events_mask_len),
	MEMBER("pmu.events_mask", HEX, pmu.events_mask),
	MEMBER("pmu.pebs_ept", DECIMAL, pmu.pebs_ept),
};

/* Behind the rows come the MSRs and the words, by number. */
#define NR_ROWS		ARRAY_SIZE(rows)
#define FIRST_WORD	(NR_ROWS + KVMCAPS_MAX_MSRS)
#define NR_LINES	(FIRST_WORD + KVMCAPS_MAX_WORDS)

static const struct row msr_row = { .form = MSR };
static const struct row word_row = { .form = WORD };

unsigned int factline_nr(void)
{
	return NR_LINES;
}

static const struct row *row_of(unsigned int nr)
{
	if (nr < NR_ROWS)
		return &rows[nr];
	return nr < FIRST_WORD ? &msr_row : &word_row;
}

static void word_key(struct factline_key *key, unsigned int word)
{
	if (word < KVMCAPS_NR_WORDS)
		snprintf(key->text, sizeof(key->text), "word.%s", kvmcaps_words[word].name);
	else if (word == KVMCAPS_W_LINUX)
		snprintf(key->text, sizeof(key->text), "word.linux");
	else if (word == KVMCAPS_W_BUG)
		snprintf(key->text, sizeof(key->text), "word.bugs");
	else
		snprintf(key->text, sizeof(key->text), "word.%u", word);
}

const char *factline_key(unsigned int nr, struct factline_key *room)
{
	if (nr < NR_ROWS)
		return rows[nr].key;
	if (nr - NR_ROWS < ARRAY_SIZE(msrs))
		return msrs[nr - NR_ROWS];
	if (nr < FIRST_WORD)
		snprintf(room->text, sizeof(room->text), "msr.%u", (unsigned int)(nr - NR_ROWS));
	else
		word_key(room, nr - FIRST_WORD);
	return room->text;
}

static u64 member(const struct kvmcaps_facts *facts, const struct row *row)
{
	const void *at = (const char *)facts + row->offset;
	u64 value = 0;

	/* The project's machines are little-endian. */
	memcpy(&value, at, sizes[row->form]);
	return value;
}

bool factline_worth(const struct kvmcaps_facts *facts, unsigned int nr)
{
	const struct row *row = row_of(nr);

	if (row->form == MSR)
		return (facts->msrs & BIT(nr - NR_ROWS)) || facts->msr[nr - NR_ROWS];
	if (row->form == WORD)
		return facts->caps[nr - FIRST_WORD];
	return row->form != BITS || member(facts, row);
}

static const char *bit_name(const struct row *row, unsigned int nr, unsigned int bit)
{
	if (row->form == WORD)
		return kvmcaps_feature_name((nr - FIRST_WORD) * 32 + bit);
	return row->names[bit];
}

static void print_bits(FILE *out, const struct row *row, unsigned int nr, u32 value)
{
	const char *separator = "";
	const char *name;
	unsigned int bit;

	for (bit = 0; bit < 32; bit++) {
		if (!(value & BIT(bit)))
			continue;
		name = bit_name(row, nr, bit);
		if (name)
			fprintf(out, "%s%s", separator, name);
		else
			fprintf(out, "%s%u", separator, bit);
		separator = " ";
	}
}

static void print_policy(FILE *out, u32 policy)
{
	struct facts_policy parameter;
	unsigned int nr;

	for (nr = 0; facts_parameter(policy, nr, &parameter); nr++)
		fprintf(out, "%s%s=%d", nr ? " " : "", parameter.name, parameter.on);
}

static void print_name(FILE *out, const struct row *row, u64 value)
{
	if (value < NR_NAMES && row->names[value])
		fprintf(out, "%s", row->names[value]);
	else
		fprintf(out, "%llu", (unsigned long long)value);
}

/* An MSR that was not read has what is assumed of it. */
static void print_msr(FILE *out, const struct kvmcaps_facts *facts, unsigned int msr)
{
	fprintf(out, "%#llx%s", (unsigned long long)facts->msr[msr],
		facts->msrs & BIT(msr) ? "" : " assumed");
}

void factline_print(FILE *out, const struct kvmcaps_facts *facts, unsigned int nr)
{
	const struct row *row = row_of(nr);
	unsigned long long value = member(facts, row);

	switch (row->form) {
	case DECIMAL:
	case DECIMAL_16:
		fprintf(out, "%llu", value);
		break;
	case HEX:
	case HEX_64:
		fprintf(out, "%#llx", value);
		break;
	case RELEASE:
		fprintf(out, "%llu.%llu", value >> 8, value & 0xff);
		break;
	case VERSION:
		fprintf(out, "%llu.%llu.%llu", value >> 16, value >> 8 & 0xff, value & 0xff);
		break;
	case NAME:
		print_name(out, row, value);
		break;
	case POLICY:
		print_policy(out, value);
		break;
	case MSR:
		print_msr(out, facts, nr - NR_ROWS);
		break;
	case WORD:
		value = facts->caps[nr - FIRST_WORD];
		print_bits(out, row, nr, value);
		break;
	default:
		print_bits(out, row, nr, value);
	}
}

void factline_default(struct kvmcaps_facts *facts)
{
	*facts = (struct kvmcaps_facts){ .policy = facts_usual_policy() };
}

static bool parse_number(const char *word, u64 most, u64 *value)
{
	char *end;

	if (*word < '0' || *word > '9')
		return false;
	errno = 0;
	*value = strtoull(word, &end, 0);
	return !*end && !errno && *value <= most;
}

static u64 size_most(const struct row *row)
{
	return sizes[row->form] < 8 ? (1ull << sizes[row->form] * 8) - 1 : ~0ull;
}

/* Numbers between dots, of 8 bits each but the first; the last may be capped. */
static bool parse_dotted(const char *word, unsigned int parts, u64 most, u64 *value)
{
	char *end;
	u64 part;

	for (*value = 0; parts--; word = end + 1) {
		if (*word < '0' || *word > '9')
			return false;
		part = strtoull(word, &end, 10);
		if ((*value && part > 0xff) || part > 0xffff || *end != (parts ? '.' : '\0'))
			return false;
		*value = *value << 8 | part;
	}
	return *value <= most;
}

static bool parse_bit(const struct row *row, unsigned int nr, const char *word, u64 *value)
{
	const char *name;
	unsigned int bit;
	u64 number;

	for (bit = 0; bit < 32; bit++) {
		name = bit_name(row, nr, bit);
		if (name && !strcmp(name, word)) {
			*value = BIT(bit);
			return true;
		}
	}
	if (!parse_number(word, 31, &number))
		return false;
	*value = 1ull << number;
	return true;
}

static bool parse_name(const struct row *row, const char *word, u64 *value)
{
	for (*value = 0; *value < NR_NAMES && row->names[*value]; (*value)++) {
		if (!strcmp(row->names[*value], word))
			return true;
	}
	return false;
}

static void set_member(struct kvmcaps_facts *facts, const struct row *row, u64 value)
{
	memcpy((char *)facts + row->offset, &value, sizes[row->form]);
}

static bool set_msr(struct kvmcaps_facts *facts, unsigned int msr, const char *word)
{
	u64 value;

	if (!strcmp(word, "assumed")) {
		facts->msrs &= ~BIT(msr);
		return true;
	}
	if (!parse_number(word, ~0ull, &value))
		return false;
	facts->msr[msr] = value;
	facts->msrs |= BIT(msr);
	return true;
}

static bool parse_scalar(const struct row *row, const char *word, u64 *value)
{
	switch (row->form) {
	case RELEASE:
		return parse_dotted(word, 2, size_most(row), value);
	case VERSION:
		return parse_dotted(word, 3, size_most(row), value);
	case NAME:
		return parse_name(row, word, value);
	default:
		return parse_number(word, size_most(row), value);
	}
}

static bool take_word(struct kvmcaps_facts *facts, unsigned int nr, char *word)
{
	const struct row *row = row_of(nr);
	u64 value;

	switch (row->form) {
	case POLICY:
		return facts_set_policy(&facts->policy, word);
	case MSR:
		return set_msr(facts, nr - NR_ROWS, word);
	case WORD:
		if (!parse_bit(row, nr, word, &value))
			return false;
		facts->caps[nr - FIRST_WORD] |= value;
		return true;
	case BITS:
		if (!parse_bit(row, nr, word, &value))
			return false;
		set_member(facts, row, member(facts, row) | value);
		return true;
	default:
		if (!parse_scalar(row, word, &value))
			return false;
		set_member(facts, row, value);
		return true;
	}
}

enum factline_result factline_parse(struct kvmcaps_facts *facts, const char *key,
				    char *text, const char **word)
{
	struct factline_key room;
	unsigned int nr;
	char *next;

	for (nr = 0; nr < NR_LINES && strcmp(factline_key(nr, &room), key); nr++)
		;
	if (nr == NR_LINES)
		return FACTLINE_UNKNOWN;
	while ((next = strsep(&text, " "))) {
		*word = next;
		if (!take_word(facts, nr, next))
			return FACTLINE_BAD;
	}
	return FACTLINE_GOOD;
}
