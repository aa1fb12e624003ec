// SPDX-License-Identifier: GPL-2.0
#include <linux/bits.h>
#include <linux/kernel.h>

#include "cpu_xsave.h"
#include "vcpu_xsave.h"

/* The first behind the legacy area. */
#define FIRST		2
/* CPUID.(EAX=0DH,ECX=i):ECX */
#define SUPERVISOR	BIT(0)
#define ALIGNED		BIT(1)
#define XFD		BIT(2)

/* Where a state is depends on the CPU, so QEMU asks that of the host. */
static struct kvmcaps_cpuid host_state(const struct qemu_accel *accel, u32 state)
{
	struct kvmcaps_cpuid host = qemu_accel_host_cpuid(accel, 0xD, state);

	return host.eax ? host : (struct kvmcaps_cpuid){};
}

u32 vcpu_xsave_bytes(const struct qemu_accel *accel, u64 states, bool compacted)
{
	u32 bytes = CPU_XSAVE_LEAST, offset;
	unsigned int i;

	for (i = FIRST; i < CPU_XSAVE_STATES; i++) {
		if (!(states & BIT_ULL(i)))
			continue;
		offset = compacted ? bytes : host_state(accel, i).ebx;
		bytes = max(bytes, offset + cpu_xsave_size(i));
	}
	return bytes;
}

u64 vcpu_xsave_xcr0(const struct qemu_cpu *cpu)
{
	return cpu->features[QEMU_XCR0_HI] << 32 | cpu->features[QEMU_XCR0_LO];
}

u64 vcpu_xsave_xss(const struct qemu_cpu *cpu)
{
	return cpu->features[QEMU_XSS_HI] << 32 | cpu->features[QEMU_XSS_LO];
}

void vcpu_xsave_state(const struct qemu_cpu *cpu, u32 state, struct kvmcaps_cpuid *regs)
{
	struct kvmcaps_cpuid host;

	if (state < FIRST || !cpu_xsave_size(state))
		return;
	host = host_state(cpu->accel, state);
	if (vcpu_xsave_xcr0(cpu) & BIT_ULL(state)) {
		regs->eax = cpu_xsave_size(state);
		regs->ebx = host.ebx;
		regs->ecx = host.ecx & (ALIGNED | XFD);
	} else if (vcpu_xsave_xss(cpu) & BIT_ULL(state)) {
		regs->eax = cpu_xsave_size(state);
		regs->ecx = SUPERVISOR;
	}
}
