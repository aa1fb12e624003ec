// SPDX-License-Identifier: GPL-2.0
/*
 * Likely causes and what would have to change: what is advised helps, and
 * nothing less does.
 */
#include <linux/bits.h>
#include <kvmcaps/decide.h>
#include <kvmcaps/release.h>

#include "cause.h"
#include "change.h"
#include "depend.h"
#include "hosts.h"
#include "linux_upgrade.h"
#include "suite.h"

#define ROUNDS	40

static struct kvmcaps_host host, copy;
static struct kvmcaps_caps caps;

static bool offers(const struct kvmcaps_host *of, unsigned int feature)
{
	static struct kvmcaps_caps decided;

	kvmcaps_decide(of, &decided);
	return kvmcaps_caps_has(&decided, feature);
}

static void random_host(void)
{
	host_init(&host);
	host_random_words(&host);
	host_random_facts(&host);
	host_random_release(&host);
	host_make_sane(&host);
	kvmcaps_decide(&host, &caps);
}

/* Parameters and releases are all that can be changed from here. */
static void expect_help(unsigned int feature, const struct change *change)
{
	u32 bit;

	copy = host;
	copy.facts.policy ^= change->policy;
	if (change->release) {
		copy.facts.release = change->release;
		linux_upgrade(&copy, (u32)change->release << 8);
	}
	check(offers(&copy, feature), "%s: the advice does not help",
	      kvmcaps_feature_name(feature));
	for (bit = 0; bit < KVMCAPS_NR_POLICIES; bit++) {
		if (!(change->policy & BIT(bit)))
			continue;
		copy.facts.policy ^= BIT(bit);
		check(!offers(&copy, feature), "%s: parameter %u did not have to change",
		      kvmcaps_feature_name(feature), bit);
		copy.facts.policy ^= BIT(bit);
	}
}

static void advice_helps(void **state)
{
	unsigned int round, feature, helped = 0;
	struct change change;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		random_host();
		for (feature = 0; feature < NR_KVMCAPS_FEATURES; feature++) {
			if (!kvmcaps_feature_name(feature) || kvmcaps_caps_has(&caps, feature) ||
			    !change_find(&host, &caps, feature, &change) || change.kernel ||
			    change.hardware)
				continue;
			expect_help(feature, &change);
			helped++;
		}
	}
	check(helped > ROUNDS, "advice was given %u times only", helped);
}

static void nothing_helps_what_no_kvm_offers(void **state)
{
	struct change change;

	(void)state;
	random_host();
	assert_false(change_find(&host, &caps, KVMCAPS_F_EST, &change));
	assert_false(change_find(&host, &caps, KVMCAPS_F_OSXSAVE, &change));
	assert_false(change_find(&host, &caps, KVMCAPS_W_7_0_EBX * 32 + 22, &change));
}

static void each_kind_of_change_is_found(void **state)
{
	struct change change;

	(void)state;
	host_init(&host);
	host.facts.release = KVMCAPS_RELEASE(6, 12);
	host_cpu(&host, KVMCAPS_F_AVX2, true);
	host_kernel(&host, KVMCAPS_F_VGIF, true);
	kvmcaps_decide(&host, &caps);

	assert_true(change_find(&host, &caps, KVMCAPS_F_AVX2, &change));
	assert_true(change.kernel && !change.hardware && !change.policy && !change.release);
	assert_true(change_find(&host, &caps, KVMCAPS_F_AVX, &change));
	assert_true(change.hardware && !change.kernel && !change.vendor);
	assert_true(!change.policy && !change.release);
	assert_true(change_find(&host, &caps, KVMCAPS_F_VGIF, &change));
	assert_int_equal(change.policy, BIT(KVMCAPS_POLICY_NESTED) | BIT(KVMCAPS_POLICY_VGIF));
	assert_true(!change.hardware && !change.kernel);
	assert_true(change_find(&host, &caps, KVMCAPS_F_SHSTK, &change));
	assert_int_equal(change.release, KVMCAPS_RELEASE(6, 18));
	assert_true(change.hardware);
	assert_true(change_find(&host, &caps, KVMCAPS_F_VMX, &change));
	assert_int_equal(change.vendor, KVMCAPS_VENDOR_VMX);
}

/* Shadow paging has 1 GiB pages on any CPU. */
static void a_rule_helps_without_hardware(void **state)
{
	struct change change;

	(void)state;
	host_init(&host);
	host_kernel(&host, KVMCAPS_F_NPT, true);
	host_policy(&host, KVMCAPS_POLICY_NPT, true);
	host_fact(&host, KVMCAPS_FACT_PAE, true);
	host_fact(&host, KVMCAPS_FACT_X86_64, true);
	kvmcaps_decide(&host, &caps);

	assert_true(change_find(&host, &caps, KVMCAPS_F_GBPAGES, &change));
	assert_int_equal(change.policy, BIT(KVMCAPS_POLICY_NPT));
	assert_true(!change.hardware && !change.kernel && !change.release);
}

struct row {
	const char *cmdline;
	unsigned int feature;
	const char *text;
	const char *remedy;
};

#define GOES_WITH_XSAVE	"it goes with XSAVE, which the kernel does not have"

/* All that is known is the command line, or not even that. */
static struct saved notes_of(const char *cmdline)
{
	struct saved notes = {};

	if (cmdline)
		saved_note_add(&notes, "cmdline", cmdline);
	return notes;
}

