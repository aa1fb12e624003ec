// SPDX-License-Identifier: GPL-2.0
/*
 * Feature MSRs: what a fact of the host changes in them. The numbers are of the
 * SDM, volume 3, appendix A, and volume 4, and of KVM's sources.
 */
#include <linux/bits.h>
#include <kvmcaps/decide.h>

#include "hosts.h"
#include "kvmmsr.h"
#include "linux_complete.h"
#include "linux_defect.h"
#include "suite.h"

#define V61	KVMCAPS_RELEASE(6, 1)
#define V612	KVMCAPS_RELEASE(6, 12)
#define V616	KVMCAPS_RELEASE(6, 16)
#define V618	KVMCAPS_RELEASE(6, 18)
#define V619	KVMCAPS_RELEASE(6, 19)
#define V70	KVMCAPS_RELEASE(7, 0)
#define V71	KVMCAPS_RELEASE(7, 1)
#define V72	KVMCAPS_RELEASE(7, 2)
#define V73	KVMCAPS_RELEASE(7, 3)

#define HIGH(bit)	BIT_ULL(32 + (bit))

static struct kvmcaps_host host;
static struct kvmcaps_caps caps;

/* A part of today, of which KVM can use everything, with no defect. */
static void intel(u16 release)
{
	static const u16 features[] = {
		KVMCAPS_F_VMX, KVMCAPS_F_PDCM, KVMCAPS_F_RTM, KVMCAPS_F_ARCH_CAPABILITIES,
		KVMCAPS_F_UMIP, KVMCAPS_F_DS, KVMCAPS_F_SHSTK, KVMCAPS_F_IBT, KVMCAPS_F_NX,
		KVMCAPS_F_XSAVE, KVMCAPS_F_XSAVES,
	};
	unsigned int i;

	host_init(&host);
	host.facts.release = release;
	host.facts.maker = KVMCAPS_MAKER_INTEL;
	host.facts.vendor = KVMCAPS_VENDOR_VMX;
	host.facts.policy = ~(u32)BIT(KVMCAPS_POLICY_ALLOW_SMALLER_MAXPHYADDR);
	host_vmx(&host);
	host_put(&host, 0x0, 0, 0x20, 0x756e6547, 0x6c65746e, 0x49656e69);
	host_put(&host, 0x12, 0, 1, 0, 0, 0);
	host_put(&host, 0x12, 1, 0x36, 0, 0, 0);
	for (i = 0; i < ROWS(features); i++) {
		host_cpu(&host, features[i], true);
		host_kernel(&host, features[i], true);
	}
	host_kernel(&host, KVMCAPS_F_PEBS, true);
	host_fact(&host, KVMCAPS_FACT_X86_64, true);
	host_fact(&host, KVMCAPS_FACT_DEFECTS, true);
	host_fact(&host, KVMCAPS_FACT_LBR, true);
	host.facts.xss = BIT(11) | BIT(12);
	host.facts.pmu = (struct kvmcaps_pmu){ .version = 5, .num_counters_gp = 8,
		.num_counters_fixed = 3, .bit_width_gp = 48, .bit_width_fixed = 48,
		.pebs_ept = 1 };
	host.facts.msr[KVMCAPS_MSR_PERF_CAPABILITIES] = 0x136fc5 | BIT(17);
	host.facts.msr[KVMCAPS_MSR_VMX_EPT_VPID_CAP] |= BIT(22);
	host.facts.msr[KVMCAPS_MSR_VMX_BASIC] |= BIT_ULL(56) | BIT_ULL(54);
	host.facts.msr[KVMCAPS_MSR_VMX_EXIT_CTLS] = 0xffffffff00036dff;
	host.facts.msr[KVMCAPS_MSR_VMX_ENTRY_CTLS] = 0xffffffff000011ff;
	host.facts.msr[KVMCAPS_MSR_ARCH_CAPABILITIES] = ~0ull;
}

static u64 value(u32 msr)
{
	u64 is = 0;

	kvmcaps_decide(&host, &caps);
	check(kvmmsr_feature(&host, &caps, msr, &is), "%#x is not listed", msr);
	return is;
}

enum what {
	FLAG,		/* the kernel's, switched over */
	POLICY_OFF,
	FACT,		/* switched over */
	CONTROL,	/* of one bit of an MSR: off */
	SET_BIT,	/* ... on */
};

