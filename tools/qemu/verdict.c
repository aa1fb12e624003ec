// SPDX-License-Identifier: GPL-2.0
/*
 * KVM checks hardly anything: neither that a leaf is there once only, nor that
 * the host has what the table says. It was never run, so that it can change.
 */
#include <linux/bits.h>
#include <kvmcaps/answer.h>

#include "../table.h"
#include "verdict.h"

/* States for which a process needs leave: AMX's. */
#define DYNAMIC_STATES	BIT_ULL(18)

static bool has_odd_width(const struct kvm_cpuid2 *table)
{
	const struct kvm_cpuid_entry2 *entry = table_lookup(table, 0x80000008, 0);
	u32 bits = entry ? entry->eax >> 8 & 0xFF : 0;

	return bits && bits != 48 && bits != 57;
}

/* QEMU asks for leave for all that the CPU has, and gets it for what KVM offers. */
static bool lacks_leave(const struct kvm_cpuid2 *table, const struct qemu_accel *accel)
{
	const struct kvm_cpuid_entry2 *entry = table_lookup(table, 0xD, 0);
	u64 offered = 0;

	if (!entry || !(entry->eax & DYNAMIC_STATES))
		return false;
	return !qemu_accel_xcomp_guest_supp(accel, &offered) || !(offered & DYNAMIC_STATES);
}

struct verdict verdict_of(const struct kvm_cpuid2 *table, const struct qemu_accel *accel)
{
	if (table->nent > KVMCAPS_MAX_ENTRIES)
		return (struct verdict){ "E2BIG", "there are more than 256 entries" };
	if (has_odd_width(table))
		return (struct verdict){ "EINVAL",
			"a linear address has neither 48 nor 57 bits: CPUID.80000008H:EAX[15:8]" };
	if (lacks_leave(table, accel))
		return (struct verdict){ "EPERM",
			"the kernel gives no leave for AMX's tiles: CPUID.(EAX=0DH,ECX=0)" };
	return (struct verdict){};
}
