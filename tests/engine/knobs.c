// SPDX-License-Identifier: GPL-2.0
/*
 * What kvm-amd needs for each of its switches: svm_hardware_setup(),
 * sev_hardware_setup(), kvm_init_pmu_capability(), release 6.12.
 */
#include <linux/kernel.h>
#include "hosts.h"
#include "knobs.h"

#define RECIPE(name, what, ...) \
	{ .cond = KVMCAPS_COND_##name, .desc = (what), .knobs = { __VA_ARGS__ } }

const struct recipe recipes[] = {
	RECIPE(X86_64, "a 64-bit kernel", STATE(X86_64)),
	RECIPE(TSC_AUX, "a working MSR_TSC_AUX", STATE(TSC_AUX)),
	RECIPE(NESTED, "nested is a parameter alone", PARAM(NESTED)),
	RECIPE(TDP, "npt needs NPT and page tables of three levels",
	       PARAM(TDP), KERNEL(NPT), STATE(PAE)),
	RECIPE(TDP_5LEVEL, "five levels need a host of five levels", STATE(5LEVEL), WITH(TDP)),
	RECIPE(NRIPS, "nrips needs NRIPS", PARAM(NRIPS), KERNEL(NRIPS)),
	RECIPE(VLS, "vls needs npt, V_VMSAVE_VMLOAD and 64 bits",
	       PARAM(VLS), WITH(TDP), KERNEL(V_VMSAVE_VMLOAD), STATE(X86_64)),
	RECIPE(VGIF, "vgif needs VGIF", PARAM(VGIF), KERNEL(VGIF)),
	RECIPE(VNMI, "vnmi needs vgif and VNMI", PARAM(VNMI), KERNEL(VNMI), WITH(VGIF)),
	RECIPE(LBRV, "lbrv needs LBRV", PARAM(LBRV), KERNEL(LBRV)),
	RECIPE(TSC_SCALING, "tsc_scaling needs TSCRATEMSR",
	       PARAM(TSC_SCALING), KERNEL(TSCRATEMSR)),
	RECIPE(MMIO_CACHING, "mmio_caching needs a reserved bit",
	       PARAM(MMIO_CACHING), STATE(MMIO_MASK)),
	RECIPE(SEV, "sev needs npt, nrips, decode assists, flush by ASID and an ASID",
	       PARAM(SEV), WITH(TDP), WITH(NRIPS), KERNEL(SEV), KERNEL(DECODEASSISTS),
	       KERNEL(FLUSHBYASID), MOST_ASID),
	RECIPE(SEV_ES, "sev_es needs sev, mmio_caching, lbrv and ASIDs",
	       PARAM(SEV_ES), WITH(SEV), WITH(MMIO_CACHING), KERNEL(SEV_ES), WITH(LBRV),
	       LEAST_ASID),
	RECIPE(SEV_SNP, "sev_snp needs sev_es and a host that is set up",
	       PARAM(SEV_SNP), STATE(HOST_SNP), WITH(SEV_ES)),
	RECIPE(PMU, "enable_pmu needs four counters, not hybrid",
	       PARAM(ENABLE_PMU), NO_KERNEL(HYBRID_CPU), COUNTERS(4)),
	RECIPE(PMU_CORE_COUNTERS, "six counters", COUNTERS(6), WITH(PMU)),
	RECIPE(PMU_V2, "version 2", VERSION(2), WITH(PMU)),
};

const unsigned int nr_recipes = ARRAY_SIZE(recipes);

static void turn_all(struct kvmcaps_host *host, const struct recipe *recipe)
{
	const struct knob *knob = recipe->knobs;

	for (; knob < recipe->knobs + RECIPE_KNOBS && knob->kind; knob++)
		knob_turn(host, knob, true);
}

static void turn_cond(struct kvmcaps_host *host, u16 cond, bool on)
{
	const struct recipe *recipe = recipes;

	while (recipe->cond != cond)
		recipe++;
	if (on)
		turn_all(host, recipe);
	else
		knob_turn(host, &recipe->knobs[0], false);
}

static void turn_counters(struct kvmcaps_host *host, u32 least, bool on)
{
	struct kvmcaps_pmu *pmu = &host->facts.pmu;

	if (!on)
		pmu->num_counters_gp = least - 1;
	else if (pmu->num_counters_gp < least)
		pmu->num_counters_gp = least;
}

/* PERFCTR_CORE is offered where the kernel has it and there are six counters. */
static void turn_perfctr_core(struct kvmcaps_host *host, bool on)
{
	if (on)
		turn_counters(host, 6, true);
	host_kernel(host, KVMCAPS_F_PERFCTR_CORE, on);
}

void knob_turn(struct kvmcaps_host *host, const struct knob *knob, bool as_needed)
{
	bool on = as_needed != knob->off;

	switch (knob->kind) {
	case KNOB_KERNEL:
		return host_kernel(host, knob->arg, on);
	case KNOB_POLICY:
		return host_policy(host, knob->arg, on);
	case KNOB_FACT:
		return host_fact(host, knob->arg, on);
	case KNOB_COUNTERS:
		return turn_counters(host, knob->arg, on);
	case KNOB_VERSION:
		host->facts.pmu.version = on ? knob->arg : knob->arg - 1;
		return;
	case KNOB_MOST_ASID:
		*host_reg(host, 0x8000001f, 0, KVMCAPS_ECX) = on ? 0x1fd : 0;
		return;
	case KNOB_LEAST_ASID:
		*host_reg(host, 0x8000001f, 0, KVMCAPS_EDX) = on ? 2 : 1;
		return;
	case KNOB_COND:
		return turn_cond(host, knob->arg, on);
	case KNOB_OFFERED:
		return turn_perfctr_core(host, on);
	}
}
