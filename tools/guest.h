/* SPDX-License-Identifier: GPL-2.0 */
/* A guest's CPU as QEMU would start it here, and the two ways in which it is told. */
#ifndef TOOLS_GUEST_H
#define TOOLS_GUEST_H

#include "qemu/runtime.h"
#include "qemu/vcpu.h"
#include "qemu/verdict.h"

/**
 * struct guest - a CPU of a guest
 * @name: what follows -cpu
 * @number: which of the machine's CPUs
 * @registry: of its model
 * @accel: the host, the machine
 * @cpu: its features
 * @vcpu: the same, realized
 * @table: what QEMU passes to KVM_SET_CPUID2
 * @verdict: what that returns
 * @read: what the CPU's CPUID instruction reads in place of @table; NULL if
 *	nobody asked
 */
struct guest {
	const char *name;
	unsigned int number;
	struct qemu_registry registry;
	struct qemu_accel accel;
	struct qemu_cpu cpu;
	struct qemu_vcpu vcpu;
	struct kvm_cpuid2 *table;
	struct verdict verdict;
	struct kvm_cpuid2 *read;
};

/* These return 0, or STATUS_TROUBLE after a message. */
int guest_text(const struct guest *guest);
int guest_json(const struct guest *guest);

#endif /* TOOLS_GUEST_H */
