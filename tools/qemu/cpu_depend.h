/* SPDX-License-Identifier: GPL-2.0 */
/* Which features QEMU gives no CPU that lacks others. */
#ifndef TOOLS_QEMU_CPU_DEPEND_H
#define TOOLS_QEMU_CPU_DEPEND_H

#include "word.h"

/**
 * struct cpu_depend - a dependency
 * @on: word of what is needed
 * @any: bits there, of which one will do
 * @word: of what needs it
 * @bits: bits there
 */
struct cpu_depend {
	enum qemu_word on;
	__u64 any;
	enum qemu_word word;
	__u64 bits;
};

/* In QEMU's order: what goes can take others along. */
extern const struct cpu_depend cpu_depends[];
extern const unsigned int cpu_nr_depends;

#endif /* TOOLS_QEMU_CPU_DEPEND_H */
