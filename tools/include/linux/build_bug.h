/* SPDX-License-Identifier: GPL-2.0 */
/* Stand-in for the kernel's header: errors at build time. */
#ifndef _TOOLS_LINUX_BUILD_BUG_H
#define _TOOLS_LINUX_BUILD_BUG_H

/* 0, or no program at all if @e is true. */
#define BUILD_BUG_ON_ZERO(e) ((int)sizeof(struct { int: (-!!(e)); }))

#endif /* _TOOLS_LINUX_BUILD_BUG_H */
