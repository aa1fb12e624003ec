// SPDX-License-Identifier: GPL-2.0
#include <linux/bits.h>

#include "cpu_xsave.h"
#include "supported.h"

#define XSAVE		26	/* 1.ECX */
#define AVX512F		16	/* 7.0.EBX */
#define AVX10		19	/* 7.1.EDX */
/* The states that every XSAVE has, and those that IA32_XSS and not XCR0 has. */
#define LEGACY		(BIT_ULL(0) | BIT_ULL(1))
#define SUPERVISOR	BIT_ULL(15)

/**
 * struct xstate - a state
 * @size: its bytes; 0 for those that QEMU does not know
 * @word: of the feature that it belongs to
 * @bit: of the feature
 */
struct xstate {
	u32 size;
	enum qemu_word word;
	unsigned int bit;
};

/* By state. SDM volume 1, 13.1 and 13.4. */
static const struct xstate xstates[CPU_XSAVE_STATES] = {
	[0]	= { CPU_XSAVE_LEAST, QEMU_1_ECX, XSAVE },
	[1]	= { CPU_XSAVE_LEAST, QEMU_1_ECX, XSAVE },
	[2]	= { 256, QEMU_1_ECX, 28 },		/* AVX */
	[3]	= { 64, QEMU_7_0_EBX, 14 },		/* MPX: BNDREGS, BNDCSR */
	[4]	= { 64, QEMU_7_0_EBX, 14 },
	[5]	= { 64, QEMU_7_0_EBX, AVX512F },	/* opmask, ZMM_Hi256, Hi16_ZMM */
	[6]	= { 512, QEMU_7_0_EBX, AVX512F },
	[7]	= { 1024, QEMU_7_0_EBX, AVX512F },
	[9]	= { 8, QEMU_7_0_ECX, 3 },		/* PKU */
	[15]	= { 808, QEMU_7_0_EDX, 19 },		/* ARCH_LBR */
	[17]	= { 64, QEMU_7_0_EDX, 24 },		/* AMX_TILE: XTILECFG, XTILEDATA */
	[18]	= { 8192, QEMU_7_0_EDX, 24 },
};

u32 cpu_xsave_size(unsigned int state)
{
	return state < CPU_XSAVE_STATES ? xstates[state].size : 0;
}

static bool has_owner(const struct qemu_cpu *cpu, const struct xstate *xstate)
{
	if (qemu_cpu_has(cpu, xstate->word, xstate->bit))
		return true;
	/* AVX10 has the registers of AVX512. */
	return xstate->word == QEMU_7_0_EBX && xstate->bit == AVX512F &&
	       qemu_cpu_has(cpu, QEMU_7_1_EDX, AVX10);
}

/* QEMU forgets those that KVM cannot save; supervisor states are never in XCR0. */
static u64 saved_states(const struct qemu_accel *accel)
{
	return LEGACY | qemu_supported(accel, 0xD, 0, KVMCAPS_EAX) |
	       (u64)qemu_supported(accel, 0xD, 0, KVMCAPS_EDX) << 32;
}

void cpu_xsave_enable(struct qemu_cpu *cpu)
{
	u64 saved = saved_states(cpu->accel), states = 0;
	unsigned int i;

	for (i = 0; i < CPU_XSAVE_STATES && qemu_cpu_has(cpu, QEMU_1_ECX, XSAVE); i++) {
		if (xstates[i].size && has_owner(cpu, &xstates[i]))
			states |= saved & BIT_ULL(i);
	}
	cpu->features[QEMU_XCR0_LO] = (u32)(states & ~SUPERVISOR);
	cpu->features[QEMU_XCR0_HI] = states >> 32;
	cpu->features[QEMU_XSS_LO] = states & SUPERVISOR;
	cpu->features[QEMU_XSS_HI] = 0;
}

void cpu_xsave_owner(enum qemu_word *word, unsigned int *bit)
{
	unsigned int state = *bit + (*word == QEMU_XCR0_HI ? 32 : 0);

	if (*word != QEMU_XCR0_LO && *word != QEMU_XCR0_HI)
		return;
	if (!cpu_xsave_size(state))
		return;
	*word = xstates[state].word;
	*bit = xstates[state].bit;
}
