// SPDX-License-Identifier: GPL-2.0
/*
 * What KVM declares, as masks: computed from the names in kvm_set_cpu_caps()
 * and kvm_initialize_cpu_caps() of each release's source, and their bits in its
 * cpufeatures.h and reverse_cpuid.h; places are those of reverse_cpuid[]. Words
 * that KVM copies from the kernel without masking them, and shows to nobody,
 * have no features here: CPUID_6_EAX, CPUID_8000_0007_EBX, CPUID_8086_0001_EDX.
 */
#include <linux/kernel.h>
#include "oracle.h"

#define KEPT	.kept = true
#define AT_1_EDX	.function = 0x1, .reg = KVMCAPS_EDX, KEPT
#define AT_1_ECX	.function = 0x1, .reg = KVMCAPS_ECX, KEPT
#define AT_6_EAX	.function = 0x6, .reg = KVMCAPS_EAX, KEPT
#define AT_7_0_EBX	.function = 0x7, .reg = KVMCAPS_EBX, KEPT
#define AT_7_0_ECX	.function = 0x7, .reg = KVMCAPS_ECX, KEPT
#define AT_7_0_EDX	.function = 0x7, .reg = KVMCAPS_EDX, KEPT
#define AT_7_1_EAX	.function = 0x7, .index = 1, .reg = KVMCAPS_EAX, KEPT
#define AT_7_1_ECX	.function = 0x7, .index = 1, .reg = KVMCAPS_ECX
#define AT_7_1_EDX	.function = 0x7, .index = 1, .reg = KVMCAPS_EDX
#define AT_7_2_EDX	.function = 0x7, .index = 2, .reg = KVMCAPS_EDX
#define AT_D_1_EAX	.function = 0xd, .index = 1, .reg = KVMCAPS_EAX, KEPT
#define AT_12_0_EAX	.function = 0x12, .reg = KVMCAPS_EAX
#define AT_1E_1_EAX	.function = 0x1e, .index = 1, .reg = KVMCAPS_EAX
#define AT_24_0_EBX	.function = 0x24, .reg = KVMCAPS_EBX
#define AT_24_1_ECX	.function = 0x24, .index = 1, .reg = KVMCAPS_ECX
#define AT_80000001_ECX	.function = 0x80000001, .reg = KVMCAPS_ECX, KEPT
#define AT_80000001_EDX	.function = 0x80000001, .reg = KVMCAPS_EDX, KEPT
#define AT_80000007_EBX	.function = 0x80000007, .reg = KVMCAPS_EBX, KEPT
#define AT_80000007_EDX	.function = 0x80000007, .reg = KVMCAPS_EDX
#define AT_80000008_EBX	.function = 0x80000008, .reg = KVMCAPS_EBX, KEPT
#define AT_8000000A_EDX	.function = 0x8000000a, .reg = KVMCAPS_EDX, KEPT
#define AT_8000001F_EAX	.function = 0x8000001f, .reg = KVMCAPS_EAX, KEPT
#define AT_80000021_EAX	.function = 0x80000021, .reg = KVMCAPS_EAX, KEPT
#define AT_80000021_ECX	.function = 0x80000021, .reg = KVMCAPS_ECX
#define AT_80000022_EAX	.function = 0x80000022, .reg = KVMCAPS_EAX
#define AT_80860001_EDX	.function = 0x80860001, .reg = KVMCAPS_EDX, KEPT
#define AT_C0000001_EDX	.function = 0xc0000001, .reg = KVMCAPS_EDX, KEPT

