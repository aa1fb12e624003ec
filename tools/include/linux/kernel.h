/* SPDX-License-Identifier: GPL-2.0 */
/* Stand-in for the kernel's header: the few helpers the engine uses. */
#ifndef _TOOLS_LINUX_KERNEL_H
#define _TOOLS_LINUX_KERNEL_H

#include <linux/bits.h>
#include <linux/types.h>

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))
#define ALIGN(x, to) ({				\
	__typeof__(x) _to = (to);		\
	((x) + _to - 1) & ~(_to - 1); })

#define min(a, b) ({			\
	__typeof__(a) _a = (a);		\
	__typeof__(b) _b = (b);		\
	_a < _b ? _a : _b; })
#define max(a, b) ({			\
	__typeof__(a) _a = (a);		\
	__typeof__(b) _b = (b);		\
	_a > _b ? _a : _b; })

#define min_t(type, a, b)	min((type)(a), (type)(b))

#endif /* _TOOLS_LINUX_KERNEL_H */
