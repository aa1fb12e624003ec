/* SPDX-License-Identifier: GPL-2.0 */
/* Tables as XML of libvirt. */
#ifndef TOOLS_LIBVIRT_H
#define TOOLS_LIBVIRT_H

#include "pool.h"

/* All of a table as <cpudata>. */
int libvirt_cpudata(const struct kvm_cpuid2 *table);

/* What a pool offers as the <cpu> of domains. */
int libvirt_cpu(const struct pool *pool, const struct kvm_cpuid2 *offer);

#endif /* TOOLS_LIBVIRT_H */
