// SPDX-License-Identifier: GPL-2.0
/* The model of a kernel: what it takes from CPUID, and what from the kernel. */
#include <stdlib.h>
#include <linux/bits.h>

#include "flagname.h"
#include "linux_model.h"
#include "linux_upgrade.h"
#include "suite.h"

#define V612	LINUX_KERNEL(6, 12)

static struct kvmcaps_host host;

static void set(u32 function, u32 eax, u32 ebx, u32 ecx, u32 edx)
{
	host.cpuid[host.nr_cpuid++] = (struct kvmcaps_cpuid){
		function, 0, eax, ebx, ecx, edx
	};
}

/* An AMD CPU of a family, with SSE2, XSAVE and AVX2. */
static void amd(u32 eax, bool virtual)
{
	memset(&host, 0, sizeof(host));
	set(0x0, 0x10, 0x68747541, 0x444d4163, 0x69746e65);
	set(0x1, eax, 0, BIT(26) | BIT(28) | (virtual ? BIT(31) : 0), BIT(26));
	set(0x7, 0, BIT(5), 0, 0);
	set(0x80000000, 0x80000021, 0, 0, 0);
	set(0x80000001, eax, 0, 0, BIT(29));
	set(0x80000008, 0x3030, BIT(12), 0, 0);
	set(0x80000021, 0, 0, 0, 0);
}

static bool has(unsigned int feature)
{
	return kvmcaps_host_has(&host, feature);
}

static void flags_have_their_names(void **state)
{
	static const struct {
		unsigned int feature;
		u32 kernel;
		const char *name;
	} rows[] = {
		{ KVMCAPS_F_AVX2, V612, "avx2" },
		{ KVMCAPS_F_XMM3, V612, "pni" },
		{ KVMCAPS_F_LAM, V612, "lam" },
		{ KVMCAPS_F_LAM, LINUX_KERNEL(6, 1), NULL },
		{ KVMCAPS_F_SPEC_CTRL, V612, NULL },
		{ KVMCAPS_F_BUG_NULL_SEG, V612, "null_seg" },
		{ KVMCAPS_W_1_EDX * 32 + 10, V612, NULL },
	};
	char name[FLAGNAME_SIZE];
	unsigned int i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		assert_int_equal(flagname(rows[i].feature, rows[i].kernel, name), !!rows[i].name);
		if (rows[i].name)
			assert_string_equal(name, rows[i].name);
	}
	assert_true(flagname_in("sse sse2 avx", "sse2"));
	assert_true(flagname_in("sse2 sse", "sse"));
	assert_false(flagname_in("sse2 avx", "sse"));
}

static void a_flag_that_is_missing_is_masked(void **state)
{
	struct linux_evidence seen = { .kernel = V612, .flags = "sse2 xsave avx avx2", .bugs = "" };

	(void)state;
	amd(0x00a00f11, true);
	linux_model(&host, &seen);
	assert_true(has(KVMCAPS_F_AVX2));
	seen.flags = "sse2 xsave avx";
	linux_model(&host, &seen);
	assert_false(has(KVMCAPS_F_AVX2));
	assert_true(has(KVMCAPS_F_OSXSAVE));
	seen.flags = "sse2";
	linux_model(&host, &seen);
	assert_false(has(KVMCAPS_F_OSXSAVE));
}

static void hidden_flags_go_by_number(void **state)
{
	struct linux_evidence seen = { .kernel = V612, .flags = "sse2 xsave", .bugs = "" };

	(void)state;
	amd(0x00a00f11, true);
	linux_model(&host, &seen);
	assert_true(has(KVMCAPS_F_AMD_IBPB));
	seen.cmdline = "quiet clearcpuid=avx2,428 other=428";
	linux_model(&host, &seen);
	assert_false(has(KVMCAPS_F_AMD_IBPB));
	assert_true(has(KVMCAPS_F_LFENCE_RDTSC));
	seen.cmdline = "clearcpuid=13:12,4280";
	linux_model(&host, &seen);
	assert_true(has(KVMCAPS_F_AMD_IBPB));
}

