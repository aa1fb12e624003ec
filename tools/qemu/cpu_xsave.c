// SPDX-License-Identifier: GPL-2.0
#include <linux/bits.h>
#include <linux/kernel.h>

#include "cpu_xsave.h"
#include "supported.h"

#define XSAVE		26	/* 1.ECX */
#define AVX512F		16	/* 7.0.EBX */
#define AVX10		19	/* 7.1.EDX */
/* The states that every XSAVE has, and those that IA32_XSS and not XCR0 has. */
#define LEGACY		(BIT_ULL(0) | BIT_ULL(1))
#define SUPERVISOR	BIT_ULL(15)

/**
 * struct owner - whose a state is
 * @known: QEMU knows the state
 * @word: of the feature
 * @bit: of the feature
 */
struct owner {
	bool known;
	enum qemu_word word;
	unsigned int bit;
};

/* By state. SDM volume 1, 13.1. */
static const struct owner owners[] = {
	[0]	= { true, QEMU_1_ECX, XSAVE },
	[1]	= { true, QEMU_1_ECX, XSAVE },
	[2]	= { true, QEMU_1_ECX, 28 },		/* AVX */
	[3]	= { true, QEMU_7_0_EBX, 14 },		/* MPX */
	[4]	= { true, QEMU_7_0_EBX, 14 },
	[5]	= { true, QEMU_7_0_EBX, AVX512F },
	[6]	= { true, QEMU_7_0_EBX, AVX512F },
	[7]	= { true, QEMU_7_0_EBX, AVX512F },
	[9]	= { true, QEMU_7_0_ECX, 3 },		/* PKU */
	[15]	= { true, QEMU_7_0_EDX, 19 },		/* ARCH_LBR */
	[17]	= { true, QEMU_7_0_EDX, 24 },		/* AMX_TILE */
	[18]	= { true, QEMU_7_0_EDX, 24 },
};

static bool has_owner(const struct qemu_cpu *cpu, const struct owner *owner)
{
	if (qemu_cpu_has(cpu, owner->word, owner->bit))
		return true;
	/* AVX10 has the registers of AVX512. */
	return owner->word == QEMU_7_0_EBX && owner->bit == AVX512F &&
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

	for (i = 0; i < ARRAY_SIZE(owners) && qemu_cpu_has(cpu, QEMU_1_ECX, XSAVE); i++) {
		if (owners[i].known && has_owner(cpu, &owners[i]))
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
	if (state >= ARRAY_SIZE(owners) || !owners[state].known)
		return;
	*word = owners[state].word;
	*bit = owners[state].bit;
}
