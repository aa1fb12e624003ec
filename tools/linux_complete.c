// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <linux/bits.h>

#include "alloc.h"
#include "assume_kernel.h"
#include "linux_complete.h"
#include "linux_model.h"

void linux_complete(struct kvmcaps_host *host, const char *bugs)
{
	const u32 newer = BIT(KVMCAPS_FACT_LBR);
	const struct linux_evidence seen = {
		.kernel = host->facts.kernel,
		.bugs = bugs,
		.pmu = host->facts.pmu.version ? LINUX_YES : LINUX_NO,
		.read_msr = assume_known_msr,
		.few_msrs = true,
		.ctx = &host->facts,
	};
	struct kvmcaps_host *model;

	if (host->facts.flags & BIT(KVMCAPS_FACT_DEFECTS))
		return;
	model = alloc_zeroed(sizeof(*model));
	*model = *host;
	linux_model(model, &seen);
	host->facts.caps[KVMCAPS_W_BUG] |= model->facts.caps[KVMCAPS_W_BUG] & LINUX_NEWER_DEFECTS;
	host->facts.flags |= model->facts.flags & newer;
	free(model);
}
