// SPDX-License-Identifier: GPL-2.0
/*
 * Linux's flags. Where /proc/cpuinfo shows a flag, it decides; the rows below
 * are for flags that no kernel shows, and for hosts of which there is only
 * CPUID. Each names where Linux does it.
 */
#include <stdlib.h>
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "flagname.h"
#include "linux_caps.h"
#include "linux_defect.h"

#define MSR_FEAT_CTL	0x3a
#define MSR_ARCH_CAPABILITIES	0x10a
#define MSR_LS_CFG	0xc0011020

#define INTEL	BIT(KVMCAPS_MAKER_INTEL)
#define AMD	BIT(KVMCAPS_MAKER_AMD)
#define HYGON	BIT(KVMCAPS_MAKER_HYGON)
#define CENTAUR	BIT(KVMCAPS_MAKER_CENTAUR)
#define ZHAOXIN	BIT(KVMCAPS_MAKER_ZHAOXIN)
#define ALL	(BIT(KVMCAPS_NR_MAKERS) - 1)

/* What conditions look at. */
struct view {
	struct kvmcaps_host *host;
	const struct linux_evidence *seen;
	u32 family;
	u32 model;
	bool virtual;
};

/* Words that Linux keeps as hardware has them: its own number and whose they are. */
struct kept {
	u8 word;
	u8 number;
	u8 makers;
};

static const struct kept kept[] = {
	{ KVMCAPS_W_1_EDX, 0, ALL },
	{ KVMCAPS_W_80000001_EDX, 1, ALL },
	{ KVMCAPS_W_80860001_EDX, 2, 0 },
	{ KVMCAPS_W_1_ECX, 4, ALL },
	{ KVMCAPS_W_C0000001_EDX, 5, CENTAUR | ZHAOXIN },
	{ KVMCAPS_W_80000001_ECX, 6, ALL },
	{ KVMCAPS_W_7_0_EBX, 9, ALL },
	{ KVMCAPS_W_D_1_EAX, 10, ALL },
	{ KVMCAPS_W_7_1_EAX, 12, ALL },
	{ KVMCAPS_W_80000008_EBX, 13, ALL },
	{ KVMCAPS_W_6_EAX, 14, ALL },
	{ KVMCAPS_W_8000000A_EDX, 15, ALL },
	{ KVMCAPS_W_7_0_ECX, 16, ALL },
	{ KVMCAPS_W_80000007_EBX, 17, ALL },
	{ KVMCAPS_W_7_0_EDX, 18, ALL },
	{ KVMCAPS_W_8000001F_EAX, 19, ALL },
	{ KVMCAPS_W_80000021_EAX, 20, ALL },
};

/* Flags with a number of their own: init_scattered_cpuid_features(). */
static const u16 scattered[] = {
	KVMCAPS_F_SGX1, KVMCAPS_F_SGX2, KVMCAPS_F_SGX_EDECCSSA, KVMCAPS_F_PERFMON_V2,
	KVMCAPS_F_RRSBA_CTRL, KVMCAPS_F_BHI_CTRL, KVMCAPS_F_MSR_IMM,
	KVMCAPS_F_TSA_SQ_NO, KVMCAPS_F_TSA_L1_NO, KVMCAPS_F_TSA_FILL_NO,
};

/* Others that Linux makes up. */
static const u16 made_up[] = {
	KVMCAPS_F_CONSTANT_TSC, KVMCAPS_F_IBRS, KVMCAPS_F_IBPB, KVMCAPS_F_STIBP,
	KVMCAPS_F_ARCH_PERFMON, KVMCAPS_F_PEBS,
	KVMCAPS_F_BUG_NULL_SEG, KVMCAPS_F_BUG_SPEC_STORE_BYPASS,
	KVMCAPS_F_BUG_EIBRS_PBRSB,
	KVMCAPS_F_BUG_CPU_MELTDOWN, KVMCAPS_F_BUG_L1TF, KVMCAPS_F_BUG_MDS,
	KVMCAPS_F_BUG_TAA, KVMCAPS_F_BUG_GDS, KVMCAPS_F_BUG_RFDS, KVMCAPS_F_BUG_ITS,
};

static bool has(const struct view *v, unsigned int feature)
{
	return kvmcaps_host_has(v->host, feature);
}

static void put(const struct view *v, unsigned int feature, bool on)
{
	u32 *word = &v->host->facts.caps[KVMCAPS_WORD(feature)];

	*word = on ? *word | KVMCAPS_BIT(feature) : *word & ~KVMCAPS_BIT(feature);
}

