// SPDX-License-Identifier: GPL-2.0
/*
 * The live host's counters, which newer kernels tell to KVM alone. Whether perf
 * has a driver for them is a fact that perf tells anyone who asks for a counter:
 * it has found out when it booted whether they count, as under a hypervisor they
 * often do not. How many there are follows from CPUID, by which its drivers go.
 */
#include "kernel_flag.h"
#include <linux/bitops.h>
#include <linux/err.h>
#include <linux/perf_event.h>
#include <linux/sched.h>
#include <asm/cpufeature.h>
#include <asm/msr.h>
#include <asm/perf_event.h>
#include <asm/processor.h>
#include "compat.h"
#include "host_live.h"

#define MODEL(family, model)	((family) << 8 | (model))

/* PEBS of these formats works under EPT. Source: intel_ds_pebs_init(). */
#define PEBS_FORMAT(capabilities)	((capabilities) >> 8 & 0xf)
#define PEBS_FORMAT_EPT_FIRST		5
#define PEBS_FORMAT_EPT_LAST		6

/* There it does so whatever the format. Source: intel_pmu_init(). */
static const u16 pebs_ept_models[] = {
	MODEL(6, 0x6a), MODEL(6, 0x6c),		/* Ice Lake, servers */
	MODEL(6, 0x8f), MODEL(6, 0xcf),		/* Sapphire and Emerald Rapids */
	MODEL(6, 0xad), MODEL(6, 0xae),		/* Granite Rapids */
	MODEL(19, 0x01),			/* Diamond Rapids */
};

/* A missing event that perf replaces. Source: intel_nehalem_quirk(). */
#define NO_BRANCH_MISSES		BIT(6)

static const u16 nehalem_models[] = {
	MODEL(6, 0x1a), MODEL(6, 0x1e), MODEL(6, 0x2e),
};

static bool is_among(const u16 *models, unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < nr; i++) {
		if (MODEL(boot_cpu_data.x86, boot_cpu_data.x86_model) == models[i])
			return true;
	}
	return false;
}

/* It has one from when the kernel boots, or never. */
static bool perf_has_driver;

/**
 * kvmcaps_host_pmu_init() - find out whether perf has a driver for the counters
 *
 * Where perf itself tells of them, nobody needs to know.
 *
 * Return: 0, or -ENOMEM.
 */
int kvmcaps_host_pmu_init(void)
{
	/* The one counter that every driver has. */
	struct perf_event_attr attr = {
		.type = PERF_TYPE_HARDWARE,
		.config = PERF_COUNT_HW_CPU_CYCLES,
		.size = sizeof(attr),
		.disabled = 1,
		.exclude_guest = 1,
	};
	struct perf_event *event;

	if (KVMCAPS_PERF_TELLS)
		return 0;
	event = perf_event_create_kernel_counter(&attr, -1, current, NULL, NULL);
	if (event == ERR_PTR(-ENOMEM))
		return -ENOMEM;
	/* A driver can have other reasons to refuse. */
	perf_has_driver = event != ERR_PTR(-ENOENT);
	if (!IS_ERR(event))
		perf_event_release_kernel(event);
	return 0;
}

/* Source: amd_pmu_init(), amd_core_pmu_init(). */
static void read_amd(struct kvmcaps_pmu *pmu)
{
	pmu->bit_width_gp = 48;
	pmu->num_counters_gp = AMD64_NUM_COUNTERS;
	if (!boot_cpu_has(X86_FEATURE_PERFCTR_CORE))
		return;
	pmu->num_counters_gp = AMD64_NUM_COUNTERS_CORE;
	if (!boot_cpu_has(X86_FEATURE_PERFMON_V2))
		return;
	pmu->num_counters_gp = cpuid_ebx(0x80000022) & 0xf;
	pmu->version = 2;
}

static bool pebs_works_under_ept(void)
{
	u64 caps;

	if (is_among(pebs_ept_models, ARRAY_SIZE(pebs_ept_models)))
		return true;
	return boot_cpu_has(X86_FEATURE_DTES64) && boot_cpu_has(X86_FEATURE_PEBS) &&
	       boot_cpu_has(X86_FEATURE_PDCM) &&
	       !rdmsrq_safe(MSR_IA32_PERF_CAPABILITIES, &caps) &&
	       PEBS_FORMAT(caps) >= PEBS_FORMAT_EPT_FIRST &&
	       PEBS_FORMAT(caps) <= PEBS_FORMAT_EPT_LAST;
}

