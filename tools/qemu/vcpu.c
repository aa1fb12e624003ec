// SPDX-License-Identifier: GPL-2.0
/* What is checked and settled when QEMU makes a CPU, in the order in which it does so. */
#include <linux/bits.h>
#include <linux/kernel.h>

#include "../fail.h"
#include "msr.h"
#include "supported.h"
#include "vcpu.h"
#include "vcpu_topology.h"

#define LM		29	/* 80000001.EDX */
#define TOPOEXT		22	/* 80000001.ECX */
#define APIC		9	/* 1.EDX */
#define MONITOR		3	/* 1.ECX */
#define WAITPKG		BIT(5)	/* 7.0.ECX */
/* Bits of 80000001.EDX that are those of 1.EDX on AMD's CPUs. */
#define AMD_ALIASES	0x0183F3FF
#define LBR_FORMAT	0x3F
/* A property that was not set: no format. */
#define LBR_UNSET	(~(u64)LBR_FORMAT)

static int check_lbr(struct qemu_cpu *cpu)
{
	u64 wanted = qemu_cpu_number(cpu, "lbr-fmt"), has;

	if (wanted < LBR_UNSET) {
		if (wanted & ~(u64)LBR_FORMAT)
			return fail("invalid lbr-fmt");
		cpu->features[QEMU_PERF_CAPABILITIES] &= ~(u64)LBR_FORMAT;
		cpu->features[QEMU_PERF_CAPABILITIES] |= wanted;
	}
	wanted = cpu->features[QEMU_PERF_CAPABILITIES] & LBR_FORMAT;
	if (!wanted)
		return STATUS_GOOD;
	if (!qemu_cpu_bool(cpu, "pmu"))
		return fail("vPMU: LBR is unsupported without pmu=on");
	has = qemu_supported_word(cpu->accel, QEMU_PERF_CAPABILITIES) & LBR_FORMAT;
	if (wanted != has)
		return fail("vPMU: the lbr-fmt value (0x%x) does not match the host value (0x%x).",
			    (unsigned int)wanted, (unsigned int)has);
	return STATUS_GOOD;
}

static int filter(struct qemu_cpu *cpu)
{
	bool enforce = qemu_cpu_bool(cpu, "enforce");

	if (!qemu_cpu_filter(cpu, qemu_cpu_bool(cpu, "check") || enforce) || !enforce)
		return STATUS_GOOD;
	fail("Host doesn't support requested features");
	return STATUS_DIFFERENT;
}

static void copy_aliases(struct qemu_cpu *cpu)
{
	__u64 *edx = &cpu->features[QEMU_80000001_EDX];

	if (qemu_cpu_is_by(cpu, "AuthenticAMD"))
		*edx = (*edx & ~(__u64)AMD_ALIASES) | (cpu->features[QEMU_1_EDX] & AMD_ALIASES);
}

/* With cpu-pm, -cpu host and max have what only KVM's exits would take away. */
static void allow_idling(struct qemu_vcpu *vcpu, struct qemu_cpu *cpu)
{
	const struct qemu_accel *accel = cpu->accel;

	if (cpu->model->max && accel->machine->cpu_pm) {
		if (qemu_accel_saves_msr(accel, QEMU_MSR_UMWAIT_CONTROL))
			cpu->features[QEMU_7_0_ECX] |= WAITPKG;
		if (qemu_cpu_has(cpu, QEMU_1_ECX, MONITOR))
			vcpu->mwait = qemu_accel_host_cpuid(accel, 5, 0);
	}
	vcpu->mwait.ecx |= BIT(0) | BIT(1);
}

#define NO_LEAF_BITS	36

static u32 host_phys_bits(const struct qemu_accel *accel)
{
	if (qemu_accel_host_cpuid(accel, 0x80000000, 0).eax < 0x80000008)
		return NO_LEAF_BITS;
	return qemu_accel_host_cpuid(accel, 0x80000008, 0).eax & 0xFF;
}

static u32 limit_bits(const struct qemu_cpu *cpu, u32 bits)
{
	u32 limit = qemu_cpu_number(cpu, "host-phys-bits-limit");

	return limit ? min(bits, limit) : bits;
}

static void take_phys_bits(struct qemu_vcpu *vcpu, struct qemu_cpu *cpu)
{
	u32 host = host_phys_bits(cpu->accel);

	if (vcpu->phys_bits && vcpu->phys_bits != host)
		qemu_cpu_warn(cpu,
			      "Host physical bits (%u) does not match phys-bits property (%u)",
			      host, vcpu->phys_bits);
	if (qemu_cpu_bool(cpu, "host-phys-bits"))
		vcpu->phys_bits = limit_bits(cpu, host);
}

/* A property that was not set: what KVM says in bits 23:16, if it does. */
#define KVMS_CHOICE	0xFFFFFFFFu

static void take_guest_phys_bits(struct qemu_vcpu *vcpu, const struct qemu_cpu *cpu)
{
	u32 bits = qemu_supported(cpu->accel, 0x80000008, 0, KVMCAPS_EAX) >> 16 & 0xFF;

	bits = min(bits, vcpu->phys_bits);
	vcpu->guest_phys_bits = qemu_cpu_bool(cpu, "host-phys-bits") ? limit_bits(cpu, bits) : bits;
}

