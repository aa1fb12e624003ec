/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a register or an MSR can have in a guest by QEMU's view: KVM's answer
 * with QEMU's fix-ups, which are rows of fixup.h.
 */
#ifndef TOOLS_QEMU_SUPPORTED_H
#define TOOLS_QEMU_SUPPORTED_H

#include "accel.h"
#include "word.h"

/* The register in KVM's table; 0 if that does not have the leaf and index. */
u32 qemu_supported_by_kvm(const struct qemu_accel *accel, u32 function, u32 index,
			  unsigned int reg);

/* kvm_arch_get_supported_cpuid(); @reg: enum kvmcaps_reg */
u32 qemu_supported(const struct qemu_accel *accel, u32 function, u32 index, unsigned int reg);

/* kvm_arch_get_supported_msr_feature(), with what QEMU makes of VMX's controls. */
u64 qemu_supported_msr(const struct qemu_accel *accel, u32 msr);

/* Either, by word, without what the words' vendor or migratability takes away. */
u64 qemu_supported_word(const struct qemu_accel *accel, enum qemu_word word);

#endif /* TOOLS_QEMU_SUPPORTED_H */
