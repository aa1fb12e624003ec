// SPDX-License-Identifier: GPL-2.0
/*
 * Module parameters: each moves its own policy and no other, and values that
 * mean nothing are refused. They are set as the kernel sets them, and set back.
 */
#include <linux/cpumask.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <asm/cpufeature.h>
#include <kunit/test.h>
#include <kvmcaps/release.h>
#include "../kvmcaps/cache.h"
#include "../kvmcaps/compat.h"
#include "../kvmcaps/host_live.h"
#include "../kvmcaps/param.h"
#include "export.h"

static const struct kernel_param *find(struct kunit *test, const char *name)
{
	const struct kernel_param *param = export_param(name);

	KUNIT_ASSERT_NOT_NULL_MSG(test, param, "%s", name);
	return param;
}

static int set(struct kunit *test, const char *name, const char *value)
{
	const struct kernel_param *param = find(test, name);
	int err;

	kernel_param_lock(param->mod);
	err = param->ops->set(value, param);
	kernel_param_unlock(param->mod);
	return err;
}

/* Of a page, which is what a parameter may fill. */
static char *get(struct kunit *test, const char *name)
{
	const struct kernel_param *param = find(test, name);
	char *text = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, text);
	KUNIT_ASSERT_GE(test, param->ops->get(text, param), 0);
	return strim(text);
}

struct policy_row {
	const char *name;
	enum kvmcaps_policy policy;
};

static const struct policy_row policy_rows[] = {
	{ "nested", KVMCAPS_POLICY_NESTED },
	{ "npt", KVMCAPS_POLICY_NPT },
	{ "nrips", KVMCAPS_POLICY_NRIPS },
	{ "vls", KVMCAPS_POLICY_VLS },
	{ "vgif", KVMCAPS_POLICY_VGIF },
	{ "vnmi", KVMCAPS_POLICY_VNMI },
	{ "lbrv", KVMCAPS_POLICY_LBRV },
	{ "tsc_scaling", KVMCAPS_POLICY_TSC_SCALING },
	{ "enable_pmu", KVMCAPS_POLICY_ENABLE_PMU },
	{ "mmio_caching", KVMCAPS_POLICY_MMIO_CACHING },
	{ "allow_smaller_maxphyaddr", KVMCAPS_POLICY_ALLOW_SMALLER_MAXPHYADDR },
	{ "sev", KVMCAPS_POLICY_SEV },
	{ "sev_es", KVMCAPS_POLICY_SEV_ES },
	{ "sev_snp", KVMCAPS_POLICY_SEV_SNP },
	{ "ept", KVMCAPS_POLICY_EPT },
	{ "vpid", KVMCAPS_POLICY_VPID },
	{ "unrestricted_guest", KVMCAPS_POLICY_UNRESTRICTED_GUEST },
	{ "enable_apicv", KVMCAPS_POLICY_ENABLE_APICV },
	{ "sgx", KVMCAPS_POLICY_SGX },
	{ "pt_mode", KVMCAPS_POLICY_PT_MODE },
	{ "gmet", KVMCAPS_POLICY_GMET },
	{ "cet", KVMCAPS_POLICY_CET },
	{ "enable_mediated_pmu", KVMCAPS_POLICY_ENABLE_MEDIATED_PMU },
	{ "mbec", KVMCAPS_POLICY_MBEC },
};

KUNIT_ARRAY_PARAM_DESC(policy, policy_rows, name);
static_assert(ARRAY_SIZE(policy_rows) == KVMCAPS_NR_POLICIES);

static void parameter_is_its_policy(struct kunit *test)
{
	const struct policy_row *row = test->param_value;
	const char *was = get(test, row->name);
	u32 before = kvmcaps_param_policy();

	KUNIT_EXPECT_EQ(test, set(test, row->name, "0"), 0);
	KUNIT_EXPECT_EQ(test, kvmcaps_param_policy(), before & ~BIT(row->policy));
	KUNIT_EXPECT_EQ(test, set(test, row->name, "1"), 0);
	KUNIT_EXPECT_EQ(test, kvmcaps_param_policy(), before | BIT(row->policy));
	KUNIT_EXPECT_EQ(test, set(test, row->name, was), 0);
	KUNIT_EXPECT_EQ(test, kvmcaps_param_policy(), before);
}

struct nested_row {
	const char *value;
	int err;
	bool on;
};

/* kvm-amd's is an int, of which 0 alone is off; kvm-intel's a bool. */
static const struct nested_row nested_rows[] = {
	{ "0", 0, false }, { "1", 0, true }, { "2", 0, true }, { "-1", 0, true },
	{ "N", 0, false }, { "Y", 0, true }, { "off", 0, false }, { "on", 0, true },
	{ "maybe", -EINVAL }, { "", -EINVAL }, { "4294967296", -ERANGE },
	{ "0x0", 0, false }, { "00", 0, false }, { "10", 0, true },
};

KUNIT_ARRAY_PARAM_DESC(nested, nested_rows, value);

static bool nested_is_on(void)
{
	return kvmcaps_param_policy() & BIT(KVMCAPS_POLICY_NESTED);
}

