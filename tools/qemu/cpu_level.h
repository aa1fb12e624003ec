/* SPDX-License-Identifier: GPL-2.0 */
#ifndef TOOLS_QEMU_CPU_LEVEL_H
#define TOOLS_QEMU_CPU_LEVEL_H

struct qemu_cpu;

/* Makes level, level-func7, xlevel and xlevel2 what the CPU needs, if they were not set. */
void cpu_level_settle(struct qemu_cpu *cpu);

#endif /* TOOLS_QEMU_CPU_LEVEL_H */
