// SPDX-License-Identifier: GPL-2.0
/*
 * The table that QEMU builds. It leaves zeros out by taking an entry back, and
 * what was in that one's index stays in the next: KVM sees it, so it is here.
 */
#include <stdlib.h>
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "../fail.h"
#include "../table.h"
#include "vcpu.h"
#include "vcpu_leaf.h"

#define SIGNATURE	0x40000000
#define PARAVIRT	0x40000001
#define FREQUENCIES	0x40000010
/* Where KVM's leaves are if Hyper-V's are in their place. */
#define BEHIND_HYPERV	0x100
/* QEMU has room for no more, of 256 that KVM would take. */
#define MOST_ENTRIES	100
/*
 * No leaf that QEMU knows is as far from the first of its range. Behind them
 * there is nothing, or the same for all, and then the table is full by there.
 */
#define RANGE		0x100
#define LAST_STATE	63

struct build {
	const struct qemu_vcpu *vcpu;
	struct kvm_cpuid2 *table;
	bool full;
};

/* The next entry, with what was left in it. */
static struct kvm_cpuid_entry2 *take(struct build *build, u32 function, u32 index)
{
	if (build->table->nent == MOST_ENTRIES) {
		if (!build->full)
			fail("cpuid_data is full, no space for cpuid(eax:0x%x,ecx:0x%x)",
			     function, index);
		build->full = true;
		return NULL;
	}
	return &build->table->entries[build->table->nent++];
}

static void give_back(struct build *build)
{
	build->table->nent--;
}

static void fill(const struct build *build, struct kvm_cpuid_entry2 *entry, u32 function,
		 u32 index)
{
	struct kvmcaps_cpuid regs = vcpu_leaf(build->vcpu, function, index);

	entry->function = function;
	entry->eax = regs.eax;
	entry->ebx = regs.ebx;
	entry->ecx = regs.ecx;
	entry->edx = regs.edx;
}

static void fill_index(const struct build *build, struct kvm_cpuid_entry2 *entry, u32 function,
		       u32 index)
{
	fill(build, entry, function, index);
	entry->index = index;
	entry->flags = KVM_CPUID_FLAG_SIGNIFCANT_INDEX;
}

static void add_plain(struct build *build, u32 function)
{
	struct kvm_cpuid_entry2 *entry = take(build, function, 0);

	if (!entry)
		return;
	fill(build, entry, function, 0);
	entry->flags = 0;
	if (table_entry_is_zero(entry))
		give_back(build);
}

static void add_always(struct build *build, u32 function)
{
	struct kvm_cpuid_entry2 *entry = take(build, function, 0);

	if (!entry)
		return;
	fill(build, entry, function, 0);
	entry->flags = 0;
}

/* Leaf 2 says in AL how often to ask for it. */
static void add_stateful(struct build *build, u32 function)
{
	struct kvm_cpuid_entry2 *entry = take(build, function, 0);
	u32 times, i;

	if (!entry)
		return;
	fill(build, entry, function, 0);
	times = entry->eax & 0xFF;
	if (times > 1)
		entry->flags = KVM_CPUID_FLAG_STATEFUL_FUNC | KVM_CPUID_FLAG_STATE_READ_NEXT;
	for (i = 1; i < times; i++) {
		entry = take(build, function, i);
		if (!entry)
			return;
		fill(build, entry, function, 0);
		entry->flags = KVM_CPUID_FLAG_STATEFUL_FUNC;
	}
}

#define TYPE		GENMASK(15, 8)

static bool is_last(const struct kvm_cpuid_entry2 *entry)
{
	switch (entry->function) {
	case 0xB:
	case 0x1F:
		return !(entry->ecx & TYPE);
	case 0x12:
		return entry->index > 1 && (entry->eax & 0xF) != 1;
	default:
		return !entry->eax;
	}
}

/* All indices, with the first that says that there is no other. */
static void add_until_last(struct build *build, u32 function)
{
	struct kvm_cpuid_entry2 *entry;
	u32 index = 0;

	do {
		entry = take(build, function, index);
		if (!entry)
			return;
		fill_index(build, entry, function, index++);
	} while (!is_last(entry));
}

/* All states that there are. */
static void add_states(struct build *build, u32 function)
{
	struct kvm_cpuid_entry2 *entry = take(build, function, 0);
	u32 index;

	for (index = 0; entry && index <= LAST_STATE; index++) {
		fill_index(build, entry, function, index);
		if (entry->eax)
			entry = take(build, function, index);
	}
	if (entry)
		give_back(build);
}

