/* SPDX-License-Identifier: GPL-2.0 */
/* The kernel's words for functions that take a format, which GCC checks, and that do not return. */
#ifndef TOOLS_PRINTF_H
#define TOOLS_PRINTF_H

/* Broken so that checkpatch does not want the macro used in its definition. */
#define __printf(a, b) __attribute__((	\
	format(__printf__, a, b)))

#define __noreturn __attribute__((	\
	noreturn))

#endif /* TOOLS_PRINTF_H */
