// SPDX-License-Identifier: GPL-2.0
#include <string.h>
#include <linux/kernel.h>
#include <linux/kvmcaps.h>

#include "maker.h"

struct maker {
	const char *name;
	const char *id;
};

/* Source: cpu_dev.c_ident in Linux's arch/x86/kernel/cpu/. */
static const struct maker makers[KVMCAPS_NR_MAKERS] = {
	[KVMCAPS_MAKER_OTHER]	= { "other", "" },
	[KVMCAPS_MAKER_INTEL]	= { "Intel", "GenuineIntel" },
	[KVMCAPS_MAKER_AMD]	= { "AMD", "AuthenticAMD" },
	[KVMCAPS_MAKER_HYGON]	= { "Hygon", "HygonGenuine" },
	[KVMCAPS_MAKER_CENTAUR]	= { "Centaur", "CentaurHauls" },
	[KVMCAPS_MAKER_ZHAOXIN]	= { "Zhaoxin", "  Shanghai  " },
};

u8 maker_of(u32 ebx, u32 ecx, u32 edx)
{
	const u32 id[] = { ebx, edx, ecx };
	u8 maker;

	for (maker = 0; maker < ARRAY_SIZE(makers); maker++) {
		if (strlen(makers[maker].id) == sizeof(id) &&
		    !memcmp(makers[maker].id, id, sizeof(id)))
			return maker;
	}
	return KVMCAPS_MAKER_OTHER;
}

const char *maker_name(unsigned int maker)
{
	return maker < ARRAY_SIZE(makers) ? makers[maker].name : NULL;
}
