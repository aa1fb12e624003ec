// SPDX-License-Identifier: GPL-2.0
/* Conditions, both ways: with all they need, and without each part of it. */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <kunit/test.h>
#include <kvmcaps/decide.h>
#include "../tests/engine/hosts.h"
#include "../tests/engine/knobs.h"
#include "rounds.h"

/* Random hosts around each condition. */
#define BACKGROUNDS	100

static struct kvmcaps_host host;
static struct kvmcaps_caps caps;

static void background(u8 vendor, u16 release)
{
	host_init(&host);
	if (release)
		host.facts.release = release;
	host_random_words(&host);
	host_random_facts(&host);
	host.facts.maker = vendor == KVMCAPS_VENDOR_VMX ? KVMCAPS_MAKER_INTEL : KVMCAPS_MAKER_AMD;
	host.facts.vendor = vendor;
}

static bool holds(u8 cond)
{
	kvmcaps_conditions_init(&host, &caps);
	return kvmcaps_caps_cond(&caps, cond);
}

static void check_recipe(struct kunit *test, const struct recipe *recipe, u8 vendor)
{
	const struct knob *end = recipe->knobs + RECIPE_KNOBS;
	const struct knob *knob;

	background(vendor, recipe->release);
	for (knob = recipe->knobs; knob < end && knob->kind; knob++)
		knob_turn(&host, knob, true);
	KUNIT_ASSERT_TRUE_MSG(test, holds(recipe->cond), "%s: it does not hold", recipe->desc);

	for (knob = recipe->knobs; knob < end && knob->kind; knob++) {
		knob_turn(&host, knob, false);
		KUNIT_ASSERT_TRUE_MSG(test, !holds(recipe->cond), "%s: it holds without knob %d",
				      recipe->desc, (int)(knob - recipe->knobs));
		knob_turn(&host, knob, true);
	}
}

static void check_recipes(struct kunit *test, u8 vendor)
{
	unsigned int i, round;

	for (i = 0; i < nr_recipes; i++) {
		/* This has a test of its own. */
		if (!(recipes[i].vendors & BIT(vendor)) ||
		    recipes[i].cond == KVMCAPS_COND_SMALLER_MAXPHYADDR)
			continue;
		for (round = 0; round < BACKGROUNDS; round++)
			check_recipe(test, &recipes[i], vendor);
	}
}

static void svm_conditions_both_ways(struct kunit *test)
{
	check_recipes(test, KVMCAPS_VENDOR_SVM);
}

static void vmx_conditions_both_ways(struct kunit *test)
{
	check_recipes(test, KVMCAPS_VENDOR_VMX);
}

static void conditions_without_a_module(struct kunit *test)
{
	check_recipes(test, KVMCAPS_VENDOR_NONE);
}

/* No condition is without a recipe for each module that it is about. */
static void no_condition_is_forgotten(struct kunit *test)
{
	const struct kvmcaps_condition *row = kvmcaps_conditions;
	unsigned int vendors, i;

	for (; row < kvmcaps_conditions + kvmcaps_nr_conditions; row++) {
		for (vendors = i = 0; i < nr_recipes; i++)
			vendors |= recipes[i].cond == row->cond ? recipes[i].vendors : 0;
		KUNIT_ASSERT_EQ_MSG(test, vendors, vendors | row->vendors, "condition %d",
				    row->cond);
	}
}

/*
 * svm_hardware_setup() sets allow_smaller_maxphyaddr without asking, and so
 * does vmx_init(), but only where there is no EPT.
 */