#define DEFAULT_BITS	40
#define LEAST_BITS	32
#define MOST_BITS	52

static int check_long_bits(struct qemu_vcpu *vcpu)
{
	if (vcpu->phys_bits && (vcpu->phys_bits > MOST_BITS || vcpu->phys_bits < LEAST_BITS))
		return fail("phys-bits should be between %u and %u  (but is %u)", LEAST_BITS,
			    MOST_BITS, vcpu->phys_bits);
	if (!vcpu->phys_bits)
		vcpu->phys_bits = DEFAULT_BITS;
	if (vcpu->guest_phys_bits &&
	    (vcpu->guest_phys_bits > vcpu->phys_bits || vcpu->guest_phys_bits < LEAST_BITS))
		return fail("guest-phys-bits should be between %u and %u  (but is %u)",
			    LEAST_BITS, vcpu->phys_bits, vcpu->guest_phys_bits);
	return STATUS_GOOD;
}

#define PAE_PSE36	(BIT(6) | BIT(17))	/* 1.EDX */

static int check_short_bits(struct qemu_vcpu *vcpu, const struct qemu_cpu *cpu)
{
	if (vcpu->phys_bits)
		return fail("phys-bits is not user-configurable in 32 bit");
	if (vcpu->guest_phys_bits)
		return fail("guest-phys-bits is not user-configurable in 32 bit");
	vcpu->phys_bits = cpu->features[QEMU_1_EDX] & PAE_PSE36 ? 36 : 32;
	return STATUS_GOOD;
}

static int settle_bits(struct qemu_vcpu *vcpu, struct qemu_cpu *cpu)
{
	bool is_long = qemu_cpu_has(cpu, QEMU_80000001_EDX, LM);

	vcpu->phys_bits = qemu_cpu_number(cpu, "phys-bits");
	vcpu->guest_phys_bits = qemu_cpu_number(cpu, "guest-phys-bits");
	if (is_long)
		take_phys_bits(vcpu, cpu);
	if (vcpu->guest_phys_bits == KVMS_CHOICE) {
		vcpu->guest_phys_bits = 0;
		if (is_long)
			take_guest_phys_bits(vcpu, cpu);
	}
	return is_long ? check_long_bits(vcpu) : check_short_bits(vcpu, cpu);
}

static void check_topoext(struct qemu_cpu *cpu)
{
	static const char advice[] =
		"Please configure -smp options properly or try enabling topoext feature.";
	unsigned int threads = cpu->accel->machine->threads;

	if (qemu_cpu_is_by(cpu, "AuthenticAMD") && threads > 1 &&
	    !qemu_cpu_has(cpu, QEMU_80000001_ECX, TOPOEXT))
		qemu_cpu_warn(cpu, "This family of AMD CPU doesn't support hyperthreading(%u). %s",
			      threads, advice);
}

static int settle_caches(struct qemu_vcpu *vcpu, const struct qemu_cpu *cpu)
{
	if (qemu_cpu_bool(cpu, "legacy-cache")) {
		vcpu->caches = vcpu_cache_legacy;
		return STATUS_GOOD;
	}
	if (cpu->model->caches && vcpu_cache_model(cpu->model->caches, &vcpu->caches))
		return STATUS_GOOD;
	return fail("CPU model '%s' doesn't support legacy-cache=off", cpu->model->name);
}

#define LMCE		BIT(27)

/* Only of a CPU with machine checks, of a family that has them as KVM does. */
static int check_lmce(const struct qemu_cpu *cpu)
{
	const u64 mce_mca = BIT(7) | BIT(14);

	if (!qemu_cpu_bool(cpu, "lmce") || qemu_cpu_number(cpu, "family") < 6 ||
	    (cpu->features[QEMU_1_EDX] & mce_mca) != mce_mca ||
	    (qemu_accel_mce_cap(cpu->accel) & LMCE))
		return STATUS_GOOD;
	return fail("kvm: LMCE not supported");
}

/* With KVM, QEMU has no APIC of its own. */
static int settle_apic(struct qemu_vcpu *vcpu, const struct qemu_cpu *cpu)
{
	const struct qemu_machine *machine = cpu->accel->machine;

	vcpu->apic = machine->cpus > 1 || qemu_cpu_has(cpu, QEMU_1_EDX, APIC);
	if (vcpu->apic && machine->irqchip == QEMU_IRQCHIP_OFF)
		return fail("KVM does not support userspace APIC");
	return STATUS_GOOD;
}

int qemu_vcpu_realize(struct qemu_vcpu *vcpu, struct qemu_cpu *cpu, unsigned int number)
{
	int err;

	*vcpu = (struct qemu_vcpu){ .cpu = cpu };
	vcpu->apic_id = vcpu_topology_apic_id(cpu->accel->machine, number);
	err = vcpu_hyperv_init(&vcpu->hyperv, cpu);
	if (!err)
		err = check_lbr(cpu);
	if (!err)
		err = filter(cpu);
	if (err)
		return err;
	copy_aliases(cpu);
	allow_idling(vcpu, cpu);
	err = settle_bits(vcpu, cpu);
	check_topoext(cpu);
	if (!err)
		err = settle_caches(vcpu, cpu);
	if (!err)
		err = settle_apic(vcpu, cpu);
	return err ? err : check_lmce(cpu);
}
