/* SPDX-License-Identifier: GPL-2.0 */
/* What QEMU asks of KVM, put to a KVM that runs. */
#ifndef TOOLS_QEMU_LIVE_H
#define TOOLS_QEMU_LIVE_H

#include <stdbool.h>
#include <kvmcaps/host.h>
#include <libkvmcaps.h>

/* The CPUID instruction, on the CPU that this runs on. */
struct kvmcaps_cpuid qemu_live_cpuid(u32 function, u32 index);

/* KVM_CHECK_EXTENSION; 0 on any error, as for QEMU. */
int qemu_live_extension(const struct libkvmcaps_device *kvm, unsigned int extension);

/* KVM_X86_XCOMP_GUEST_SUPP; false if KVM does not know it. */
bool qemu_live_xcomp_guest_supp(const struct libkvmcaps_device *kvm, u64 *states);

/* Whether KVM_GET_MSR_INDEX_LIST has it. */
bool qemu_live_saves_msr(const struct libkvmcaps_device *kvm, u32 msr);

/* KVM_GET_MSRS; false if KVM_GET_MSR_FEATURE_INDEX_LIST does not have it. */
bool qemu_live_feature_msr(const struct libkvmcaps_device *kvm, u32 msr, u64 *value);

/* KVM_X86_GET_MCE_CAP_SUPPORTED; 0 on any error. */
u64 qemu_live_mce_cap(const struct libkvmcaps_device *kvm);

#endif /* TOOLS_QEMU_LIVE_H */