static void smaller_maxphyaddr(struct kunit *test)
{
	unsigned int round;

	for (round = 0; round < BACKGROUNDS; round++) {
		background(KVMCAPS_VENDOR_SVM, 0);
		KUNIT_ASSERT_EQ(test, holds(KVMCAPS_COND_SMALLER_MAXPHYADDR),
				!holds(KVMCAPS_COND_TDP));
		background(KVMCAPS_VENDOR_VMX, 0);
		host_policy(&host, KVMCAPS_POLICY_ALLOW_SMALLER_MAXPHYADDR, true);
		KUNIT_ASSERT_TRUE(test, holds(KVMCAPS_COND_SMALLER_MAXPHYADDR));
		host_policy(&host, KVMCAPS_POLICY_ALLOW_SMALLER_MAXPHYADDR, false);
		KUNIT_ASSERT_EQ(test, holds(KVMCAPS_COND_SMALLER_MAXPHYADDR),
				!holds(KVMCAPS_COND_TDP));
		background(KVMCAPS_VENDOR_NONE, 0);
		KUNIT_ASSERT_EQ(test, holds(KVMCAPS_COND_SMALLER_MAXPHYADDR),
				host.facts.policy >> KVMCAPS_POLICY_ALLOW_SMALLER_MAXPHYADDR & 1);
	}
}

#define C(name)	BIT_ULL(KVMCAPS_COND_##name)

#define SVMS	(C(NRIPS) | C(VLS) | C(VGIF) | C(VNMI) | C(LBRV) | C(TSC_SCALING) | \
		 C(SEV) | C(SEV_ES) | C(SEV_SNP) | C(GMET))
#define VMXS	(C(VMX_SECONDARY) | C(VMX_INVPCID) | C(VMX_RDTSCP) | C(VMX_XSAVES) | \
		 C(VMX_WAITPKG) | C(VMX_MPX) | C(VMX_UMIP) | C(MPX) | C(PT) | C(PEBS) | C(SGX) | \
		 C(UNRESTRICTED_GUEST) | C(VMX_CET))

/* A host with everything, under one vendor module of a late release. */
static void all_on(u8 vendor)
{
	unsigned int word;

	host_init(&host);
	host.facts.release = KVMCAPS_RELEASE(7, 2);
	host.facts.maker = vendor == KVMCAPS_VENDOR_SVM ? KVMCAPS_MAKER_AMD :
							  KVMCAPS_MAKER_INTEL;
	host.facts.vendor = vendor;
	host.facts.policy = ~0u;
	host.facts.flags = ~0u;
	host.facts.xcr0 = ~0ull;
	host.facts.pmu = (struct kvmcaps_pmu){
		.version = 2, .num_counters_gp = 8, .num_counters_fixed = 3, .pebs_ept = 1,
	};
	for (word = 0; word < KVMCAPS_MAX_WORDS; word++)
		host.facts.caps[word] = ~0u;
	host_kernel(&host, KVMCAPS_F_HYBRID_CPU, false);
	/* It would take PEBS away. */
	host_policy(&host, KVMCAPS_POLICY_ENABLE_MEDIATED_PMU, false);
	host_vmx(&host);
	host_put(&host, 0x0, 0, 0x20, 0, 0, 0);
	host_put(&host, 0x12, 0, 1, 0, 0, 0);
	host_put(&host, 0x8000001f, 0, 0, 0, 0x1fd, 2);
}

static u64 all_conds(void)
{
	kvmcaps_conditions_init(&host, &caps);
	return caps.conds;
}

static void vendors_have_their_own_switches(struct kunit *test)
{
	all_on(KVMCAPS_VENDOR_SVM);
	KUNIT_ASSERT_EQ(test, all_conds() & (SVMS | VMXS), SVMS);
	all_on(KVMCAPS_VENDOR_VMX);
	KUNIT_ASSERT_EQ(test, all_conds() & (SVMS | VMXS), VMXS);
	KUNIT_ASSERT_TRUE(test, all_conds() & C(TDP_5LEVEL));
	all_on(KVMCAPS_VENDOR_NONE);
	KUNIT_ASSERT_EQ(test, all_conds() & (SVMS | VMXS | C(TDP_5LEVEL)), 0);
	KUNIT_ASSERT_TRUE(test, all_conds() & C(TDP));
}

