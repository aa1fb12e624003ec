// SPDX-License-Identifier: GPL-2.0
/*
 * What no emulator has: AMX, SGX, PT, AVX10, PEBS, MPX, hybrid parts, and
 * leaves out of range, on a synthetic Intel part. Each expectation is KVM's
 * behaviour in release 6.12: __do_cpuid_func() and kvm_set_cpu_caps() of
 * cpuid.c, vmx_set_cpu_caps() and vmx_hardware_setup() of vmx.c,
 * kvm_get_filtered_xcr0() of x86.h, kvm_init_pmu_capability() of pmu.h.
 */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <kunit/test.h>
#include "../tests/engine/hosts.h"
#include "../tests/engine/intel.h"

#define ALL_XFEATURES	(~0ull)
#define NO_TILE		(~BIT_ULL(18))

static struct intel m;

static void expect(struct kunit *test, const char *desc, u32 function, u32 index, u32 eax, u32 ebx,
		   u32 ecx, u32 edx)
{
	const struct kvm_cpuid_entry2 *e = intel_find(&m, function, index);

	KUNIT_ASSERT_TRUE_MSG(test, e, "%s: no entry %#x.%u", desc, function, index);
	KUNIT_ASSERT_TRUE_MSG(test,
			      e->eax == eax && e->ebx == ebx && e->ecx == ecx && e->edx == edx,
			      "%s: %#x.%u: %08x %08x %08x %08x", desc, function, index, e->eax,
			      e->ebx, e->ecx, e->edx);
}

static void expect_none(struct kunit *test, const char *desc, u32 function, u32 index)
{
	KUNIT_ASSERT_TRUE_MSG(test, !intel_find(&m, function, index), "%s: %#x.%u", desc, function,
			      index);
}

static void expect_zero(struct kunit *test, const char *desc, u32 function)
{
	expect(test, desc, function, 0, 0, 0, 0, 0);
	expect_none(test, desc, function, 1);
}

/* An entry as the CPU has it. */
static void expect_raw(struct kunit *test, const char *desc, u32 function, u32 index)
{
	struct kvmcaps_cpuid regs = { .function = function, .index = index };

	intel_cpuid(&m, &regs);
	expect(test, desc, function, index, regs.eax, regs.ebx, regs.ecx, regs.edx);
}

static bool offers(unsigned int feature)
{
	return kvmcaps_caps_has(&m.caps, feature);
}

/* kvm_get_filtered_xcr0(), cases 0xd, 0x1d and 0x1e of __do_cpuid_func() */
static void amx_with_permission(struct kunit *test)
{
	intel_init(&m);
	intel_answer(test, &m, ALL_XFEATURES);
	expect(test, "all states", 0xd, 0, 0x602e7, 0x2b00, 0x2b00, 0);
	/* 576 + 256 + 64 + 512 + 1024 + 8, up to 2496, + 64 + 8192 */
	expect(test, "compacted", 0xd, 1, 0x1f, 0x2a00, 0, 0);
	expect(test, "configuration", 0xd, 17, 0x40, 0xac0, 2, 0);
	expect(test, "data, with XFD", 0xd, 18, 0x2000, 0xb00, 6, 0);
	expect_none(test, "IA32_XSS stays empty", 0xd, 8);
	expect_none(test, "IA32_XSS stays empty", 0xd, 11);
	expect(test, "palettes", 0x1d, 0, 1, 0, 0, 0);
	expect(test, "palette 1", 0x1d, 1, 0x04002000, 0x00080040, 0x10, 0);
	expect(test, "TMUL", 0x1e, 0, 0, 0x4010, 0, 0);
}

static void amx_without_permission(struct kunit *test)
{
	intel_init(&m);
	intel_answer(test, &m, NO_TILE);
	expect(test, "no tiles", 0xd, 0, 0x2e7, 0xa88, 0xa88, 0);
	expect(test, "compacted", 0xd, 1, 0x1f, 2440, 0, 0);
	expect_none(test, "no configuration either", 0xd, 17);
	expect_none(test, "no data", 0xd, 18);
	/* The features are KVM's, not the process's. */
	KUNIT_ASSERT_TRUE(test, offers(KVMCAPS_F_AMX_TILE));
	expect_raw(test, "palettes stay", 0x1d, 1);
	expect_raw(test, "TMUL stays", 0x1e, 0);
}

