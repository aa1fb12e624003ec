/* SPDX-License-Identifier: GPL-2.0 */
/* Stand-in for the kernel's header: a warning ends the program. */
#ifndef ENGINE_LINUX_BUG_H
#define ENGINE_LINUX_BUG_H

#include <stdio.h>
#include <stdlib.h>

#define WARN_ON_ONCE(condition) ({				\
	if (condition) {					\
		fprintf(stderr, "%s:%d: " #condition "\n",	\
			__FILE__, __LINE__);			\
		abort();					\
	}							\
	0; })

#endif /* ENGINE_LINUX_BUG_H */