static bool find_cause(const char *cmdline, unsigned int feature, struct cause *cause)
{
	struct saved notes = notes_of(cmdline);
	bool found = cause_find(&host, &notes, feature, cause);

	saved_free(&notes);
	return found;
}

static bool find_state_cause(const char *cmdline, unsigned int state, struct cause *cause)
{
	struct saved notes = notes_of(cmdline);
	bool found = cause_find_state(&notes, state, cause);

	saved_free(&notes);
	return found;
}

static void causes_are_read_from_the_command_line(void **state)
{
	static const struct row rows[] = {
		{ "quiet clearcpuid=avx2 ro", KVMCAPS_F_AVX2,
		  "clearcpuid=avx2 on the kernel's command line",
		  "boot the host without clearcpuid=avx2" },
		{ "clearcpuid=smep,avx2,umip", KVMCAPS_F_AVX2,
		  "clearcpuid=smep,avx2,umip on the kernel's command line",
		  "boot the host without clearcpuid=smep,avx2,umip" },
		{ "clearcpuid=293", KVMCAPS_F_AVX2, "clearcpuid=293 on the kernel's command line",
		  "boot the host without clearcpuid=293" },
		{ "clearcpuid=9:5", KVMCAPS_F_AVX2, "clearcpuid=9:5 on the kernel's command line",
		  "boot the host without clearcpuid=9:5" },
		{ "clearcpuid=avx512f", KVMCAPS_F_SMEP, "", "" },
		{ "clearcpuid=295", KVMCAPS_F_SMEP, "clearcpuid=295 on the kernel's command line",
		  "boot the host without clearcpuid=295" },
		{ "clearcpuid=295x", KVMCAPS_F_SMEP, "", "" },
		{ "noxsave", KVMCAPS_F_XSAVE, "noxsave on the kernel's command line",
		  "boot the host without noxsave" },
		{ "noxsaves", KVMCAPS_F_XSAVE, "", "" },
		{ "noxsave", KVMCAPS_F_AVX,
		  GOES_WITH_XSAVE ": noxsave on the kernel's command line",
		  "boot the host without noxsave" },
		{ "clearcpuid=xsave", KVMCAPS_F_AVX512_BF16,
		  GOES_WITH_XSAVE ": clearcpuid=xsave on the kernel's command line",
		  "boot the host without clearcpuid=xsave" },
		{ "quiet", KVMCAPS_F_AVX, GOES_WITH_XSAVE, "" },
		{ NULL, KVMCAPS_F_AVX, GOES_WITH_XSAVE, "" },
		{ NULL, KVMCAPS_F_SMEP, "", "" },
		{ "nopku", KVMCAPS_F_PKU, GOES_WITH_XSAVE, "" },
		{ "nosgx", KVMCAPS_F_SGX, "nosgx on the kernel's command line",
		  "boot the host without nosgx" },
		{ "", KVMCAPS_F_SGX, "firmware has it locked off in IA32_FEAT_CTL",
		  "switch it on in firmware" },
		{ "mitigations=off", KVMCAPS_F_SRSO_NO,
		  "mitigations=off on the kernel's command line",
		  "boot the host without mitigations=off" },
		{ "mitigations=auto", KVMCAPS_F_AUTOIBRS, "", "" },
	};
	struct cause cause;
	unsigned int i;

	(void)state;
	host_init(&host);
	host_kernel(&host, KVMCAPS_F_FPU, true);
	host_kernel(&host, KVMCAPS_F_FXSR, true);
	host_put(&host, 0x0, 0, 0xd, 0, 0, 0);
	for (i = 0; i < ROWS(rows); i++) {
		assert_int_equal(find_cause(rows[i].cmdline, rows[i].feature, &cause),
				 !!*rows[i].text);
		check(!strcmp(cause.text, rows[i].text), "row %u: %s", i, cause.text);
		check(!strcmp(cause.remedy, rows[i].remedy), "row %u: %s", i, cause.remedy);
	}
	host.facts.kernel = 0x061100;
	assert_true(find_cause("mitigations=off", KVMCAPS_F_SRSO_NO, &cause));
	assert_null(strstr(cause.text, "mitigations=off"));
	assert_true(find_state_cause("nousershstk", 11, &cause));
	assert_false(find_state_cause("nousershstk", 12, &cause));
	assert_false(find_state_cause(NULL, 11, &cause));
}

static void dependencies_end(void **state)
{
	unsigned int feature;

	(void)state;
	host_init(&host);
	for (feature = 0; feature < NR_KVMCAPS_FEATURES; feature++)
		check(depend_unmet(&host, feature) != (int)feature, "%s goes with itself",
		      kvmcaps_feature_name(feature));
	assert_int_equal(depend_unmet(&host, KVMCAPS_F_AVX2), KVMCAPS_F_FPU);
	assert_int_equal(depend_unmet(&host, KVMCAPS_F_SMEP), -1);
}

int main(void)
{
	const struct cmocka_test tests[] = {
		cmocka_unit_test(advice_helps),
		cmocka_unit_test(nothing_helps_what_no_kvm_offers),
		cmocka_unit_test(each_kind_of_change_is_found),
		cmocka_unit_test(a_rule_helps_without_hardware),
		cmocka_unit_test(causes_are_read_from_the_command_line),
		cmocka_unit_test(dependencies_end),
	};

	random_start();
	return cmocka_run_group_tests_name("change", tests, NULL, NULL);
}
