// SPDX-License-Identifier: GPL-2.0
/*
 * Feature MSRs of both vendors. Rows only.
 *
 * Source: kvm_get_feature_msr(), kvm_get_arch_capabilities(),
 * vmx_setup_l1d_flush(), vmx_get_perf_capabilities(), svm_get_feature_msr(),
 * gds_select_mitigation(); kvm_get_msr_feature() in 6.1.
 */
#include <linux/kernel.h>

#include "kvmmsr_row.h"

/* Bits of IA32_ARCH_CAPABILITIES. */
#define RDCL_NO		BIT_ULL(0)
#define IBRS_ALL	BIT_ULL(1)
#define RSBA		BIT_ULL(2)
#define SKIP_L1DFL	BIT_ULL(3)
#define SSB_NO		BIT_ULL(4)
#define MDS_NO		BIT_ULL(5)
#define PSCHANGE_MC_NO	BIT_ULL(6)
#define TSX_CTRL	BIT_ULL(7)
#define TAA_NO		BIT_ULL(8)
#define SBDR_SSDP_NO	BIT_ULL(13)
#define FBSDP_NO	BIT_ULL(14)
#define PSDP_NO		BIT_ULL(15)
#define FB_CLEAR	BIT_ULL(17)
#define RRSBA		BIT_ULL(19)
#define BHI_NO		BIT_ULL(20)
#define PBRSB_NO	BIT_ULL(24)
#define GDS_NO		BIT_ULL(26)
#define RFDS_NO		BIT_ULL(27)
#define RFDS_CLEAR	BIT_ULL(28)
#define ITS_NO		BIT_ULL(62)

#define PASSED	(RDCL_NO | IBRS_ALL | RSBA | SKIP_L1DFL | SSB_NO | MDS_NO | PSCHANGE_MC_NO | \
		 TSX_CTRL | SBDR_SSDP_NO | FBSDP_NO | PSDP_NO | FB_CLEAR | RRSBA | BHI_NO | \
		 PBRSB_NO | GDS_NO | RFDS_NO | RFDS_CLEAR | ITS_NO)

/* Bits of IA32_PERF_CAPABILITIES. */
#define LBR_FMT		0x3full
#define PEBS_TRAP	BIT_ULL(6)
#define PEBS_ARCH_REG	BIT_ULL(7)
#define PEBS_FORMAT	0xf00ull
#define FW_WRITE	BIT_ULL(13)
#define PEBS_TIMING	BIT_ULL(17)

#define PEBS		(PEBS_TRAP | PEBS_ARCH_REG | PEBS_FORMAT)

/* Formats of LBRs that can follow the call stack have this bit. */
#define LBR_CALLSTACK	MSR(PERF_CAPABILITIES, 2)

#define NO_DEFECT	"the CPU does not have the defect, as the kernel knows"

