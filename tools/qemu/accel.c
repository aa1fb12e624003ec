// SPDX-License-Identifier: GPL-2.0
/*
 * Source: kvm_vm_ioctl_check_extension(), kvm_get_allowed_disable_exits() and
 * kvm_init_msr_lists() of Linux 6.1 to 7.3.
 */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/kvm.h>
#include <kvmcaps/decide.h>
#include <kvmcaps/release.h>

#include "../fail.h"
#include "../kvmmsr.h"
#include "../linux_caps.h"
#include "accel.h"
#include "live.h"
#include "msr.h"

/* In no header of 6.1. */
#define DISABLE_EXITS_APERFMPERF	BIT(4)
#define CPUID_6_ECX_APERFMPERF		BIT(0)

#define BASIC_LEAVES		0x40000000
#define EXTENDED_LEAVES		0x80000000

/* MCi_CAP: MCG_CTL_P and MCG_SER_P; and what only kvm-intel adds, MCG_CMCI_P and MCG_LMCE_P. */
#define MCE_CAP			(BIT(8) | BIT(24))
#define MCE_CAP_VMX		(BIT(10) | BIT(27))

int qemu_accel_open(struct qemu_accel *accel, const struct source *source,
		    const struct qemu_machine *machine)
{
	*accel = (struct qemu_accel){ .source = source, .machine = machine };
	if (source->caps)
		return STATUS_GOOD;
	if (!source->host)
		accel->live = source->device;
	return accel->live ? STATUS_GOOD :
	       fail("%s tells no facts of its host that QEMU would go by; try " DEVICE_KVMCAPS
		    " or a host file", source->name);
}

bool qemu_accel_release_in(const struct qemu_accel *accel, u32 releases)
{
	const struct kvmcaps_host *host = accel->source->host;
	u32 release = KVMCAPS_NR_RELEASES - 1;

	if (host)
		release = kvmcaps_release_nr(host->facts.release);
	return kvmcaps_release_in(releases, 1u << release);
}

static bool is_in_range(const struct kvmcaps_host *host, u32 function, u32 range)
{
	return function <= kvmcaps_host_cpuid(host, range, 0).eax;
}

/* Intel's CPUs answer with their highest basic leaf where they have none. */
static u32 leaf_read(const struct kvmcaps_host *host, u32 function)
{
	struct kvmcaps_cpuid basic = kvmcaps_host_cpuid(host, 0, 0);

	if (host->facts.maker != KVMCAPS_MAKER_INTEL)
		return function;
	if (function < BASIC_LEAVES && function > basic.eax)
		return basic.eax;
	if (function >= EXTENDED_LEAVES && !is_in_range(host, function, EXTENDED_LEAVES))
		return basic.eax;
	return function;
}

struct kvmcaps_cpuid qemu_accel_host_cpuid(const struct qemu_accel *accel,
					   u32 function, u32 index)
{
	const struct kvmcaps_host *host = accel->source->host;
	struct kvmcaps_cpuid regs;

	if (accel->live)
		return qemu_live_cpuid(function, index);
	regs = kvmcaps_host_cpuid(host, leaf_read(host, function), index);
	regs.function = function;
	return regs;
}

struct qemu_part qemu_accel_part(const struct qemu_accel *accel)
{
	u32 eax = qemu_accel_host_cpuid(accel, 1, 0).eax;

	return (struct qemu_part){
		.family = (eax >> 8 & 0xf) + (eax >> 20 & 0xff),
		.model = (eax >> 4 & 0xf) | (eax >> 12 & 0xf0),
		.stepping = eax & 0xf,
	};
}

/* Goldmont and Lunar Lake: a store to the line does not always end MWAIT. */
static bool is_monitor_broken(const struct kvmcaps_host *host)
{
	const struct linux_part part = linux_part(host);

	return host->facts.maker == KVMCAPS_MAKER_INTEL && part.family == 6 &&
	       (part.model == 0x5c || part.model == 0xbd);
}

static bool can_mwait(const struct kvmcaps_host *host)
{
	return kvmcaps_host_has(host, KVMCAPS_F_MWAIT) &&
	       kvmcaps_host_has(host, KVMCAPS_F_ARAT) && !is_monitor_broken(host);
}

/*
 * kvm's parameter mitigate_smt_rsb, off unless somebody sets it, would leave
 * PAUSE only. The bit for APERF and MPERF came with 6.17.
 */
