// SPDX-License-Identifier: GPL-2.0
/* Source: feature_word_info[], QEMU 10.0. */
#include <string.h>

#include <kvmcaps/feature.h>
#include <linux/bits.h>

#include "word.h"

#define CPUID(text, leaf, subleaf, register_, ...)				\
	{ .name = text, .function = leaf, .index = subleaf,			\
	  .reg = KVMCAPS_##register_, ##__VA_ARGS__ }
#define MSR(text, number, ...)	{ .name = text, .msr = number, ##__VA_ARGS__ }

/* States whose layout no CPU has changed; AMX is not among them. */
#define MIGRATABLE_STATES	0x2ff

const struct qemu_word_info qemu_words[QEMU_NR_WORDS] = {
	/* HT follows from the topology. */
	[QEMU_1_EDX] = CPUID("1.EDX", 1, 0, EDX, .no_auto = BIT(28)),
	[QEMU_1_ECX] = CPUID("1.ECX", 1, 0, ECX),
	[QEMU_7_0_EBX] = CPUID("7.0.EBX", 7, 0, EBX),
	[QEMU_7_0_ECX] = CPUID("7.0.ECX", 7, 0, ECX),
	[QEMU_7_0_EDX] = CPUID("7.0.EDX", 7, 0, EDX),
	[QEMU_7_1_EAX] = CPUID("7.1.EAX", 7, 1, EAX),
	[QEMU_80000001_EDX] = CPUID("80000001.EDX", 0x80000001, 0, EDX),
	/* TOPOEXT wants a topology that suits it. */
	[QEMU_80000001_ECX] = CPUID("80000001.ECX", 0x80000001, 0, ECX, .no_auto = BIT(22)),
	[QEMU_80000007_EBX] = CPUID("80000007.EBX", 0x80000007, 0, EBX),
	/* INVTSC */
	[QEMU_80000007_EDX] = CPUID("80000007.EDX", 0x80000007, 0, EDX, .unmigratable = BIT(8)),
	[QEMU_80000008_EBX] = CPUID("80000008.EBX", 0x80000008, 0, EBX),
	[QEMU_80000021_EAX] = CPUID("80000021.EAX", 0x80000021, 0, EAX),
	[QEMU_80000021_EBX] = CPUID("80000021.EBX", 0x80000021, 0, EBX),
	[QEMU_80000022_EAX] = CPUID("80000022.EAX", 0x80000022, 0, EAX),
	[QEMU_C0000001_EDX] = CPUID("C0000001.EDX", 0xc0000001, 0, EDX),
	[QEMU_KVM] = CPUID("40000001.EAX", 0x40000001, 0, EAX),
	/* A hint is a promise of the user. */
	[QEMU_KVM_HINTS] = CPUID("40000001.EDX", 0x40000001, 0, EDX, .no_auto = 0xffffffff),
	[QEMU_SVM] = CPUID("8000000A.EDX", 0x8000000a, 0, EDX),
	[QEMU_XSAVE] = CPUID("D.1.EAX", 0xd, 1, EAX),
	[QEMU_6_EAX] = CPUID("6.EAX", 6, 0, EAX),
	[QEMU_XCR0_LO] = CPUID("D.0.EAX", 0xd, 0, EAX, .migratable = MIGRATABLE_STATES),
	[QEMU_XCR0_HI] = CPUID("D.0.EDX", 0xd, 0, EDX),
	[QEMU_ARCH_CAPABILITIES] = MSR("arch-capabilities", 0x10a),
	[QEMU_CORE_CAPABILITY] = MSR("core-capability", 0xcf),
	[QEMU_PERF_CAPABILITIES] = MSR("perf-capabilities", 0x345),
	[QEMU_VMX_PROCBASED_CTLS] = MSR("vmx-procbased-ctls", 0x48e),
	[QEMU_VMX_SECONDARY_CTLS] = MSR("vmx-secondary-ctls", 0x48b),
	[QEMU_VMX_PINBASED_CTLS] = MSR("vmx-pinbased-ctls", 0x48d),
	[QEMU_VMX_EXIT_CTLS] = MSR("vmx-exit-ctls", 0x48f),
	[QEMU_VMX_ENTRY_CTLS] = MSR("vmx-entry-ctls", 0x490),
	[QEMU_VMX_MISC] = MSR("vmx-misc", 0x485),
	[QEMU_VMX_EPT_VPID_CAPS] = MSR("vmx-ept-vpid-caps", 0x48c),
	/* The dual-monitor treatment of SMM. */
	[QEMU_VMX_BASIC] = MSR("vmx-basic", 0x480, .no_auto = 1ull << 49),
	[QEMU_VMX_VMFUNC] = MSR("vmx-vmfunc", 0x491),
	[QEMU_14_0_ECX] = CPUID("14.0.ECX", 0x14, 0, ECX),
	[QEMU_12_0_EAX] = CPUID("12.0.EAX", 0x12, 0, EAX),
	[QEMU_12_0_EBX] = CPUID("12.0.EBX", 0x12, 0, EBX),
	[QEMU_12_1_EAX] = CPUID("12.1.EAX", 0x12, 1, EAX),
	[QEMU_XSS_LO] = CPUID("D.1.ECX", 0xd, 1, ECX),
	[QEMU_XSS_HI] = CPUID("D.1.EDX", 0xd, 1, EDX),
	[QEMU_7_1_EDX] = CPUID("7.1.EDX", 7, 1, EDX),
	[QEMU_7_2_EDX] = CPUID("7.2.EDX", 7, 2, EDX),
	[QEMU_24_0_EBX] = CPUID("24.0.EBX", 0x24, 0, EBX),
};

enum qemu_word qemu_word_find(const char *name)
{
	enum qemu_word word = 0;

	while (word < QEMU_NR_WORDS && strcmp(qemu_words[word].name, name))
		word++;
	return word;
}