/* No parameter of the one module moves the other's conditions. */
static void parameters_are_their_modules(struct kunit *test)
{
	static const u8 npt = KVMCAPS_POLICY_NPT, ept = KVMCAPS_POLICY_EPT;

	all_on(KVMCAPS_VENDOR_SVM);
	host_policy(&host, ept, false);
	KUNIT_ASSERT_TRUE(test, holds(KVMCAPS_COND_TDP));
	host_policy(&host, npt, false);
	KUNIT_ASSERT_FALSE(test, holds(KVMCAPS_COND_TDP));
	all_on(KVMCAPS_VENDOR_VMX);
	host_policy(&host, npt, false);
	KUNIT_ASSERT_TRUE(test, holds(KVMCAPS_COND_TDP));
	host_policy(&host, ept, false);
	KUNIT_ASSERT_FALSE(test, holds(KVMCAPS_COND_TDP));
}

static void nothing_never_holds(struct kunit *test)
{
	unsigned int vendor;

	for (vendor = 0; vendor < KVMCAPS_NR_VENDORS; vendor++) {
		all_on(vendor);
		KUNIT_ASSERT_FALSE(test, holds(KVMCAPS_COND_NEVER));
	}
}

/* What is lost with one bit of one MSR. */
struct msr_row {
	const char *desc;
	u8 msr;
	u8 bit;
	u64 lost;
};

#define NEEDS_UNRESTRICTED (C(UNRESTRICTED_GUEST) | C(VMX_CET))
#define NEEDS_EPT	(C(TDP) | C(TDP_5LEVEL) | C(PT) | NEEDS_UNRESTRICTED)
#define NEEDS_SECONDARY	(C(VMX_SECONDARY) | NEEDS_EPT | C(SGX) | \
			 C(VMX_INVPCID) | C(VMX_RDTSCP) | C(VMX_XSAVES) | \
			 C(VMX_WAITPKG) | C(VMX_UMIP))
#define MSR_ROW(desc, name, bit, lost) { desc, KVMCAPS_MSR_VMX_##name, bit, lost }

/* setup_vmcs_config(), vmx_hardware_setup(), capabilities.h; all other bits: nothing */
static const struct msr_row msr_rows[] = {
	MSR_ROW("without secondary controls there are few", PROCBASED_CTLS, 63, NEEDS_SECONDARY),
	MSR_ROW("EPT", PROCBASED_CTLS2, 33, NEEDS_EPT),
	MSR_ROW("exits on descriptor tables", PROCBASED_CTLS2, 34, C(VMX_UMIP)),
	MSR_ROW("RDTSCP", PROCBASED_CTLS2, 35, C(VMX_RDTSCP)),
	MSR_ROW("unrestricted guests", PROCBASED_CTLS2, 39, NEEDS_UNRESTRICTED),
	MSR_ROW("INVPCID", PROCBASED_CTLS2, 44, C(VMX_INVPCID)),
	MSR_ROW("exits on ENCLS", PROCBASED_CTLS2, 47, C(SGX)),
	MSR_ROW("XSAVES", PROCBASED_CTLS2, 52, C(VMX_XSAVES)),
	MSR_ROW("PT of guest addresses", PROCBASED_CTLS2, 56, C(PT)),
	MSR_ROW("user wait and pause", PROCBASED_CTLS2, 58, C(VMX_WAITPKG)),
	MSR_ROW("BNDCFGS is not loaded", ENTRY_CTLS, 48, C(VMX_MPX) | C(MPX)),
	MSR_ROW("RTIT_CTL is not loaded", ENTRY_CTLS, 50, C(PT)),
	MSR_ROW("CET's state is not loaded on entry", ENTRY_CTLS, 52, C(VMX_CET)),
	MSR_ROW("CET's state is not loaded on exit", EXIT_CTLS, 60, C(VMX_CET)),
	MSR_ROW("#CP cannot be injected", BASIC, 56, C(VMX_CET)),
	MSR_ROW("BNDCFGS is not cleared", EXIT_CTLS, 55, C(VMX_MPX) | C(MPX)),
	MSR_ROW("RTIT_CTL is not cleared", EXIT_CTLS, 57, C(PT)),
	MSR_ROW("PT in VMX operation", MISC, 14, C(PT)),
	MSR_ROW("EPT of four levels", EPT_VPID_CAP, 6, NEEDS_EPT),
	MSR_ROW("EPT of five levels", EPT_VPID_CAP, 7, C(TDP_5LEVEL)),
	MSR_ROW("EPT tables that are write-back", EPT_VPID_CAP, 14, NEEDS_EPT),
	MSR_ROW("INVEPT of all contexts", EPT_VPID_CAP, 26, NEEDS_EPT),
};

