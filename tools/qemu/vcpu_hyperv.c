// SPDX-License-Identifier: GPL-2.0
/*
 * KVM's answer is made of constants and of what is known of the host, but for
 * two things that only a live host tells. One is how many vCPUs its kernel was
 * built for, taken for what distributions choose; the other whether it can have
 * SMT, taken for yes.
 */
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>
#include <kvmcaps/release.h>

#include "../fail.h"
#include "../table.h"
#include "vcpu_hyperv.h"

#define VENDOR		0x40000000
#define INTERFACE	0x40000001
#define VERSION		0x40000002
#define FEATURES	0x40000003
#define ADVICE		0x40000004
#define LIMITS		0x40000005
#define NESTED		0x4000000A
#define DEBUG_VENDOR	0x40000080
#define DEBUG_INTERFACE	0x40000081
#define DEBUG_CAPS	0x40000082

#define TEXT(a, b, c, d)	((u32)(a) | (b) << 8 | (c) << 16 | (u32)(d) << 24)
#define HV_1		TEXT('H', 'v', '#', '1')
#define VS_1		TEXT('V', 'S', '#', '1')

/* Bits that QEMU sets for reasons of its own. */
#define HYPERCALL	BIT(5)	/* FEATURES.EAX */
#define POST_AND_SIGNAL	(BIT(4) | BIT(5))	/* FEATURES.EBX */
#define DYNAMIC_CPUS	BIT(3)	/* FEATURES.EDX */
#define APIC_MSRS	BIT(3)	/* ADVICE.EAX */
#define ENLIGHTENED_VMCS BIT(14)	/* ADVICE.EAX */
#define NO_CORE_SHARING	BIT(18)	/* ADVICE.EAX */
#define KERNEL_DEBUGGING BIT(1)	/* DEBUG_CAPS.EAX */
#define VMCS_VERSIONS	0x0101	/* NESTED.EAX */

#define NO_SPINLOCKS	0xFFFFFFFFu

enum feature {
	RELAXED,
	VAPIC,
	TIME,
	CRASH,
	RESET,
	VPINDEX,
	RUNTIME,
	SYNIC,
	STIMER,
	FREQUENCIES,
	REENLIGHTENMENT,
	TLBFLUSH,
	EVMCS,
	IPI,
	STIMER_DIRECT,
	AVIC,
	SYNDBG,
	MSR_BITMAP,
	XMM_INPUT,
	TLBFLUSH_EXT,
	TLBFLUSH_DIRECT,
	NR_FEATURES,
};

/**
 * struct row - a feature
 * @property: of the CPU
 * @says: what QEMU calls it in messages
 * @bits: where KVM says that it can do it, and where the guest sees it
 * @needs: map of features that it depends on
 * @by_name: hv-passthrough alone does not switch it on
 */
struct row {
	const char *property;
	const char *says;
	struct {
		u32 function;
		unsigned int reg;
		u32 mask;
	} bits[2];
	u32 needs;
	bool by_name;
};

