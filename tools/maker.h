/* SPDX-License-Identifier: GPL-2.0 */
/* Makers of CPUs, by the name that leaf 0 has. */
#ifndef TOOLS_MAKER_H
#define TOOLS_MAKER_H

#include <linux/types.h>

/* Of EBX, ECX and EDX of CPUID.0H; KVMCAPS_MAKER_OTHER for all others. */
u8 maker_of(u32 ebx, u32 ecx, u32 edx);

/* "Intel"; NULL for a number that is none. */
const char *maker_name(unsigned int maker);

#endif /* TOOLS_MAKER_H */
