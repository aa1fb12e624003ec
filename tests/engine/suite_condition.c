// SPDX-License-Identifier: GPL-2.0
/* Conditions, both ways: with all they need, and without each part of it. */
#include <kvmcaps/decide.h>
#include "hosts.h"
#include "knobs.h"
#include "suite.h"

/* Random hosts around each condition. */
#define BACKGROUNDS	100

static struct kvmcaps_host host;
static struct kvmcaps_caps caps;

static void background(void)
{
	host_init(&host);
	host_random_words(&host);
	host_random_facts(&host);
	host.facts.maker = KVMCAPS_MAKER_AMD;
	host.facts.vendor = KVMCAPS_VENDOR_SVM;
}

static bool holds(u8 cond)
{
	kvmcaps_conditions_init(&host, &caps);
	return kvmcaps_caps_cond(&caps, cond);
}

static void check_recipe(const struct recipe *recipe)
{
	const struct knob *knob;

	background();
	for (knob = recipe->knobs; knob->kind; knob++)
		knob_turn(&host, knob, true);
	check(holds(recipe->cond), "%s: it does not hold", recipe->desc);

	for (knob = recipe->knobs; knob->kind; knob++) {
		knob_turn(&host, knob, false);
		check(!holds(recipe->cond), "%s: it holds without knob %d", recipe->desc,
		      (int)(knob - recipe->knobs));
		knob_turn(&host, knob, true);
	}
}

static void svm_conditions_both_ways(void **state)
{
	unsigned int i, round;

	(void)state;
	for (i = 0; i < nr_recipes; i++) {
		for (round = 0; round < BACKGROUNDS; round++)
			check_recipe(&recipes[i]);
	}
}

/* svm_hardware_setup() sets allow_smaller_maxphyaddr without asking. */
static void smaller_maxphyaddr_is_svms_own(void **state)
{
	unsigned int round;

	(void)state;
	for (round = 0; round < BACKGROUNDS; round++) {
		background();
		assert_int_equal(holds(KVMCAPS_COND_SMALLER_MAXPHYADDR),
				 !holds(KVMCAPS_COND_TDP));
		host.facts.vendor = KVMCAPS_VENDOR_VMX;
		host_policy(&host, KVMCAPS_POLICY_ALLOW_SMALLER_MAXPHYADDR, true);
		assert_true(holds(KVMCAPS_COND_SMALLER_MAXPHYADDR));
		host_policy(&host, KVMCAPS_POLICY_ALLOW_SMALLER_MAXPHYADDR, false);
		assert_false(holds(KVMCAPS_COND_SMALLER_MAXPHYADDR));
	}
}

/* SVM's switches are kvm-amd's; TDP of others is a parameter for now. */
static void other_vendors_have_no_svm_switches(void **state)
{
	const u64 svms = BIT_ULL(KVMCAPS_COND_NRIPS) | BIT_ULL(KVMCAPS_COND_VLS) |
			 BIT_ULL(KVMCAPS_COND_VGIF) | BIT_ULL(KVMCAPS_COND_VNMI) |
			 BIT_ULL(KVMCAPS_COND_LBRV) | BIT_ULL(KVMCAPS_COND_TSC_SCALING) |
			 BIT_ULL(KVMCAPS_COND_SEV) | BIT_ULL(KVMCAPS_COND_SEV_ES) |
			 BIT_ULL(KVMCAPS_COND_SEV_SNP) | BIT_ULL(KVMCAPS_COND_TDP_5LEVEL);
	static const u8 vendors[] = { KVMCAPS_VENDOR_NONE, KVMCAPS_VENDOR_VMX };
	unsigned int i;

	(void)state;
	for (i = 0; i < ROWS(vendors); i++) {
		background();
		host.facts.vendor = vendors[i];
		host.facts.policy = ~0u;
		host.facts.flags = ~0u;
		assert_true(holds(KVMCAPS_COND_TDP));
		assert_int_equal(caps.conds & svms, 0);
		host_policy(&host, KVMCAPS_POLICY_TDP, false);
		assert_false(holds(KVMCAPS_COND_TDP));
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
	{ "a hybrid Intel has no vPMU", INTEL, true, PERF(5, 8, 3), OFF },
};

static void pmu_limits(void **state)
{
	const struct pmu_row *row;
	unsigned int on;

	(void)state;
	for (row = pmu_rows; row < pmu_rows + ROWS(pmu_rows); row++) {
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
			check(holds(KVMCAPS_COND_PMU) == !!want->num_counters_gp,
			      "%s: on", row->desc);
			check(!memcmp(&caps.pmu, want, sizeof(*want)),
			      "%s: version %u, %u and %u counters", row->desc, caps.pmu.version,
			      caps.pmu.num_counters_gp, caps.pmu.num_counters_fixed);
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

static void asids(void **state)
{
	const struct asid_row *row;
	const struct knob sev_es = WITH(SEV_ES);

	(void)state;
	for (row = asid_rows; row < asid_rows + ROWS(asid_rows); row++) {
		background();
		knob_turn(&host, &sev_es, true);
		*host_reg(&host, 0x8000001f, 0, KVMCAPS_ECX) = row->most;
		*host_reg(&host, 0x8000001f, 0, KVMCAPS_EDX) = row->least;
		check(holds(KVMCAPS_COND_SEV) == row->sev, "%s: SEV", row->desc);
		check(holds(KVMCAPS_COND_SEV_ES) == row->sev_es, "%s: SEV-ES", row->desc);
	}
}

static const struct cmocka_test tests[] = {
	cmocka_unit_test(svm_conditions_both_ways),
	cmocka_unit_test(smaller_maxphyaddr_is_svms_own),
	cmocka_unit_test(other_vendors_have_no_svm_switches),
	cmocka_unit_test(pmu_limits),
	cmocka_unit_test(asids),
};

int main(void)
{
	random_start();
	return cmocka_run_group_tests_name("condition", tests, NULL, NULL);
}