/* Beyond the highest leaf a CPU returns anything. */
static bool claims(const struct kvmcaps_host *host, u32 function, u32 index)
{
	u32 base = function & 0xffff0000;
	u32 highest = kvmcaps_host_cpuid(host, base, 0).eax;

	if (highest < function || highest > (function | 0xffff))
		return false;
	return function != 0x7 || kvmcaps_host_cpuid(host, function, 0).eax >= index;
}

bool linux_cpu_has(const struct kvmcaps_host *host, unsigned int feature)
{
	const struct kvmcaps_word_info *info = &kvmcaps_words[KVMCAPS_WORD(feature)];

	return claims(host, info->function, info->index) &&
	       (kvmcaps_host_word(host, KVMCAPS_WORD(feature)) & KVMCAPS_BIT(feature));
}

int linux_number(unsigned int feature)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kept); i++) {
		if (kept[i].word == KVMCAPS_WORD(feature))
			return kept[i].number * 32 + feature % 32;
	}
	return -1;
}

bool linux_read_msr(const struct linux_evidence *seen, u32 msr, u64 *value)
{
	return seen->read_msr && seen->read_msr(seen->ctx, msr, value);
}

static bool cpu(const struct view *v, unsigned int feature)
{
	return linux_cpu_has(v->host, feature);
}

/* get_cpu_cap(), init_scattered_cpuid_features() */
static void read_words(const struct view *v)
{
	const struct kvmcaps_word_info *info;
	unsigned int i;
	u32 value;

	memset(v->host->facts.caps, 0, sizeof(v->host->facts.caps));
	for (i = 0; i < ARRAY_SIZE(kept); i++) {
		info = &kvmcaps_words[kept[i].word];
		value = kvmcaps_host_word(v->host, kept[i].word);
		if ((kept[i].makers & BIT(v->host->facts.maker)) &&
		    claims(v->host, info->function, info->index))
			v->host->facts.caps[kept[i].word] = value;
	}
	for (i = 0; i < ARRAY_SIZE(scattered); i++)
		put(v, scattered[i], cpu(v, scattered[i]));
}

static void look_up(const struct view *v, unsigned int feature)
{
	const struct linux_evidence *seen = v->seen;
	bool is_bug = KVMCAPS_WORD(feature) == KVMCAPS_W_BUG;
	const char *list = is_bug ? seen->bugs : seen->flags;
	char name[FLAGNAME_SIZE];

	if (list && flagname(feature, seen->kernel, name))
		put(v, feature, flagname_in(list, name));
}

/* What the kernel shows is so. */
static void look_at_flags(const struct view *v)
{
	unsigned int i, bit;

	for (i = 0; i < ARRAY_SIZE(kept); i++) {
		for (bit = 0; bit < 32; bit++)
			look_up(v, kept[i].word * 32 + bit);
	}
	for (i = 0; i < ARRAY_SIZE(scattered); i++)
		look_up(v, scattered[i]);
	for (i = 0; i < ARRAY_SIZE(made_up); i++)
		look_up(v, made_up[i]);
}

static bool says(const char *text, const char *what)
{
	return text && strstr(text, what);
}

static bool is_bare(const struct view *v)
{
	return !v->virtual;
}

static bool is_zen3(const struct view *v)
{
	return v->family == 0x19 && (v->model < 0x10 || (v->model >= 0x20 && v->model < 0x60));
}

static bool is_zen5(const struct view *v)
{
	return v->family == 0x1a;
}

static bool has_sse2(const struct view *v)
{
	return has(v, KVMCAPS_F_XMM2);
}

static bool has_xsave(const struct view *v)
{
	return has(v, KVMCAPS_F_XSAVE);
}

static bool has_pku(const struct view *v)
{
	return has(v, KVMCAPS_F_PKU);
}

static bool has_fsrm(const struct view *v)
{
	return has(v, KVMCAPS_F_FSRM) && v->seen->kernel >= LINUX_KERNEL(6, 12);
}

static bool has_arat(const struct view *v)
{
	return v->family > 0x11;
}

static bool has_prefetchw(const struct view *v)
{
	return cpu(v, KVMCAPS_F_LM) || cpu(v, KVMCAPS_F_3DNOW);
}

static bool has_constant_tsc(const struct view *v)
{
	return kvmcaps_host_cpuid(v->host, 0x80000007, 0).edx & BIT(8);
}

