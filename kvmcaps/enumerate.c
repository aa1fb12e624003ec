// SPDX-License-Identifier: GPL-2.0
/* Conditions on leaves that are not feature words. */
#include "compute.h"

#define SGX_LEAF	0x12
#define SEV_LEAF	0x8000001f

/*
 * ECX is the highest ASID, EDX the lowest that an SEV guest without encrypted
 * state may have; those below it, but 0, are for SEV-ES.
 * Source: AMD APM, CPUID.8000001FH; sev_hardware_setup().
 */
static u64 sev_conds(const struct kvmcaps_host *host, u32 *near)
{
	struct kvmcaps_cpuid sev = kvmcaps_host_cpuid_near(host, near, SEV_LEAF, 0);
	u64 conds = 0;

	if (sev.ecx)
		conds |= BIT_ULL(KVMCAPS_COND_SEV_ASIDS);
	if (sev.edx != 1)
		conds |= BIT_ULL(KVMCAPS_COND_SEV_ES_ASIDS);
	return conds;
}

/* EAX[0]: SGX1. Source: SDM, CPUID.12H; cpu_has_sgx() of kvm-intel. */
static u64 sgx_conds(const struct kvmcaps_host *host, u32 *near)
{
	if (kvmcaps_host_cpuid_near(host, near, 0, 0).eax < SGX_LEAF)
		return 0;
	return kvmcaps_host_cpuid_near(host, near, SGX_LEAF, 0).eax & 1 ?
	       BIT_ULL(KVMCAPS_COND_SGX_LEAF) : 0;
}

/**
 * kvmcaps_cpuid_conds() - conditions that raw CPUID alone decides
 * @host: the host
 *
 * Return: bit map of enum kvmcaps_cond.
 */
u64 kvmcaps_cpuid_conds(const struct kvmcaps_host *host)
{
	u32 near = 0;
	u64 conds = sgx_conds(host, &near);

	return conds | sev_conds(host, &near);
}