/* One change to the host, and how one MSR differs then. */
static const struct row {
	u16 release;
	u8 what;
	u16 arg;
	u8 bit;
	u32 msr;
	u64 lost;
	u64 gained;
} rows[] = {
	/* The CPU says so; the kernel knows otherwise; nothing is masked but what KVM must. */
	{ V612, FLAG, KVMCAPS_F_ARCH_CAPABILITIES, 0, 0x10a,
	  BIT(1) | BIT(2) | BIT(7) | BIT(13) | BIT(14) | BIT(15) | BIT(17) | BIT(19) | BIT(20) |
	  BIT(24) | BIT(28), 0 },
	{ V612, FLAG, KVMCAPS_F_RTM, 0, 0x10a, BIT(8), 0 },
	{ V612, CONTROL, KVMCAPS_MSR_ARCH_CAPABILITIES, 7, 0x10a, BIT(7), 0 },
	{ V612, CONTROL, KVMCAPS_MSR_ARCH_CAPABILITIES, 18, 0x10a, 0, 0 },
	{ V612, CONTROL, KVMCAPS_MSR_ARCH_CAPABILITIES, 0, 0x10a, 0, 0 },

	{ V612, POLICY_OFF, KVMCAPS_POLICY_EPT, 0, 0x48b, HIGH(1) | HIGH(17) | HIGH(7), 0 },
	{ V612, POLICY_OFF, KVMCAPS_POLICY_EPT, 0, 0x48c, 0x063340c1, 0 },
	{ V72, POLICY_OFF, KVMCAPS_POLICY_EPT, 0, 0x48b,
	  HIGH(1) | HIGH(17) | HIGH(7) | HIGH(22), 0 },
	{ V612, POLICY_OFF, KVMCAPS_POLICY_EPT, 0, 0x491, BIT(0), 0 },
	{ V612, POLICY_OFF, KVMCAPS_POLICY_VPID, 0, 0x48b, HIGH(5), 0 },
	{ V612, POLICY_OFF, KVMCAPS_POLICY_VPID, 0, 0x48c, 0x00000f0100000000, 0 },
	{ V612, POLICY_OFF, KVMCAPS_POLICY_UNRESTRICTED_GUEST, 0, 0x48b, HIGH(7), 0 },
	{ V612, POLICY_OFF, KVMCAPS_POLICY_ENABLE_APICV, 0, 0x481, HIGH(7), 0 },
	{ V612, POLICY_OFF, KVMCAPS_POLICY_ENABLE_APICV, 0, 0x48d, HIGH(7), 0 },
	{ V612, POLICY_OFF, KVMCAPS_POLICY_ENABLE_APICV, 0, 0x48b, 0, 0 },
	{ V612, POLICY_OFF, KVMCAPS_POLICY_SGX, 0, 0x48b, HIGH(15), 0 },
	{ V71, POLICY_OFF, KVMCAPS_POLICY_MBEC, 0, 0x48b, 0, 0 },
	{ V72, POLICY_OFF, KVMCAPS_POLICY_MBEC, 0, 0x48b, HIGH(22), 0 },
	{ V72, CONTROL, KVMCAPS_MSR_VMX_EPT_VPID_CAP, 22, 0x48b, HIGH(22), 0 },
	{ V72, CONTROL, KVMCAPS_MSR_VMX_EPT_VPID_CAP, 22, 0x48c, BIT(22), 0 },
	{ V71, CONTROL, KVMCAPS_MSR_VMX_EPT_VPID_CAP, 22, 0x48c, 0, 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_EPT_VPID_CAP, 21, 0x48c, BIT(21), 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_EPT_VPID_CAP, 21, 0x48b, HIGH(17), 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_EPT_VPID_CAP, 7, 0x48c, BIT(7), 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_EPT_VPID_CAP, 16, 0x48c, 0, 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_EPT_VPID_CAP, 41, 0x48c, 0, 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_EPT_VPID_CAP, 32, 0x48c, 0x00000f0100000000, 0 },

	/* Posted interrupts need virtual ones, and these a TPR shadow. */
	{ V612, CONTROL, KVMCAPS_MSR_VMX_PROCBASED_CTLS, 53, 0x48b,
	  HIGH(0) | HIGH(4) | HIGH(8) | HIGH(9), 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_PROCBASED_CTLS, 53, 0x482, HIGH(21), 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_PROCBASED_CTLS, 53, 0x481, HIGH(7), 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_PROCBASED_CTLS2, 41, 0x481, HIGH(7), 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_PINBASED_CTLS, 37, 0x481, HIGH(5), 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_PINBASED_CTLS, 38, 0x481, 0, 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_PROCBASED_CTLS, 60, 0x482, 0, 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_PROCBASED_CTLS, 59, 0x48e, HIGH(27), 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_PROCBASED_CTLS2, 45, 0x491, BIT(0), 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_PROCBASED_CTLS2, 45, 0x48b, HIGH(13), 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_PROCBASED_CTLS2, 46, 0x48b, 0, 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_PROCBASED_CTLS2, 36, 0x48b, HIGH(4), 0 },

	/* The highest field: from 7.0 on, of those that the CPU can do. */
	{ V619, CONTROL, KVMCAPS_MSR_VMX_PROCBASED_CTLS2, 57, 0x48a, 0, 0 },
	{ V70, CONTROL, KVMCAPS_MSR_VMX_PROCBASED_CTLS2, 57, 0x48a, 0x10, 0x0c },
	{ V70, CONTROL, KVMCAPS_MSR_VMX_PROCBASED_CTLS, 63, 0x48a, 0x10, 0x0c },

	{ V612, CONTROL, KVMCAPS_MSR_VMX_EXIT_CTLS, 55, 0x483, HIGH(23), 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_EXIT_CTLS, 60, 0x483, 0, 0 },
	{ V618, CONTROL, KVMCAPS_MSR_VMX_EXIT_CTLS, 60, 0x483, HIGH(28), 0 },
	{ V618, CONTROL, KVMCAPS_MSR_VMX_ENTRY_CTLS, 52, 0x484, HIGH(20), 0 },
	{ V618, CONTROL, KVMCAPS_MSR_VMX_ENTRY_CTLS, 52, 0x490, HIGH(20), 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_ENTRY_CTLS, 52, 0x490, 0, 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_ENTRY_CTLS, 46, 0x484, HIGH(14), 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_ENTRY_CTLS, 47, 0x484, 0, 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_MISC, 5, 0x485, BIT(5), 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_MISC, 29, 0x485, 0, 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_BASIC, 54, 0x480, BIT_ULL(54), 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_BASIC, 56, 0x480, 0, 0 },
	{ V618, CONTROL, KVMCAPS_MSR_VMX_BASIC, 56, 0x480, BIT_ULL(56), 0 },
	{ V612, CONTROL, KVMCAPS_MSR_VMX_CR4_FIXED1, 20, 0x489, BIT(20), 0 },
	{ V612, SET_BIT, KVMCAPS_MSR_VMX_CR4_FIXED1, 11, 0x489, 0, BIT(11) },
	{ V612, FLAG, KVMCAPS_F_UMIP, 0, 0x489, 0, BIT(11) },

	{ V612, FACT, KVMCAPS_FACT_LBR, 0, 0x345, 0x05, 0 },
	{ V612, CONTROL, KVMCAPS_MSR_PERF_CAPABILITIES, 2, 0x345, 0x05, 0 },
	{ V61, CONTROL, KVMCAPS_MSR_PERF_CAPABILITIES, 2, 0x345, 0x04, 0 },
	{ V612, FLAG, KVMCAPS_F_ARCH_LBR, 0, 0x345, 0x05, 0 },
	{ V612, FLAG, KVMCAPS_F_PEBS, 0, 0x345, 0xfc0, 0 },
	{ V618, FLAG, KVMCAPS_F_PEBS, 0, 0x345, 0xfc0 | BIT(17), 0 },
	{ V612, FLAG, KVMCAPS_F_PDCM, 0, 0x345, 0xfc5, 0 },
	{ V612, POLICY_OFF, KVMCAPS_POLICY_ENABLE_PMU, 0, 0x345, 0x2fc5, 0 },
	{ V612, CONTROL, KVMCAPS_MSR_UCODE_REV, 56, 0x8b, BIT_ULL(56), 0 },
};

