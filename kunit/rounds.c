// SPDX-License-Identifier: GPL-2.0
/* Parameters of the suites in a kernel. */
#include <linux/module.h>
#include <linux/random.h>
#include <kunit/test.h>
#include "../tests/engine/random.h"
#include "rounds.h"

static unsigned long long seed;
module_param(seed, ullong, 0444);
MODULE_PARM_DESC(seed, "of random hosts, to repeat a run that printed it (default: another each time)");

static unsigned int fewer = 50;
module_param(fewer, uint, 0444);
MODULE_PARM_DESC(fewer, "run so small a part of the random rounds of user space (default 50)");

int rounds_start(struct kunit_suite *suite)
{
	u64 start = seed ?: get_random_u64();

	kunit_info(suite, "seed=%#llx", start);
	random_seed(start);
	return 0;
}

unsigned int rounds_most(unsigned int most)
{
	return max(most / max(fewer, 1u), 1u);
}

MODULE_DESCRIPTION("Suites of kvmcaps");
MODULE_LICENSE("GPL");
/* MODULE_IMPORT_NS() of an older kernel takes no string. */
MODULE_INFO(import_ns, "EXPORTED_FOR_KUNIT_TESTING");
