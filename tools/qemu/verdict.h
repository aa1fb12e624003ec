/* SPDX-License-Identifier: GPL-2.0 */
/* Whether KVM takes a table. */
#ifndef TOOLS_QEMU_VERDICT_H
#define TOOLS_QEMU_VERDICT_H

#include <linux/kvm.h>

#include "accel.h"

/**
 * struct verdict - what KVM_SET_CPUID2 returns to QEMU
 * @name: "EINVAL", NULL for success
 * @reason: why; NULL for success
 */
struct verdict {
	const char *name;
	const char *reason;
};

struct verdict verdict_of(const struct kvm_cpuid2 *table, const struct qemu_accel *accel);

#endif /* TOOLS_QEMU_VERDICT_H */