static const struct row rows[NR_FEATURES] = {
	[RELAXED] = {
		.property = "hv-relaxed",
		.says = "relaxed timing (hv-relaxed)",
		.bits = { { ADVICE, KVMCAPS_EAX, BIT(5) } },
	},
	[VAPIC] = {
		.property = "hv-vapic",
		.says = "virtual APIC (hv-vapic)",
		.bits = { { FEATURES, KVMCAPS_EAX, BIT(4) } },
	},
	[TIME] = {
		.property = "hv-time",
		.says = "clocksources (hv-time)",
		.bits = { { FEATURES, KVMCAPS_EAX, BIT(1) | BIT(9) } },
	},
	[CRASH] = {
		.property = "hv-crash",
		.says = "crash MSRs (hv-crash)",
		.bits = { { FEATURES, KVMCAPS_EDX, BIT(10) } },
	},
	[RESET] = {
		.property = "hv-reset",
		.says = "reset MSR (hv-reset)",
		.bits = { { FEATURES, KVMCAPS_EAX, BIT(7) } },
	},
	[VPINDEX] = {
		.property = "hv-vpindex",
		.says = "VP_INDEX MSR (hv-vpindex)",
		.bits = { { FEATURES, KVMCAPS_EAX, BIT(6) } },
	},
	[RUNTIME] = {
		.property = "hv-runtime",
		.says = "VP_RUNTIME MSR (hv-runtime)",
		.bits = { { FEATURES, KVMCAPS_EAX, BIT(0) } },
	},
	[SYNIC] = {
		.property = "hv-synic",
		.says = "synthetic interrupt controller (hv-synic)",
		.bits = { { FEATURES, KVMCAPS_EAX, BIT(2) } },
	},
	[STIMER] = {
		.property = "hv-stimer",
		.says = "synthetic timers (hv-stimer)",
		.bits = { { FEATURES, KVMCAPS_EAX, BIT(3) } },
		.needs = BIT(SYNIC) | BIT(TIME),
	},
	[FREQUENCIES] = {
		.property = "hv-frequencies",
		.says = "frequency MSRs (hv-frequencies)",
		.bits = { { FEATURES, KVMCAPS_EAX, BIT(11) }, { FEATURES, KVMCAPS_EDX, BIT(8) } },
	},
	[REENLIGHTENMENT] = {
		.property = "hv-reenlightenment",
		.says = "reenlightenment MSRs (hv-reenlightenment)",
		.bits = { { FEATURES, KVMCAPS_EAX, BIT(13) } },
	},
	[TLBFLUSH] = {
		.property = "hv-tlbflush",
		.says = "paravirtualized TLB flush (hv-tlbflush)",
		.bits = { { ADVICE, KVMCAPS_EAX, BIT(2) | BIT(11) } },
		.needs = BIT(VPINDEX),
	},
	[EVMCS] = {
		.property = "hv-evmcs",
		.says = "enlightened VMCS (hv-evmcs)",
		.bits = { { ADVICE, KVMCAPS_EAX, ENLIGHTENED_VMCS } },
		.needs = BIT(VAPIC),
	},
	[IPI] = {
		.property = "hv-ipi",
		.says = "paravirtualized IPI (hv-ipi)",
		.bits = { { ADVICE, KVMCAPS_EAX, BIT(10) | BIT(11) } },
		.needs = BIT(VPINDEX),
	},
	[STIMER_DIRECT] = {
		.property = "hv-stimer-direct",
		.says = "direct mode synthetic timers (hv-stimer-direct)",
		.bits = { { FEATURES, KVMCAPS_EDX, BIT(19) } },
		.needs = BIT(STIMER),
	},
	[AVIC] = {
		.property = "hv-avic",
		.says = "AVIC/APICv support (hv-avic/hv-apicv)",
		.bits = { { ADVICE, KVMCAPS_EAX, BIT(9) } },
	},
	[SYNDBG] = {
		.property = "hv-syndbg",
		.says = "Enable synthetic kernel debugger channel (hv-syndbg)",
		.bits = { { FEATURES, KVMCAPS_EDX, BIT(11) } },
		.needs = BIT(SYNIC) | BIT(RELAXED),
		.by_name = true,
	},
	[MSR_BITMAP] = {
		.property = "hv-emsr-bitmap",
		.says = "enlightened MSR-Bitmap (hv-emsr-bitmap)",
		.bits = { { NESTED, KVMCAPS_EAX, BIT(19) } },
	},
	[XMM_INPUT] = {
		.property = "hv-xmm-input",
		.says = "XMM fast hypercall input (hv-xmm-input)",
		.bits = { { FEATURES, KVMCAPS_EDX, BIT(4) } },
	},
	[TLBFLUSH_EXT] = {
		.property = "hv-tlbflush-ext",
		.says = "Extended gva ranges for TLB flush hypercalls (hv-tlbflush-ext)",
		.bits = { { FEATURES, KVMCAPS_EDX, BIT(14) } },
		.needs = BIT(TLBFLUSH),
	},
	[TLBFLUSH_DIRECT] = {
		.property = "hv-tlbflush-direct",
		.says = "direct TLB flush (hv-tlbflush-direct)",
		.bits = { { NESTED, KVMCAPS_EAX, BIT(17) } },
		.needs = BIT(VAPIC),
	},
};

/**
 * struct kvm_row - bits of KVM_GET_SUPPORTED_HV_CPUID
 * @function: leaf
 * @regs: its registers
 * @in: releases that have them
 */