static void amx_the_kernel_lacks(struct kunit *test)
{
	intel_init(&m);
	intel_kernel(&m, KVMCAPS_F_XFD, false);
	intel_answer(test, &m, ALL_XFEATURES);
	expect(test, "no XFD, no faults on data", 0xd, 18, 0x2000, 0xb00, 2, 0);
	expect(test, "no XFD", 0xd, 1, 0xf, 0x2a00, 0, 0);

	intel_init(&m);
	intel_kernel(&m, KVMCAPS_F_AMX_TILE, false);
	intel_answer(test, &m, ALL_XFEATURES);
	expect_zero(test, "no AMX, no palettes", 0x1d);
	expect_zero(test, "no AMX, no TMUL", 0x1e);
	/* XFD is declared of 64-bit kernels alone. */
	intel_init(&m);
	host_fact(&m.host, KVMCAPS_FACT_X86_64, false);
	intel_answer(test, &m, ALL_XFEATURES);
	expect(test, "32 bits, no XFD", 0xd, 1, 0xf, 0x2a00, 0, 0);
}

static void no_sgx(struct kunit *test, const char *desc)
{
	intel_answer(test, &m, ALL_XFEATURES);
	expect_zero(test, desc, 0x12);
	KUNIT_ASSERT_TRUE_MSG(test, !offers(KVMCAPS_F_SGX) && !offers(KVMCAPS_F_SGX_LC), "%s: SGX",
			      desc);
	KUNIT_ASSERT_TRUE_MSG(test, !m.caps.mask[KVMCAPS_W_12_0_EAX], "%s: sub-features", desc);
}

/* vmx_set_cpu_caps(), case 0x12 of __do_cpuid_func() */
static void sgx(struct kunit *test)
{
	intel_init(&m);
	intel_answer(test, &m, NO_TILE);
	KUNIT_ASSERT_TRUE(test, offers(KVMCAPS_F_SGX) && offers(KVMCAPS_F_SGX_LC));
	expect(test, "SGX1, SGX2, EDECCSSA; EXINFO", 0x12, 0, 0x803, 1, 0, 0x381f);
	expect(test, "attributes; XFRM is the CPU's", 0x12, 1, 0x4b6, 0, 0x602e7, 7);
	expect_none(test, "no EPC sections", 0x12, 2);

	intel_kernel(&m, KVMCAPS_F_SGX_LC, false);
	intel_kernel(&m, KVMCAPS_F_SGX2, false);
	intel_answer(test, &m, ALL_XFEATURES);
	KUNIT_ASSERT_TRUE(test, offers(KVMCAPS_F_SGX));
	KUNIT_ASSERT_FALSE(test, offers(KVMCAPS_F_SGX_LC));
	expect(test, "the kernel lacks SGX2", 0x12, 0, 0x801, 1, 0, 0x381f);
}

static void sgx_off(struct kunit *test)
{
	intel_init(&m);
	host_policy(&m.host, KVMCAPS_POLICY_SGX, false);
	no_sgx(test, "sgx=0");
	intel_init(&m);
	intel_control(&m, KVMCAPS_MSR_VMX_PROCBASED_CTLS2, 32 + 15, false);
	no_sgx(test, "no exits on ENCLS");
	intel_init(&m);
	intel_control(&m, KVMCAPS_MSR_VMX_PROCBASED_CTLS, 63, false);
	no_sgx(test, "no secondary controls");
	intel_init(&m);
	intel_put(&m, 0x12, 0, 0x862, 3, 0, 0x381f);
	no_sgx(test, "no SGX1");

	/* Leaf 0x10 has EAX[0], and answers for 0x12. */
	intel_init(&m);
	intel_put(&m, 0x0, 0, 0x10, 0x756e6547, 0x6c65746e, 0x49656e69);
	intel_put(&m, 0x10, 0, 1, 0xa, 0, 0);
	intel_answer(test, &m, ALL_XFEATURES);
	expect_none(test, "leaf 0x12 is out of range", 0x12, 0);
	KUNIT_ASSERT_FALSE(test, offers(KVMCAPS_F_SGX));
}

