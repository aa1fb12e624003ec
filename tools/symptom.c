// SPDX-License-Identifier: GPL-2.0
/*
 * Rows: a feature, and what points to the place in Linux that clears its flag.
 * Each names that place. Evidence is the bugs of /proc/cpuinfo, the
 * vulnerabilities, the kernel's options, MSRs, and which part the CPU is.
 */
#include <stdio.h>
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "flagname.h"
#include "linux_caps.h"
#include "symptom.h"

#define ARCH_CAP_TSX_CTRL	BIT(7)
#define CONFIG_SIZE		64

/* What conditions look at. */
struct view {
	const struct kvmcaps_host *host;
	const struct saved *notes;
	struct linux_part part;
	bool virtual;
};

/**
 * struct row - a symptom of one feature
 * @feature: the feature
 * @hides: Linux also makes the CPU not enumerate it, on bare metal
 * @when: whether the host shows it
 * @symptom: what is then said
 */
struct row {
	u16 feature;
	bool hides;
	bool (*when)(const struct view *v);
	struct symptom symptom;
};

static const char *note(const struct view *v, const char *key)
{
	return v->notes ? saved_note(v->notes, key) : NULL;
}

static bool says(const struct view *v, const char *key, const char *text)
{
	const char *found = note(v, key);

	return found && strstr(found, text);
}

static bool has_word(const struct view *v, const char *key, const char *word)
{
	const char *found = note(v, key);

	return found && flagname_in(found, word);
}

static bool is_amd(const struct view *v, u32 family)
{
	return v->host->facts.maker == KVMCAPS_MAKER_AMD && v->part.family == family;
}

static bool is_intel(const struct view *v, const u8 *models, unsigned int nr)
{
	if (v->host->facts.maker != KVMCAPS_MAKER_INTEL || v->part.family != 0x6)
		return false;
	return memchr(models, v->part.model, nr);
}

bool symptom_built_without(const struct saved *notes, const char *option)
{
	const char *config = notes ? saved_note(notes, "config") : NULL;
	char word[CONFIG_SIZE];

	snprintf(word, sizeof(word), "%s=n", option);
	return config && flagname_in(config, word);
}

/* tsx_init(): RTM_ALWAYS_ABORT */
static bool aborts_always(const struct view *v)
{
	return linux_cpu_has(v->host, KVMCAPS_F_RTM_ALWAYS_ABORT);
}

/* tsx_init(), taa_select_mitigation() */
static bool is_unsafe_tsx(const struct view *v)
{
	if (!note(v, "vulnerability.tsx_async_abort"))
		return has_word(v, "cpuinfo.bugs", "taa");
	return says(v, "vulnerability.tsx_async_abort", "TSX disabled");
}

/* tsx_disable(), on parts that are not unsafe as well. */
static bool is_tsx_off(const struct view *v)
{
	return (v->host->facts.msr[KVMCAPS_MSR_ARCH_CAPABILITIES] & ARCH_CAP_TSX_CTRL) &&
	       has_word(v, "cmdline", "tsx=off");
}

/* gds_select_mitigation() */
static bool is_avx_mitigated(const struct view *v)
{
	return says(v, "vulnerability.gather_data_sampling", "AVX disabled");
}

/* early_init_amd(), srso_select_mitigation(): the microcode's write did not work. */
static bool has_old_srso_microcode(const struct view *v)
{
	return says(v, "vulnerability.spec_rstack_overflow", "o microcode");
}

/* srso_select_mitigation() */
static bool has_other_srso_mitigation(const struct view *v)
{
	return note(v, "vulnerability.spec_rstack_overflow") &&
	       !says(v, "vulnerability.spec_rstack_overflow", "Reduced Speculation");
}

/* tsa_init() */
static bool has_old_tsa_microcode(const struct view *v)
{
	return says(v, "vulnerability.tsa", "o microcode");
}

/* clear_rdrand_cpuid_bit() */
static bool may_lose_rdrand(const struct view *v)
{
	return (is_amd(v, 0x15) || is_amd(v, 0x16)) && note(v, "cmdline") &&
	       !has_word(v, "cmdline", "rdrand=force");
}

/* init_amd_zen5(), check_rdseed_microcode() */
static bool has_broken_rdseed(const struct view *v)
{
	return is_amd(v, 0x1a);
}

