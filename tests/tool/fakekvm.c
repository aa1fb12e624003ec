// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdarg.h>
#include <sys/ioctl.h>

#include "fakekvm.h"

struct fakekvm fakekvm;

static int refuse(int err)
{
	errno = err;
	return -1;
}

/* As KVM does: too little room is an error, too much is told. */
static int give_table(unsigned long cmd, struct kvm_cpuid2 *table)
{
	__u32 i, room = table->nent;

	if (fakekvm.nr_calls < FAKEKVM_CALLS) {
		fakekvm.room[fakekvm.nr_calls] = room;
		fakekvm.command[fakekvm.nr_calls++] = cmd;
	}
	if (fakekvm.err)
		return refuse(fakekvm.err);
	if (room < fakekvm.entries)
		return refuse(E2BIG);
	for (i = 0; i < fakekvm.entries; i++)
		table->entries[i] = (struct kvm_cpuid_entry2){
			.function = i, .eax = i, .ebx = i, .ecx = i, .edx = i,
		};
	table->nent = fakekvm.boasts ? room + 1 : fakekvm.entries;
	return 0;
}

static int give_list(struct kvm_msr_list *list, bool has)
{
	__u32 room = list->nmsrs;

	list->nmsrs = has;
	if (room < list->nmsrs)
		return refuse(E2BIG);
	if (has)
		list->indices[0] = fakekvm.msr;
	return 0;
}

static int give_attr(const struct kvm_device_attr *attr)
{
	if (!fakekvm.xcr0 || attr->group || attr->attr != KVM_X86_XCOMP_GUEST_SUPP)
		return refuse(ENXIO);
	*(__u64 *)(unsigned long)attr->addr = fakekvm.xcr0;
	return 0;
}

static int give_msr(struct kvm_msrs *msrs)
{
	if (msrs->nmsrs != 1 || msrs->entries[0].index != fakekvm.msr)
		return 0;
	msrs->entries[0].data = fakekvm.value;
	return 1;
}

int ioctl(int fd, unsigned long cmd, ...)
{
	va_list args;
	void *arg;

	(void)fd;
	va_start(args, cmd);
	arg = va_arg(args, void *);
	va_end(args);
	switch (cmd) {
	case KVM_GET_API_VERSION:
		return fakekvm.version ? fakekvm.version : refuse(ENOTTY);
	case KVM_CHECK_EXTENSION:
		return fakekvm.extensions;
	case KVM_GET_SUPPORTED_CPUID:
	case KVM_GET_EMULATED_CPUID:
		return give_table(cmd, arg);
	case KVM_GET_MSR_INDEX_LIST:
		return give_list(arg, fakekvm.saved);
	case KVM_GET_MSR_FEATURE_INDEX_LIST:
		return give_list(arg, fakekvm.msr);
	case KVM_GET_DEVICE_ATTR:
		return give_attr(arg);
	case KVM_GET_MSRS:
		return give_msr(arg);
	case KVM_X86_GET_MCE_CAP_SUPPORTED:
		*(__u64 *)arg = fakekvm.mce_cap;
		return 0;
	default:
		return refuse(ENOTTY);
	}
}
