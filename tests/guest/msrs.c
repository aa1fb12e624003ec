// SPDX-License-Identifier: GPL-2.0
/*
 * msrs DEVICE: KVM's feature MSRs, a line each of number and value, in the order in
 * which KVM lists them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <linux/kvm.h>

#include "device.h"

#define MAX_MSRS	256

static int print_msr(const struct device *dev, struct kvm_msrs *one, __u32 index)
{
	struct reply r;

	one->nmsrs = 1;
	one->entries[0].index = index;
	r = device_call(dev, KVM_GET_MSRS, (unsigned long)one);
	if (r.ret != 1) {
		fprintf(stderr, "msrs: KVM_GET_MSRS of 0x%08x: %s\n", index, reply_name(r));
		return 1;
	}
	printf("0x%08x 0x%016llx\n", index, (unsigned long long)one->entries[0].data);
	return 0;
}

int main(int argc, char **argv)
{
	struct kvm_msr_list *list = calloc(1, sizeof(*list) + MAX_MSRS * sizeof(list->indices[0]));
	struct kvm_msrs *one = calloc(1, sizeof(*one) + sizeof(one->entries[0]));
	struct device dev;
	struct reply r;
	int wrong = 0;

	if (argc != 2 || !list || !one || device_open(&dev, argv[1]))
		return 2;
	list->nmsrs = MAX_MSRS;
	r = device_call(&dev, KVM_GET_MSR_FEATURE_INDEX_LIST, (unsigned long)list);
	if (r.ret) {
		fprintf(stderr, "msrs: KVM_GET_MSR_FEATURE_INDEX_LIST: %s\n", reply_name(r));
		return 1;
	}
	for (__u32 i = 0; i < list->nmsrs; i++)
		wrong |= print_msr(&dev, one, list->indices[i]);
	return wrong;
}
