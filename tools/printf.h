/* SPDX-License-Identifier: GPL-2.0 */
/* The kernel's word for functions that take a format, which GCC checks. */
#ifndef TOOLS_PRINTF_H
#define TOOLS_PRINTF_H

/* Broken so that checkpatch does not want the macro used in its definition. */
#define __printf(a, b) __attribute__((	\
	format(__printf__, a, b)))

#endif /* TOOLS_PRINTF_H */
