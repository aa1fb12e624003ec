/* SPDX-License-Identifier: GPL-2.0 */
/*
 * All that QEMU asks of KVM and of the host's CPU to make a CPU of a guest. Of
 * a host with facts, the answers are worked out; a KVM without is asked.
 */
#ifndef TOOLS_QEMU_ACCEL_H
#define TOOLS_QEMU_ACCEL_H

#include <kvmcaps/host.h>

#include "../source.h"
#include "machine.h"

/**
 * struct qemu_accel - KVM on one host, as QEMU finds it
 * @source: the host, with the tables that KVM_GET_SUPPORTED_CPUID and
 *	KVM_GET_EMULATED_CPUID answer
 * @machine: QEMU's options
 * @live: KVM's device, which answers as there are no facts; NULL where there are
 */
struct qemu_accel {
	const struct source *source;
	const struct qemu_machine *machine;
	const struct libkvmcaps_device *live;
};

/* Returns 0, or STATUS_TROUBLE after a message: nothing is known of the host. */
int qemu_accel_open(struct qemu_accel *accel, const struct source *source,
		    const struct qemu_machine *machine);

/* Whether its KVM is in a set of releases; one of which nothing is known is the newest. */
bool qemu_accel_release_in(const struct qemu_accel *accel, u32 releases);

/* The CPUID instruction of QEMU itself, on the CPU that it starts on. */
struct kvmcaps_cpuid qemu_accel_host_cpuid(const struct qemu_accel *accel,
					   u32 function, u32 index);

/**
 * struct qemu_part - a CPU by its number, as QEMU counts families
 * @family: with all of the extended one
 * @model: with the extended one
 * @stepping: as it is
 */
struct qemu_part {
	unsigned int family;
	unsigned int model;
	unsigned int stepping;
};

/* The part that QEMU runs on. */
struct qemu_part qemu_accel_part(const struct qemu_accel *accel);

/* What KVM_CHECK_EXTENSION returns for the few that matter here: KVM_CAP_*. */
int qemu_accel_extension(const struct qemu_accel *accel, unsigned int extension);

/* KVM_GET_DEVICE_ATTR of KVM_X86_XCOMP_GUEST_SUPP; false in a KVM without it. */
bool qemu_accel_xcomp_guest_supp(const struct qemu_accel *accel, u64 *states);

/*
 * Whether KVM_GET_MSR_INDEX_LIST has an MSR: KVMMSR_ARCH_CAPABILITIES,
 * KVMMSR_VMX_PROCBASED_CTLS2 or QEMU_MSR_UMWAIT_CONTROL. Of no other it
 * depends what a CPU can have.
 */
bool qemu_accel_saves_msr(const struct qemu_accel *accel, u32 msr);

/*
 * What KVM_GET_MSRS on /dev/kvm returns for a feature MSR, before QEMU changes it;
 * false if KVM_GET_MSR_FEATURE_INDEX_LIST does not have it.
 */
bool qemu_accel_feature_msr(const struct qemu_accel *accel, u32 msr, u64 *value);

/* KVM_X86_GET_MCE_CAP_SUPPORTED */
u64 qemu_accel_mce_cap(const struct qemu_accel *accel);

#endif /* TOOLS_QEMU_ACCEL_H */
