/* SPDX-License-Identifier: GPL-2.0 */
/* One register as QEMU takes it to be supported, and as KVM answers. */
#ifndef TOOLS_SUPPORTED_H
#define TOOLS_SUPPORTED_H

#include "qemu/fixup.h"
#include "qemu/supported.h"

/**
 * struct supported - one register
 * @function: leaf
 * @index: its index
 * @reg: enum kvmcaps_reg
 * @flags: of KVM's entry
 * @value: what QEMU takes it for
 * @kvm: what KVM says
 * @why: by bit, the step that made it differ; NULL where it does not
 */
struct supported {
	u32 function;
	u32 index;
	u8 reg;
	u32 flags;
	u32 value;
	u32 kvm;
	const struct qemu_fixup *why[32];
};

/* @of has @function, @index and @reg; the rest is filled in. */
void supported_find(struct supported *of, const struct qemu_accel *accel);

/* These print it and return an exit status. */
int supported_text(const struct supported *of);
int supported_json(const struct supported *of, const struct qemu_accel *accel);

#endif /* TOOLS_SUPPORTED_H */