static void apply(const struct row *row)
{
	__u64 *msr = &host.facts.msr[row->arg % KVMCAPS_MAX_MSRS];

	switch (row->what) {
	case FLAG:
		host_kernel(&host, row->arg, !kvmcaps_host_has(&host, row->arg));
		break;
	case POLICY_OFF:
		host_policy(&host, row->arg, false);
		break;
	case FACT:
		host_fact(&host, row->arg, !(host.facts.flags & BIT(row->arg)));
		break;
	case CONTROL:
		*msr &= ~BIT_ULL(row->bit);
		break;
	default:
		*msr |= BIT_ULL(row->bit);
	}
}

static void a_fact_changes_its_bits(void **state)
{
	const struct row *row;
	u64 was, is;

	(void)state;
	for (row = rows; row < rows + ROWS(rows); row++) {
		intel(row->release);
		host.facts.msr[KVMCAPS_MSR_VMX_CR4_FIXED1] &= ~BIT_ULL(11);
		if (row->release >= V70)
			host_policy(&host, KVMCAPS_POLICY_ENABLE_MEDIATED_PMU, false);
		was = value(row->msr);
		apply(row);
		is = value(row->msr);
		check((was & ~is) == row->lost && (is & ~was) == row->gained,
		      "row %u, %#x: %#llx, then %#llx", (unsigned int)(row - rows), row->msr,
		      (unsigned long long)was, (unsigned long long)is);
	}
}

