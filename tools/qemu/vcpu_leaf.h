/* SPDX-License-Identifier: GPL-2.0 */
/* One leaf and index of CPUID as QEMU makes it. */
#ifndef TOOLS_QEMU_VCPU_LEAF_H
#define TOOLS_QEMU_VCPU_LEAF_H

#include "vcpu.h"

/* Of what is above the highest leaf, QEMU says what it says of the highest basic one. */
struct kvmcaps_cpuid vcpu_leaf(const struct qemu_vcpu *vcpu, u32 function, u32 index);

#endif /* TOOLS_QEMU_VCPU_LEAF_H */