/* Version 2 need not report its fixed counters: hardware has three. */
static u32 fixed_counters(u32 version, u32 reported, u32 map)
{
	bool bare = boot_cpu_data.x86_vendor == X86_VENDOR_INTEL &&
		    !boot_cpu_has(X86_FEATURE_HYPERVISOR);

	if (version < 2)
		return 0;
	if (version < 5)
		return bare ? max_t(u32, reported, 3) : reported;
	return hweight32(map);
}

/* A newer leaf has the last word. Source: update_pmu_cap_from_perfmonext(). */
static void read_extension(struct kvmcaps_pmu *pmu)
{
	u32 eax, ebx, ecx, edx;

	if (!boot_cpu_has(X86_FEATURE_ARCH_PERFMON_EXT) || !(cpuid_eax(0x23) & BIT(1)))
		return;
	cpuid_count(0x23, 1, &eax, &ebx, &ecx, &edx);
	pmu->num_counters_gp = hweight32(eax);
	pmu->num_counters_fixed = hweight32(ebx);
}

/* Source: intel_pmu_init(). */
static void read_intel(struct kvmcaps_pmu *pmu)
{
	union cpuid10_eax eax;
	union cpuid10_edx edx;
	u32 ebx, ecx;

	/* Those before it KVM has no use for. */
	if (!boot_cpu_has(X86_FEATURE_ARCH_PERFMON))
		return;
	cpuid(0xa, &eax.full, &ebx, &ecx, &edx.full);
	if (is_among(nehalem_models, ARRAY_SIZE(nehalem_models)))
		ebx &= ~NO_BRANCH_MISSES;

	pmu->version = eax.split.version_id;
	pmu->num_counters_gp = eax.split.num_counters;
	pmu->num_counters_fixed =
		fixed_counters(pmu->version, edx.split.num_counters_fixed, ecx);
	pmu->events_mask = ebx;
	pmu->events_mask_len = eax.split.mask_length;
	pmu->pebs_ept = pebs_works_under_ept();
	read_extension(pmu);
	pmu->bit_width_gp = eax.split.bit_width;
	pmu->bit_width_fixed = pmu->num_counters_fixed ? eax.split.bit_width : 0;
}

static void derive(struct kvmcaps_pmu *pmu)
{
	if (!perf_has_driver)
		return;
	switch (boot_cpu_data.x86_vendor) {
	case X86_VENDOR_AMD:
	case X86_VENDOR_HYGON:
		read_amd(pmu);
		break;
	case X86_VENDOR_INTEL:
	case X86_VENDOR_CENTAUR:
	case X86_VENDOR_ZHAOXIN:
		read_intel(pmu);
		break;
	}
}

/**
 * kvmcaps_host_has_lbr() - whether perf uses the last branch records
 *
 * Newer kernels tell KVM alone. Perf has a driver for those of each part that
 * has PDCM, and does without where they cannot be read, as under a hypervisor.
 *
 * Return: whether.
 */
bool kvmcaps_host_has_lbr(void)
{
	struct x86_pmu_lbr lbr = {};
	u64 top;

	if (boot_cpu_data.x86_vendor != X86_VENDOR_INTEL)
		return false;
	if (kvmcaps_perf_tells_lbr(&lbr))
		return lbr.nr;
	return perf_has_driver && boot_cpu_has(X86_FEATURE_PDCM) &&
	       !rdmsrq_safe(MSR_LBR_TOS, &top) && !rdmsrq_safe(MSR_LBR_NHM_FROM, &top);
}

/**
 * kvmcaps_host_read_pmu() - the counters that perf has
 * @pmu: overwritten; all zero where perf has none
 */
void kvmcaps_host_read_pmu(struct kvmcaps_pmu *pmu)
{
	struct x86_pmu_capability perf;

	*pmu = (struct kvmcaps_pmu){};
	/* On a hybrid part KVM does not ask, and perf warns. */
	if (boot_cpu_has(X86_FEATURE_HYBRID_CPU))
		return;
	if (!kvmcaps_perf_tells(&perf)) {
		derive(pmu);
		return;
	}
	*pmu = (struct kvmcaps_pmu){
		.version = perf.version,
		.num_counters_gp = perf.num_counters_gp,
		.num_counters_fixed = perf.num_counters_fixed,
		.bit_width_gp = perf.bit_width_gp,
		.bit_width_fixed = perf.bit_width_fixed,
		.events_mask = perf.events_mask,
		.events_mask_len = perf.events_mask_len,
		.pebs_ept = perf.pebs_ept,
	};
}
