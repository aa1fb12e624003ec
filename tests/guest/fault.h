/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Failures on demand, of kernels with CONFIG_FAULT_INJECTION: the Nth time that
 * a thread's system call allocates memory, or copies from or to its caller's, this
 * fails. Such a place is a site.
 */
#ifndef GUEST_FAULT_H
#define GUEST_FAULT_H

#include <sys/types.h>

enum fault {
	FAULT_NONE,	/* there were fewer sites than that */
	FAULT_MEMORY,	/* an allocation */
	FAULT_USER,	/* a copy */
};

/* Makes every allocation and copy a site. 0, or -1 with errno. */
int fault_setup(void);

/* For a thread, 0 for the caller. A descriptor for the two below, or -1 with errno. */
int fault_open(pid_t thread);

/* The site with this number, from 1, is to fail. */
void fault_arm(int fd, unsigned int site);

/* No site is; what has failed. */
enum fault fault_disarm(int fd);

#endif
