/* SPDX-License-Identifier: GPL-2.0 */
/* Stand-in for the kernel's header: bit masks. */
#ifndef _TOOLS_LINUX_BITS_H
#define _TOOLS_LINUX_BITS_H

#define BIT(n)		(1ul << (n))
#define BIT_ULL(n)	(1ull << (n))
#define GENMASK(h, l)	((~0ul << (l)) & (~0ul >> (sizeof(long) * 8 - 1 - (h))))

#endif /* _TOOLS_LINUX_BITS_H */
