// SPDX-License-Identifier: GPL-2.0
/*
 * What KVM declares, as masks: computed from the names in kvm_set_cpu_caps(),
 * release 6.12, and their bits in cpufeatures.h and reverse_cpuid.h; places
 * are those of reverse_cpuid[]. Words that KVM copies from the kernel without
 * masking them, and shows to nobody, have no features here: CPUID_6_EAX,
 * CPUID_8000_0007_EBX, CPUID_8086_0001_EDX.
 */
#include "oracle.h"

#define KEPT	.kept = true
#define PLACE(w, f, i, r) \
	.word = KVMCAPS_W_##w, .name = #w, .function = (f), .index = (i), .reg = KVMCAPS_##r
#define WORD(w, f, i, r, ...) \
	[KVMCAPS_W_##w] = { PLACE(w, f, i, r), ##__VA_ARGS__ }

const struct oracle_word oracle_words[KVMCAPS_NR_WORDS] = {
	WORD(1_EDX, 0x1, 0, EDX, KEPT, .f = 0x0f8bfbff),
	/* X2APIC is declared, then set on any host. */
	WORD(1_ECX, 0x1, 0, ECX, KEPT, .f = 0x76fab203, .emulated = 1u << 21),
	WORD(6_EAX, 0x6, 0, EAX, KEPT),
	/* TSC_ADJUST */
	WORD(7_0_EBX, 0x7, 0, EBX, KEPT, .f = 0xfdbf2ffd, .emulated = 1u << 1),
	/* LA57 */
	WORD(7_0_ECX, 0x7, 0, ECX, KEPT, .f = 0x5b415f4e, .passthrough = 1u << 16),
	/* ARCH_CAPABILITIES */
	WORD(7_0_EDX, 0x7, 0, EDX, KEPT, .f = 0xbfc1451c, .emulated = 1u << 29),
	WORD(7_1_EAX, 0x7, 1, EAX, KEPT, .f = 0x04a01cb0),
	WORD(7_1_EDX, 0x7, 1, EDX, .f = 0x00084130),
	WORD(7_2_EDX, 0x7, 2, EDX, .f = 0x0000003f),
	WORD(D_1_EAX, 0xd, 1, EAX, KEPT, .f = 0x0000000f, .x86_64 = 0x00000010),
	WORD(12_0_EAX, 0x12, 0, EAX, .scattered = 0x00000803),
	WORD(24_0_EBX, 0x24, 0, EBX, .f = 0x00070000),
	WORD(80000001_ECX, 0x80000001, 0, ECX, KEPT, .f = 0x00610bf3),
	WORD(80000001_EDX, 0x80000001, 0, EDX, KEPT, .f = 0xcbd3fbff, .x86_64 = 0x24000000),
	WORD(80000007_EBX, 0x80000007, 0, EBX, KEPT),
	WORD(80000007_EDX, 0x80000007, 0, EDX, .scattered = 0x00000100),
	WORD(80000008_EBX, 0x80000008, 0, EBX, KEPT, .f = 0x1702d205),
	WORD(8000000A_EDX, 0x8000000a, 0, EDX, KEPT),
	WORD(8000001F_EAX, 0x8000001f, 0, EAX, KEPT, .f = 0x00000400),
	/*
	 * LFENCE_RDTSC, VERW_CLEAR, SBPB, IBPB_BRTYPE, SRSO_NO follow the
	 * kernel; NO_SMM_CTL_MSR is set on any host.
	 */
	WORD(80000021_EAX, 0x80000021, 0, EAX, KEPT, .f = 0x40000167,
	     .synthesized = 0x38000024, .emulated = 1u << 9),
	WORD(80000021_ECX, 0x80000021, 0, ECX, .f = 0x00000086),
	WORD(80000022_EAX, 0x80000022, 0, EAX, .f = 0x00000001),
	WORD(80860001_EDX, 0x80860001, 0, EDX, KEPT),
	WORD(C0000001_EDX, 0xc0000001, 0, EDX, KEPT, .f = 0x00003fcc),
};