struct kvm_row {
	u32 function;
	u32 regs[KVMCAPS_NR_REGS];
	u32 in;
};

static const struct kvm_row kvm_rows[] = {
	{ VENDOR, .regs = { DEBUG_CAPS, TEXT('L', 'i', 'n', 'u'), TEXT('x', ' ', 'K', 'V'),
			    TEXT('M', ' ', 'H', 'v') } },
	{ INTERFACE, .regs = { HV_1 } },
	{ VERSION, .regs = { 0x3839, 0x000A0000 } },
	{ FEATURES, .regs = { 0x2AFF, 0x830, 0, 0x80D12 } },
	/* Control of the invariant TSC, extended hypercalls, TLB flushes of ranges. */
	{ FEATURES, .regs = { BIT(15), BIT(20), 0, BIT(14) }, SINCE(6_12) },
	{ ADVICE, .regs = { 0xE2C, 0xFFF } },
	{ LIMITS, .regs = { 1024, 64 }, ONLY(6_1) },
	{ LIMITS, .regs = { 4096, 64 }, SINCE(6_12) },
	{ NESTED, .regs = { BIT(19), BIT(0) } },
	{ NESTED, .regs = { BIT(17) }, SINCE(6_12) },
	{ DEBUG_VENDOR, .regs = { 0, TEXT('L', 'i', 'n', 'u'), TEXT('x', ' ', 'K', 'V'),
				  TEXT('M', ' ', 'H', 'v') } },
	{ DEBUG_INTERFACE, .regs = { VS_1 } },
	{ DEBUG_CAPS, .regs = { KERNEL_DEBUGGING } },
};

#define VMX		BIT(5)

/* Enlightened VMCSs need VMX to be offered to guests. */
static u32 vmcs_bits(const struct qemu_accel *accel, u32 function)
{
	const struct kvm_cpuid_entry2 *entry = table_find(accel->source->tables.supported, 1, 0);

	if (!entry || !(entry->ecx & VMX))
		return 0;
	if (function == ADVICE)
		return ENLIGHTENED_VMCS;
	return function == NESTED ? VMCS_VERSIONS : 0;
}

u32 vcpu_hyperv_supported(const struct qemu_accel *accel, u32 function, unsigned int reg)
{
	u32 value = reg == KVMCAPS_EAX ? vmcs_bits(accel, function) : 0;
	const struct kvm_row *row;

	for (row = kvm_rows; row < kvm_rows + ARRAY_SIZE(kvm_rows); row++) {
		if (row->function == function && qemu_accel_release_in(accel, row->in))
			value |= row->regs[reg];
	}
	return value;
}

static bool is_supported(const struct qemu_accel *accel, const struct row *row)
{
	u32 has;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(row->bits); i++) {
		has = vcpu_hyperv_supported(accel, row->bits[i].function, row->bits[i].reg);
		if (row->bits[i].mask & ~has)
			return false;
	}
	return true;
}

static bool has(const struct vcpu_hyperv *hyperv, enum feature feature)
{
	return hyperv->features & BIT(feature);
}

static int refuse(enum feature feature, enum feature need)
{
	return fail("Hyper-V %s requires Hyper-V %s", rows[feature].says, rows[need].says);
}

static int check_needs(const struct vcpu_hyperv *hyperv, enum feature feature)
{
	enum feature need;

	for (need = 0; need < NR_FEATURES; need++) {
		if ((rows[feature].needs & BIT(need)) && !has(hyperv, need))
			return refuse(feature, need);
	}
	return STATUS_GOOD;
}

static int check_feature(const struct vcpu_hyperv *hyperv, const struct qemu_accel *accel,
			 enum feature feature)
{
	if (!has(hyperv, feature))
		return STATUS_GOOD;
	if (!is_supported(accel, &rows[feature]))
		return fail("Hyper-V %s is not supported by kernel", rows[feature].says);
	return check_needs(hyperv, feature);
}

static int check_features(const struct vcpu_hyperv *hyperv, const struct qemu_accel *accel)
{
	enum feature feature;
	int err = STATUS_GOOD;

	for (feature = 0; feature < NR_FEATURES && !err; feature++)
		err = check_feature(hyperv, accel, feature);
	return err;
}