static const struct kvmmsr_row rows[] = {
	ROW(ARCH_CAPABILITIES, PASSED, "the CPU says so, and KVM passes it on",
	    FROM(ARCH_CAPABILITIES), WHEN(HAS(ARCH_CAPABILITIES))),
	/* Without TSX there is nothing to be told of. */
	ROW(ARCH_CAPABILITIES, TAA_NO, "the CPU says so, and has TSX",
	    FROM(ARCH_CAPABILITIES), WHEN(HAS(ARCH_CAPABILITIES), HAS(RTM))),
	ROW(ARCH_CAPABILITIES, TAA_NO, NO_DEFECT, WHEN(HAS(RTM), LACKS(BUG_TAA))),
	ROW(ARCH_CAPABILITIES, PSCHANGE_MC_NO,
	    "KVM takes care of it for nested guests, or nothing they do would help"),
	ROW(ARCH_CAPABILITIES, SKIP_L1DFL, NO_DEFECT, WHEN(LACKS(BUG_L1TF))),
	ROW(ARCH_CAPABILITIES, SKIP_L1DFL, "guests cannot make use of L1TF without EPT",
	    WHEN(HAS(BUG_L1TF), UNLESS(TDP))),
	ROW(ARCH_CAPABILITIES, SKIP_L1DFL, "KVM flushes the L1D itself at nested entries too",
	    WHEN(HAS(BUG_L1TF), IF(TDP), NO_FACT(NO_L1D_FLUSH))),
	ROW(ARCH_CAPABILITIES, RDCL_NO, NO_DEFECT, WHEN(LACKS(BUG_CPU_MELTDOWN))),
	ROW(ARCH_CAPABILITIES, SSB_NO, NO_DEFECT, WHEN(LACKS(BUG_SPEC_STORE_BYPASS))),
	ROW(ARCH_CAPABILITIES, MDS_NO, NO_DEFECT, WHEN(LACKS(BUG_MDS))),
	ROW(ARCH_CAPABILITIES, RFDS_NO, NO_DEFECT, WHEN(LACKS(BUG_RFDS))),
	ROW(ARCH_CAPABILITIES, ITS_NO, NO_DEFECT, WHEN(LACKS(BUG_ITS))),
	ROW(ARCH_CAPABILITIES, GDS_NO, NO_DEFECT, WHEN(LACKS(BUG_GDS))),
	/* Under a hypervisor the kernel does not know whether it is. */
	ROW(ARCH_CAPABILITIES, GDS_NO, "the microcode's mitigation is on",
	    WHEN(HAS(BUG_GDS), LACKS(HYPERVISOR), HAS(ARCH_CAPABILITIES),
		 MSR(ARCH_CAPABILITIES, 25), NO_MSR(MCU_OPT_CTRL, 4))),

	ROW(PERF_CAPABILITIES, FW_WRITE, "KVM lets a guest write whole counters, whatever the CPU",
	    VMX_ONLY, WHEN(IF(PMU))),
	ROW(PERF_CAPABILITIES, LBR_FMT, "the guest gets the LBRs as the CPU has them",
	    VMX_ONLY, FROM(PERF_CAPABILITIES),
	    WHEN(IF(PMU), HAS(PDCM), FACT(LBR), LACKS(ARCH_LBR)), UNTIL(6_1)),
	ROW(PERF_CAPABILITIES, LBR_FMT, "the guest gets the LBRs as the CPU has them",
	    VMX_ONLY, FROM(PERF_CAPABILITIES),
	    WHEN(IF(PMU), HAS(PDCM), FACT(LBR), LACKS(ARCH_LBR), LBR_CALLSTACK),
	    BETWEEN(6_12, 6_19)),
	ROW(PERF_CAPABILITIES, LBR_FMT, "the guest gets the LBRs as the CPU has them",
	    VMX_ONLY, FROM(PERF_CAPABILITIES),
	    WHEN(IF(PMU), HAS(PDCM), FACT(LBR), LACKS(ARCH_LBR), LBR_CALLSTACK,
		 UNLESS(MEDIATED_PMU)),
	    SINCE(7_0)),
	ROW(PERF_CAPABILITIES, PEBS, "the guest gets PEBS, but not the adaptive kind",
	    VMX_ONLY, FROM(PERF_CAPABILITIES), WHEN(IF(PMU), IF(PEBS), HAS(PDCM))),
	ROW(PERF_CAPABILITIES, PEBS_TIMING, "the guest gets PEBS, but not the adaptive kind",
	    VMX_ONLY, FROM(PERF_CAPABILITIES), WHEN(IF(PMU), IF(PEBS), HAS(PDCM)), SINCE(6_18)),

	ROW(UCODE_REV, ~0ull, "KVM passes on the microcode's revision", FROM(UCODE_REV)),
	ROW(PLATFORM_INFO, BIT_ULL(31), "KVM emulates faulting on CPUID", SINCE(6_16)),
	ROW(AMD64_DE_CFG, BIT_ULL(1), "LFENCE waits for all that came before it", SVM_ONLY,
	    WHEN(HAS(LFENCE_RDTSC))),
};

const struct kvmmsr_rows kvmmsr_rows_arch = { rows, ARRAY_SIZE(rows) };
