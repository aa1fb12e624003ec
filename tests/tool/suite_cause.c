// SPDX-License-Identifier: GPL-2.0
/*
 * Likely causes from what a host shows besides its command line: each row holds
 * on the host that shows it, and not on one that differs from it in one thing.
 * Texts are those of Linux's bugs.c; parts are those of its tables.
 */
#include <linux/bits.h>
#include <kvmcaps/decide.h>

#include "cause.h"
#include "hosts.h"
#include "saved.h"
#include "suite.h"

#define INTEL	KVMCAPS_MAKER_INTEL
#define AMD	KVMCAPS_MAKER_AMD

/**
 * struct row - a host and what is likely there
 * @feature: which the CPU enumerates and the kernel lacks
 * @maker: enum kvmcaps_maker
 * @signature: CPUID.1.EAX
 * @key: of a note
 * @text: its text; NULL for no note
 * @cause: part of the clause; NULL if there must be none like @not
 * @not: part of the clause that must not be said
 */
struct row {
	unsigned int feature;
	u8 maker;
	u32 signature;
	const char *key;
	const char *text;
	const char *cause;
	const char *not;
};

#define ID(name)	KVMCAPS_F_##name
#define TAA		"vulnerability.tsx_async_abort"
#define GDS		"vulnerability.gather_data_sampling"
#define SRSO		"vulnerability.spec_rstack_overflow"
#define TSA		"vulnerability.tsa"
#define BUGS		"cpuinfo.bugs"
/* Families and models as CPUID writes them. */
#define SKYLAKE_X	0x00050654
#define SAPPHIRE	0x000806f8
#define ALDER_LAKE	0x00090672
#define ROME		0x00830f10
#define CYAN_SKILLFISH	0x00840f70
#define MILAN		0x00a00f11
#define BERGAMO		0x00aa0f00
#define PHOENIX		0x00a70f41
#define GENOA		0x00a10f11
#define TURIN		0x00b00f21
#define EXCAVATOR	0x00660f01
#define PUMA		0x00730f01