/* A defect, and the bit that says that it is not there. */
static void a_defect_takes_its_bit(void **state)
{
	static const struct {
		u16 bug;
		u64 bit;
	} defects[] = {
		{ KVMCAPS_F_BUG_CPU_MELTDOWN, BIT(0) }, { KVMCAPS_F_BUG_SPEC_STORE_BYPASS, BIT(4) },
		{ KVMCAPS_F_BUG_MDS, BIT(5) }, { KVMCAPS_F_BUG_TAA, BIT(8) },
		{ KVMCAPS_F_BUG_GDS, BIT(26) }, { KVMCAPS_F_BUG_RFDS, BIT(27) },
		{ KVMCAPS_F_BUG_ITS, BIT_ULL(62) }, { KVMCAPS_F_BUG_L1TF, 0 },
	};
	unsigned int i;
	u64 was;

	(void)state;
	for (i = 0; i < ROWS(defects); i++) {
		intel(V612);
		host.facts.msr[KVMCAPS_MSR_ARCH_CAPABILITIES] = 0;
		was = value(0x10a);
		assert_int_equal(was & defects[i].bit, defects[i].bit);
		host_kernel(&host, defects[i].bug, true);
		assert_int_equal(value(0x10a), was & ~defects[i].bit);
	}
}

static void a_flush_that_is_left_out_is_the_guests(void **state)
{
	(void)state;
	intel(V612);
	host.facts.msr[KVMCAPS_MSR_ARCH_CAPABILITIES] = 0;
	host_fact(&host, KVMCAPS_FACT_NO_L1D_FLUSH, true);
	assert_true(value(0x10a) & BIT(3));
	host_kernel(&host, KVMCAPS_F_BUG_L1TF, true);
	assert_false(value(0x10a) & BIT(3));
	host_policy(&host, KVMCAPS_POLICY_EPT, false);
	assert_true(value(0x10a) & BIT(3));
}

static void microcode_mitigates_gds(void **state)
{
	(void)state;
	intel(V612);
	host.facts.msr[KVMCAPS_MSR_ARCH_CAPABILITIES] = BIT(25);
	host_kernel(&host, KVMCAPS_F_BUG_GDS, true);
	assert_true(value(0x10a) & BIT(26));
	host.facts.msr[KVMCAPS_MSR_MCU_OPT_CTRL] = BIT(4);
	assert_false(value(0x10a) & BIT(26));
	host.facts.msr[KVMCAPS_MSR_MCU_OPT_CTRL] = 0;
	host_kernel(&host, KVMCAPS_F_HYPERVISOR, true);
	assert_false(value(0x10a) & BIT(26));
}

static void mediated_counters_come_without_lbr(void **state)
{
	(void)state;
	intel(V70);
	assert_int_equal(value(0x345), 0x2000);
	host_policy(&host, KVMCAPS_POLICY_ENABLE_MEDIATED_PMU, false);
	assert_int_equal(value(0x345), 0x22fc5);
}