static const struct msr_row *msr_row(unsigned int msr, unsigned int bit)
{
	static const struct msr_row nothing = { .desc = "nothing" };
	const struct msr_row *row;

	for (row = msr_rows; row < msr_rows + ARRAY_SIZE(msr_rows); row++) {
		if (row->msr == msr && row->bit == bit)
			return row;
	}
	return &nothing;
}

/* Every bit of every MSR: on a host with all, what goes without it. */
static void each_bit_of_each_msr(struct kunit *test)
{
	unsigned int msr, bit;
	u64 all, lost;

	for (msr = 0; msr < KVMCAPS_MAX_MSRS; msr++) {
		for (bit = 0; bit < 64; bit++) {
			all_on(KVMCAPS_VENDOR_VMX);
			memset(host.facts.msr, 0xff, sizeof(host.facts.msr));
			all = all_conds();
			host.facts.msr[msr] &= ~BIT_ULL(bit);
			lost = all & ~all_conds();
			KUNIT_ASSERT_EQ_MSG(test, lost, msr_row(msr, bit)->lost,
					    "%s: MSR %u bit %u: lost %#llx",
					    msr_row(msr, bit)->desc, msr, bit,
					    (unsigned long long)lost);
			KUNIT_ASSERT_TRUE_MSG(test, !(all_conds() & ~all), "MSR %u bit %u: gained",
					      msr, bit);
		}
	}
}

/* Without the right bits, all others together are of no use. */
static void no_other_bit_helps(struct kunit *test)
{
	const struct msr_row *row;

	for (row = msr_rows; row < msr_rows + ARRAY_SIZE(msr_rows); row++) {
		all_on(KVMCAPS_VENDOR_VMX);
		memset(host.facts.msr, 0xff, sizeof(host.facts.msr));
		host.facts.msr[row->msr] = ~BIT_ULL(row->bit);
		KUNIT_ASSERT_TRUE_MSG(test, !(all_conds() & row->lost), "%s", row->desc);
	}
	all_on(KVMCAPS_VENDOR_VMX);
	memset(host.facts.msr, 0, sizeof(host.facts.msr));
	KUNIT_ASSERT_EQ(test, all_conds() & VMXS, C(PEBS));
	KUNIT_ASSERT_EQ(test, all_conds() & (C(TDP) | C(TDP_5LEVEL)), 0);
}

struct sgx_row {
	const char *desc;
	u32 max_leaf;
	u32 eax;
	bool sgx;
};

/* cpu_has_sgx() */
static const struct sgx_row sgx_rows[] = {
	{ "SGX1 is what KVM asks for", 0x12, 0x1, true },
	{ "SGX2 alone is not enough", 0x20, 0x2, false },
	{ "all but SGX1 is not", 0x20, ~1u, false },
	{ "no leaf 0x12", 0x11, 0x1, false },
	{ "leaf 0 says 0", 0, ~0u, false },
	{ "leaf 0 says 2^32 - 1", ~0u, ~0u, true },
	{ "leaf 0x12 is empty", 0x20, 0, false },
};

