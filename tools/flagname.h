/* SPDX-License-Identifier: GPL-2.0 */
/* What /proc/cpuinfo calls a feature, where it shows it. */
#ifndef TOOLS_FLAGNAME_H
#define TOOLS_FLAGNAME_H

#include <linux/types.h>

#define FLAGNAME_SIZE	32

/* Whatever kernel shows it. */
#define FLAGNAME_ANY_KERNEL	(~0u)

/*
 * The name of @feature in kernel @kernel (6.12.3 is 0x060c03); false if that
 * kernel does not show it. For one of BUG_* the name stands in the line of bugs.
 */
bool flagname(unsigned int feature, u32 kernel, char name[FLAGNAME_SIZE]);

/* Whether @name is one of the words of @list. */
bool flagname_in(const char *list, const char *name);

#endif /* TOOLS_FLAGNAME_H */
