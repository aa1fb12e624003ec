// SPDX-License-Identifier: GPL-2.0
/*
 * msrs DEVICE: KVM's feature MSRs, a line each of number and value, in the order in
 * which KVM lists them.
 */
#include <stdio.h>
#include <linux/kvm.h>

#include "device.h"

#define MAX_MSRS	256

static struct {
	struct kvm_msr_list head;
	__u32 indices[MAX_MSRS];
} list = { .head.nmsrs = MAX_MSRS };

static int print_msr(const struct device *dev, __u32 index)
{
	struct {
		struct kvm_msrs head;
		struct kvm_msr_entry entry;
	} one = { .head.nmsrs = 1, .entry.index = index };
	struct reply r = device_call(dev, KVM_GET_MSRS, (unsigned long)&one);

	if (r.ret != 1) {
		fprintf(stderr, "msrs: KVM_GET_MSRS of 0x%08x: %s\n", index, reply_name(r));
		return 1;
	}
	printf("0x%08x 0x%016llx\n", index, (unsigned long long)one.entry.data);
	return 0;
}

int main(int argc, char **argv)
{
	struct device dev;
	struct reply r;
	int wrong = 0;

	if (argc != 2 || device_open(&dev, argv[1]))
		return 2;
	r = device_call(&dev, KVM_GET_MSR_FEATURE_INDEX_LIST, (unsigned long)&list);
	if (r.ret) {
		fprintf(stderr, "msrs: KVM_GET_MSR_FEATURE_INDEX_LIST: %s\n", reply_name(r));
		return 1;
	}
	for (__u32 i = 0; i < list.head.nmsrs; i++)
		wrong |= print_msr(&dev, list.indices[i]);
	return wrong;
}
