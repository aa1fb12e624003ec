// SPDX-License-Identifier: GPL-2.0
/*
 * The kernel behind a fingerprint: the tool's model of one of which only CPUID
 * is known, and knobs for what a dump cannot show of that host:
 *
 *	nested=0	KVM's parameter
 *	sev=0		KVM's parameter, or firmware that is not ready
 *	amx		the process has asked for AMX in guests
 */
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "linux_model.h"
#include "model.h"

static void vmx(struct kvmcaps_facts *facts)
{
	unsigned int i;

	for (i = KVMCAPS_MSR_VMX_BASIC; i < KVMCAPS_NR_MSRS; i++) {
		facts->msrs |= BIT(i);
		facts->msr[i] = ~0ull;
	}
}

static const struct {
	const char *name;
	u8 policy;
} off[] = {
	{ "nested=0", KVMCAPS_POLICY_NESTED },
	{ "sev=0", KVMCAPS_POLICY_SEV },
};

static u32 policy(const char *knobs)
{
	u32 map = BIT(KVMCAPS_NR_POLICIES) - 1;
	unsigned int i;

	map &= ~BIT(KVMCAPS_POLICY_ALLOW_SMALLER_MAXPHYADDR);
	map &= ~BIT(KVMCAPS_POLICY_PT_MODE);
	for (i = 0; i < ARRAY_SIZE(off); i++) {
		if (strstr(knobs, off[i].name))
			map &= ~BIT(off[i].policy);
	}
	return map;
}

void model_kernel(struct kvmcaps_host *host, const char *knobs, u16 release)
{
	const struct linux_evidence seen = {
		.kernel = LINUX_KERNEL(release >> 8, release & 0xff),
	};

	host->facts.release = release;
	host->facts.policy = policy(knobs);
	host->facts.cpu = 0;
	linux_model(host, &seen);
	if (host->facts.vendor == KVMCAPS_VENDOR_VMX)
		vmx(&host->facts);
}
