/* SPDX-License-Identifier: GPL-2.0 */
#ifndef TOOLS_QEMU_CPU_EXPANSION_H
#define TOOLS_QEMU_CPU_EXPANSION_H

#include "cpu.h"

/*
 * All features and properties of an expanded CPU by all their names, as a full
 * query-cpu-model-expansion has them.
 */
json_t *qemu_cpu_expansion(const struct qemu_cpu *cpu);

#endif /* TOOLS_QEMU_CPU_EXPANSION_H */