static void pass_regs(const struct qemu_accel *accel, u32 function, u32 *regs)
{
	unsigned int reg;

	for (reg = 0; reg < KVMCAPS_NR_REGS; reg++)
		regs[reg] = vcpu_hyperv_supported(accel, function, reg);
}

/* hv-passthrough: all that KVM says, and all features that are not to be asked for by name. */
static void pass_through(struct vcpu_hyperv *hyperv, const struct qemu_accel *accel)
{
	u32 regs[KVMCAPS_NR_REGS];
	enum feature feature;

	pass_regs(accel, VENDOR, regs);
	memcpy(hyperv->vendor, regs + KVMCAPS_EBX, sizeof(hyperv->vendor));
	pass_regs(accel, INTERFACE, hyperv->interface);
	pass_regs(accel, VERSION, hyperv->version);
	pass_regs(accel, LIMITS, hyperv->limits);
	hyperv->spinlocks = vcpu_hyperv_supported(accel, ADVICE, KVMCAPS_EBX);
	for (feature = 0; feature < NR_FEATURES; feature++) {
		if (!rows[feature].by_name && is_supported(accel, &rows[feature]))
			hyperv->features |= BIT(feature);
	}
}

static void take_vendor(struct vcpu_hyperv *hyperv, struct qemu_cpu *cpu)
{
	const char *vendor = qemu_cpu_text(cpu, "hv-vendor-id");
	size_t len;

	if (!vendor || !*vendor)
		vendor = "Microsoft Hv";
	len = strlen(vendor);
	if (len > sizeof(hyperv->vendor))
		qemu_cpu_warn(cpu, "hv-vendor-id truncated to 12 characters");
	memcpy(hyperv->vendor, vendor, min(len, sizeof(hyperv->vendor)));
}

static void take_properties(struct vcpu_hyperv *hyperv, const struct qemu_cpu *cpu)
{
	enum feature feature;

	hyperv->interface[KVMCAPS_EAX] = HV_1;
	hyperv->version[KVMCAPS_EAX] = qemu_cpu_number(cpu, "hv-version-id-build");
	hyperv->version[KVMCAPS_EBX] = qemu_cpu_number(cpu, "hv-version-id-major") << 16 |
				       qemu_cpu_number(cpu, "hv-version-id-minor");
	hyperv->version[KVMCAPS_ECX] = qemu_cpu_number(cpu, "hv-version-id-spack");
	hyperv->version[KVMCAPS_EDX] = qemu_cpu_number(cpu, "hv-version-id-sbranch") << 24 |
				       (qemu_cpu_number(cpu, "hv-version-id-snumber") & 0xFFFFFF);
	hyperv->limits[KVMCAPS_EAX] = qemu_cpu_number(cpu, "x-hv-max-vps");
	hyperv->limits[KVMCAPS_EBX] = 64;
	hyperv->spinlocks = qemu_cpu_number(cpu, "hv-spinlocks");
	for (feature = 0; feature < NR_FEATURES; feature++) {
		if (qemu_cpu_bool(cpu, rows[feature].property))
			hyperv->features |= BIT(feature);
	}
}

int vcpu_hyperv_init(struct vcpu_hyperv *hyperv, struct qemu_cpu *cpu)
{
	bool passthrough = qemu_cpu_bool(cpu, "hv-passthrough");
	int err;

	*hyperv = (struct vcpu_hyperv){};
	take_vendor(hyperv, cpu);
	take_properties(hyperv, cpu);
	hyperv->on = hyperv->features || hyperv->spinlocks != NO_SPINLOCKS || passthrough;
	if (!hyperv->on)
		return STATUS_GOOD;
	if (passthrough)
		pass_through(hyperv, cpu->accel);
	err = passthrough ? STATUS_GOOD : check_features(hyperv, cpu->accel);
	if (!err && has(hyperv, SYNIC) && !qemu_cpu_bool(cpu, "x-hv-synic-kvm-only") &&
	    !has(hyperv, VPINDEX))
		err = refuse(SYNIC, VPINDEX);
	return err;
}

