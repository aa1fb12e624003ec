// SPDX-License-Identifier: GPL-2.0
/*
 * What KVM needs for each of its switches: svm_hardware_setup(),
 * sev_hardware_setup(), setup_vmcs_config(), vmx_hardware_setup(),
 * cpu_has_sgx(), vmx_pebs_supported(), kvm_init_pmu_capability(), release 6.12;
 * of other releases where a recipe says so.
 */
#include <linux/bits.h>
#include <linux/kernel.h>
#include "hosts.h"
#include "knobs.h"

#define SVM_ONLY	BIT(KVMCAPS_VENDOR_SVM)
#define VMX_ONLY	BIT(KVMCAPS_VENDOR_VMX)
#define NO_MODULE	BIT(KVMCAPS_VENDOR_NONE)
#define ANY_MODULE	(SVM_ONLY | VMX_ONLY | NO_MODULE)

#define RECIPE_IN(major, minor, who, name, what, ...) \
	{ .vendors = (who), .cond = KVMCAPS_COND_##name, \
	  .release = KVMCAPS_RELEASE(major, minor), .desc = (what), .knobs = { __VA_ARGS__ } }

#define RECIPE(who, name, what, ...) \
	{ .vendors = (who), .cond = KVMCAPS_COND_##name, .desc = (what), .knobs = { __VA_ARGS__ } }

const struct recipe recipes[] = {
	RECIPE(ANY_MODULE, X86_64, "a 64-bit kernel", STATE(X86_64)),
	RECIPE(ANY_MODULE, TSC_AUX, "a working MSR_TSC_AUX", STATE(TSC_AUX)),
	RECIPE(ANY_MODULE, NESTED, "nested is a parameter alone", PARAM(NESTED)),
	RECIPE(SVM_ONLY, TDP, "npt needs NPT and page tables of three levels",
	       PARAM(NPT), KERNEL(NPT), STATE(PAE)),
	RECIPE(SVM_ONLY, TDP_5LEVEL, "five levels need a host of five levels",
	       STATE(5LEVEL), WITH(TDP)),
	RECIPE(SVM_ONLY, NRIPS, "nrips needs NRIPS", PARAM(NRIPS), KERNEL(NRIPS)),
	RECIPE(SVM_ONLY, VLS, "vls needs npt, V_VMSAVE_VMLOAD and 64 bits",
	       PARAM(VLS), WITH(TDP), KERNEL(V_VMSAVE_VMLOAD), STATE(X86_64)),
	RECIPE(SVM_ONLY, VGIF, "vgif needs VGIF", PARAM(VGIF), KERNEL(VGIF)),
	RECIPE(SVM_ONLY, VNMI, "vnmi needs vgif and VNMI", PARAM(VNMI), KERNEL(VNMI), WITH(VGIF)),
	RECIPE(SVM_ONLY, LBRV, "lbrv needs LBRV", PARAM(LBRV), KERNEL(LBRV)),
	RECIPE(SVM_ONLY, TSC_SCALING, "tsc_scaling needs TSCRATEMSR",
	       PARAM(TSC_SCALING), KERNEL(TSCRATEMSR)),
	RECIPE(ANY_MODULE, MMIO_CACHING, "mmio_caching needs a reserved bit",
	       PARAM(MMIO_CACHING), STATE(MMIO_MASK)),
	RECIPE(SVM_ONLY, SEV, "sev needs npt, nrips, decode assists, flush by ASID and an ASID",
	       PARAM(SEV), WITH(TDP), WITH(NRIPS), KERNEL(SEV), KERNEL(DECODEASSISTS),
	       KERNEL(FLUSHBYASID), MOST_ASID),
	RECIPE(SVM_ONLY, SEV_ES, "sev_es needs sev, mmio_caching, lbrv and ASIDs",
	       PARAM(SEV_ES), WITH(SEV), WITH(MMIO_CACHING), KERNEL(SEV_ES), WITH(LBRV),
	       LEAST_ASID),
	RECIPE(SVM_ONLY, SEV_SNP, "sev_snp needs sev_es and a host that is set up",
	       PARAM(SEV_SNP), STATE(HOST_SNP), WITH(SEV_ES)),
	RECIPE(SVM_ONLY, PMU, "enable_pmu needs four counters, not hybrid",
	       PARAM(ENABLE_PMU), NO_KERNEL(HYBRID_CPU), COUNTERS(4)),
	RECIPE(SVM_ONLY, PMU_CORE_COUNTERS, "six counters", COUNTERS(6), WITH(PMU)),
	RECIPE(ANY_MODULE, PMU_V2, "version 2", VERSION(2), WITH(PMU)),

	RECIPE(NO_MODULE, TDP, "without a module both parameters count", PARAM(NPT), PARAM(EPT)),
	RECIPE(NO_MODULE, PMU, "... and one counter will do",
	       PARAM(ENABLE_PMU), NO_KERNEL(HYBRID_CPU), COUNTERS(1)),

	RECIPE(VMX_ONLY, VMX_SECONDARY, "secondary controls are activated", PRIMARY(31)),
	RECIPE(VMX_ONLY, TDP, "ept needs EPT, four levels, write-back, INVEPT of all",
	       PARAM(EPT), WITH(VMX_SECONDARY), SECONDARY(1), EPT_CAP(6), EPT_CAP(14),
	       EPT_CAP(26)),
	RECIPE(VMX_ONLY, TDP_5LEVEL, "five levels are EPT's own", EPT_CAP(7), WITH(TDP)),
	RECIPE(VMX_ONLY, VMX_INVPCID, "INVPCID is bit 12", SECONDARY(12), WITH(VMX_SECONDARY)),
	RECIPE(VMX_ONLY, VMX_RDTSCP, "RDTSCP is bit 3", SECONDARY(3), WITH(VMX_SECONDARY)),
	RECIPE(VMX_ONLY, VMX_XSAVES, "XSAVES is bit 20", SECONDARY(20), WITH(VMX_SECONDARY)),
	RECIPE(VMX_ONLY, VMX_WAITPKG, "TPAUSE and UMWAIT are bit 26",
	       SECONDARY(26), WITH(VMX_SECONDARY)),
	RECIPE(VMX_ONLY, VMX_UMIP, "exits on descriptor tables are bit 2",
	       SECONDARY(2), WITH(VMX_SECONDARY)),
	RECIPE(VMX_ONLY, VMX_MPX, "BNDCFGS is loaded on entry and cleared on exit",
	       ENTRY(16), EXIT(23)),
	RECIPE(VMX_ONLY, MPX, "MPX needs both of its states", STATE_ON(3), STATE_ON(4),
	       WITH(VMX_MPX)),
	RECIPE(VMX_ONLY, PT, "pt_mode=1 needs ept, the vPMU and all of VMX's PT",
	       PARAM(PT_MODE), WITH(TDP), WITH(PMU), SECONDARY(24), ENTRY(18), EXIT(25),
	       MSR_BIT(VMX_MISC, 14)),
	RECIPE(VMX_ONLY, PMU, "enable_pmu needs a counter and a version, not hybrid",
	       PARAM(ENABLE_PMU), NO_KERNEL(HYBRID_CPU), COUNTERS(1), VERSION(1)),
	RECIPE(VMX_ONLY, PMU_PEBS, "PEBS with EPT is perf's word", PEBS_EPT, WITH(PMU)),
	RECIPE(VMX_ONLY, PEBS, "PEBS needs the kernel's flag too", KERNEL(PEBS), WITH(PMU_PEBS)),
	RECIPE(VMX_ONLY, SGX_LEAF, "leaf 0x12 is in range and has SGX1",
	       SGX1_LEAF, MAX_LEAF(0x12)),
	RECIPE(VMX_ONLY, SGX, "sgx needs exits on ENCLS and SGX1", PARAM(SGX), SECONDARY(15),
	       WITH(VMX_SECONDARY), WITH(SGX_LEAF)),
	RECIPE(VMX_ONLY, UNRESTRICTED_GUEST, "unrestricted_guest needs ept and its control",
	       PARAM(UNRESTRICTED_GUEST), WITH(TDP), SECONDARY(7)),

	RECIPE(ANY_MODULE, XTILE_PAIR, "6.12 knows that AMX's states go together"),
	RECIPE_IN(6, 16, ANY_MODULE, WORDS_IN_RANGE, "6.16 asks for the highest leaf first"),
	RECIPE_IN(6, 1, SVM_ONLY, SEV, "6.1: sev needs npt, decode assists and an ASID",
		  PARAM(SEV), WITH(TDP), KERNEL(SEV), KERNEL(DECODEASSISTS), MOST_ASID),
	RECIPE_IN(6, 1, SVM_ONLY, SEV_ES, "6.1: sev_es needs sev, mmio_caching and ASIDs",
		  PARAM(SEV_ES), WITH(SEV), WITH(MMIO_CACHING), KERNEL(SEV_ES), LEAST_ASID),
	RECIPE_IN(6, 1, SVM_ONLY, PMU, "6.1: one counter will do",
		  PARAM(ENABLE_PMU), NO_KERNEL(HYBRID_CPU), COUNTERS(1)),
	RECIPE_IN(7, 2, SVM_ONLY, GMET, "gmet needs npt and GMET",
		  PARAM(GMET), WITH(TDP), KERNEL(GMET)),
	RECIPE_IN(6, 18, VMX_ONLY, VMX_CET, "6.18: CET's state is switched, #CP injected",
		  ENTRY(20), EXIT(28), WITH(UNRESTRICTED_GUEST), MSR_BIT(VMX_BASIC, 56)),
	RECIPE_IN(7, 1, VMX_ONLY, VMX_CET, "7.1: there is a parameter, too",
		  PARAM(CET), ENTRY(20), EXIT(28), WITH(UNRESTRICTED_GUEST),
		  MSR_BIT(VMX_BASIC, 56)),
	RECIPE_IN(7, 0, VMX_ONLY, PMU_V4, "perf drives version 4", VERSION(4), WITH(PMU)),
	RECIPE_IN(7, 0, VMX_ONLY, MEDIATED_PMU, "a mediated PMU needs version 4 and VMX",
		  PARAM(ENABLE_MEDIATED_PMU), WITH(PMU_V4), KERNEL(PDCM),
		  MSR_BIT(PERF_CAPABILITIES, 13), ENTRY(13), EXIT(12)),
	RECIPE_IN(7, 0, VMX_ONLY, PEBS, "PEBS is not for a mediated PMU",
		  KERNEL(PEBS), WITH(PMU_PEBS), WITHOUT(MEDIATED_PMU)),

	/* Where it is the parameter that decides. */
	RECIPE(SVM_ONLY, SMALLER_MAXPHYADDR, "kvm-amd: without npt", WITHOUT(TDP)),
	RECIPE(VMX_ONLY, SMALLER_MAXPHYADDR, "kvm-intel: with ept, as asked",
	       PARAM(ALLOW_SMALLER_MAXPHYADDR), WITH(TDP)),
	RECIPE(NO_MODULE, SMALLER_MAXPHYADDR, "without a module, as asked",
	       PARAM(ALLOW_SMALLER_MAXPHYADDR)),
};

const unsigned int nr_recipes = ARRAY_SIZE(recipes);

static void turn_all(struct kvmcaps_host *host, const struct recipe *recipe)
{
	const struct knob *knob = recipe->knobs;

	for (; knob < recipe->knobs + RECIPE_KNOBS && knob->kind; knob++)
		knob_turn(host, knob, true);
}

/* A recipe's release as seen from another: 6.12's serve older ones that have none. */
static u16 age(const struct recipe *recipe, u16 release)
{
	if (recipe->release)
		return recipe->release;
	return release < KVMCAPS_RELEASE(6, 12) ? 0 : KVMCAPS_RELEASE(6, 12);
}

/* The newest recipe that is not younger than the host's release. */
static const struct recipe *find(const struct kvmcaps_host *host, u16 cond)
{
	u16 release = host->facts.release;
	const struct recipe *recipe, *found = NULL;

	for (recipe = recipes; recipe < recipes + nr_recipes; recipe++) {
		if (recipe->cond != cond || !(recipe->vendors & BIT(host->facts.vendor)) ||
		    age(recipe, release) > release)
			continue;
		if (!found || age(recipe, release) > age(found, release))
			found = recipe;
	}
	return found;
}

static void turn_cond(struct kvmcaps_host *host, u16 cond, bool on)
{
	const struct recipe *recipe = find(host, cond);

	if (on)
		turn_all(host, recipe);
	else
		knob_turn(host, &recipe->knobs[0], false);
}

/* At least so much of something, or just not. */
static void turn_number(u32 *number, u32 least, bool on)
{
	if (!on)
		*number = least - 1;
	else if (*number < least)
		*number = least;
}

static void turn_bit(__u64 *bits, unsigned int bit, bool on)
{
	*bits &= ~BIT_ULL(bit);
	*bits |= (u64)on << bit;
}

static void turn_sgx1(struct kvmcaps_host *host, bool on)
{
	u32 *eax = host_reg(host, 0x12, 0, KVMCAPS_EAX);

	*eax = (*eax & ~1u) | on;
}

static void turn_counters(struct kvmcaps_host *host, u32 least, bool on)
{
	turn_number(&host->facts.pmu.num_counters_gp, least, on);
}

/* PERFCTR_CORE is offered where the kernel has it and there are six counters. */
static void turn_perfctr_core(struct kvmcaps_host *host, bool on)
{
	if (on)
		turn_counters(host, 6, true);
	host_kernel(host, KVMCAPS_F_PERFCTR_CORE, on);
}

/* A feature whose declaration counts: in the CPU, in the kernel, and in range. */
static void turn_offered(struct kvmcaps_host *host, unsigned int feature, bool on)
{
	const struct kvmcaps_word_info *word = &kvmcaps_words[KVMCAPS_WORD(feature)];

	if (feature == KVMCAPS_F_PERFCTR_CORE)
		return turn_perfctr_core(host, on);
	if (on)
		turn_number(host_reg(host, word->function & 0xffff0000, 0, KVMCAPS_EAX),
			    word->function, true);
	host_cpu(host, feature, on);
	host_kernel(host, feature, on);
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
		return turn_number(&host->facts.pmu.version, knob->arg, on);
	case KNOB_MSR:
		return turn_bit(&host->facts.msr[knob->arg / 64], knob->arg % 64, on);
	case KNOB_XCR0:
		return turn_bit(&host->facts.xcr0, knob->arg, on);
	case KNOB_XSS:
		return turn_bit(&host->facts.xss, knob->arg, on);
	case KNOB_PEBS_EPT:
		host->facts.pmu.pebs_ept = on;
		return;
	case KNOB_MAX_LEAF:
		return turn_number(host_reg(host, 0, 0, KVMCAPS_EAX), knob->arg, on);
	case KNOB_SGX1:
		return turn_sgx1(host, on);
	case KNOB_MOST_ASID:
		*host_reg(host, 0x8000001f, 0, KVMCAPS_ECX) = on ? 0x1fd : 0;
		return;
	case KNOB_LEAST_ASID:
		*host_reg(host, 0x8000001f, 0, KVMCAPS_EDX) = on ? 2 : 1;
		return;
	case KNOB_COND:
		return turn_cond(host, knob->arg, on);
	case KNOB_OFFERED:
		return turn_offered(host, knob->arg, on);
	}
}
