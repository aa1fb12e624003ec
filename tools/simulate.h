/* SPDX-License-Identifier: GPL-2.0 */
/* The engine's answer for a host that is not this one, or not as it is. */
#ifndef TOOLS_SIMULATE_H
#define TOOLS_SIMULATE_H

#include "saved.h"
#include "source.h"

/* Gives a host that has none the kernel of the release, or else the newest one. */
int simulate_kernel(struct kvmcaps_host *host, const char *name,
		    const struct source_change *change);

/* Applies release and policy; says what is wrong with them, @name with the host. */
int simulate_change(struct kvmcaps_host *host, const char *name,
		    const struct source_change *change);

/* Makes the CPUID of @host that of @cpu. */
void simulate_serve(struct kvmcaps_host *host, const struct saved *saved,
		    const struct saved_cpu *cpu);

int simulate_answer(const struct source *source, struct table_pair *tables);

#endif /* TOOLS_SIMULATE_H */