/* The bits of a register that the features which are on have there. */
static u32 bits_of(const struct vcpu_hyperv *hyperv, u32 function, unsigned int reg)
{
	enum feature feature;
	u32 value = 0;
	unsigned int i;

	for (feature = 0; feature < NR_FEATURES; feature++) {
		for (i = 0; has(hyperv, feature) && i < ARRAY_SIZE(rows[feature].bits); i++) {
			if (rows[feature].bits[i].function == function &&
			    rows[feature].bits[i].reg == reg)
				value |= rows[feature].bits[i].mask;
		}
	}
	if (function == NESTED && reg == KVMCAPS_EAX && has(hyperv, EVMCS))
		value |= VMCS_VERSIONS;
	return value;
}

static void add(struct kvm_cpuid2 *table, u32 function, u32 eax, u32 ebx, u32 ecx, u32 edx)
{
	struct kvm_cpuid_entry2 *entry = table_add(table, function, 0);

	entry->eax = eax;
	entry->ebx = ebx;
	entry->ecx = ecx;
	entry->edx = edx;
}

static void add_regs(struct kvm_cpuid2 *table, u32 function, const u32 *regs)
{
	add(table, function, regs[0], regs[1], regs[2], regs[3]);
}

static void add_features(const struct vcpu_hyperv *hyperv, const struct qemu_cpu *cpu,
			 struct kvm_cpuid2 *table)
{
	u32 ebx = bits_of(hyperv, FEATURES, KVMCAPS_EBX);

	if (has(hyperv, SYNIC) && !qemu_cpu_bool(cpu, "x-hv-synic-kvm-only"))
		ebx |= POST_AND_SIGNAL;
	add(table, FEATURES, bits_of(hyperv, FEATURES, KVMCAPS_EAX) | HYPERCALL, ebx, 0,
	    bits_of(hyperv, FEATURES, KVMCAPS_EDX) | DYNAMIC_CPUS);
}

static u32 core_sharing(const struct qemu_cpu *cpu)
{
	const char *text = qemu_cpu_text(cpu, "hv-no-nonarch-coresharing");

	if (text && !strcmp(text, "on"))
		return NO_CORE_SHARING;
	if (text && !strcmp(text, "auto"))
		return vcpu_hyperv_supported(cpu->accel, ADVICE, KVMCAPS_EAX) & NO_CORE_SHARING;
	return 0;
}

static void add_advice(const struct vcpu_hyperv *hyperv, const struct qemu_cpu *cpu,
		       struct kvm_cpuid2 *table)
{
	u32 eax = bits_of(hyperv, ADVICE, KVMCAPS_EAX) | core_sharing(cpu);

	if (has(hyperv, VAPIC) && !has(hyperv, AVIC))
		eax |= APIC_MSRS;
	add(table, ADVICE, eax, hyperv->spinlocks, 0, 0);
}

static void add_nested(struct kvm_cpuid2 *table, u32 nested)
{
	u32 function;

	for (function = LIMITS + 1; function < NESTED; function++)
		add(table, function, 0, 0, 0, 0);
	add(table, NESTED, nested, 0, 0, 0);
}

static void add_debug(struct kvm_cpuid2 *table)
{
	add(table, DEBUG_VENDOR, 0, TEXT('M', 'i', 'c', 'r'), TEXT('o', 's', 'o', 'f'),
	    TEXT('t', ' ', 'V', 'S'));
	add(table, DEBUG_INTERFACE, VS_1, 0, 0, 0);
	add(table, DEBUG_CAPS, KERNEL_DEBUGGING, 0, 0, 0);
}

void vcpu_hyperv_add(const struct vcpu_hyperv *hyperv, const struct qemu_cpu *cpu,
		     struct kvm_cpuid2 *table)
{
	u32 nested = bits_of(hyperv, NESTED, KVMCAPS_EAX);
	u32 highest = nested ? NESTED : LIMITS;

	if (!hyperv->on)
		return;
	if (has(hyperv, SYNDBG))
		highest = DEBUG_CAPS;
	add(table, VENDOR, highest, hyperv->vendor[0], hyperv->vendor[1], hyperv->vendor[2]);
	add_regs(table, INTERFACE, hyperv->interface);
	add_regs(table, VERSION, hyperv->version);
	add_features(hyperv, cpu, table);
	add_advice(hyperv, cpu, table);
	add_regs(table, LIMITS, hyperv->limits);
	if (nested)
		add_nested(table, nested);
	if (has(hyperv, SYNDBG))
		add_debug(table);
}
