/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Feature MSRs: what KVM_GET_MSR_FEATURE_INDEX_LIST and KVM_GET_MSRS return on
 * /dev/kvm. They follow from a host's facts as the CPUID does, but the device of
 * the project does not serve them, so they are the tool's.
 */
#ifndef TOOLS_KVMMSR_H
#define TOOLS_KVMMSR_H

#include <kvmcaps/decide.h>

#define KVMMSR_UCODE_REV		0x8b
#define KVMMSR_PLATFORM_INFO		0xce
#define KVMMSR_ARCH_CAPABILITIES	0x10a
#define KVMMSR_PERF_CAPABILITIES	0x345
#define KVMMSR_VMX_BASIC		0x480
#define KVMMSR_VMX_PINBASED_CTLS	0x481
#define KVMMSR_VMX_PROCBASED_CTLS	0x482
#define KVMMSR_VMX_EXIT_CTLS		0x483
#define KVMMSR_VMX_ENTRY_CTLS		0x484
#define KVMMSR_VMX_MISC			0x485
#define KVMMSR_VMX_CR0_FIXED0		0x486
#define KVMMSR_VMX_CR0_FIXED1		0x487
#define KVMMSR_VMX_CR4_FIXED0		0x488
#define KVMMSR_VMX_CR4_FIXED1		0x489
#define KVMMSR_VMX_VMCS_ENUM		0x48a
#define KVMMSR_VMX_PROCBASED_CTLS2	0x48b
#define KVMMSR_VMX_EPT_VPID_CAP		0x48c
#define KVMMSR_VMX_TRUE_PINBASED_CTLS	0x48d
#define KVMMSR_VMX_TRUE_PROCBASED_CTLS	0x48e
#define KVMMSR_VMX_TRUE_EXIT_CTLS	0x48f
#define KVMMSR_VMX_TRUE_ENTRY_CTLS	0x490
#define KVMMSR_VMX_VMFUNC		0x491
#define KVMMSR_AMD64_DE_CFG		0xc0011029

/**
 * struct kvmmsr - a feature MSR
 * @number: its number
 * @name: its name
 * @vendors: bit map of enum kvmcaps_vendor: whose KVM lists it
 * @in: releases that list it at this place, a set
 * @term: ... where it holds
 */
struct kvmmsr {
	u32 number;
	const char *name;
	u8 vendors;
	u32 in;
	struct kvmcaps_term term;
};

/* The @nr-th that KVM lists on a host, in KVM's order; NULL behind the last. */
const struct kvmmsr *kvmmsr_listed(const struct kvmcaps_host *host,
				   const struct kvmcaps_caps *caps, unsigned int nr);

/**
 * kvmmsr_feature() - what KVM_GET_MSRS on /dev/kvm returns for a feature MSR
 * @host: the host
 * @caps: decided on it
 * @msr: number of the MSR
 * @value: its value; unchanged if there is none
 *
 * Return: whether KVM_GET_MSR_FEATURE_INDEX_LIST has it.
 */
bool kvmmsr_feature(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps,
		    u32 msr, u64 *value);

/* Whether its value rests on something that is not known of the host. */
bool kvmmsr_assumed(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps, u32 msr);

struct kvmmsr_words {
	char text[400];
};

/* Why a bit of a feature MSR is set, or is not, in a clause. */
struct kvmmsr_words kvmmsr_why(const struct kvmcaps_host *host,
			       const struct kvmcaps_caps *caps, u32 msr, unsigned int bit);

#endif /* TOOLS_KVMMSR_H */
