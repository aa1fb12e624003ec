/* SPDX-License-Identifier: GPL-2.0 */
/* The states of XSAVE's area that QEMU knows, and to which features they belong. */
#ifndef TOOLS_QEMU_CPU_XSAVE_H
#define TOOLS_QEMU_CPU_XSAVE_H

#include "cpu.h"

#define CPU_XSAVE_STATES	19
/* Bytes of the legacy area and the header. */
#define CPU_XSAVE_LEAST		(512 + 64)

/* Bytes of a state; 0 for those that QEMU does not know. */
u32 cpu_xsave_size(unsigned int state);

/* Switches on the states of what a CPU has, if KVM can save them; none without XSAVE. */
void cpu_xsave_enable(struct qemu_cpu *cpu);

/* Makes @word and @bit, of a state, those of the feature that it belongs to. */
void cpu_xsave_owner(enum qemu_word *word, unsigned int *bit);

#endif /* TOOLS_QEMU_CPU_XSAVE_H */