static void no_pt(struct kunit *test, const char *desc)
{
	intel_answer(test, &m, ALL_XFEATURES);
	expect_zero(test, desc, 0x14);
	KUNIT_ASSERT_TRUE_MSG(test, !offers(KVMCAPS_F_INTEL_PT), "%s", desc);
}

/* vmx_hardware_setup(), case 0x14 of __do_cpuid_func() */
static void pt(struct kunit *test)
{
	static const u32 highest[] = { 0, 1, 3 };
	unsigned int i, index;

	for (i = 0; i < ARRAY_SIZE(highest); i++) {
		intel_init(&m);
		intel_put(&m, 0x14, 0, highest[i], 0x5f, 7, 0);
		for (index = 1; index < 5; index++)
			intel_put(&m, 0x14, index, index, 0x100 + index, index << 8, ~index);
		intel_answer(test, &m, ALL_XFEATURES);
		KUNIT_ASSERT_TRUE(test, offers(KVMCAPS_F_INTEL_PT));
		for (index = 0; index <= highest[i]; index++)
			expect_raw(test, "PT", 0x14, index);
		expect_none(test, "PT", 0x14, highest[i] + 1);
		host_policy(&m.host, KVMCAPS_POLICY_PT_MODE, false);
		no_pt(test, "pt_mode=0");
	}
}

static void pt_off(struct kunit *test)
{
	intel_init(&m);
	host_policy(&m.host, KVMCAPS_POLICY_EPT, false);
	no_pt(test, "ept=0");
	intel_init(&m);
	host_policy(&m.host, KVMCAPS_POLICY_ENABLE_PMU, false);
	no_pt(test, "enable_pmu=0");
	intel_init(&m);
	intel_control(&m, KVMCAPS_MSR_VMX_MISC, 14, false);
	no_pt(test, "no PT in VMX operation");
	intel_init(&m);
	intel_control(&m, KVMCAPS_MSR_VMX_PROCBASED_CTLS2, 32 + 24, false);
	no_pt(test, "no guest addresses");
	intel_init(&m);
	intel_control(&m, KVMCAPS_MSR_VMX_ENTRY_CTLS, 32 + 18, false);
	intel_control(&m, KVMCAPS_MSR_VMX_EXIT_CTLS, 32 + 25, false);
	no_pt(test, "RTIT_CTL is not switched");
	intel_init(&m);
	intel_kernel(&m, KVMCAPS_F_INTEL_PT, false);
	no_pt(test, "the kernel has no PT");
}

/* case 0x24 of __do_cpuid_func() */
static void avx10(struct kunit *test)
{
	u32 version;

	for (version = 0; version < 4; version++) {
		intel_init(&m);
		intel_put(&m, 0x0, 0, 0x24, 0x756e6547, 0x6c65746e, 0x49656e69);
		intel_put(&m, 0x7, 1, 0x1c30, 0, 0, BIT(19));
		intel_put(&m, 0x24, 0, 1, 0xfff70000 | version, 5, 6);
		intel_put(&m, 0x24, 1, 1, 2, 3, 4);
		intel_answer(test, &m, ALL_XFEATURES);
		expect(test, "version 1 at most", 0x24, 0, 0, 0x70000 | min(version, 1u), 0, 0);
		expect_none(test, "one index", 0x24, 1);
		intel_put(&m, 0x7, 1, 0x1c30, 0, 0, 0);
		intel_answer(test, &m, ALL_XFEATURES);
		expect_zero(test, "no AVX10", 0x24);
	}
	intel_init(&m);
	intel_put(&m, 0x0, 0, 0x25, 0x756e6547, 0x6c65746e, 0x49656e69);
	intel_answer(test, &m, ALL_XFEATURES);
	KUNIT_ASSERT_EQ(test, intel_find(&m, 0, 0)->eax, 0x24);
	expect_none(test, "no leaf beyond 0x24", 0x25, 0);
}

static void check_pebs(struct kunit *test, const char *desc, bool pebs, bool pdcm)
{
	intel_answer(test, &m, ALL_XFEATURES);
	KUNIT_ASSERT_EQ_MSG(test, offers(KVMCAPS_F_DS), pebs, "%s: DS", desc);
	KUNIT_ASSERT_EQ_MSG(test, offers(KVMCAPS_F_DTES64), pebs, "%s: DTES64", desc);
	KUNIT_ASSERT_EQ_MSG(test, offers(KVMCAPS_F_PDCM), pdcm, "%s: PDCM", desc);
	KUNIT_ASSERT_EQ_MSG(test, intel_find(&m, 1, 0)->edx >> 21 & 1, pebs, "%s: 1.EDX", desc);
	KUNIT_ASSERT_EQ_MSG(test, intel_find(&m, 1, 0)->ecx >> 2 & 1, pebs, "%s: 1.ECX", desc);
}