static void what_linux_adds_depends_on_the_cpu(void **state)
{
	static const struct {
		u32 eax;
		bool virtual;
		const char *tsa;
		unsigned int feature;
		bool on;
	} rows[] = {
		/* Zen 3, bare and not; Zen 2; K10 */
		{ 0x00a00f11, false, "Mitigation: Clear CPU buffers", KVMCAPS_F_VERW_CLEAR, true },
		{ 0x00a00f11, false, "Vulnerable: no microcode", KVMCAPS_F_VERW_CLEAR, false },
		{ 0x00a00f11, false, NULL, KVMCAPS_F_VERW_CLEAR, false },
		{ 0x00a00f11, true, "Mitigation: Clear CPU buffers", KVMCAPS_F_VERW_CLEAR, false },
		{ 0x00a00f11, false, "Not affected", KVMCAPS_F_BTC_NO, true },
		{ 0x00a00f11, true, "Not affected", KVMCAPS_F_BTC_NO, false },
		{ 0x00a00f11, false, "Not affected", KVMCAPS_F_TSA_L1_NO, false },
		{ 0x00830f10, false, "Not affected", KVMCAPS_F_TSA_L1_NO, true },
		{ 0x00830f10, true, "Not affected", KVMCAPS_F_TSA_L1_NO, false },
		{ 0x00830f10, false, "Not affected", KVMCAPS_F_IBPB_BRTYPE, true },
		{ 0x00830f10, false, "Not affected", KVMCAPS_F_SBPB, false },
		{ 0x00100f42, false, "Not affected", KVMCAPS_F_IBPB_BRTYPE, false },
		{ 0x00100f42, false, "Not affected", KVMCAPS_F_LFENCE_RDTSC, true },
	};
	unsigned int i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		struct linux_evidence seen = {
			.kernel = V612, .flags = "sse2", .bugs = "", .tsa = rows[i].tsa,
		};

		amd(rows[i].eax, rows[i].virtual);
		linux_model(&host, &seen);
		check(has(rows[i].feature) == rows[i].on, "row %u", i);
	}
}

static void leaves_beyond_the_highest_do_not_count(void **state)
{
	struct linux_evidence seen = { .kernel = V612 };

	(void)state;
	amd(0x00a00f11, true);
	linux_model(&host, &seen);
	assert_true(has(KVMCAPS_F_AVX2));
	host.cpuid[0].eax = 6;
	linux_model(&host, &seen);
	assert_false(has(KVMCAPS_F_AVX2));
}

static void perf_without_a_driver_has_no_counters(void **state)
{
	struct linux_evidence seen = { .kernel = V612 };

	(void)state;
	amd(0x00a00f11, true);
	linux_model(&host, &seen);
	assert_int_equal(host.facts.pmu.num_counters_gp, 4);
	seen.pmu = LINUX_NO;
	linux_model(&host, &seen);
	assert_int_equal(host.facts.pmu.num_counters_gp, 0);
}

static void another_kernel_comes_with_its_habits(void **state)
{
	struct linux_evidence seen = {
		.kernel = V612, .flags = "sse2 xsave avx", .bugs = "",
		.srso = "Mitigation: SMT disabled",
	};

	(void)state;
	amd(0x00830f10, true);
	linux_model(&host, &seen);
	assert_true(has(KVMCAPS_F_SRSO_NO));
	seen.kernel = LINUX_KERNEL(6, 17);
	linux_model(&host, &seen);
	assert_false(has(KVMCAPS_F_SRSO_NO));

	seen.kernel = V612;
	linux_model(&host, &seen);
	linux_upgrade(&host, LINUX_KERNEL(6, 16));
	assert_true(has(KVMCAPS_F_SRSO_NO));
	linux_upgrade(&host, LINUX_KERNEL(7, 3));
	assert_false(has(KVMCAPS_F_SRSO_NO));
	assert_int_equal(host.facts.kernel, LINUX_KERNEL(7, 3));
	/* The record has the last word in what both kernels do. */
	assert_false(has(KVMCAPS_F_AVX2));
	assert_true(has(KVMCAPS_F_AVX));
}

static const struct cmocka_test tests[] = {
	cmocka_unit_test(flags_have_their_names),
	cmocka_unit_test(a_flag_that_is_missing_is_masked),
	cmocka_unit_test(hidden_flags_go_by_number),
	cmocka_unit_test(what_linux_adds_depends_on_the_cpu),
	cmocka_unit_test(leaves_beyond_the_highest_do_not_count),
	cmocka_unit_test(perf_without_a_driver_has_no_counters),
	cmocka_unit_test(another_kernel_comes_with_its_habits),
};

int main(void)
{
	return cmocka_run_group_tests_name("linux", tests, NULL, NULL);
}
