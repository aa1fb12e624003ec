// SPDX-License-Identifier: GPL-2.0
/* Source: kvm_arch_get_supported_cpuid() and kvm_arch_get_supported_msr_feature(), QEMU 10.0. */
#include <linux/bits.h>
#include <linux/kernel.h>

#include "../kvmmsr.h"
#include "../table.h"
#include "fixup.h"
#include "supported.h"

u32 qemu_supported_by_kvm(const struct qemu_accel *accel, u32 function, u32 index,
			  unsigned int reg)
{
	const struct kvm_cpuid_entry2 *entry =
		table_find(accel->source->tables.supported, function, index);

	return entry ? table_entry_reg(entry, reg) : 0;
}

u32 qemu_supported(const struct qemu_accel *accel, u32 function, u32 index, unsigned int reg)
{
	u32 value = qemu_supported_by_kvm(accel, function, index, reg);
	unsigned int i;

	for (i = 0; i < qemu_nr_fixups; i++) {
		if (qemu_fixup_is_for(&qemu_fixups[i], accel, function, index, reg))
			value = qemu_fixup_apply(&qemu_fixups[i], accel, value);
	}
	return value;
}

/**
 * struct control - a secondary control of VMX that goes with a feature
 * @function: leaf of the feature
 * @index: its index
 * @reg: enum kvmcaps_reg
 * @bit: its number
 * @control: number of the control
 */
struct control {
	u32 function;
	u32 index;
	u8 reg;
	u8 bit;
	u8 control;
};

/* A KVM that does not save the MSR does not tell these either, though it has them. */
static const struct control controls[] = {
	{ 0xd, 1, KVMCAPS_ECX, 3, 20 },			/* XSAVES */
	{ 0x1, 0, KVMCAPS_ECX, 30, 11 },		/* RDRAND exits */
	{ 0x7, 0, KVMCAPS_EBX, 10, 12 },		/* INVPCID */
	{ 0x7, 0, KVMCAPS_EBX, 18, 16 },		/* RDSEED exits */
	{ 0x80000001, 0, KVMCAPS_EDX, 27, 3 },		/* RDTSCP */
};

static u64 forgotten_controls(const struct qemu_accel *accel)
{
	const struct control *row;
	u32 can = 0;

	if (qemu_accel_saves_msr(accel, KVMMSR_VMX_PROCBASED_CTLS2))
		return 0;
	for (row = controls; row < controls + ARRAY_SIZE(controls); row++) {
		if (qemu_supported(accel, row->function, row->index, row->reg) & BIT(row->bit))
			can |= BIT(row->control);
	}
	return (u64)can << 32;
}

/* The low half must be 1, the high half can be. */
static u64 optional_controls(u64 value)
{
	return (u32)(value >> 32) & ~(u32)value;
}

u64 qemu_supported_msr(const struct qemu_accel *accel, u32 msr)
{
	u64 value = 0;

	if (!qemu_accel_feature_msr(accel, msr, &value))
		return 0;
	switch (msr) {
	case KVMMSR_VMX_PROCBASED_CTLS2:
		return optional_controls(value | forgotten_controls(accel));
	case KVMMSR_VMX_TRUE_PINBASED_CTLS:
	case KVMMSR_VMX_TRUE_PROCBASED_CTLS:
	case KVMMSR_VMX_TRUE_EXIT_CTLS:
	case KVMMSR_VMX_TRUE_ENTRY_CTLS:
		return optional_controls(value);
	default:
		return value;
	}
}