static bool has_perfmon(const struct view *v)
{
	u32 eax = kvmcaps_host_cpuid(v->host, 0xa, 0).eax;

	return claims(v->host, 0xa, 0) && (eax & 0xff) && (eax >> 8 & 0xff) > 1;
}

static bool has_ds(const struct view *v)
{
	return has(v, KVMCAPS_F_DS);
}

/* Without the MSR, only what the kernel has switched on shows that it is there. */
static bool has_feat_ctl(const struct view *v)
{
	u64 value;

	if (linux_reads_msrs(v->seen))
		return linux_read_msr(v->seen, MSR_FEAT_CTL, &value);
	return has(v, KVMCAPS_F_VMX);
}

static bool has_ibrs(const struct view *v)
{
	return has(v, KVMCAPS_F_SPEC_CTRL) || has(v, KVMCAPS_F_AMD_IBRS);
}

static bool has_ibpb(const struct view *v)
{
	return has(v, KVMCAPS_F_SPEC_CTRL) || has(v, KVMCAPS_F_AMD_IBPB);
}

static bool has_stibp(const struct view *v)
{
	return has(v, KVMCAPS_F_INTEL_STIBP) || has(v, KVMCAPS_F_AMD_STIBP);
}

static bool has_amd_ssbd(const struct view *v)
{
	return has(v, KVMCAPS_F_AMD_SSBD);
}

static bool has_ssb(const struct view *v)
{
	return !has(v, KVMCAPS_F_AMD_SSB_NO);
}

#define ARCH_CAP_IBRS_ALL	BIT(1)
#define ARCH_CAP_PBRSB_NO	BIT(24)

/* Without the MSR: parts that have it have IBRS all the time, and the defect. */
static bool has_eibrs_pbrsb(const struct view *v)
{
	u64 value;

	if (!has(v, KVMCAPS_F_ARCH_CAPABILITIES))
		return false;
	if (!linux_read_msr(v->seen, MSR_ARCH_CAPABILITIES, &value))
		return !linux_reads_msrs(v->seen);
	return (value & ARCH_CAP_IBRS_ALL) && !(value & ARCH_CAP_PBRSB_NO);
}

static bool keeps_null_base(const struct view *v)
{
	if (has(v, KVMCAPS_F_NULL_SEL_CLR_BASE))
		return false;
	return v->virtual || (v->family != 0x17 && v->family != 0x18);
}

/* SSBD by way of an MSR of the model shows as ssbd without a CPUID bit for it. */
static bool has_ls_cfg_ssbd(const struct view *v)
{
	u32 last = v->host->facts.maker == KVMCAPS_MAKER_HYGON ? 0x18 : 0x17;
	u64 value;

	if (has(v, KVMCAPS_F_AMD_SSBD) || has(v, KVMCAPS_F_VIRT_SSBD) ||
	    v->family < 0x15 || v->family > last)
		return false;
	if (linux_reads_msrs(v->seen))
		return linux_read_msr(v->seen, MSR_LS_CFG, &value);
	return !v->seen->flags || flagname_in(v->seen->flags, "ssbd");
}

static bool has_brtype(const struct view *v)
{
	if (v->virtual || says(v->seen->srso, "o microcode"))
		return false;
	return v->family >= 0x19 || (v->family == 0x17 && has(v, KVMCAPS_F_AMD_IBPB));
}

static bool has_sbpb(const struct view *v)
{
	return !v->virtual && v->family >= 0x19 && !says(v->seen->srso, "o microcode");
}

/* Newer kernels do without the flag. */
static bool is_srso_safe(const struct view *v)
{
	return v->seen->kernel < LINUX_KERNEL(6, 17) && says(v->seen->srso, "SMT disabled");
}

/* Only a kernel that can use it, and does, keeps the flag. */
static bool lacks_spec_reduce(const struct view *v)
{
	return v->seen->kernel >= LINUX_KERNEL(6, 12) && v->seen->srso &&
	       !says(v->seen->srso, "Reduced Speculation");
}

/* By the microcode's revision, of which the vulnerability's text tells. */
static bool has_verw_clear(const struct view *v)
{
	if (v->virtual || v->family != 0x19)
		return false;
	return v->seen->flags ? v->seen->tsa && !says(v->seen->tsa, "o microcode") : true;
}

