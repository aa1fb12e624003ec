/* SPDX-License-Identifier: GPL-2.0 */
/*
 * QEMU's feature words: where it keeps what a CPU model has. In QEMU's order,
 * which is the one in which it lists what is missing.
 */
#ifndef TOOLS_QEMU_WORD_H
#define TOOLS_QEMU_WORD_H

#include <stdbool.h>
#include <linux/types.h>

enum qemu_word {
	QEMU_1_EDX,
	QEMU_1_ECX,
	QEMU_7_0_EBX,
	QEMU_7_0_ECX,
	QEMU_7_0_EDX,
	QEMU_7_1_EAX,
	QEMU_80000001_EDX,
	QEMU_80000001_ECX,
	QEMU_80000007_EBX,
	QEMU_80000007_EDX,
	QEMU_80000008_EBX,
	QEMU_80000021_EAX,
	QEMU_80000021_EBX,
	QEMU_80000022_EAX,
	QEMU_C0000001_EDX,
	QEMU_KVM,
	QEMU_KVM_HINTS,
	QEMU_SVM,
	QEMU_XSAVE,
	QEMU_6_EAX,
	QEMU_XCR0_LO,
	QEMU_XCR0_HI,
	QEMU_ARCH_CAPABILITIES,
	QEMU_CORE_CAPABILITY,
	QEMU_PERF_CAPABILITIES,
	QEMU_VMX_PROCBASED_CTLS,
	QEMU_VMX_SECONDARY_CTLS,
	QEMU_VMX_PINBASED_CTLS,
	QEMU_VMX_EXIT_CTLS,
	QEMU_VMX_ENTRY_CTLS,
	QEMU_VMX_MISC,
	QEMU_VMX_EPT_VPID_CAPS,
	QEMU_VMX_BASIC,
	QEMU_VMX_VMFUNC,
	QEMU_14_0_ECX,
	QEMU_12_0_EAX,
	QEMU_12_0_EBX,
	QEMU_12_1_EAX,
	QEMU_XSS_LO,
	QEMU_XSS_HI,
	QEMU_7_1_EDX,
	QEMU_7_2_EDX,
	QEMU_24_0_EBX,
	QEMU_NR_WORDS,
};

/**
 * struct qemu_word_info - a feature word
 * @name: as the registry and a person call it
 * @msr: the MSR it is; 0 if it is a register of CPUID
 * @function: of CPUID
 * @index: of CPUID
 * @reg: enum kvmcaps_reg
 * @unmigratable: bits that a guest cannot take along, though they have names
 * @migratable: bits that it can, though they have none
 * @no_auto: bits that "host" and "max" do not switch on by themselves
 */
struct qemu_word_info {
	const char *name;
	__u32 msr;
	__u32 function;
	__u32 index;
	__u8 reg;
	__u64 unmigratable;
	__u64 migratable;
	__u64 no_auto;
};

extern const struct qemu_word_info qemu_words[QEMU_NR_WORDS];

/* QEMU_NR_WORDS if it has no word of that name. */
enum qemu_word qemu_word_find(const char *name);

#endif /* TOOLS_QEMU_WORD_H */