/* What is always the same: KVM's own VMCS, and what VMX has had from the first. */
static void constants_are_kvms(void **state)
{
	static const struct {
		u32 msr;
		u64 mask;
		u64 value;
	} constants[] = {
		{ 0x480, ~(BIT_ULL(54) | BIT_ULL(56)), 0x0098100011e57ed0 },
		{ 0x481, 0xffffffff, 0x16 }, { 0x48d, 0xffffffff, 0x16 },
		{ 0x482, 0xffffffff, 0x0401e172 }, { 0x48e, 0xffffffff, 0x04006172 },
		{ 0x483, 0xffffffff, 0x00036dff }, { 0x48f, 0xffffffff, 0x00036dfb },
		{ 0x484, 0xffffffff, 0x000011ff }, { 0x490, 0xffffffff, 0x000011fb },
		{ 0x48b, 0xffffffff, 0 }, { 0x486, ~0ull, 0x80000021 }, { 0x488, ~0ull, 0x2000 },
		{ 0x48a, ~0ull, 0x32 },
	};
	unsigned int i;

	(void)state;
	intel(V612);
	for (i = 0; i < ROWS(constants); i++)
		check((value(constants[i].msr) & constants[i].mask) == constants[i].value,
		      "%#x: %#llx", constants[i].msr, (unsigned long long)value(constants[i].msr));
}

static unsigned int list(u32 *msrs)
{
	const struct kvmmsr *msr;
	unsigned int nr;

	kvmcaps_decide(&host, &caps);
	for (nr = 0; (msr = kvmmsr_listed(&host, &caps, nr)); nr++)
		msrs[nr] = msr->number;
	return nr;
}

static void the_list_follows_the_release(void **state)
{
	u32 msrs[64];
	u64 unused;

	(void)state;
	intel(V61);
	assert_int_equal(list(msrs), 21);
	assert_int_equal(msrs[1], 0x48d);
	intel(V612);
	assert_int_equal(list(msrs), 21);
	assert_int_equal(msrs[0], 0x480);
	assert_int_equal(msrs[17], 0x491);
	intel(V616);
	assert_int_equal(list(msrs), 22);
	assert_int_equal(msrs[21], 0xce);
	assert_int_equal(value(0xce), BIT(31));
	host_policy(&host, KVMCAPS_POLICY_NESTED, false);
	assert_int_equal(list(msrs), 4);
	assert_false(kvmmsr_feature(&host, &caps, 0x480, &unused));
	assert_false(kvmmsr_feature(&host, &caps, 0xc0011029, &unused));
	host.facts.vendor = KVMCAPS_VENDOR_SVM;
	assert_int_equal(list(msrs), 5);
	assert_int_equal(msrs[0], 0xc0011029);
	assert_int_equal(value(0x345), 0);
	assert_int_equal(value(0xc0011029), 0);
	host_kernel(&host, KVMCAPS_F_LFENCE_RDTSC, true);
	assert_int_equal(value(0xc0011029), 2);
}

static const char *why(u32 msr, unsigned int bit)
{
	static struct kvmmsr_words words;

	kvmcaps_decide(&host, &caps);
	words = kvmmsr_why(&host, &caps, msr, bit);
	return words.text;
}

static void each_bit_has_its_reason(void **state)
{
	(void)state;
	intel(V612);
	assert_non_null(strstr(why(0x48b, 33), "KVM uses EPT"));
	host_policy(&host, KVMCAPS_POLICY_EPT, false);
	assert_string_equal(why(0x48b, 33), "ept=0");
	host.facts.msr[KVMCAPS_MSR_VMX_PINBASED_CTLS] &= ~HIGH(5);
	assert_string_equal(why(0x481, 37), "bit 37 of IA32_VMX_PINBASED_CTLS is 0");
	assert_non_null(strstr(why(0x10a, 10), "does not let guests have it"));
	host_kernel(&host, KVMCAPS_F_BUG_ITS, true);
	host.facts.msr[KVMCAPS_MSR_ARCH_CAPABILITIES] = 0;
	assert_non_null(strstr(why(0x10a, 62), "ITS"));
	host_policy(&host, KVMCAPS_POLICY_NESTED, false);
	assert_non_null(strstr(why(0x480, 54), "nested=0"));
}

