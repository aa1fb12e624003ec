// SPDX-License-Identifier: GPL-2.0
/*
 * What a guest finds of VMX, which KVM lets it have if nested is on. Rows only.
 * Where the host's MSR counts, its upper half does: controls that may be 1. KVM
 * would not load without those it cannot do without, or with one of a pair of
 * controls for entry and exit; and it is taken to have flexpriority=1, eptad=1.
 *
 * Source: nested_vmx_setup_ctls_msrs() and what it calls, vmx_get_vmx_msr(),
 * setup_vmcs_config(), vmx_hardware_setup(), cpu_has_vmcs12_field().
 */
#include <linux/kernel.h>

#include "kvmmsr_row.h"

#define HIGH(bit)	BIT_ULL(32 + (bit))
#define BOTH(mask)	((mask) * 0x100000001ull)

#define PROCBASED(bit)	MSR(VMX_PROCBASED_CTLS, 32 + (bit))
#define SECONDARY(bit)	MSR(VMX_PROCBASED_CTLS2, 32 + (bit))
#define NO_SECONDARY(bit) NO_MSR(VMX_PROCBASED_CTLS2, 32 + (bit))
#define EPT(bit)	MSR(VMX_EPT_VPID_CAP, bit)
#define VPID(bit)	MSR(VMX_EPT_VPID_CAP, 32 + (bit))

/* Controls that were always 1 before there were MSRs that say otherwise. */
#define PIN_DEFAULT1	0x00000016u
#define PROC_DEFAULT1	0x0401e172u
#define EXIT_DEFAULT1	0x00036dffu
#define ENTRY_DEFAULT1	0x000011ffu

/* Of these a guest may switch off: debug controls, CR3 load and store exiting. */
#define DEBUG_CONTROLS	0x00000004u
#define CR3_EXITING	0x00018000u

/* For a guest as for the CPU: these the host must have, those KVM emulates. */
#define PIN_PASSED	(HIGH(0) | HIGH(3) | HIGH(5))
#define PIN_EMULATED	HIGH(6)
#define PROC_PASSED	(HIGH(2) | HIGH(3) | HIGH(7) | HIGH(9) | HIGH(10) | HIGH(11) | HIGH(12) | \
			 HIGH(15) | HIGH(16) | HIGH(19) | HIGH(20) | HIGH(21) | HIGH(22) | \
			 HIGH(23) | HIGH(24) | HIGH(25) | HIGH(27) | HIGH(29) | HIGH(30) | HIGH(31))
#define PROC_EMULATED	HIGH(28)
#define EXIT_PASSED	(HIGH(9) | HIGH(18) | HIGH(19) | HIGH(23))
#define EXIT_EMULATED	(HIGH(12) | HIGH(15) | HIGH(20) | HIGH(21) | HIGH(22))
#define ENTRY_PASSED	(HIGH(9) | HIGH(14) | HIGH(16))
#define ENTRY_EMULATED	(HIGH(13) | HIGH(15))
#define PROC2_PASSED	(HIGH(2) | HIGH(3) | HIGH(6) | HIGH(11) | HIGH(12) | HIGH(13) | \
			 HIGH(16) | HIGH(20) | HIGH(25) | HIGH(26))
#define PROC2_APIC	(HIGH(4) | HIGH(8) | HIGH(9))

/* Revision of KVM's VMCS, of 4096 bytes in write-back memory, with TRUE MSRs. */
#define BASIC		(0x11e57ed0ull | 0x1000ull << 32 | 6ull << 50 | BIT_ULL(55))
#define BASIC_INS_OUTS	BIT_ULL(54)
#define BASIC_ERRCODE	BIT_ULL(56)

/* A timer that ticks once in 32, HLT, waiting for SIPI, VMWRITE to any field. */
#define MISC		(5 | BIT_ULL(6) | BIT_ULL(8) | BIT_ULL(29))
#define MISC_EFER_LMA	BIT_ULL(5)

#define EPT_PASSED	(BIT_ULL(0) | BIT_ULL(6) | BIT_ULL(7) | BIT_ULL(14) | BIT_ULL(20))
#define EPT_EMULATED	(BIT_ULL(16) | BIT_ULL(17) | BIT_ULL(25) | BIT_ULL(26))
#define EPT_AD		BIT_ULL(21)
#define EPT_EXIT_INFO	BIT_ULL(22)
#define INVVPID		(HIGH(0) | HIGH(8) | HIGH(9) | HIGH(10) | HIGH(11))

/* Twice the highest index of a field of KVM's VMCS: TSC multiplier, timer. */
#define ENUM_TSC	0x32
#define ENUM_TIMER	0x2e

