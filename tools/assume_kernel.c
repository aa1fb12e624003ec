// SPDX-License-Identifier: GPL-2.0
#include <linux/bits.h>

#include "assume_kernel.h"
#include "facts.h"
#include "linux_model.h"

void assume_vmx_controls(struct kvmcaps_facts *facts)
{
	unsigned int i;

	facts->assumed |= BIT(KVMCAPS_ASSUME_VMX_CONTROLS);
	for (i = KVMCAPS_MSR_VMX_BASIC; i < KVMCAPS_NR_MSRS; i++)
		facts->msr[i] = ~0ull;
}

void assume_kernel(struct kvmcaps_host *host, u16 release)
{
	const struct linux_evidence nothing = {
		.kernel = LINUX_KERNEL(release >> 8, release & 0xff),
	};

	host->facts.release = release;
	host->facts.policy = facts_usual_policy();
	linux_model(host, &nothing);
	if (host->facts.vendor == KVMCAPS_VENDOR_VMX)
		assume_vmx_controls(&host->facts);
}
