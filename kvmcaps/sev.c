// SPDX-License-Identifier: GPL-2.0
/* What CPUID says of the address spaces for encrypted guests. */
#include "compute.h"

#define SEV_LEAF	0x8000001f

/**
 * kvmcaps_sev_conds() - whether there are ASIDs for SEV and SEV-ES guests
 * @host: the host
 *
 * ECX is the highest ASID, EDX the lowest that an SEV guest without encrypted
 * state may have; those below it, but 0, are for SEV-ES.
 * Source: AMD APM, CPUID.8000001FH; sev_hardware_setup().
 *
 * Return: bit map of the conditions SEV_ASIDS and SEV_ES_ASIDS.
 */
u64 kvmcaps_sev_conds(const struct kvmcaps_host *host)
{
	struct kvmcaps_cpuid sev = kvmcaps_host_cpuid(host, SEV_LEAF, 0);
	u64 conds = 0;

	if (sev.ecx)
		conds |= BIT_ULL(KVMCAPS_COND_SEV_ASIDS);
	if (sev.edx != 1)
		conds |= BIT_ULL(KVMCAPS_COND_SEV_ES_ASIDS);
	return conds;
}
