// SPDX-License-Identifier: GPL-2.0
/* Load, unload, and what the log says of it. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/printk.h>
#include <kvmcaps/rule.h>
#include "cache.h"
#include "chardev.h"
#include "host_live.h"
#include "param.h"

/* Where KVM itself would not load, on request neither does this. */
static int check_assumptions(const struct kvmcaps_facts *facts)
{
	u32 assumed = facts->assumed & ~BIT(KVMCAPS_ASSUME_SEV_FIRMWARE);

	if (kvmcaps_param_assume() || !assumed)
		return 0;
	pr_err("assume=0 does not allow to assume %s\n", kvmcaps_assumptions[__ffs(assumed)]);
	return -EOPNOTSUPP;
}

static void announce(const struct kvmcaps_facts *facts)
{
	unsigned int i;

	pr_info("answering as KVM %u.%u with %s\n", facts->release >> 8,
		facts->release & 0xff, kvmcaps_vendors[facts->vendor].module);
	if (facts->release != (facts->kernel >> 8 & 0xffff))
		pr_notice("the running kernel is %u.%u\n", facts->kernel >> 16 & 0xff,
			  facts->kernel >> 8 & 0xff);
	for (i = 0; i < KVMCAPS_NR_ASSUMPTIONS; i++) {
		if (facts->assumed & BIT(i))
			pr_notice("assumed: %s\n", kvmcaps_assumptions[i]);
	}
}

static int __init make_device(void)
{
	const struct kvmcaps_host *host = kvmcaps_cache_host_get();
	int err = check_assumptions(&host->facts);

	if (!err) {
		err = kvmcaps_chardev_init();
		if (err)
			pr_err("cannot make /dev/" KVMCAPS_DEVICE ": error %d\n", err);
		else
			announce(&host->facts);
	}
	kvmcaps_cache_host_put(host);
	return err;
}

static int __init kvmcaps_init(void)
{
	int err = kvmcaps_param_check();

	if (err)
		return err;

	err = kvmcaps_host_pmu_init() ?: kvmcaps_cache_init();
	if (err) {
		pr_err("cannot compute the answers: error %d\n", err);
		return err;
	}

	err = make_device();
	if (err)
		kvmcaps_cache_exit();
	return err;
}

static void __exit kvmcaps_exit(void)
{
	kvmcaps_chardev_exit();
	kvmcaps_cache_exit();
}

module_init(kvmcaps_init);
module_exit(kvmcaps_exit);

MODULE_AUTHOR("The kvmcaps developers");
MODULE_DESCRIPTION("Which CPUID would KVM offer to a guest here, and why (not)");
MODULE_VERSION("0.1");
MODULE_LICENSE("GPL");
