/* SPDX-License-Identifier: GPL-2.0 */
/* A CPU of a guest that is ready: all that its CPUID depends on. */
#ifndef TOOLS_QEMU_VCPU_H
#define TOOLS_QEMU_VCPU_H

#include <linux/kvm.h>

#include "cpu.h"
#include "vcpu_cache.h"
#include "vcpu_hyperv.h"

/**
 * struct qemu_vcpu - QEMU's X86CPU once it is realized
 * @cpu: its features and properties
 * @apic_id: by the machine's topology
 * @apic: it has an APIC: a lone CPU without the feature has none
 * @phys_bits: of an address of the guest; @guest_phys_bits: of one that its page
 *	tables translate, 0 to say nothing of it
 * @mwait: CPUID.5H
 * @caches: what it tells of them, if they are not the host's
 * @hyperv: what it shows of Hyper-V
 */
struct qemu_vcpu {
	const struct qemu_cpu *cpu;
	u32 apic_id;
	bool apic;
	u32 phys_bits;
	u32 guest_phys_bits;
	struct kvmcaps_cpuid mwait;
	struct vcpu_caches caches;
	struct vcpu_hyperv hyperv;
};

/**
 * qemu_vcpu_realize() - make CPU @number of a machine
 * @vcpu: the result
 * @cpu: expanded; it is filtered here, between checks of which some come before
 * @number: from 0, below the machine's CPUs
 *
 * Return: 0; STATUS_DIFFERENT if it was to have all features and cannot, or
 * STATUS_TROUBLE, both after a message in QEMU's words.
 */
int qemu_vcpu_realize(struct qemu_vcpu *vcpu, struct qemu_cpu *cpu, unsigned int number);

/*
 * Makes the argument of KVM_SET_CPUID2, to free(). Returns 0, or STATUS_TROUBLE
 * after a message if QEMU has no room for it.
 */
int qemu_vcpu_table(const struct qemu_vcpu *vcpu, struct kvm_cpuid2 **table);

#endif /* TOOLS_QEMU_VCPU_H */