/* As many as EAX of the first says. */
static void add_counted(struct build *build, u32 function)
{
	struct kvm_cpuid_entry2 *entry = take(build, function, 0);
	u32 index, last;

	if (!entry)
		return;
	fill_index(build, entry, function, 0);
	last = entry->eax;
	for (index = 1; index <= last; index++) {
		entry = take(build, function, index);
		if (!entry)
			return;
		fill_index(build, entry, function, index);
	}
}

static void add_topology(struct build *build, u32 function)
{
	const struct qemu_machine *machine = build->vcpu->cpu->accel->machine;

	if (vcpu_topology_has(machine, VCPU_MODULE) || vcpu_topology_has(machine, VCPU_DIE))
		add_until_last(build, function);
}

/* The rest is added by itself, unless it is zero. */
static const struct {
	u32 function;
	void (*add)(struct build *build, u32 function);
} leaves[] = {
	{ 0x2, add_stateful },
	{ 0x4, add_until_last },
	{ 0x7, add_counted },
	{ 0xB, add_until_last },
	{ 0xD, add_states },
	{ 0x12, add_until_last },
	{ 0x14, add_counted },
	{ 0x1D, add_counted },
	{ 0x1E, add_counted },
	{ 0x1F, add_topology },
	{ 0x24, add_counted },
	{ 0x8000001D, add_until_last },
};

static void add_leaf(struct build *build, u32 function)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(leaves); i++) {
		if (leaves[i].function == function) {
			leaves[i].add(build, function);
			return;
		}
	}
	add_plain(build, function);
}

static void add_range(struct build *build, u32 first,
		      void (*add)(struct build *build, u32 function))
{
	u32 last = vcpu_leaf(build->vcpu, first, 0).eax;
	u32 i;

	for (i = 0; i < RANGE && first + i <= last && !build->full; i++)
		add(build, first + i);
}

static void add_paravirt(struct build *build)
{
	const struct qemu_cpu *cpu = build->vcpu->cpu;
	u32 base = build->vcpu->hyperv.on ? BEHIND_HYPERV : 0;
	struct kvm_cpuid_entry2 *entry;

	if (!qemu_cpu_bool(cpu, "kvm"))
		return;
	entry = table_add(build->table, SIGNATURE | base, 0);
	entry->eax = PARAVIRT | base;
	memcpy(&entry->ebx, "KVMKVMKVM\0\0\0", 12);
	entry = table_add(build->table, PARAVIRT | base, 0);
	entry->eax = cpu->features[QEMU_KVM];
	entry->edx = cpu->features[QEMU_KVM_HINTS];
}

#define INVTSC		8	/* 80000007.EDX */
#define APIC_KHZ	1000000

/* Known to the guest if it stays: as the user gave it, or as the host's CPU has it. */
static u32 tsc_khz(const struct qemu_cpu *cpu)
{
	u64 khz = qemu_cpu_number(cpu, "tsc-frequency") / 1000;
	struct kvmcaps_cpuid clock;

	if (khz || !qemu_cpu_has(cpu, QEMU_80000007_EDX, INVTSC))
		return khz;
	clock = qemu_accel_host_cpuid(cpu->accel, 0x15, 0);
	return clock.eax ? (u64)clock.ecx / 1000 * clock.ebx / clock.eax : 0;
}

/* VMware's leaf, which comes last, and only where KVM's are in their place. */
static void add_frequencies(struct build *build)
{
	const struct qemu_cpu *cpu = build->vcpu->cpu;
	struct kvm_cpuid_entry2 *entry;
	u32 khz = tsc_khz(cpu);

	if (!khz || !qemu_cpu_bool(cpu, "vmware-cpuid-freq") || !qemu_cpu_bool(cpu, "kvm") ||
	    build->vcpu->hyperv.on)
		return;
	table_edit(build->table, SIGNATURE, 0)->eax = FREQUENCIES;
	entry = &build->table->entries[build->table->nent++];
	entry->function = FREQUENCIES;
	entry->eax = khz;
	entry->ebx = APIC_KHZ;
	entry->ecx = 0;
	entry->edx = 0;
}

int qemu_vcpu_table(const struct qemu_vcpu *vcpu, struct kvm_cpuid2 **table)
{
	struct build build = { .vcpu = vcpu, .table = table_new() };

	vcpu_hyperv_add(&vcpu->hyperv, vcpu->cpu, build.table);
	add_paravirt(&build);
	add_range(&build, 0, add_leaf);
	add_range(&build, 0x80000000, add_leaf);
	if (qemu_cpu_number(vcpu->cpu, "xlevel2"))
		add_range(&build, 0xC0000000, add_always);
	if (!build.full)
		add_frequencies(&build);
	if (build.full) {
		free(build.table);
		return STATUS_TROUBLE;
	}
	*table = build.table;
	return STATUS_GOOD;
}