#define WORD(major, minor, w, ...) \
	{ .since = KVMCAPS_RELEASE(major, minor), .word = KVMCAPS_W_##w, .name = #w, \
	  AT_##w, ##__VA_ARGS__ }

/* The last row of a word that is not younger than a release counts there. */
static const struct oracle_word words[] = {
	WORD(6, 1, 1_EDX, .f = 0x0f8bfbff),
	/* X2APIC is declared, then set on any host. */
	WORD(6, 1, 1_ECX, .f = 0x76fab203, .emulated = 1u << 21),
	WORD(6, 1, 6_EAX),
	/* TSC_ADJUST */
	WORD(6, 1, 7_0_EBX, .f = 0xfdbf2ffd, .emulated = 1u << 1),
	/* LA57 */
	WORD(6, 1, 7_0_ECX, .f = 0x5b415f4e, .passthrough = 1u << 16),
	/* ARCH_CAPABILITIES */
	WORD(6, 1, 7_0_EDX, .f = 0xafc1451c, .emulated = 1u << 29),
	WORD(6, 1, 7_1_EAX, .f = 0x00000030),
	WORD(6, 1, 7_1_ECX),
	WORD(6, 1, 7_1_EDX),
	WORD(6, 1, 7_2_EDX, .f = 0x0000003f),
	WORD(6, 1, D_1_EAX, .f = 0x0000000f, .x86_64 = 0x00000010),
	WORD(6, 1, 12_0_EAX, .scattered = 0x00000003),
	WORD(6, 1, 1E_1_EAX),
	WORD(6, 1, 24_0_EBX),
	WORD(6, 1, 24_1_ECX),
	WORD(6, 1, 80000001_ECX, .f = 0x00610bf3),
	WORD(6, 1, 80000001_EDX, .f = 0xcbd3fbff, .x86_64 = 0x24000000),
	WORD(6, 1, 80000007_EBX),
	WORD(6, 1, 80000007_EDX),
	WORD(6, 1, 80000008_EBX, .f = 0x1702d205),
	WORD(6, 1, 8000000A_EDX),
	WORD(6, 1, 8000001F_EAX, .f = 0x0000040a),
	/*
	 * LFENCE_RDTSC, VERW_CLEAR, SRSO_NO follow the kernel; NO_SMM_CTL_MSR
	 * is set on any host.
	 */
	WORD(6, 1, 80000021_EAX, .f = 0x00000065, .synthesized = 0x20000024,
	     .emulated = 1u << 9),
	WORD(6, 1, 80000021_ECX, .f = 0x00000006),
	WORD(6, 1, 80000022_EAX),
	WORD(6, 1, 80860001_EDX),
	WORD(6, 1, C0000001_EDX, .f = 0x00003fcc),

	WORD(6, 12, 7_0_EDX, .f = 0xbfc1451c, .emulated = 1u << 29),
	WORD(6, 12, 7_1_EAX, .f = 0x04a01cb0),
	WORD(6, 12, 7_1_EDX, .f = 0x00084130),
	WORD(6, 12, 12_0_EAX, .scattered = 0x00000803),
	WORD(6, 12, 24_0_EBX, .f = 0x00070000),
	WORD(6, 12, 80000007_EDX, .scattered = 0x00000100),
	WORD(6, 12, 8000001F_EAX, .f = 0x00000400),
	/* SBPB and IBPB_BRTYPE follow the kernel, too. */
	WORD(6, 12, 80000021_EAX, .f = 0x40000167, .synthesized = 0x38000024,
	     .emulated = 1u << 9),
	WORD(6, 12, 80000021_ECX, .f = 0x00000086),
	WORD(6, 12, 80000022_EAX, .f = 0x00000001),

	WORD(6, 16, 1_ECX, .f = 0x76dab203, .emulated = 0x81200000),
	WORD(6, 16, 7_0_ECX, .f = 0x5b405f4e, .passthrough = 0x00010000),
	WORD(6, 16, 7_0_EDX, .f = 0x9fc1451c, .emulated = 0x20000000),
	WORD(6, 16, 7_1_EAX, .f = 0x04a81cb7),
	WORD(6, 16, 7_1_EDX, .f = 0x00084530),
	WORD(6, 16, 80000008_EBX, .f = 0x570ad205),
	WORD(6, 16, 80000021_EAX, .f = 0x40100143, .synthesized = 0x38000024,
	     .emulated = 0x00000200),
	WORD(6, 16, 80000021_ECX, .synthesized = 0x00000006),

	WORD(6, 17, 7_1_EAX, .f = 0x04a81cb7, .x86_64 = 0x00040000),

	WORD(6, 18, 7_0_ECX, .f = 0x5b405f4e, .x86_64 = 0x00000080, .passthrough = 0x00010000),
	WORD(6, 18, 7_0_EDX, .f = 0x9fd1451c, .emulated = 0x20000000),
	WORD(6, 18, 7_1_ECX, .scattered = 0x00000020),

	WORD(6, 19, 80000008_EBX, .f = 0x570ad205, .passthrough = 0x00100000),

	WORD(7, 0, 7_1_EAX, .f = 0x84a81cb7, .x86_64 = 0x00040000),
	WORD(7, 0, 1E_1_EAX, .f = 0x000001df),
	WORD(7, 0, 24_1_ECX, .f = 0x00000004),
	WORD(7, 0, 80000021_EAX, .f = 0x41100143, .synthesized = 0x38000024,
	     .emulated = 0x00000200),

	WORD(7, 1, 80000021_EAX, .f = 0x41900143, .synthesized = 0x38000024,
	     .emulated = 0x00000200),

	WORD(7, 2, 80000021_EAX, .f = 0x41900143, .synthesized = 0x38000024,
	     .emulated = 0x00020200),

	WORD(7, 3, 80000021_ECX, .synthesized = 0x00000086),
	WORD(7, 3, C0000001_EDX, .f = 0x1ec03fff),
};

const struct oracle_word *oracle_word(u16 release, enum kvmcaps_word word)
{
	const struct oracle_word *found = NULL;
	const struct oracle_word *row;

	for (row = words; row < words + ARRAY_SIZE(words); row++) {
		if (row->word == word && row->since <= release)
			found = row;
	}
	return found;
}