static const struct row rows[] = {
	{ ID(RTM), INTEL, SKYLAKE_X, TAA, "Mitigation: TSX disabled", "unsafe here" },
	{ ID(HLE), INTEL, SKYLAKE_X, TAA, "Mitigation: TSX disabled", "unsafe here" },
	{ ID(RTM), INTEL, SKYLAKE_X, TAA, "Mitigation: Clear CPU buffers; SMT vulnerable",
	  .not = "unsafe here" },
	{ ID(RTM), INTEL, SKYLAKE_X, BUGS, "spectre_v1 taa itlb_multihit", "unsafe here" },
	{ ID(RTM), INTEL, SKYLAKE_X, BUGS, "spectre_v1 itlb_multihit", .not = "unsafe here" },
	{ ID(AVX), INTEL, SKYLAKE_X, GDS, "Mitigation: AVX disabled, no microcode",
	  "gather_data_sampling" },
	{ ID(AVX), INTEL, SKYLAKE_X, GDS, "Mitigation: Microcode", .not = "gather_data_sampling" },
	{ ID(IBPB_BRTYPE), AMD, MILAN, SRSO, "Vulnerable: Safe RET, no microcode", "branch types" },
	{ ID(SBPB), AMD, MILAN, SRSO, "Vulnerable: No microcode", "branch types" },
	{ ID(SBPB), AMD, MILAN, SRSO, "Mitigation: Safe RET", .not = "branch types" },
	{ ID(SRSO_BP_SPEC_REDUCE), AMD, TURIN, SRSO, "Mitigation: IBPB on VMEXIT only",
	  "another mitigation" },
	{ ID(SRSO_BP_SPEC_REDUCE), AMD, TURIN, SRSO, "Mitigation: Reduced Speculation",
	  .not = "another mitigation" },
	{ ID(VERW_CLEAR), AMD, MILAN, TSA, "Vulnerable: Clear CPU buffers attempted, no microcode",
	  "VERW" },
	{ ID(VERW_CLEAR), AMD, MILAN, TSA, "Mitigation: Clear CPU buffers", .not = "VERW" },
	{ ID(XSAVES), AMD, ROME, NULL, NULL, "erratum 1386" },
	{ ID(XSAVES), AMD, MILAN, NULL, NULL, .not = "erratum 1386" },
	{ ID(XSAVES), INTEL, ROME, NULL, NULL, .not = "erratum 1386" },
	{ ID(V_VMSAVE_VMLOAD), AMD, PHOENIX, NULL, NULL, "at random" },
	{ ID(V_VMSAVE_VMLOAD), AMD, GENOA, NULL, NULL, .not = "at random" },
	{ ID(V_VMSAVE_VMLOAD), AMD, BERGAMO, NULL, NULL, .not = "at random" },
	{ ID(PCID), INTEL, ALDER_LAKE, NULL, NULL, "INVLPG" },
	{ ID(PCID), INTEL, SAPPHIRE, NULL, NULL, .not = "INVLPG" },
	{ ID(TSC_DEADLINE_TIMER), INTEL, SKYLAKE_X, NULL, NULL, "erratum" },
	{ ID(TSC_DEADLINE_TIMER), INTEL, SAPPHIRE, NULL, NULL, .not = "erratum" },
	{ ID(SPEC_CTRL), INTEL, SKYLAKE_X, NULL, NULL, "broken IBRS" },
	{ ID(INTEL_STIBP), INTEL, SKYLAKE_X, NULL, NULL, "broken IBRS" },
	{ ID(SPEC_CTRL_SSBD), INTEL, SKYLAKE_X, NULL, NULL, "broken IBRS" },
	{ ID(SPEC_CTRL), INTEL, SAPPHIRE, NULL, NULL, .not = "broken IBRS" },
	{ ID(SPEC_CTRL), AMD, MILAN, NULL, NULL, .not = "broken IBRS" },
	{ ID(ERMS), INTEL, SAPPHIRE, NULL, NULL, "IA32_MISC_ENABLE" },
	{ ID(ERMS), AMD, MILAN, NULL, NULL, .not = "IA32_MISC_ENABLE" },
	{ ID(RDSEED), AMD, TURIN, NULL, NULL, "Zen 5" },
	{ ID(RDSEED), AMD, GENOA, NULL, NULL, .not = "Zen 5" },
	{ ID(RDSEED), AMD, CYAN_SKILLFISH, NULL, NULL, "broken on this part" },
	{ ID(RDSEED), AMD, ROME, NULL, NULL, .not = "broken on this part" },
	{ ID(RDRAND), AMD, EXCAVATOR, "cmdline", "quiet", "this family" },
	{ ID(RDRAND), AMD, PUMA, "cmdline", "quiet", "this family" },
	{ ID(RDRAND), AMD, EXCAVATOR, "cmdline", "quiet rdrand=force", .not = "this family" },
	{ ID(RDRAND), AMD, ROME, "cmdline", "quiet", .not = "this family" },
	{ ID(SGX), INTEL, SAPPHIRE, "config", "X86_5LEVEL=y X86_SGX=n", "CONFIG_X86_SGX" },
	{ ID(SGX), INTEL, SAPPHIRE, "config", "X86_5LEVEL=n X86_SGX=y", .not = "CONFIG_" },
	{ ID(LA57), INTEL, SAPPHIRE, "config", "X86_5LEVEL=n", "CONFIG_X86_5LEVEL" },
	{ ID(LA57), INTEL, SAPPHIRE, "config", "X86_5LEVEL=y", .not = "CONFIG_" },
	{ ID(VMX), INTEL, SAPPHIRE, "config", "KVM_INTEL=n", "CONFIG_KVM_INTEL" },
	{ ID(VMX), INTEL, SAPPHIRE, "config", "KVM_INTEL=m", .not = "CONFIG_" },
	{ ID(OSPKE), INTEL, SAPPHIRE, "config", "X86_INTEL_MEMORY_PROTECTION_KEYS=n",
	  "CONFIG_X86_INTEL_MEMORY_PROTECTION_KEYS" },
	{ ID(OSPKE), INTEL, SAPPHIRE, "config", "X86_INTEL_MEMORY_PROTECTION_KEYS=y",
	  .not = "CONFIG_" },
};

static struct kvmcaps_host host;
static struct saved saved;

/* All that a feature could go with is there, so that nothing else explains it. */
static void set_up(const struct row *row)
{
	saved_free(&saved);
	host_init(&host);
	memset(host.facts.caps, 0xff, KVMCAPS_NR_WORDS * sizeof(*host.facts.caps));
	host_kernel(&host, row->feature, false);
	host.facts.maker = row->maker;
	host_put(&host, 0x0, 0, 0x1f, 0, 0, 0);
	host_put(&host, 0x1, 0, row->signature, 0, 0, 0);
	if (row->text)
		saved_note_add(&saved, row->key, row->text);
}

static bool finds(const struct row *row, bool hidden, const char *text)
{
	struct cause cause;

	if (hidden && !cause_find_hidden(&host, &saved, row->feature, &cause))
		return false;
	if (!hidden && !cause_find(&host, &saved, row->feature, &cause))
		return false;
	return strstr(cause.text, text);
}

static void each_symptom_is_seen_where_it_is(void **state)
{
	const struct row *row;

	(void)state;
	for (row = rows; row < rows + ROWS(rows); row++) {
		set_up(row);
		check(!row->cause || finds(row, false, row->cause), "row %zu: not '%s'",
		      row - rows, row->cause);
		check(!row->not || !finds(row, false, row->not), "row %zu: '%s'",
		      row - rows, row->not);
	}
	saved_free(&saved);
}

