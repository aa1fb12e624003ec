/* SPDX-License-Identifier: GPL-2.0 */
/* What QEMU changes of KVM's answer, one row for each step. */
#ifndef TOOLS_QEMU_FIXUP_H
#define TOOLS_QEMU_FIXUP_H

#include "accel.h"

/* Of all indices. */
#define QEMU_ANY_INDEX	0xffffffff

/* What a step does with the bits it is about. */
enum qemu_fixup_does {
	QEMU_FIXUP_ADDS,
	QEMU_FIXUP_TAKES,
	QEMU_FIXUP_ADDS_HOST,		/* those that the host's CPU has */
	QEMU_FIXUP_ADDS_1_EDX,		/* those that a guest can have in CPUID.1H:EDX */
	QEMU_FIXUP_IS_XCR0,		/* they are the low half of what KVM can save */
	QEMU_FIXUP_IS_XCR0_HIGH,
};

/**
 * struct qemu_fixup - a step
 * @function: leaf
 * @index: of the leaf, or QEMU_ANY_INDEX
 * @reg: enum kvmcaps_reg
 * @does: enum qemu_fixup_does
 * @bits: that it is about
 * @when: its condition; NULL if there is none
 * @reason: why QEMU does that, as a clause
 */
struct qemu_fixup {
	u32 function;
	u32 index;
	u8 reg;
	u8 does;
	u32 bits;
	bool (*when)(const struct qemu_accel *accel);
	const char *reason;
};

/* In QEMU's order: a later one has the last word. */
extern const struct qemu_fixup qemu_fixups[];
extern const unsigned int qemu_nr_fixups;

/* Whether it is about a register, and its condition holds. */
bool qemu_fixup_is_for(const struct qemu_fixup *fixup, const struct qemu_accel *accel,
		       u32 function, u32 index, unsigned int reg);

/* What it makes of @value. */
u32 qemu_fixup_apply(const struct qemu_fixup *fixup, const struct qemu_accel *accel, u32 value);

#endif /* TOOLS_QEMU_FIXUP_H */
