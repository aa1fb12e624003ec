/* SPDX-License-Identifier: GPL-2.0 */
/* The states that QEMU knows of XSAVE's area, and CPUID.0DH made of them. */
#ifndef TOOLS_QEMU_VCPU_XSAVE_H
#define TOOLS_QEMU_VCPU_XSAVE_H

#include "cpu.h"

/* As QEMU counts, which does not align states in the compacted format. */
u32 vcpu_xsave_bytes(const struct qemu_accel *accel, u64 states, bool compacted);

/* Size, offset and flags of @state, of a CPU that has the states of its words. */
void vcpu_xsave_state(const struct qemu_cpu *cpu, u32 state, struct kvmcaps_cpuid *regs);

/* Those in XCR0, and those in IA32_XSS, that the CPU can have. */
u64 vcpu_xsave_xcr0(const struct qemu_cpu *cpu);
u64 vcpu_xsave_xss(const struct qemu_cpu *cpu);

#endif /* TOOLS_QEMU_VCPU_XSAVE_H */