/* vmx_pebs_supported(), vmx_set_cpu_caps() */
static void pebs(struct kunit *test)
{
	intel_init(&m);
	check_pebs(test, "PEBS", true, true);
	m.host.facts.pmu.pebs_ept = 0;
	check_pebs(test, "not with EPT", false, true);
	intel_init(&m);
	intel_kernel(&m, KVMCAPS_F_PEBS, false);
	check_pebs(test, "the kernel has no PEBS", false, true);
	intel_init(&m);
	host_policy(&m.host, KVMCAPS_POLICY_ENABLE_PMU, false);
	check_pebs(test, "enable_pmu=0", false, false);
	intel_init(&m);
	intel_kernel(&m, KVMCAPS_F_DS, false);
	intel_kernel(&m, KVMCAPS_F_DTES64, false);
	check_pebs(test, "the kernel has no DS", false, true);
}

/* kvm_init_pmu_capability(): cpu_feature_enabled(X86_FEATURE_HYBRID_CPU) */
static void hybrid(struct kunit *test)
{
	intel_init(&m);
	intel_feature(&m, KVMCAPS_F_HYBRID_CPU, true);
	check_pebs(test, "hybrid", false, false);
	expect_zero(test, "no counters", 0xa);
	expect_zero(test, "no PT either", 0x14);
	expect_zero(test, "no type of core", 0x1a);
	KUNIT_ASSERT_EQ(test, intel_find(&m, 7, 0)->edx & BIT(15), 0);
}

struct perfmon_row {
	const char *desc;
	struct kvmcaps_pmu perf;
	u32 eax;
	u32 ebx;
	u32 edx;
};

/* kvm_init_pmu_capability(), case 0xa of __do_cpuid_func() */
static const struct perfmon_row perfmon_rows[] = {
	{ "version 5 is 2", { 5, 8, 3, 48, 48, 8, 0 }, 0x08300802, 0, 0x8603 },
	{ "version 1 is 1", { 1, 2, 0, 40, 0, 7, 0x40 }, 0x07280201, 0x40, 0x8000 },
	{ "ten counters are eight", { 2, 10, 3, 48, 48, 8, 0 }, 0x08300802, 0, 0x8603 },
	{ "seven fixed counters are three", { 2, 4, 7, 48, 40, 8, 1 }, 0x08300402, 1, 0x8503 },
	{ "no counters", { 5, 0, 3, 48, 48, 8, 1 }, 0, 0, 0 },
	{ "no version", { 0, 8, 3, 48, 48, 8, 1 }, 0, 0, 0 },
};

static void perfmon(struct kunit *test)
{
	const struct perfmon_row *row = perfmon_rows;

	for (; row < perfmon_rows + ARRAY_SIZE(perfmon_rows); row++) {
		intel_init(&m);
		m.host.facts.pmu = row->perf;
		intel_answer(test, &m, ALL_XFEATURES);
		expect(test, row->desc, 0xa, 0, row->eax, row->ebx, 0, row->edx);
		KUNIT_ASSERT_EQ(test, intel_find(&m, 0xa, 0)->flags, 0);
		intel_kernel(&m, KVMCAPS_F_ARCH_PERFMON, false);
		intel_answer(test, &m, ALL_XFEATURES);
		expect_zero(test, "the kernel has no ARCH_PERFMON", 0xa);
	}
	/* Anybody's CPU but Intel's may have counters of no version. */
	intel_init(&m);
	m.host.facts.maker = KVMCAPS_MAKER_ZHAOXIN;
	m.host.facts.pmu.version = 0;
	intel_answer(test, &m, ALL_XFEATURES);
	expect(test, "Zhaoxin's version 0", 0xa, 0, 0x08300800, 0, 0, 0x603);
}

