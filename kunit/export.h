/* SPDX-License-Identifier: GPL-2.0 */
/* What the suites may use of kvmcaps.ko besides its own headers. */
#ifndef _KVMCAPS_KUNIT_EXPORT_H
#define _KVMCAPS_KUNIT_EXPORT_H

#include <linux/moduleparam.h>

#ifndef MODULE
/* The kernel's own, of everything that is built in. */
extern const struct kernel_param __start___param[], __stop___param[];
#endif

/* A parameter of kvmcaps.ko; NULL if there is none of that name. */
const struct kernel_param *export_param(const char *name);

#endif /* _KVMCAPS_KUNIT_EXPORT_H */