/* Linux writes an MSR for these, and no other; a guest's CPU is its hypervisor's. */
static void some_are_hidden_in_the_cpu(void **state)
{
	const struct row *row;
	bool hides;

	(void)state;
	for (row = rows; row < rows + ROWS(rows); row++) {
		if (!row->cause)
			continue;
		hides = row->feature == ID(RTM) || row->feature == ID(HLE) ||
			row->feature == ID(RDRAND) || row->feature == ID(RDSEED);
		set_up(row);
		check(finds(row, true, row->cause) == hides, "row %zu", row - rows);
		host_cpu(&host, ID(HYPERVISOR), true);
		check(!finds(row, true, row->cause), "row %zu in a guest", row - rows);
	}
	saved_free(&saved);
}

static void transactions_are_switched_off(void **state)
{
	const struct row row = { ID(RTM), INTEL, SAPPHIRE, "cmdline", "tsx=off" };

	(void)state;
	set_up(&row);
	assert_false(finds(&row, true, "tsx=off"));
	host.facts.msr[KVMCAPS_MSR_ARCH_CAPABILITIES] = BIT(7);
	assert_true(finds(&row, true, "tsx=off"));
	host_cpu(&host, ID(RTM_ALWAYS_ABORT), true);
	saved_free(&saved);
	assert_true(finds(&row, true, "RTM_ALWAYS_ABORT"));
	assert_true(finds(&row, false, "RTM_ALWAYS_ABORT"));
}

static void a_leaf_may_be_out_of_reach(void **state)
{
	const struct row row = { ID(XSAVE), INTEL, SAPPHIRE };

	(void)state;
	set_up(&row);
	assert_false(finds(&row, false, "leaf DH"));
	host_reg(&host, 0x0, 0, KVMCAPS_EAX)[0] = 0xc;
	assert_true(finds(&row, false, "leaf DH"));
}

/* The command line is known for sure, so it comes first; and what goes with another next. */
static void the_surest_cause_is_named(void **state)
{
	const struct row avx = { ID(AVX), INTEL, SKYLAKE_X, GDS, "Mitigation: AVX disabled" };
	const struct row avx2 = { ID(AVX2), INTEL, SKYLAKE_X, GDS, "Mitigation: AVX disabled" };
	const struct row no_gds = { ID(AVX), INTEL, SKYLAKE_X, GDS, "Not affected" };
	const struct row xsaves = { ID(XSAVES), AMD, ROME };
	struct cause cause;

	(void)state;
	set_up(&avx);
	saved_note_add(&saved, "cmdline", "clearcpuid=avx");
	assert_true(finds(&avx, false, "clearcpuid=avx"));
	set_up(&avx);
	saved_note_add(&saved, "cmdline", "gather_data_sampling=force");
	assert_true(finds(&avx, false, "gather_data_sampling=force"));
	set_up(&no_gds);
	saved_note_add(&saved, "cmdline", "gather_data_sampling=force");
	assert_false(cause_find(&host, &saved, ID(AVX), &cause));
	set_up(&avx2);
	host_kernel(&host, ID(AVX), false);
	assert_true(finds(&avx2, false, "it goes with AVX"));
	assert_true(finds(&avx2, false, "gather_data_sampling"));
	set_up(&xsaves);
	host_kernel(&host, ID(XSAVE), false);
	assert_true(finds(&xsaves, false, "it goes with XSAVE"));
	saved_free(&saved);
}

static void a_state_may_be_built_out(void **state)
{
	struct cause cause;

	(void)state;
	saved_note_add(&saved, "config", "X86_USER_SHADOW_STACK=n");
	assert_true(cause_find_state(&saved, 11, &cause));
	assert_non_null(strstr(cause.text, "CONFIG_X86_USER_SHADOW_STACK"));
	assert_false(cause_find_state(&saved, 12, &cause));
	saved_free(&saved);
	saved_note_add(&saved, "config", "X86_USER_SHADOW_STACK=y");
	assert_false(cause_find_state(&saved, 11, &cause));
	saved_free(&saved);
}

int main(void)
{
	const struct cmocka_test tests[] = {
		cmocka_unit_test(each_symptom_is_seen_where_it_is),
		cmocka_unit_test(some_are_hidden_in_the_cpu),
		cmocka_unit_test(transactions_are_switched_off),
		cmocka_unit_test(a_leaf_may_be_out_of_reach),
		cmocka_unit_test(the_surest_cause_is_named),
		cmocka_unit_test(a_state_may_be_built_out),
	};

	return cmocka_run_group_tests_name("cause", tests, NULL, NULL);
}