/* init_amd_zen2() */
static bool is_cyan_skillfish(const struct view *v)
{
	return is_amd(v, 0x17) && v->part.model == 0x47;
}

/* fix_erratum_1386(), init_amd_zn() of 6.1 */
static bool is_zen1_or_2(const struct view *v)
{
	return is_amd(v, 0x17);
}

/* init_amd_zen4() */
static bool has_broken_vmload(const struct view *v)
{
	return is_amd(v, 0x19) && ((v->part.model >= 0x18 && v->part.model < 0x20) ||
				   (v->part.model >= 0x60 && v->part.model < 0x80));
}

/* setup_pcid(): Alder Lake, Raptor Lake and their small cores */
static bool misses_invlpg(const struct view *v)
{
	static const u8 models[] = { 0x97, 0x9a, 0xbe, 0xb7, 0xba, 0xbf };

	return is_intel(v, models, sizeof(models));
}

/* apic_validate_deadline_timer(): Haswell to Kaby Lake */
static bool misses_deadline(const struct view *v)
{
	static const u8 models[] = {
		0x3c, 0x3d, 0x3f, 0x45, 0x46, 0x47, 0x4e, 0x4f, 0x55, 0x56, 0x5e, 0x8e, 0x9e,
	};

	return !v->virtual && is_intel(v, models, sizeof(models));
}

/* bad_spectre_microcode(): Sandy Bridge to Kaby Lake */
static bool had_broken_ibrs(const struct view *v)
{
	static const u8 models[] = {
		0x2d, 0x3c, 0x3d, 0x3e, 0x3f, 0x45, 0x46, 0x47, 0x4f, 0x55, 0x56, 0x8e, 0x9e,
	};

	return !v->virtual && is_intel(v, models, sizeof(models));
}

/* early_init_intel(): IA32_MISC_ENABLE */
static bool has_no_fast_strings(const struct view *v)
{
	return v->host->facts.maker == KVMCAPS_MAKER_INTEL;
}

/* filter_cpuid_features() */
static bool lacks_xsave_leaf(const struct view *v)
{
	return kvmcaps_host_cpuid(v->host, 0x0, 0).eax < 0xd;
}

/* init_ia32_feat_ctl() */
static bool is_built_without_sgx(const struct view *v)
{
	return symptom_built_without(v->notes, "X86_SGX");
}

static bool is_built_without_kvm(const struct view *v)
{
	return symptom_built_without(v->notes, "KVM_INTEL");
}

/* early_identify_cpu(): pgtable_l5_enabled() */
static bool is_built_without_5level(const struct view *v)
{
	return symptom_built_without(v->notes, "X86_5LEVEL");
}

/* setup_pku() */
static bool is_built_without_pku(const struct view *v)
{
	return symptom_built_without(v->notes, "X86_INTEL_MEMORY_PROTECTION_KEYS");
}

