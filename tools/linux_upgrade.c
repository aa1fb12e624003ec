// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>

#include "alloc.h"
#include "linux_model.h"
#include "linux_upgrade.h"

/*
 * Without the record's own evidence, so that nothing but the kernel differs; but
 * a kernel that has given a flag for want of SMT has not done so by default.
 */
static struct kvmcaps_host *model_of(const struct kvmcaps_host *host, u32 kernel)
{
	const struct linux_evidence seen = {
		.kernel = kernel,
		.srso = kvmcaps_host_has(host, KVMCAPS_F_SRSO_NO) ? "SMT disabled" : NULL,
	};
	struct kvmcaps_host *model = alloc_zeroed(sizeof(*host));

	*model = *host;
	linux_model(model, &seen);
	return model;
}

/* A bit in which they do not differ is as it was recorded, whatever they think. */
static u64 adopt(u64 bits, u64 was, u64 is)
{
	return (bits | (is & ~was)) & ~(was & ~is);
}

void linux_upgrade(struct kvmcaps_host *host, u32 kernel)
{
	struct kvmcaps_host *was = model_of(host, host->facts.kernel);
	struct kvmcaps_host *is = model_of(host, kernel);
	struct kvmcaps_facts *facts = &host->facts;
	unsigned int i;

	for (i = 0; i < KVMCAPS_MAX_WORDS; i++)
		facts->caps[i] = adopt(facts->caps[i], was->facts.caps[i], is->facts.caps[i]);
	facts->xss = adopt(facts->xss, was->facts.xss, is->facts.xss);
	facts->pmu.pebs_ept = adopt(facts->pmu.pebs_ept, was->facts.pmu.pebs_ept,
				    is->facts.pmu.pebs_ept);
	facts->kernel = kernel;
	free(was);
	free(is);
}
