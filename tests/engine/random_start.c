// SPDX-License-Identifier: GPL-2.0
/* The seed of a run in user space. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "random.h"

void random_start(void)
{
	const char *given = getenv("KVMCAPS_SEED");
	struct timespec now;
	u64 seed;

	clock_gettime(CLOCK_REALTIME, &now);
	seed = given ? strtoull(given, NULL, 0) : (u64)now.tv_sec << 30 ^ now.tv_nsec;
	printf("# KVMCAPS_SEED=%#llx\n", (unsigned long long)seed);
	fflush(stdout);
	random_seed(seed);
}