#define MASKS(name, when, text, remedy) \
	{ KVMCAPS_F_##name, false, when, { text, remedy } }
#define HIDES(name, when, text, remedy) \
	{ KVMCAPS_F_##name, true, when, { text, remedy } }

#define UPDATE		"update the microcode"
#define TSX_ABORTS	"its microcode aborts all transactions (RTM_ALWAYS_ABORT)"
#define TSX_UNSAFE	"TSX is off because it is unsafe here (tsx_async_abort)"
#define TSX_ON		"tsx=on on its command line"
#define TSX_OFF		"tsx=off on the kernel's command line"
#define NO_TSX_OFF	"boot the host without tsx=off"
#define BUILT(option)	"the kernel is built without CONFIG_" option
#define BUILD(option)	"a kernel built with CONFIG_" option
#define BROKEN_IBRS	"its microcode has a broken IBRS, so the kernel uses nothing of the kind"
#define SRSO_MICROCODE	"microcode that cannot flush branch types (spec_rstack_overflow)"
#define PROTECTION_KEYS	"X86_INTEL_MEMORY_PROTECTION_KEYS"

static const struct row rows[] = {
	HIDES(RTM, is_tsx_off, TSX_OFF, NO_TSX_OFF),
	HIDES(HLE, is_tsx_off, TSX_OFF, NO_TSX_OFF),
	HIDES(RTM, aborts_always, TSX_ABORTS, ""),
	HIDES(HLE, aborts_always, TSX_ABORTS, ""),
	HIDES(RTM, is_unsafe_tsx, TSX_UNSAFE, TSX_ON),
	HIDES(HLE, is_unsafe_tsx, TSX_UNSAFE, TSX_ON),
	HIDES(RDRAND, may_lose_rdrand,
	      "firmware of this family may not restore RDRAND after suspend",
	      "rdrand=force on its command line"),
	HIDES(RDSEED, has_broken_rdseed, "RDSEED is broken on Zen 5 without newer microcode",
	      UPDATE),
	HIDES(RDSEED, is_cyan_skillfish, "RDSEED is broken on this part", ""),
	MASKS(AVX, is_avx_mitigated,
	      "its mitigation without microcode (gather_data_sampling: AVX disabled)", UPDATE),
	MASKS(IBPB_BRTYPE, has_old_srso_microcode, SRSO_MICROCODE, UPDATE),
	MASKS(SBPB, has_old_srso_microcode, SRSO_MICROCODE, UPDATE),
	MASKS(SRSO_BP_SPEC_REDUCE, has_other_srso_mitigation,
	      "the kernel uses another mitigation of spec_rstack_overflow", ""),
	MASKS(VERW_CLEAR, has_old_tsa_microcode, "microcode whose VERW does not clear (tsa)",
	      UPDATE),
	MASKS(XSAVES, is_zen1_or_2,
	      "AMD's erratum 1386 of Zen 1 and 2, without the microcode that mends it", UPDATE),
	MASKS(V_VMSAVE_VMLOAD, has_broken_vmload,
	      "virtual VMLOAD and VMSAVE reset hosts of this kind at random", ""),
	MASKS(PCID, misses_invlpg,
	      "INVLPG forgets global pages on this part without newer microcode", UPDATE),
	MASKS(SPEC_CTRL, had_broken_ibrs, BROKEN_IBRS, UPDATE),
	MASKS(INTEL_STIBP, had_broken_ibrs, BROKEN_IBRS, UPDATE),
	MASKS(SPEC_CTRL_SSBD, had_broken_ibrs, BROKEN_IBRS, UPDATE),
	MASKS(TSC_DEADLINE_TIMER, misses_deadline,
	      "its timer has an erratum that newer microcode mends", UPDATE),
	MASKS(ERMS, has_no_fast_strings,
	      "firmware has switched fast strings off in IA32_MISC_ENABLE",
	      "switch them on in firmware"),
	MASKS(XSAVE, lacks_xsave_leaf, "the CPU claims to have no leaf DH, which tells its sizes",
	      "lift the limit of CPUID's leaves in firmware"),
	MASKS(SGX, is_built_without_sgx, BUILT("X86_SGX"), BUILD("X86_SGX")),
	MASKS(VMX, is_built_without_kvm, BUILT("KVM_INTEL"), BUILD("KVM_INTEL")),
	MASKS(LA57, is_built_without_5level, BUILT("X86_5LEVEL"), BUILD("X86_5LEVEL")),
	MASKS(OSPKE, is_built_without_pku, BUILT(PROTECTION_KEYS), BUILD(PROTECTION_KEYS)),
};

static const struct symptom *find(const struct kvmcaps_host *host, const struct saved *notes,
				  unsigned int feature, bool hidden)
{
	const struct view view = {
		.host = host,
		.notes = notes,
		.part = linux_part(host),
		.virtual = linux_cpu_has(host, KVMCAPS_F_HYPERVISOR),
	};
	const struct row *row;

	/* What a guest's CPU does not enumerate is its hypervisor's affair. */
	if (hidden && view.virtual)
		return NULL;
	for (row = rows; row < rows + ARRAY_SIZE(rows); row++) {
		if (row->feature == feature && (row->hides || !hidden) && row->when(&view))
			return &row->symptom;
	}
	return NULL;
}

const struct symptom *symptom_find(const struct kvmcaps_host *host,
				   const struct saved *notes, unsigned int feature)
{
	return find(host, notes, feature, false);
}

const struct symptom *symptom_find_hidden(const struct kvmcaps_host *host,
					  const struct saved *notes, unsigned int feature)
{
	return find(host, notes, feature, true);
}