/* In a file from before there were these facts. */
static void what_is_not_recorded_is_assumed(void **state)
{
	(void)state;
	intel(V612);
	assert_int_equal(value(0x489), 0x01ff37ff);
	assert_false(kvmmsr_assumed(&host, &caps, 0x489));
	host.facts.msrs &= ~BIT(KVMCAPS_MSR_VMX_CR4_FIXED1);
	host.facts.msr[KVMCAPS_MSR_VMX_CR4_FIXED1] = 0;
	host_cpu(&host, KVMCAPS_F_SMEP, true);
	assert_true(value(0x489) & BIT(20));
	assert_false(value(0x489) & BIT(21));
	assert_true(kvmmsr_assumed(&host, &caps, 0x489));

	assert_false(kvmmsr_assumed(&host, &caps, 0x10a));
	host.facts.msr[KVMCAPS_MSR_ARCH_CAPABILITIES] = 0;
	host_fact(&host, KVMCAPS_FACT_DEFECTS, false);
	linux_complete(&host, "spectre_v1 mds");
	assert_false(value(0x10a) & BIT(5));
	assert_true(value(0x10a) & BIT_ULL(62));
	assert_true(kvmmsr_assumed(&host, &caps, 0x10a));
}

/* Parts by CPUID.1.EAX, and what Linux says of them without their MSR. */
static void parts_have_their_defects(void **state)
{
	static const struct {
		u32 eax;
		const char *part;
		u32 has;
		u32 lacks;
	} parts[] = {
#define D(name)	KVMCAPS_BIT(KVMCAPS_F_BUG_##name)
		{ 0x50654, "Skylake-SP", D(CPU_MELTDOWN) | D(L1TF) | D(MDS) | D(GDS),
		  D(ITS) | D(RFDS) },
		{ 0x50657, "Cascade Lake", D(CPU_MELTDOWN) | D(GDS) | D(ITS), D(RFDS) },
		{ 0x606a6, "Ice Lake-SP", D(GDS) | D(ITS), D(RFDS) },
		{ 0x806f8, "Sapphire Rapids", 0, D(GDS) | D(ITS) | D(RFDS) },
		{ 0x306f2, "Haswell-EP", D(CPU_MELTDOWN) | D(L1TF) | D(MDS), D(GDS) | D(ITS) },
		{ 0x506f1, "Denverton", D(RFDS) | D(CPU_MELTDOWN), D(L1TF) | D(MDS) },
		{ 0x106c2, "Bonnell", 0, D(CPU_MELTDOWN) | D(L1TF) | D(MDS) },
		{ 0x90672, "Alder Lake without small cores", 0, D(RFDS) },
		{ 0x906a3, "Alder Lake", D(RFDS), D(GDS) },
	};
	const struct linux_evidence seen = { .kernel = LINUX_KERNEL(6, 12) };
	unsigned int i;
	u32 found;

	(void)state;
	for (i = 0; i < ROWS(parts); i++) {
		intel(V612);
		host_put(&host, 0x1, 0, parts[i].eax, 0, 0, 0);
		host_kernel(&host, KVMCAPS_F_AVX, true);
		found = linux_defects(&host, &seen);
		check((found & parts[i].has) == parts[i].has && !(found & parts[i].lacks),
		      "%s: %#x", parts[i].part, found);
	}
}

static const struct cmocka_test tests[] = {
	cmocka_unit_test(a_fact_changes_its_bits),
	cmocka_unit_test(a_defect_takes_its_bit),
	cmocka_unit_test(a_flush_that_is_left_out_is_the_guests),
	cmocka_unit_test(microcode_mitigates_gds),
	cmocka_unit_test(mediated_counters_come_without_lbr),
	cmocka_unit_test(constants_are_kvms),
	cmocka_unit_test(the_list_follows_the_release),
	cmocka_unit_test(each_bit_has_its_reason),
	cmocka_unit_test(what_is_not_recorded_is_assumed),
	cmocka_unit_test(parts_have_their_defects),
};

int main(void)
{
	return cmocka_run_group_tests_name("kvmmsr", tests, NULL, NULL);
}