static void sgx_leaf(struct kunit *test)
{
	const struct sgx_row *row;

	for (row = sgx_rows; row < sgx_rows + ARRAY_SIZE(sgx_rows); row++) {
		all_on(KVMCAPS_VENDOR_VMX);
		host_put(&host, 0x0, 0, row->max_leaf, 0, 0, 0);
		host_put(&host, 0x12, 0, row->eax, ~0u, ~0u, ~0u);
		KUNIT_ASSERT_EQ_MSG(test, holds(KVMCAPS_COND_SGX), row->sgx, "%s", row->desc);
	}
}

struct pmu_row {
	const char *desc;
	u8 maker;
	bool hybrid;
	struct kvmcaps_pmu perf;
	struct kvmcaps_pmu kvm;
};

#define PERF(v, gp, fixed) \
	{ .version = (v), .num_counters_gp = (gp), .num_counters_fixed = (fixed), \
	  .bit_width_gp = 48, .bit_width_fixed = 48, .events_mask_len = 7, .events_mask = 5 }
#define PEBS(v, gp, fixed) \
	{ .version = (v), .num_counters_gp = (gp), .num_counters_fixed = (fixed), .pebs_ept = 1 }
#define OFF	{ 0 }
#define AMD	KVMCAPS_MAKER_AMD
#define INTEL	KVMCAPS_MAKER_INTEL
#define ZHAOXIN	KVMCAPS_MAKER_ZHAOXIN

/* kvm_init_pmu_capability(), amd_pmu_ops, intel_pmu_ops, svm_set_cpu_caps() */
static const struct pmu_row pmu_rows[] = {
	{ "perf has no driver", AMD, false, PERF(0, 0, 0), OFF },
	{ "kvm-amd wants four counters", AMD, false, PERF(0, 3, 0), OFF },
	{ "four counters are four", AMD, false, PERF(0, 4, 0), PERF(0, 4, 0) },
	{ "five counters are four", AMD, false, PERF(1, 5, 0), PERF(1, 4, 0) },
	{ "six counters are six", AMD, false, PERF(2, 6, 0), PERF(2, 6, 0) },
	{ "eight counters are six", AMD, false, PERF(2, 8, 0), PERF(2, 6, 0) },
	{ "KVM knows version 2", AMD, false, PERF(5, 6, 0), PERF(2, 6, 0) },
	{ "version 0 is good enough for AMD", AMD, false, PERF(0, 6, 0), PERF(0, 6, 0) },
	{ "a hybrid CPU has no vPMU", AMD, true, PERF(2, 6, 0), OFF },
	{ "kvm-intel wants one counter", INTEL, false, PERF(2, 0, 0), OFF },
	{ "one counter is one", INTEL, false, PERF(2, 1, 3), PERF(2, 1, 3) },
	{ "five counters are five on Intel", INTEL, false, PERF(2, 5, 3), PERF(2, 5, 3) },
	{ "eight counters are eight", INTEL, false, PERF(5, 8, 3), PERF(2, 8, 3) },
	{ "nine counters are eight", INTEL, false, PERF(2, 9, 3), PERF(2, 8, 3) },
	{ "four fixed counters are three", INTEL, false, PERF(2, 8, 4), PERF(2, 8, 3) },
	{ "version 1 is version 1", INTEL, false, PERF(1, 2, 0), PERF(1, 2, 0) },
	{ "version 0 is no vPMU on Intel", INTEL, false, PERF(0, 8, 3), OFF },
	{ "... but is one on Zhaoxin", ZHAOXIN, false, PERF(0, 8, 3), PERF(0, 8, 3) },
	{ "PEBS with EPT passes", INTEL, false, PEBS(5, 8, 3), PEBS(2, 8, 3) },
	{ "... but not where the vPMU is off", INTEL, true, PEBS(5, 8, 3), OFF },
	{ "a hybrid Intel has no vPMU", INTEL, true, PERF(5, 8, 3), OFF },
};

