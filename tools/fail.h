/* SPDX-License-Identifier: GPL-2.0 */
/* Exit statuses, and the one way to say what went wrong. */
#ifndef TOOLS_FAIL_H
#define TOOLS_FAIL_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>

#include "printf.h"

#define FAIL_PROGRAM	"kvmcaps"

enum fail_status {
	STATUS_GOOD	 = 0,
	STATUS_DIFFERENT = 1,
	STATUS_TROUBLE	 = 2,
};

/**
 * struct fail_sink - where a thread's messages go instead of standard error
 * @text: the last one
 * @size: room for it
 * @nr: how many there were
 * @err: errno of what the system refused last; 0 for none
 * @catches: without memory, longjmp() to @memory instead of ending the program
 * @memory: see there
 */
struct fail_sink {
	char *text;
	size_t size;
	unsigned int nr;
	int err;
	bool catches;
	jmp_buf memory;
};

/* Prints one line on stderr and returns STATUS_TROUBLE. */
int __printf(1, 2) fail(const char *format, ...);

/* The same, with a colon and what errno @err means behind it. */
int __printf(2, 3) fail_errno(int err, const char *format, ...);

/* There is no memory to go on with. */
void __noreturn fail_memory(void);

/* From now on in this thread, until another; NULL for stderr. Returns the one before. */
struct fail_sink *fail_to(struct fail_sink *sink);

#endif /* TOOLS_FAIL_H */