#define HARDWARE	"the CPU can, and KVM lets guests"
#define EMULATED	"KVM emulates it, whatever the CPU can"
#define ALWAYS		"it is always 1, as in the first CPUs with VMX"

static const struct kvmmsr_row rows[] = {
	ROW(VMX_BASIC, BASIC, "KVM's own VMCS is so"),
	ROW(VMX_BASIC, BASIC_INS_OUTS, HARDWARE, FROM(VMX_BASIC)),
	ROW(VMX_BASIC, BASIC_ERRCODE, HARDWARE, FROM(VMX_BASIC), SINCE(6_18)),

	ROW(VMX_PINBASED_CTLS, BOTH(PIN_DEFAULT1), ALWAYS),
	ROW(VMX_PINBASED_CTLS, PIN_PASSED, HARDWARE, FROM(VMX_PINBASED_CTLS)),
	ROW(VMX_PINBASED_CTLS, PIN_EMULATED, EMULATED),
	/* Posted interrupts are enable_apicv's. */
	ROW(VMX_PINBASED_CTLS, HIGH(7), "the CPU can, and enable_apicv=1",
	    FROM(VMX_PINBASED_CTLS),
	    WHEN(POLICY(ENABLE_APICV), IF(VMX_SECONDARY), PROCBASED(21), SECONDARY(8),
		 SECONDARY(9))),

	ROW(VMX_PROCBASED_CTLS, BOTH(PROC_DEFAULT1), ALWAYS),
	ROW(VMX_PROCBASED_CTLS, PROC_PASSED, HARDWARE, FROM(VMX_PROCBASED_CTLS)),
	ROW(VMX_PROCBASED_CTLS, PROC_EMULATED, EMULATED),

	ROW(VMX_EXIT_CTLS, BOTH(EXIT_DEFAULT1), ALWAYS),
	ROW(VMX_EXIT_CTLS, EXIT_PASSED, HARDWARE, FROM(VMX_EXIT_CTLS)),
	ROW(VMX_EXIT_CTLS, EXIT_EMULATED, EMULATED),
	ROW(VMX_EXIT_CTLS, HIGH(28), HARDWARE, FROM(VMX_EXIT_CTLS), WHEN(OFFERS(SHSTK)),
	    SINCE(6_18)),
	ROW(VMX_EXIT_CTLS, HIGH(28), HARDWARE, FROM(VMX_EXIT_CTLS), WHEN(OFFERS(IBT)),
	    SINCE(6_18)),

	ROW(VMX_ENTRY_CTLS, BOTH(ENTRY_DEFAULT1), ALWAYS),
	ROW(VMX_ENTRY_CTLS, ENTRY_PASSED, HARDWARE, FROM(VMX_ENTRY_CTLS)),
	ROW(VMX_ENTRY_CTLS, ENTRY_EMULATED, EMULATED),
	ROW(VMX_ENTRY_CTLS, HIGH(20), HARDWARE, FROM(VMX_ENTRY_CTLS), WHEN(OFFERS(SHSTK)),
	    SINCE(6_18)),
	ROW(VMX_ENTRY_CTLS, HIGH(20), HARDWARE, FROM(VMX_ENTRY_CTLS), WHEN(OFFERS(IBT)),
	    SINCE(6_18)),

	ROW(VMX_MISC, MISC, "KVM emulates it so"),
	ROW(VMX_MISC, MISC_EFER_LMA, HARDWARE, FROM(VMX_MISC)),

	ROW(VMX_CR0_FIXED0, 0x80000021, "a guest needs PE, NE and PG for VMX"),
	ROW(VMX_CR0_FIXED1, ~0ull, "the CPU has them", FROM(VMX_CR0_FIXED1)),
	ROW(VMX_CR4_FIXED0, BIT_ULL(13), "a guest needs VMXE for VMX"),
	ROW(VMX_CR4_FIXED1, ~0ull, "the CPU has them", FROM(VMX_CR4_FIXED1)),
	ROW(VMX_CR4_FIXED1, BIT_ULL(11), "KVM emulates UMIP", WHEN(LACKS(UMIP), IF(VMX_UMIP))),

	ROW(VMX_VMCS_ENUM, ENUM_TSC, "KVM's own VMCS is so", UNTIL(6_19)),
	ROW(VMX_VMCS_ENUM, ENUM_TSC, "the CPU can scale the TSC",
	    WHEN(IF(VMX_SECONDARY), SECONDARY(25)), SINCE(7_0)),
	ROW(VMX_VMCS_ENUM, ENUM_TIMER, "KVM's own VMCS is so where the CPU cannot scale the TSC",
	    WHEN(IF(VMX_SECONDARY), NO_SECONDARY(25)), SINCE(7_0)),
	ROW(VMX_VMCS_ENUM, ENUM_TIMER, "KVM's own VMCS is so where the CPU cannot scale the TSC",
	    WHEN(UNLESS(VMX_SECONDARY)), SINCE(7_0)),

	ROW(VMX_PROCBASED_CTLS2, PROC2_PASSED, HARDWARE, FROM(VMX_PROCBASED_CTLS2),
	    WHEN(IF(VMX_SECONDARY))),
	ROW(VMX_PROCBASED_CTLS2, PROC2_APIC, HARDWARE, FROM(VMX_PROCBASED_CTLS2),
	    WHEN(IF(VMX_SECONDARY), PROCBASED(21))),
	ROW(VMX_PROCBASED_CTLS2, HIGH(14), EMULATED),
	ROW(VMX_PROCBASED_CTLS2, HIGH(0), "the CPU can, and has a TPR shadow",
	    FROM(VMX_PROCBASED_CTLS2), WHEN(IF(VMX_SECONDARY), PROCBASED(21))),
	ROW(VMX_PROCBASED_CTLS2, HIGH(1), "KVM uses EPT", WHEN(IF(TDP))),
	ROW(VMX_PROCBASED_CTLS2, HIGH(17), "KVM emulates it by accessed and dirty bits in EPT",
	    WHEN(IF(TDP), EPT(21))),
	ROW(VMX_PROCBASED_CTLS2, HIGH(22), "the CPU can, and mbec=1",
	    FROM(VMX_PROCBASED_CTLS2), WHEN(IF(TDP), POLICY(MBEC), EPT(22)), SINCE(7_2)),
	ROW(VMX_PROCBASED_CTLS2, HIGH(5), "KVM uses VPIDs",
	    WHEN(POLICY(VPID), IF(VMX_SECONDARY), SECONDARY(5), VPID(0), VPID(9))),
	ROW(VMX_PROCBASED_CTLS2, HIGH(5), "KVM uses VPIDs",
	    WHEN(POLICY(VPID), IF(VMX_SECONDARY), SECONDARY(5), VPID(0), VPID(10))),
	ROW(VMX_PROCBASED_CTLS2, HIGH(7), "KVM runs unrestricted guests",
	    WHEN(IF(UNRESTRICTED_GUEST))),
	ROW(VMX_PROCBASED_CTLS2, HIGH(15), "guests can have SGX", WHEN(IF(SGX))),

	ROW(VMX_EPT_VPID_CAP, EPT_PASSED, HARDWARE, FROM(VMX_EPT_VPID_CAP), WHEN(IF(TDP))),
	ROW(VMX_EPT_VPID_CAP, EPT_EXIT_INFO, HARDWARE, FROM(VMX_EPT_VPID_CAP), WHEN(IF(TDP)),
	    SINCE(7_2)),
	ROW(VMX_EPT_VPID_CAP, EPT_EMULATED, EMULATED, WHEN(IF(TDP))),
	ROW(VMX_EPT_VPID_CAP, EPT_AD, HARDWARE, FROM(VMX_EPT_VPID_CAP), WHEN(IF(TDP))),
	ROW(VMX_EPT_VPID_CAP, INVVPID, EMULATED,
	    WHEN(POLICY(VPID), IF(VMX_SECONDARY), SECONDARY(5), VPID(0), VPID(9))),
	ROW(VMX_EPT_VPID_CAP, INVVPID, EMULATED,
	    WHEN(POLICY(VPID), IF(VMX_SECONDARY), SECONDARY(5), VPID(0), VPID(10))),

	ROW(VMX_TRUE_PINBASED_CTLS, BOTH(PIN_DEFAULT1), ALWAYS),
	ROW(VMX_TRUE_PROCBASED_CTLS, BOTH(PROC_DEFAULT1) & ~(u64)CR3_EXITING, ALWAYS),
	ROW(VMX_TRUE_EXIT_CTLS, BOTH(EXIT_DEFAULT1) & ~(u64)DEBUG_CONTROLS, ALWAYS),
	ROW(VMX_TRUE_ENTRY_CTLS, BOTH(ENTRY_DEFAULT1) & ~(u64)DEBUG_CONTROLS, ALWAYS),

	ROW(VMX_VMFUNC, BIT_ULL(0), "KVM emulates switching of EPTPs where the CPU has VMFUNC",
	    WHEN(IF(TDP), IF(VMX_SECONDARY), SECONDARY(13))),
};

const struct kvmmsr_rows kvmmsr_rows_vmx = { rows, ARRAY_SIZE(rows) };