static void nested_is_both_modules(struct kunit *test)
{
	const struct nested_row *row = test->param_value;
	const char *was = get(test, "nested");
	unsigned int before;

	/* Whatever it was: what is refused changes nothing. */
	for (before = 0; before < 2; before++) {
		KUNIT_EXPECT_EQ(test, set(test, "nested", before ? "1" : "0"), 0);
		KUNIT_EXPECT_EQ(test, set(test, "nested", row->value), row->err);
		KUNIT_EXPECT_EQ(test, nested_is_on(), row->err ? !!before : row->on);
	}
	KUNIT_EXPECT_EQ(test, set(test, "nested", was), 0);
}

/* Of a bool, the kernel reads the first character. */
static void nested_that_is_both_is_what_the_host_reads(struct kunit *test)
{
	static const char * const values[] = { "02", "0x1" };
	const bool number = boot_cpu_data.x86_vendor == X86_VENDOR_AMD ||
			    boot_cpu_data.x86_vendor == X86_VENDOR_HYGON;
	const char *was = get(test, "nested");
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(values); i++) {
		KUNIT_EXPECT_EQ(test, set(test, "nested", number ? "0" : "1"), 0);
		KUNIT_EXPECT_EQ(test, set(test, "nested", values[i]), 0);
		KUNIT_EXPECT_EQ_MSG(test, nested_is_on(), number, "%s", values[i]);
	}
	KUNIT_EXPECT_EQ(test, set(test, "nested", was), 0);
}

/* As it stands on the command line of kvm-intel. */
static void nested_alone_is_on(struct kunit *test)
{
	const char *was = get(test, "nested");

	KUNIT_EXPECT_TRUE(test, find(test, "nested")->ops->flags & KERNEL_PARAM_OPS_FL_NOARG);
	KUNIT_EXPECT_EQ(test, set(test, "nested", "0"), 0);
	KUNIT_EXPECT_EQ(test, set(test, "nested", NULL), 0);
	KUNIT_EXPECT_TRUE(test, nested_is_on());
	KUNIT_EXPECT_EQ(test, set(test, "nested", was), 0);
}

struct value_row {
	const char *desc;
	const char *name;
	const char *value;
	int err;
};

static const struct value_row value_rows[] = {
	{ "nobody may open the device", "mode", "0", 0 },
	{ "everybody may", "mode", "0777", 0 },
	{ "a sticky device is none", "mode", "01000", -EINVAL },
	{ "nor is one of another user", "mode", "04666", -EINVAL },
	{ "PT for the host alone", "pt_mode", "0", 0 },
	{ "PT for guests", "pt_mode", "1", 0 },
	{ "PT has two modes", "pt_mode", "2", -EINVAL },
	{ "none of them negative", "pt_mode", "-1", -EINVAL },
	{ "the running kernel's release", "release", "", 0 },
	{ "the oldest release", "release", "6.1", 0 },
	{ "the newest release", "release", "7.3", 0 },
	{ "a release before them", "release", "6.0", -EINVAL },
	{ "a release between them", "release", "6.2", -EINVAL },
	{ "a release after them", "release", "7.4", -EINVAL },
	{ "a release whose minor number spills over", "release", "6.257", -EINVAL },
	{ "a release whose major number does", "release", "16777222.1", -EINVAL },
	{ "half a release", "release", "6", -EINVAL },
	{ "a release and more", "release", "6.12x", -EINVAL },
	{ "a stable release", "release", "6.12.1", -EINVAL },
	{ "a word", "release", "newest", -EINVAL },
};

KUNIT_ARRAY_PARAM_DESC(value, value_rows, desc);

static void what_means_nothing_is_refused(struct kunit *test)
{
	const struct value_row *row = test->param_value;
	const char *was = get(test, row->name);

	KUNIT_EXPECT_EQ(test, set(test, row->name, row->value), 0);
	KUNIT_EXPECT_EQ(test, kvmcaps_param_check(), row->err);
	KUNIT_EXPECT_EQ(test, set(test, row->name, was), 0);
	KUNIT_EXPECT_EQ(test, kvmcaps_param_check(), 0);
}

struct release_row {
	const char *value;
	u16 release;
};

static const struct release_row release_rows[] = {
	{ "6.1", KVMCAPS_RELEASE(6, 1) }, { "6.12", KVMCAPS_RELEASE(6, 12) },
	{ "6.19", KVMCAPS_RELEASE(6, 19) }, { "7.3", KVMCAPS_RELEASE(7, 3) },
	{ "", 0 }, { "6.2", 0 },
};

KUNIT_ARRAY_PARAM_DESC(release, release_rows, value);

/* The running kernel's stands for itself, or for the newest one before it. */
static void release_is_what_is_asked(struct kunit *test)
{
	const struct release_row *row = test->param_value;
	const char *was = get(test, "release");
	u16 want = row->release;

	if (!*row->value)
		want = kvmcaps_release_near(KVMCAPS_RUNNING_RELEASE);
	KUNIT_EXPECT_EQ(test, set(test, "release", row->value), 0);
	KUNIT_EXPECT_EQ(test, kvmcaps_param_release(), want);
	KUNIT_EXPECT_EQ(test, set(test, "release", was), 0);
}