static int disable_exits(const struct kvmcaps_host *host)
{
	int exits = KVM_X86_DISABLE_EXITS_PAUSE | KVM_X86_DISABLE_EXITS_HLT |
		    KVM_X86_DISABLE_EXITS_CSTATE;

	if (can_mwait(host))
		exits |= KVM_X86_DISABLE_EXITS_MWAIT;
	if (host->facts.release >= KVMCAPS_RELEASE(6, 17) &&
	    (kvmcaps_host_cpuid(host, 6, 0).ecx & CPUID_6_ECX_APERFMPERF))
		exits |= DISABLE_EXITS_APERFMPERF;
	return exits;
}

/* Of a guest's VMCS that Hyper-V's way of nesting shares. */
static int enlightened_vmcs(const struct kvmcaps_host *host)
{
	return host->facts.vendor == KVMCAPS_VENDOR_VMX &&
	       (host->facts.policy & BIT(KVMCAPS_POLICY_NESTED));
}

/**
 * struct extension - what KVM_CHECK_EXTENSION returns for one number
 * @number: KVM_CAP_*
 * @value: the same on all hosts
 * @of: what it is on this host; NULL for @value
 */
struct extension {
	unsigned int number;
	int value;
	int (*of)(const struct kvmcaps_host *host);
};

/* Those of Hyper-V are there with CONFIG_KVM_HYPERV, as in all distributions. */
static const struct extension extensions[] = {
	{ KVM_CAP_MCE,				.value = 32 },
	{ KVM_CAP_HYPERV,			.value = 1 },
	{ KVM_CAP_GET_TSC_KHZ,			.value = 1 },
	{ KVM_CAP_TSC_DEADLINE_TIMER,		.value = 1 },
	{ KVM_CAP_HYPERV_TIME,			.value = 1 },
	{ KVM_CAP_HYPERV_SYNIC,			.value = 1 },
	{ KVM_CAP_X86_DISABLE_EXITS,		.of = disable_exits },
	{ KVM_CAP_HYPERV_SYNIC2,		.value = 1 },
	{ KVM_CAP_HYPERV_VP_INDEX,		.value = 1 },
	{ KVM_CAP_GET_MSR_FEATURES,		.value = 1 },
	{ KVM_CAP_HYPERV_TLBFLUSH,		.value = 1 },
	{ KVM_CAP_HYPERV_SEND_IPI,		.value = 1 },
	{ KVM_CAP_HYPERV_ENLIGHTENED_VMCS,	.of = enlightened_vmcs },
	{ KVM_CAP_HYPERV_CPUID,			.value = 1 },
	{ KVM_CAP_SYS_HYPERV_CPUID,		.value = 1 },
	{ KVM_CAP_ENFORCE_PV_FEATURE_CPUID,	.value = 1 },
	{ KVM_CAP_SYS_ATTRIBUTES,		.value = 1 },
};

int qemu_accel_extension(const struct qemu_accel *accel, unsigned int extension)
{
	const struct extension *row;

	if (accel->live)
		return qemu_live_extension(accel->live, extension);
	for (row = extensions; row < extensions + ARRAY_SIZE(extensions); row++) {
		if (row->number == extension)
			return row->of ? row->of(accel->source->host) : row->value;
	}
	return 0;
}

bool qemu_accel_xcomp_guest_supp(const struct qemu_accel *accel, u64 *states)
{
	if (accel->live)
		return qemu_live_xcomp_guest_supp(accel->live, states);
	*states = accel->source->caps->xcr0;
	return true;
}

bool qemu_accel_saves_msr(const struct qemu_accel *accel, u32 msr)
{
	const struct source *source = accel->source;

	if (accel->live)
		return qemu_live_saves_msr(accel->live, msr);
	switch (msr) {
	case KVMMSR_ARCH_CAPABILITIES:
		/* KVM emulates it on all CPUs. */
		return true;
	case KVMMSR_VMX_PROCBASED_CTLS2:
		return source->host->facts.vendor == KVMCAPS_VENDOR_VMX &&
		       (source->host->facts.policy & BIT(KVMCAPS_POLICY_NESTED));
	case QEMU_MSR_UMWAIT_CONTROL:
		return kvmcaps_caps_has(source->caps, KVMCAPS_F_WAITPKG);
	default:
		return false;
	}
}

bool qemu_accel_feature_msr(const struct qemu_accel *accel, u32 msr, u64 *value)
{
	if (accel->live)
		return qemu_live_feature_msr(accel->live, msr, value);
	return kvmmsr_feature(accel->source->host, accel->source->caps, msr, value);
}

u64 qemu_accel_mce_cap(const struct qemu_accel *accel)
{
	if (accel->live)
		return qemu_live_mce_cap(accel->live);
	return accel->source->host->facts.vendor == KVMCAPS_VENDOR_VMX ?
	       MCE_CAP | MCE_CAP_VMX : MCE_CAP;
}
