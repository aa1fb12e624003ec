// SPDX-License-Identifier: GPL-2.0
/*
 * An APIC id has a field for each level, as wide as its ids need, the smallest
 * level in the lowest bits: so there are gaps where a level has no power of two.
 */
#include "vcpu_topology.h"

/* How many of @level there are in the level above; sockets have none above. */
static u32 count(const struct qemu_machine *machine, enum vcpu_level level)
{
	const u32 counts[VCPU_NR_LEVELS] = {
		[VCPU_THREAD]	= machine->threads,
		[VCPU_CORE]	= machine->cores,
		[VCPU_MODULE]	= machine->modules,
		[VCPU_DIE]	= machine->dies,
		[VCPU_SOCKET]	= machine->sockets,
	};

	return counts[level];
}

static u32 width(const struct qemu_machine *machine, enum vcpu_level level)
{
	u32 bits = 0;

	while (count(machine, level) > 1u << bits)
		bits++;
	return bits;
}

bool vcpu_topology_has(const struct qemu_machine *machine, enum vcpu_level level)
{
	return count(machine, level) > 1;
}

u32 vcpu_topology_threads(const struct qemu_machine *machine, enum vcpu_level level)
{
	u32 threads = 1;

	while (level-- > VCPU_THREAD)
		threads *= count(machine, level);
	return threads;
}

u32 vcpu_topology_shift(const struct qemu_machine *machine, enum vcpu_level level)
{
	u32 bits = 0;

	while (level-- > VCPU_THREAD)
		bits += width(machine, level);
	return bits;
}

u32 vcpu_topology_apic_id(const struct qemu_machine *machine, u32 number)
{
	enum vcpu_level level;
	u32 id = 0;

	for (level = VCPU_THREAD; level < VCPU_SOCKET; level++) {
		id |= number % count(machine, level) << vcpu_topology_shift(machine, level);
		number /= count(machine, level);
	}
	return id | number << vcpu_topology_shift(machine, VCPU_SOCKET);
}

u32 vcpu_topology_id(const struct qemu_machine *machine, enum vcpu_level level, u32 apic_id)
{
	u32 id = apic_id >> vcpu_topology_shift(machine, level);

	return level == VCPU_SOCKET ? id : id & ((1u << width(machine, level)) - 1);
}
