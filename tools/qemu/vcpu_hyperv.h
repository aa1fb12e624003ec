/* SPDX-License-Identifier: GPL-2.0 */
/* Hyper-V's leaves: what QEMU asks of KVM for them, and shows to a guest. */
#ifndef TOOLS_QEMU_VCPU_HYPERV_H
#define TOOLS_QEMU_VCPU_HYPERV_H

#include <linux/kvm.h>

#include "cpu.h"

/**
 * struct vcpu_hyperv - what a CPU shows of Hyper-V
 * @on: anything at all
 * @features: map of those that are on
 * @vendor: EBX, ECX and EDX of CPUID.40000000H
 * @interface: all registers of CPUID.40000001H
 * @version: of CPUID.40000002H
 * @limits: of CPUID.40000005H
 * @spinlocks: EBX of CPUID.40000004H
 */
struct vcpu_hyperv {
	bool on;
	u32 features;
	u32 vendor[3];
	u32 interface[4];
	u32 version[4];
	u32 limits[4];
	u32 spinlocks;
};

/* Returns 0, or STATUS_TROUBLE after a message in QEMU's words. */
int vcpu_hyperv_init(struct vcpu_hyperv *hyperv, struct qemu_cpu *cpu);

/* Adds the leaves, if there are any. */
void vcpu_hyperv_add(const struct vcpu_hyperv *hyperv, const struct qemu_cpu *cpu,
		     struct kvm_cpuid2 *table);

/* A register of KVM_GET_SUPPORTED_HV_CPUID's answer; @reg: enum kvmcaps_reg. */
u32 vcpu_hyperv_supported(const struct qemu_accel *accel, u32 function, unsigned int reg);

#endif /* TOOLS_QEMU_VCPU_HYPERV_H */
