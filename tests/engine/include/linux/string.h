/* SPDX-License-Identifier: GPL-2.0 */
/* Stand-in for the kernel's header. */
#ifndef ENGINE_LINUX_STRING_H
#define ENGINE_LINUX_STRING_H

#include <string.h>

#endif /* ENGINE_LINUX_STRING_H */
