/* SPDX-License-Identifier: GPL-2.0 */
/* What QEMU asks of model-specific registers besides kvmmsr.h's. */
#ifndef TOOLS_QEMU_MSR_H
#define TOOLS_QEMU_MSR_H

#define QEMU_MSR_UMWAIT_CONTROL		0xe1

#endif /* TOOLS_QEMU_MSR_H */
