/* SPDX-License-Identifier: GPL-2.0 */
/* Tables as CPU templates of Firecracker. */
#ifndef TOOLS_FIRECRACKER_H
#define TOOLS_FIRECRACKER_H

#include "pool.h"

/* A template that gives all bits of a table. */
int firecracker_table(const struct kvm_cpuid2 *table);

/* One that gives those alone in which the hosts of a pool differ. */
int firecracker_pool(const struct pool *pool, const struct kvm_cpuid2 *offer);

#endif /* TOOLS_FIRECRACKER_H */