static void pmu_limits(struct kunit *test)
{
	const struct pmu_row *row;
	unsigned int on;

	for (row = pmu_rows; row < pmu_rows + ARRAY_SIZE(pmu_rows); row++) {
		for (on = 0; on < 2; on++) {
			static const struct kvmcaps_pmu none;
			const struct kvmcaps_pmu *want = on ? &row->kvm : &none;

			host_init(&host);
			host.facts.maker = row->maker;
			host.facts.vendor = row->maker == AMD ? KVMCAPS_VENDOR_SVM :
							       KVMCAPS_VENDOR_VMX;
			host.facts.pmu = row->perf;
			host_kernel(&host, KVMCAPS_F_HYBRID_CPU, row->hybrid);
			host_policy(&host, KVMCAPS_POLICY_ENABLE_PMU, on);
			KUNIT_ASSERT_EQ_MSG(test, holds(KVMCAPS_COND_PMU), !!want->num_counters_gp,
					    "%s: on", row->desc);
			KUNIT_ASSERT_MEMEQ_MSG(test, &caps.pmu, want, sizeof(*want),
					       "%s: version %u, %u and %u counters", row->desc,
					       caps.pmu.version, caps.pmu.num_counters_gp,
					       caps.pmu.num_counters_fixed);
		}
	}
}

struct asid_row {
	const char *desc;
	u32 most;
	u32 least;
	bool sev;
	bool sev_es;
};

/* sev_hardware_setup(): max_sev_asid, min_sev_asid */
static const struct asid_row asid_rows[] = {
	{ "no ASID, no SEV", 0, 2, false, false },
	{ "one ASID is enough", 1, 1, true, false },
	{ "none of them for SEV-ES", 0x1fd, 1, true, false },
	{ "one of them for SEV-ES", 0x1fd, 2, true, true },
	{ "KVM does not expect 0, and takes it", 0x1fd, 0, true, true },
	{ "all of them for SEV-ES", 0x1fd, 0x1fe, true, true },
};

static void asids(struct kunit *test)
{
	const struct asid_row *row;
	const struct knob sev_es = WITH(SEV_ES);

	for (row = asid_rows; row < asid_rows + ARRAY_SIZE(asid_rows); row++) {
		background(KVMCAPS_VENDOR_SVM, 0);
		knob_turn(&host, &sev_es, true);
		*host_reg(&host, 0x8000001f, 0, KVMCAPS_ECX) = row->most;
		*host_reg(&host, 0x8000001f, 0, KVMCAPS_EDX) = row->least;
		KUNIT_ASSERT_EQ_MSG(test, holds(KVMCAPS_COND_SEV), row->sev, "%s: SEV", row->desc);
		KUNIT_ASSERT_EQ_MSG(test, holds(KVMCAPS_COND_SEV_ES), row->sev_es, "%s: SEV-ES",
				    row->desc);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(svm_conditions_both_ways),
	KUNIT_CASE(vmx_conditions_both_ways),
	KUNIT_CASE(conditions_without_a_module),
	KUNIT_CASE(no_condition_is_forgotten),
	KUNIT_CASE(smaller_maxphyaddr),
	KUNIT_CASE(vendors_have_their_own_switches),
	KUNIT_CASE(parameters_are_their_modules),
	KUNIT_CASE(nothing_never_holds),
	KUNIT_CASE(each_bit_of_each_msr),
	KUNIT_CASE(no_other_bit_helps),
	KUNIT_CASE(sgx_leaf),
	KUNIT_CASE(pmu_limits),
	KUNIT_CASE(asids),
	{}
};

static struct kunit_suite suite = {
	.name = "kvmcaps_condition",
	.suite_init = rounds_start,
	.test_cases = cases,
};

kunit_test_suite(suite);