static bool is_tsa_safe(const struct view *v)
{
	if (v->virtual || (v->seen->flags && !v->seen->tsa))
		return false;
	return v->family < 0x19 || (v->family == 0x1a && !is_zen5(v));
}

/* Backported to 6.12 and in mainline since 7.3. */
static bool is_tsa_fill_safe(const struct view *v)
{
	bool known = (v->seen->kernel >> 8) == (LINUX_KERNEL(6, 12) >> 8) ||
		     v->seen->kernel >= LINUX_KERNEL(7, 3);

	return known && !v->virtual && !is_zen5(v) && (!v->seen->flags || v->seen->tsa);
}

/* Zen 2 shows it by mistake, and page table isolation has no use for it. */
static bool lacks_invlpgb(const struct view *v)
{
	if (v->seen->kernel < LINUX_KERNEL(6, 16))
		return false;
	if (v->family == 0x17 && v->model >= 0x30)
		return true;
	return v->seen->kernel >= LINUX_KERNEL(7, 2) && v->seen->flags &&
	       flagname_in(v->seen->flags, "pti");
}

static bool is_bare_zen3(const struct view *v)
{
	return is_bare(v) && is_zen3(v);
}

/**
 * struct change - a flag that Linux sets or clears
 * @feature: the flag
 * @makers: bit map of enum kvmcaps_maker: of whose CPUs
 * @on: what it becomes
 * @when: if this holds; NULL for always
 */
struct change {
	u16 feature;
	u8 makers;
	bool on;
	bool (*when)(const struct view *v);
};

#define SET(name, makers, when)		{ KVMCAPS_F_##name, makers, true, when }
#define CLEAR(name, makers, when)	{ KVMCAPS_F_##name, makers, false, when }

static const struct change changes[] = {
	/* fpu__init_system_xstate(), setup_pku() */
	SET(OSXSAVE, ALL, has_xsave),
	SET(OSPKE, ALL, has_pku),
	/* early_init_amd(), init_amd(), early_init_hygon(), init_hygon() */
	CLEAR(PBE, AMD | HYGON, NULL),
	SET(ARAT, AMD | HYGON, has_arat),
	SET(3DNOWPREFETCH, AMD, has_prefetchw),
	SET(FSRS, AMD, has_fsrm),
	SET(BTC_NO, AMD, is_bare_zen3),
	SET(LFENCE_RDTSC, AMD | HYGON | INTEL, has_sse2),
	SET(LFENCE_RDTSC, ZHAOXIN, NULL),
	SET(IBPB_BRTYPE, AMD, has_brtype),
	SET(SBPB, AMD, has_sbpb),
	CLEAR(INVLPGB, AMD, lacks_invlpgb),
	SET(CONSTANT_TSC, ALL, has_constant_tsc),
	/* bsp_init_amd(), tsa_init() */
	SET(LS_CFG_SSBD, AMD | HYGON, has_ls_cfg_ssbd),
	SET(VERW_CLEAR, AMD, has_verw_clear),
	SET(TSA_SQ_NO, AMD, is_tsa_safe),
	SET(TSA_L1_NO, AMD, is_tsa_safe),
	SET(TSA_FILL_NO, AMD, is_tsa_fill_safe),
	/* check_null_seg_clears_base() */
	SET(BUG_NULL_SEG, AMD | HYGON, keeps_null_base),
	/* srso_select_mitigation() */
	SET(SRSO_NO, AMD, is_srso_safe),
	CLEAR(SRSO_BP_SPEC_REDUCE, AMD, lacks_spec_reduce),
	/* init_intel(), init_ia32_feat_ctl() */
	SET(ARCH_PERFMON, INTEL | CENTAUR | ZHAOXIN, has_perfmon),
	SET(PEBS, INTEL, has_ds),
	SET(MSR_IA32_FEAT_CTL, INTEL | CENTAUR | ZHAOXIN, has_feat_ctl),
	/* init_speculation_control(), cpu_set_bug_bits() */
	SET(IBRS, ALL, has_ibrs),
	SET(IBPB, ALL, has_ibpb),
	SET(STIBP, ALL, has_stibp),
	CLEAR(VIRT_SSBD, ALL, has_amd_ssbd),
	SET(BUG_SPEC_STORE_BYPASS, ALL, has_ssb),
	SET(BUG_EIBRS_PBRSB, INTEL, has_eibrs_pbrsb),
};