static void mode_and_assume_are_handed_on(struct kunit *test)
{
	const char *mode = get(test, "mode");
	const char *assume = get(test, "assume");

	KUNIT_EXPECT_EQ(test, set(test, "mode", "0640"), 0);
	KUNIT_EXPECT_EQ(test, kvmcaps_param_mode(), 0640);
	KUNIT_EXPECT_EQ(test, set(test, "mode", mode), 0);
	KUNIT_EXPECT_EQ(test, set(test, "assume", "0"), 0);
	KUNIT_EXPECT_FALSE(test, kvmcaps_param_assume());
	KUNIT_EXPECT_EQ(test, set(test, "assume", "1"), 0);
	KUNIT_EXPECT_TRUE(test, kvmcaps_param_assume());
	KUNIT_EXPECT_EQ(test, set(test, "assume", assume), 0);
}

/* Facts that are read now go by what is set now. */
static void facts_have_policy_and_release(struct kunit *test)
{
	struct kvmcaps_facts *facts = kunit_kzalloc(test, sizeof(*facts), GFP_KERNEL);
	const char *release = get(test, "release");
	const char *npt = get(test, "npt");

	KUNIT_ASSERT_NOT_NULL(test, facts);
	KUNIT_EXPECT_EQ(test, set(test, "release", "6.1"), 0);
	KUNIT_EXPECT_EQ(test, set(test, "npt", "0"), 0);
	migrate_disable();
	kvmcaps_host_read_facts(facts);
	migrate_enable();
	KUNIT_EXPECT_EQ(test, facts->release, KVMCAPS_RELEASE(6, 1));
	KUNIT_EXPECT_FALSE(test, facts->policy & BIT(KVMCAPS_POLICY_NPT));
	KUNIT_EXPECT_EQ(test, set(test, "npt", npt), 0);
	KUNIT_EXPECT_EQ(test, set(test, "release", release), 0);
}

/* EDX of 0x8000000a, as the CPU that runs this answers it. */
static u32 svm_features(struct kunit *test)
{
	struct kvmcaps_view view;
	u32 i, features = 0;

	KUNIT_ASSERT_EQ(test, kvmcaps_view_get(&view, KVMCAPS_LIST_SUPPORTED), 0);
	for (i = 0; i < view.nent && view.entries[i].function != 0x8000000a; i++)
		;
	if (i < view.nent)
		features = view.entries[i].edx;
	for (; view.nr_patches; view.patches++, view.nr_patches--) {
		if (view.patches->entry == view.first + i && view.patches->reg == KVMCAPS_EDX)
			features = view.patches->value;
	}
	kvmcaps_view_put(&view);
	return features;
}

/* SVM's features are none without nested guests. */
static void check_answers(struct kunit *test, bool nested)
{
	const struct kvmcaps_host *host = kvmcaps_cache_host_get();
	u32 policy = host->facts.policy;
	unsigned int cpu;

	kvmcaps_cache_host_put(host);
	KUNIT_EXPECT_EQ(test, !!(policy & BIT(KVMCAPS_POLICY_NESTED)), nested);
	for_each_online_cpu(cpu) {
		KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(cpu)), 0);
		KUNIT_EXPECT_EQ_MSG(test, !!svm_features(test), nested, "CPU %u", cpu);
	}
}

/* What is set now counts from the next refresh on, on each CPU. */
static void refresh_goes_by_what_is_set(struct kunit *test)
{
	const char *was = get(test, "nested");

	if (boot_cpu_data.extended_cpuid_level < 0x8000000a || !boot_cpu_has(X86_FEATURE_SVM))
		kunit_skip(test, "the CPU has no leaf of SVM's features");
	KUNIT_EXPECT_EQ(test, set(test, "nested", "1"), 0);
	KUNIT_EXPECT_EQ(test, kvmcaps_cache_refresh(), 0);
	check_answers(test, true);
	KUNIT_EXPECT_EQ(test, set(test, "nested", "0"), 0);
	check_answers(test, true);
	KUNIT_EXPECT_EQ(test, kvmcaps_cache_refresh(), 0);
	check_answers(test, false);
	KUNIT_EXPECT_EQ(test, set(test, "nested", was), 0);
	KUNIT_EXPECT_EQ(test, kvmcaps_cache_refresh(), 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(parameter_is_its_policy, policy_gen_params),
	KUNIT_CASE_PARAM(nested_is_both_modules, nested_gen_params),
	KUNIT_CASE(nested_that_is_both_is_what_the_host_reads),
	KUNIT_CASE(nested_alone_is_on),
	KUNIT_CASE_PARAM(what_means_nothing_is_refused, value_gen_params),
	KUNIT_CASE_PARAM(release_is_what_is_asked, release_gen_params),
	KUNIT_CASE(mode_and_assume_are_handed_on),
	KUNIT_CASE(facts_have_policy_and_release),
	KUNIT_CASE(refresh_goes_by_what_is_set),
	{}
};

static struct kunit_suite suite = {
	.name = "kvmcaps_param",
	.test_cases = cases,
};

kunit_test_suite(suite);
