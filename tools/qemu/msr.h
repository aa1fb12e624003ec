/* SPDX-License-Identifier: GPL-2.0 */
/* Model-specific registers that QEMU treats in its own way, by their numbers. */
#ifndef TOOLS_QEMU_MSR_H
#define TOOLS_QEMU_MSR_H

#define QEMU_MSR_UCODE_REV		0x8b
#define QEMU_MSR_UMWAIT_CONTROL		0xe1
#define QEMU_MSR_ARCH_CAPABILITIES	0x10a
#define QEMU_MSR_VMX_PROCBASED_CTLS2	0x48b
#define QEMU_MSR_VMX_TRUE_PINBASED_CTLS	0x48d
#define QEMU_MSR_VMX_TRUE_PROCBASED_CTLS 0x48e
#define QEMU_MSR_VMX_TRUE_EXIT_CTLS	0x48f
#define QEMU_MSR_VMX_TRUE_ENTRY_CTLS	0x490

#endif /* TOOLS_QEMU_MSR_H */
