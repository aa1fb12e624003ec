/* SPDX-License-Identifier: GPL-2.0 */
/* Features that Linux clears when it clears another. */
#ifndef TOOLS_DEPEND_H
#define TOOLS_DEPEND_H

#include <kvmcaps/host.h>

/* The feature @nr that @feature goes with; -1 if there is none. */
int depend_on(unsigned int feature, unsigned int nr);

/* One that it goes with, maybe by way of others, and the kernel lacks; or -1. */
int depend_unmet(const struct kvmcaps_host *host, unsigned int feature);

#endif /* TOOLS_DEPEND_H */
