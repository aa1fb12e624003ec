/* SPDX-License-Identifier: GPL-2.0 */
/* Exit statuses, and the one way to say what went wrong. */
#ifndef TOOLS_FAIL_H
#define TOOLS_FAIL_H

#include "printf.h"

#define FAIL_PROGRAM	"kvmcaps"

enum fail_status {
	STATUS_GOOD	 = 0,
	STATUS_DIFFERENT = 1,
	STATUS_TROUBLE	 = 2,
};

/* Prints one line on stderr and returns STATUS_TROUBLE. */
int __printf(1, 2) fail(const char *format, ...);

#endif /* TOOLS_FAIL_H */