/* A client part of the years of MPX. */
static void mpx_part(u64 xcr0)
{
	intel_init(&m);
	intel_feature(&m, KVMCAPS_F_MPX, true);
	intel_put(&m, 0xd, 0, 0x1f, 0x440, 0x440, 0);
	intel_put(&m, 0xd, 3, 0x40, 0x3c0, 0, 0);
	intel_put(&m, 0xd, 4, 0x40, 0x400, 0, 0);
	m.host.facts.xcr0 = xcr0;
}

static void check_mpx(struct kunit *test, const char *desc, bool offered, u32 xcr0, u32 size)
{
	intel_answer(test, &m, 0);
	KUNIT_ASSERT_EQ_MSG(test, offers(KVMCAPS_F_MPX), offered, "%s: MPX", desc);
	expect(test, desc, 0xd, 0, xcr0, size, size, 0);
	KUNIT_ASSERT_EQ_MSG(test, !!intel_find(&m, 0xd, 3), xcr0 >> 3 & 1, "%s: BNDREGS", desc);
	KUNIT_ASSERT_EQ_MSG(test, !!intel_find(&m, 0xd, 4), xcr0 >> 4 & 1, "%s: BNDCSR", desc);
}

/* vmx_hardware_setup(), kvm_mpx_supported(), vmx_set_cpu_caps() */
static void mpx(struct kunit *test)
{
	mpx_part(0x1f);
	check_mpx(test, "MPX", true, 0x1f, 0x440);
	expect(test, "BNDREGS", 0xd, 3, 0x40, 0x3c0, 0, 0);
	expect(test, "BNDCSR", 0xd, 4, 0x40, 0x400, 0, 0);
	intel_control(&m, KVMCAPS_MSR_VMX_ENTRY_CTLS, 32 + 16, false);
	intel_control(&m, KVMCAPS_MSR_VMX_EXIT_CTLS, 32 + 23, false);
	check_mpx(test, "BNDCFGS is not switched", false, 0x7, 0x340);
	mpx_part(0x1f);
	intel_kernel(&m, KVMCAPS_F_MPX, false);
	check_mpx(test, "the kernel has no MPX, its states stay", false, 0x1f, 0x440);
	mpx_part(0xf);
	check_mpx(test, "BNDREGS alone", false, 0xf, 0x400);
	mpx_part(0x17);
	check_mpx(test, "BNDCSR alone", false, 0x17, 0x440);
}

/* The cases of __do_cpuid_func() that pass, clear or have no case at all. */
static void other_leaves(struct kunit *test)
{
	static const u32 zero[] = {
		0x3, 0x5, 0xf, 0x10, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x20,
	};
	unsigned int i;

	intel_init(&m);
	intel_answer(test, &m, ALL_XFEATURES);
	expect_raw(test, "descriptors", 0x2, 0);
	for (i = 0; i < 5; i++)
		expect_raw(test, "caches", 0x4, i);
	expect_none(test, "caches", 0x4, 5);
	expect(test, "ARAT", 0x6, 0, 4, 0, 0, 0);
	expect(test, "topology", 0xb, 0, 0, 0, 0, 0x1d);
	expect_none(test, "topology", 0xb, 1);
	expect(test, "topology", 0x1f, 0, 0, 0, 0, 0x1d);
	expect_none(test, "topology", 0x1f, 1);
	for (i = 0; i < ARRAY_SIZE(zero); i++)
		expect_zero(test, "nothing", zero[i]);
	expect(test, "the part's own limit", 0x0, 0, 0x20, 0x756e6547, 0x6c65746e, 0x49656e69);
	expect_none(test, "beyond it", 0x21, 0);
	expect(test, "and of extended leaves", 0x80000000, 0, 0x80000008, 0, 0, 0);
	expect_none(test, "nothing is opened up", 0x80000021, 0);
	expect_none(test, "Centaur's are not Intel's", 0xc0000000, 0);
}

/* Last leaves that answer for all that is out of range. */
static const u32 last_leaves[] = { 0x2, 0x6, 0xa, 0xb, 0xc, 0xd, 0x13, 0x14, 0x1f, 0x20, 0x23 };

