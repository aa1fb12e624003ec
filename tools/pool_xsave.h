/* SPDX-License-Identifier: GPL-2.0 */
/* CPUID.0DH of a table that was made of several: it agrees with itself again. */
#ifndef TOOLS_POOL_XSAVE_H
#define TOOLS_POOL_XSAVE_H

#include <linux/kvm.h>

/* Drops states whose layout is not there, and counts the areas' sizes anew. */
void pool_xsave(struct kvm_cpuid2 *table);

#endif /* TOOLS_POOL_XSAVE_H */