static void make_changes(const struct view *v)
{
	const struct change *row;

	for (row = changes; row < changes + ARRAY_SIZE(changes); row++) {
		if ((row->makers & BIT(v->host->facts.maker)) && (!row->when || row->when(v)))
			put(v, row->feature, row->on);
	}
}

/**
 * struct dependency - a flag no kernel shows, which goes with another
 * @feature: the flag
 * @needs: the other
 * @since: first kernel that knows of it
 *
 * Source: cpuid-deps.c, and early_init_intel() for the last ones.
 */
struct dependency {
	u16 feature;
	u16 needs;
	u32 since;
};

#define NEEDS(name, other, since)	{ KVMCAPS_F_##name, KVMCAPS_F_##other, since }

static const struct dependency dependencies[] = {
	NEEDS(OSXSAVE, XSAVE, 0),
	NEEDS(XFD, XSAVES, 0),
	NEEDS(XFD, XGETBV1, 0),
	NEEDS(SGX1, SGX, 0),
	NEEDS(SGX2, SGX1, 0),
	NEEDS(SGX_EDECCSSA, SGX1, 0),
	NEEDS(SHSTK, XSAVES, LINUX_KERNEL(6, 12)),
	NEEDS(AMX_FP16, AMX_TILE, LINUX_KERNEL(7, 0)),
	NEEDS(SPEC_CTRL_SSBD, SPEC_CTRL, LINUX_KERNEL(7, 0)),
	NEEDS(INVLPGB, PCID, LINUX_KERNEL(7, 0)),
};

static void drop_dependents(const struct view *v)
{
	const struct dependency *row;

	for (row = dependencies; row < dependencies + ARRAY_SIZE(dependencies); row++) {
		if (v->seen->kernel >= row->since && !has(v, row->needs))
			put(v, row->feature, false);
	}
}

/* Flags that broken microcode takes away together: early_init_intel(). */
static void drop_speculation_control(const struct view *v)
{
	if (v->host->facts.maker != KVMCAPS_MAKER_INTEL || !v->seen->flags ||
	    has(v, KVMCAPS_F_IBRS) || has(v, KVMCAPS_F_IBPB) || has(v, KVMCAPS_F_STIBP))
		return;
	put(v, KVMCAPS_F_SPEC_CTRL, false);
	put(v, KVMCAPS_F_INTEL_STIBP, false);
	put(v, KVMCAPS_F_SPEC_CTRL_SSBD, false);
}

static void put_number(const struct view *v, unsigned long number, bool on)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kept); i++) {
		if (kept[i].number == number / 32)
			put(v, kept[i].word * 32 + number % 32, on);
	}
}

/*
 * clearcpuid= and, from 6.16 on, setcpuid= take Linux's own numbers, which is
 * how they reach a flag that has no name: parse_set_clear_cpuid().
 */
static void obey(const struct view *v, const char *option, bool on)
{
	const char *at = v->seen->cmdline ? strstr(v->seen->cmdline, option) : NULL;
	unsigned long number;
	size_t len;
	char *end;

	if (!at)
		return;
	for (at += strlen(option); *at && *at != ' '; at += len + (at[len] == ',')) {
		len = strcspn(at, ", ");
		number = strtoul(at, &end, 10);
		if (len && end == at + len)
			put_number(v, number, on);
	}
}

struct linux_part linux_part(const struct kvmcaps_host *host)
{
	u32 eax = kvmcaps_host_cpuid(host, 0x1, 0).eax;
	struct linux_part part = {
		.family = eax >> 8 & 0xf,
		.model = eax >> 4 & 0xf,
	};

	part.model |= part.family >= 0x6 ? eax >> 12 & 0xf0 : 0;
	part.family += part.family == 0xf ? eax >> 20 & 0xff : 0;
	return part;
}

void linux_caps(struct kvmcaps_host *host, const struct linux_evidence *seen)
{
	struct linux_part part = linux_part(host);
	struct view view = {
		.host = host,
		.seen = seen,
		.family = part.family,
		.model = part.model,
		.virtual = linux_cpu_has(host, KVMCAPS_F_HYPERVISOR),
	};

	read_words(&view);
	look_at_flags(&view);
	make_changes(&view);
	host->facts.caps[KVMCAPS_W_BUG] |= linux_defects(host, seen);
	look_at_flags(&view);
	drop_speculation_control(&view);
	obey(&view, "clearcpuid=", false);
	if (seen->kernel >= LINUX_KERNEL(6, 16))
		obey(&view, "setcpuid=", true);
	drop_dependents(&view);
}