/* kvm_set_cpu_caps() executes CPUID for each word, in range or not. */
static void words_out_of_range(struct kunit *test)
{
	unsigned int i, word;

	for (i = 0; i < ARRAY_SIZE(last_leaves); i++) {
		intel_init(&m);
		intel_put(&m, 0x0, 0, last_leaves[i], 0x756e6547, 0x6c65746e, 0x49656e69);
		for (word = 0; word < 3; word++)
			intel_put(&m, last_leaves[i], word, ~word, 0x00071234, ~0u, 0x5a5a5a5a);
		for (word = 0; word < KVMCAPS_MAX_WORDS; word++)
			m.host.facts.caps[word] = ~0u;
		intel_answer(test, &m, ALL_XFEATURES);
		KUNIT_ASSERT_MEMEQ_MSG(test, m.caps.mask, m.kvm.caps, sizeof(m.kvm.caps),
				       "last leaf %#x", last_leaves[i]);
		for (word = 0; word < KVMCAPS_NR_WORDS; word++) {
			const struct oracle_word *w = oracle_word(KVMCAPS_RELEASE(6, 12), word);
			struct kvmcaps_cpuid regs = oracle_cpuid(&m.kvm, w->function, w->index);

			KUNIT_ASSERT_EQ_MSG(test, kvmcaps_host_word(&m.host, word),
					    (&regs.eax)[w->reg], "last leaf %#x: %s",
					    last_leaves[i], w->name);
		}
	}
}

/* The same by hand: leaf 6 answers for 7, 0x24 and 0x80000021. */
static void leaf_6_answers_for_all(struct kunit *test)
{
	intel_init(&m);
	intel_put(&m, 0x0, 0, 6, 0x756e6547, 0x6c65746e, 0x49656e69);
	intel_put(&m, 0x6, 0, 0x87, 0x50000, BIT(16), BIT(19));
	intel_answer(test, &m, ALL_XFEATURES);
	KUNIT_ASSERT_TRUE(test, offers(KVMCAPS_F_LA57));
	KUNIT_ASSERT_TRUE(test, offers(KVMCAPS_F_AVX10));
	KUNIT_ASSERT_EQ(test, m.caps.mask[KVMCAPS_W_24_0_EBX], 0x50000);
	/* EAX: bit 0; bits 1, 2 and 7 are none or follow the kernel. */
	KUNIT_ASSERT_TRUE(test, m.caps.mask[KVMCAPS_W_80000022_EAX]);
	expect_none(test, "no leaf 7", 7, 0);
	KUNIT_ASSERT_FALSE(test, offers(KVMCAPS_F_SGX));
}

/* kvm_set_cpu_caps() and case 0x80000008 of __do_cpuid_func(), by EPT */
static void check_sizes(struct kunit *test, const char *desc, bool ept, u32 eax)
{
	intel_answer(test, &m, ALL_XFEATURES);
	expect(test, desc, 0x80000008, 0, eax, m.caps.mask[KVMCAPS_W_80000008_EBX], 0, 0);
	KUNIT_ASSERT_EQ_MSG(test, offers(KVMCAPS_F_PKU), ept, "%s: PKU", desc);
	KUNIT_ASSERT_TRUE_MSG(test, offers(KVMCAPS_F_GBPAGES) != ept, "%s: GBPAGES", desc);
	KUNIT_ASSERT_EQ_MSG(test, offers(KVMCAPS_F_INTEL_PT), ept, "%s: PT", desc);
}

static void ept_part(void)
{
	intel_init(&m);
	intel_feature(&m, KVMCAPS_F_PKU, true);
	intel_feature(&m, KVMCAPS_F_OSPKE, true);
	intel_feature(&m, KVMCAPS_F_GBPAGES, false);
}

static void paging(struct kunit *test)
{
	static const u8 needed[] = { 6, 14, 26 };
	unsigned int i;

	ept_part();
	check_sizes(test, "EPT of five levels", true, 0x343934);
	intel_control(&m, KVMCAPS_MSR_VMX_EPT_VPID_CAP, 7, false);
	check_sizes(test, "EPT of four levels", true, 0x303934);
	host_fact(&m.host, KVMCAPS_FACT_5LEVEL, true);
	check_sizes(test, "the host's levels do not count", true, 0x303934);
	host_policy(&m.host, KVMCAPS_POLICY_EPT, false);
	check_sizes(test, "ept=0: the kernel's bits", false, 0x392e);
	for (i = 0; i < ARRAY_SIZE(needed); i++) {
		ept_part();
		intel_control(&m, KVMCAPS_MSR_VMX_EPT_VPID_CAP, needed[i], false);
		check_sizes(test, "EPT of no use", false, 0x392e);
	}
	ept_part();
	intel_control(&m, KVMCAPS_MSR_VMX_PROCBASED_CTLS2, 33, false);
	check_sizes(test, "no EPT", false, 0x392e);
}

