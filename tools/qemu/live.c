// SPDX-License-Identifier: GPL-2.0
#include <cpuid.h>
#include <errno.h>
#include <stdlib.h>
#include <linux/kvm.h>

#include "../alloc.h"
#include "../device.h"
#include "live.h"

/* KVM has about 400 at most; a list that is longer is none. */
#define MAX_LISTED	4096

struct kvmcaps_cpuid qemu_live_cpuid(u32 function, u32 index)
{
	struct kvmcaps_cpuid regs = { .function = function, .index = index };

	__cpuid_count(function, index, regs.eax, regs.ebx, regs.ecx, regs.edx);
	return regs;
}

int qemu_live_extension(const struct libkvmcaps_device *kvm, unsigned int extension)
{
	int value = libkvmcaps_device_check_extension(kvm, extension);

	return value < 0 ? 0 : value;
}

bool qemu_live_xcomp_guest_supp(const struct libkvmcaps_device *kvm, u64 *states)
{
	struct kvm_device_attr attr = {
		.attr = KVM_X86_XCOMP_GUEST_SUPP,
		.addr = (uintptr_t)states,
	};

	return qemu_live_extension(kvm, KVM_CAP_SYS_ATTRIBUTES) &&
	       device_ioctl(kvm, KVM_GET_DEVICE_ATTR, &attr) >= 0;
}

static bool list_has(const struct kvm_msr_list *list, u32 msr)
{
	u32 i;

	for (i = 0; i < list->nmsrs; i++) {
		if (list->indices[i] == msr)
			return true;
	}
	return false;
}

/* Without room, KVM says how much it needs. */
static bool is_listed(const struct libkvmcaps_device *kvm, unsigned long cmd, u32 msr)
{
	struct kvm_msr_list none = {}, *list;
	int err = device_ioctl(kvm, cmd, &none);
	bool has = false;

	if ((err && err != -E2BIG) || none.nmsrs > MAX_LISTED)
		return false;
	list = alloc_zeroed(sizeof(*list) + none.nmsrs * sizeof(list->indices[0]));
	list->nmsrs = none.nmsrs;
	err = device_ioctl(kvm, cmd, list);
	if (!err && list->nmsrs <= none.nmsrs)
		has = list_has(list, msr);
	free(list);
	return has;
}

bool qemu_live_saves_msr(const struct libkvmcaps_device *kvm, u32 msr)
{
	return is_listed(kvm, KVM_GET_MSR_INDEX_LIST, msr);
}

static bool read_msr(const struct libkvmcaps_device *kvm, u32 msr, u64 *value)
{
	struct kvm_msrs *msrs = alloc_zeroed(sizeof(*msrs) + sizeof(msrs->entries[0]));
	bool read;

	msrs->nmsrs = 1;
	msrs->entries[0].index = msr;
	read = device_ioctl(kvm, KVM_GET_MSRS, msrs) == 1;
	if (read)
		*value = msrs->entries[0].data;
	free(msrs);
	return read;
}

bool qemu_live_feature_msr(const struct libkvmcaps_device *kvm, u32 msr, u64 *value)
{
	return qemu_live_extension(kvm, KVM_CAP_GET_MSR_FEATURES) &&
	       is_listed(kvm, KVM_GET_MSR_FEATURE_INDEX_LIST, msr) && read_msr(kvm, msr, value);
}

u64 qemu_live_mce_cap(const struct libkvmcaps_device *kvm)
{
	u64 cap = 0;

	return device_ioctl(kvm, KVM_X86_GET_MCE_CAP_SUPPORTED, &cap) < 0 ? 0 : cap;
}
