/* SPDX-License-Identifier: GPL-2.0 */
/* A KVM that a suite makes up: ioctl() of the whole program. */
#ifndef TOOL_FAKEKVM_H
#define TOOL_FAKEKVM_H

#include <stdbool.h>
#include <linux/kvm.h>
#include <linux/types.h>

/* A device that any program may open. */
#define FAKEKVM_PATH	"/dev/null"

#define FAKEKVM_CALLS	64

/**
 * struct fakekvm - what it answers
 * @version: KVM_GET_API_VERSION
 * @err: errno of the tables' ioctls; 0 for none
 * @entries: in each table; entry i is of leaf i and has i in all registers
 * @boasts: it claims one entry more than there was room for
 * @nr_calls: ioctls for tables
 * @room: nent of each of them
 * @command: which each was
 * @extensions: KVM_CHECK_EXTENSION, of all numbers
 * @xcr0: KVM_X86_XCOMP_GUEST_SUPP; 0 for ENXIO
 * @msr: number of the one MSR that is saved and a feature
 * @saved: KVM_GET_MSR_INDEX_LIST has it
 * @value: its value
 * @mce_cap: KVM_X86_GET_MCE_CAP_SUPPORTED
 */
struct fakekvm {
	int version;
	int err;
	__u32 entries;
	bool boasts;
	unsigned int nr_calls;
	__u32 room[FAKEKVM_CALLS];
	unsigned long command[FAKEKVM_CALLS];
	int extensions;
	__u64 xcr0;
	__u32 msr;
	bool saved;
	__u64 value;
	__u64 mce_cap;
};

extern struct fakekvm fakekvm;

#endif /* TOOL_FAKEKVM_H */