struct umip_row {
	const char *desc;
	bool cpu;
	bool kernel;
	bool control;
	bool offered;
};

/* vmx_umip_emulated() */
static const struct umip_row umip_rows[] = {
	{ "nothing at all", false, false, false, false },
	{ "emulated", false, false, true, true },
	{ "emulated though the CPU has it", true, false, true, true },
	{ "the kernel lacks it, VMX too", true, false, false, false },
	{ "the CPU's", true, true, false, true },
	{ "the CPU's, without emulation", true, true, true, true },
	{ "the kernel's alone is none", false, true, true, false },
};

static void umip(struct kunit *test)
{
	const struct umip_row *row;

	for (row = umip_rows; row < umip_rows + ARRAY_SIZE(umip_rows); row++) {
		intel_init(&m);
		intel_feature(&m, KVMCAPS_F_UMIP, row->cpu);
		intel_kernel(&m, KVMCAPS_F_UMIP, row->kernel);
		intel_control(&m, KVMCAPS_MSR_VMX_PROCBASED_CTLS2, 34, row->control);
		intel_answer(test, &m, ALL_XFEATURES);
		KUNIT_ASSERT_EQ_MSG(test, offers(KVMCAPS_F_UMIP), row->offered, "%s", row->desc);
	}
}

/* vmx_set_cpu_caps(): instructions that VMX must let guests execute */
static void controlled_instructions(struct kunit *test)
{
	intel_init(&m);
	intel_answer(test, &m, ALL_XFEATURES);
	KUNIT_ASSERT_TRUE(test, offers(KVMCAPS_F_VMX) && offers(KVMCAPS_F_INVPCID));
	KUNIT_ASSERT_TRUE(test, offers(KVMCAPS_F_XSAVES) && offers(KVMCAPS_F_RDTSCP));
	KUNIT_ASSERT_TRUE(test, offers(KVMCAPS_F_RDPID) && offers(KVMCAPS_F_WAITPKG));

	intel_control(&m, KVMCAPS_MSR_VMX_PROCBASED_CTLS, 63, false);
	host_policy(&m.host, KVMCAPS_POLICY_NESTED, false);
	intel_answer(test, &m, ALL_XFEATURES);
	KUNIT_ASSERT_FALSE(test, offers(KVMCAPS_F_VMX) || offers(KVMCAPS_F_INVPCID));
	KUNIT_ASSERT_FALSE(test, offers(KVMCAPS_F_XSAVES) || offers(KVMCAPS_F_RDTSCP));
	KUNIT_ASSERT_FALSE(test, offers(KVMCAPS_F_RDPID) || offers(KVMCAPS_F_WAITPKG));
	/* XSAVEC keeps the compacted size. */
	expect(test, "no XSAVES", 0xd, 1, 0x17, 0x2a00, 0, 0);
	kvmcaps_answer_emulated(&m.host, &m.caps, &m.answer);
	expect(test, "no RDTSCP, no RDPID emulated", 7, 0, 0, 0, 0, 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(amx_with_permission),
	KUNIT_CASE(amx_without_permission),
	KUNIT_CASE(amx_the_kernel_lacks),
	KUNIT_CASE(sgx),
	KUNIT_CASE(sgx_off),
	KUNIT_CASE(pt),
	KUNIT_CASE(pt_off),
	KUNIT_CASE(avx10),
	KUNIT_CASE(pebs),
	KUNIT_CASE(hybrid),
	KUNIT_CASE(perfmon),
	KUNIT_CASE(mpx),
	KUNIT_CASE(other_leaves),
	KUNIT_CASE(words_out_of_range),
	KUNIT_CASE(leaf_6_answers_for_all),
	KUNIT_CASE(paging),
	KUNIT_CASE(umip),
	KUNIT_CASE(controlled_instructions),
	{}
};

static struct kunit_suite suite = {
	.name = "kvmcaps_intel",
	.test_cases = cases,
};

kunit_test_suite(suite);
