/* SPDX-License-Identifier: GPL-2.0 */
/* The CPUID of a CPU of a guest: what QEMU gives to KVM, and what the guest reads. */
#ifndef TOOLS_QEMU_VCPU_H
#define TOOLS_QEMU_VCPU_H

#include <linux/kvm.h>

#include "cpu.h"

/* What realize adds to a CPU that is expanded and filtered: phys-bits, caches, APIC id ... */
int qemu_vcpu_realize(struct qemu_cpu *cpu, unsigned int number);

/* cpu_x86_cpuid(): what one leaf and index would be. */
struct kvmcaps_cpuid qemu_vcpu_cpuid(const struct qemu_cpu *cpu, u32 function, u32 index);

/* The argument of KVM_SET_CPUID2: kvm_x86_build_cpuid(), with KVM's and Hyper-V's leaves. */
struct kvm_cpuid2 *qemu_vcpu_table(const struct qemu_cpu *cpu);

#endif /* TOOLS_QEMU_VCPU_H */
