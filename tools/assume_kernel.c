// SPDX-License-Identifier: GPL-2.0
#include <linux/bits.h>

#include "assume_kernel.h"
#include "facts.h"
#include "linux_model.h"

void assume_vmx_controls(struct kvmcaps_facts *facts)
{
	unsigned int i;

	facts->assumed |= BIT(KVMCAPS_ASSUME_VMX_CONTROLS);
	for (i = KVMCAPS_MSR_VMX_BASIC; i <= KVMCAPS_MSR_VMX_EPT_VPID_CAP; i++)
		facts->msr[i] = ~0ull;
}

bool assume_known_msr(void *ctx, u32 msr, u64 *value)
{
	const struct kvmcaps_facts *known = ctx;
	unsigned int i;

	for (i = 0; i < KVMCAPS_NR_MSRS; i++) {
		if (!(known->msrs & BIT(i)) || linux_msr(i) != msr)
			continue;
		*value = known->msr[i];
		return true;
	}
	return false;
}

void assume_kernel(struct kvmcaps_host *host, u16 release)
{
	struct kvmcaps_facts known = host->facts;
	const struct linux_evidence seen = {
		.kernel = LINUX_KERNEL(release >> 8, release & 0xff),
		.read_msr = assume_known_msr,
		.few_msrs = true,
		.ctx = &known,
	};

	host->facts.release = release;
	host->facts.policy = facts_usual_policy();
	linux_model(host, &seen);
	if (host->facts.vendor == KVMCAPS_VENDOR_VMX && !(known.msrs & BIT(KVMCAPS_MSR_VMX_BASIC)))
		assume_vmx_controls(&host->facts);
}
