/* SPDX-License-Identifier: GPL-2.0 */
/* To which features the states of XSAVE's area belong. */
#ifndef TOOLS_QEMU_CPU_XSAVE_H
#define TOOLS_QEMU_CPU_XSAVE_H

#include "cpu.h"

/* Switches on the states of what a CPU has, if KVM can save them; none without XSAVE. */
void cpu_xsave_enable(struct qemu_cpu *cpu);

/* Makes @word and @bit, of a state, those of the feature that it belongs to. */
void cpu_xsave_owner(enum qemu_word *word, unsigned int *bit);

#endif /* TOOLS_QEMU_CPU_XSAVE_H */
