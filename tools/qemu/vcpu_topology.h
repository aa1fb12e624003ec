/* SPDX-License-Identifier: GPL-2.0 */
/* What of an APIC id stands for which level, as QEMU gives them out. */
#ifndef TOOLS_QEMU_VCPU_TOPOLOGY_H
#define TOOLS_QEMU_VCPU_TOPOLOGY_H

#include <linux/types.h>

#include "machine.h"

/* From the smallest; each is a part of the next. */
enum vcpu_level {
	VCPU_THREAD,
	VCPU_CORE,
	VCPU_MODULE,
	VCPU_DIE,
	VCPU_SOCKET,
	VCPU_NR_LEVELS,
};

/* Whether the machine has more than one of it in the level above. */
bool vcpu_topology_has(const struct qemu_machine *machine, enum vcpu_level level);

/* Threads in one of @level. */
u32 vcpu_topology_threads(const struct qemu_machine *machine, enum vcpu_level level);

/* Bits of the APIC id that number the threads in one of @level. */
u32 vcpu_topology_shift(const struct qemu_machine *machine, enum vcpu_level level);

/* Of CPU @number, in the order in which QEMU makes them. */
u32 vcpu_topology_apic_id(const struct qemu_machine *machine, u32 number);

/* The number, within the level above, of the @level that @apic_id belongs to. */
u32 vcpu_topology_id(const struct qemu_machine *machine, enum vcpu_level level, u32 apic_id);

#endif /* TOOLS_QEMU_VCPU_TOPOLOGY_H */
