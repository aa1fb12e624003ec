// SPDX-License-Identifier: GPL-2.0
/* Sources: QEMU's feature words, libvirt's x86 features, SDM and APM, cpuinfo. */
#include <stddef.h>
#include <string.h>
#include <linux/kernel.h>
#include <kvmcaps/feature.h>

#include "alias.h"

#define EAX	KVMCAPS_EAX
#define EBX	KVMCAPS_EBX
#define ECX	KVMCAPS_ECX
#define EDX	KVMCAPS_EDX

const struct alias aliases[] = {
	{ "fpu87",	NULL, 0x1, 0, EDX, 0 },
	{ "cmpxchg8b",	NULL, 0x1, 0, EDX, 8 },
	{ "psn",	NULL, 0x1, 0, EDX, 18 },
	{ "clfsh",	NULL, 0x1, 0, EDX, 19 },
	{ "htt",	NULL, 0x1, 0, EDX, 28 },

	{ "sse3",	NULL, 0x1, 0, ECX, 0 },
	{ "pclmuldq",	NULL, 0x1, 0, ECX, 1 },
	{ "pclmul",	NULL, 0x1, 0, ECX, 1 },
	{ "eist",	NULL, 0x1, 0, ECX, 7 },
	{ "cnxtid",	NULL, 0x1, 0, ECX, 10 },
	{ "cmpxchg16b",	NULL, 0x1, 0, ECX, 13 },
	{ "tscdeadline", NULL, 0x1, 0, ECX, 24 },
	{ "aesni",	NULL, 0x1, 0, ECX, 25 },

	{ "cmt",	NULL, 0x7, 0, EBX, 12 },
	{ "pqm",	NULL, 0x7, 0, EBX, 12 },
	{ "pqe",	NULL, 0x7, 0, EBX, 15 },
	{ "pcommit",	NULL, 0x7, 0, EBX, 22 },
	{ "sha",	NULL, 0x7, 0, EBX, 29 },
	{ "cetss",	NULL, 0x7, 0, ECX, 7 },
	{ "mawau",	NULL, 0x7, 0, ECX, 17 },
	{ "kl",		NULL, 0x7, 0, ECX, 23 },
	{ "keylocker",	NULL, 0x7, 0, ECX, 23 },
	{ "pks",	NULL, 0x7, 0, ECX, 31 },
	{ "uintr",	NULL, 0x7, 0, EDX, 5 },
	{ "hybrid",	NULL, 0x7, 0, EDX, 15 },
	{ "cetibt",	NULL, 0x7, 0, EDX, 20 },
	{ "corecapability", NULL, 0x7, 0, EDX, 30 },
	{ "hreset",	NULL, 0x7, 1, EAX, 22 },
	{ "usermsr",	NULL, 0x7, 1, EDX, 15 },
	{ "cetsss",	NULL, 0x7, 1, EDX, 18 },
	{ "apx",	NULL, 0x7, 1, EDX, 21 },
	{ "apxf",	NULL, 0x7, 1, EDX, 21 },

	{ "lzcnt",	NULL, 0x80000001, 0, ECX, 5 },
	{ "cvt16",	NULL, 0x80000001, 0, ECX, 18 },
	{ "xd",		NULL, 0x80000001, 0, EDX, 20 },
	{ "ffxsr",	NULL, 0x80000001, 0, EDX, 25 },
	{ "i64",	NULL, 0x80000001, 0, EDX, 29 },

	{ "invtsc",	NULL, 0x80000007, 0, EDX, 8 },
	{ "nonstoptsc",	NULL, 0x80000007, 0, EDX, 8 },
	{ "stibpalwayson", NULL, 0x80000008, 0, EBX, 17 },
	{ "amdnossb",	NULL, 0x80000008, 0, EBX, 26 },
	{ "nrip",	NULL, 0x8000000a, 0, EDX, 3 },
	{ "vls",	NULL, 0x8000000a, 0, EDX, 15 },
	{ "fsgsbasens",	NULL, 0x80000021, 0, EAX, 1 },
	{ "lfencealwaysserializing", NULL, 0x80000021, 0, EAX, 2 },
	{ "cpuiduserdis", NULL, 0x80000021, 0, EAX, 17 },

	/* One flag of Linux for what makers call differently; QEMU means one bit. */
	{ "ssbd",	"QEMU, libvirt, Linux", 0x7, 0, EDX, 31 },
	{ "ssbd",	"Linux", 0x80000008, 0, EBX, 24 },
	{ "ssbd",	"Linux", 0x80000008, 0, EBX, 25 },
	{ "stibp",	"QEMU, libvirt, Linux", 0x7, 0, EDX, 27 },
	{ "stibp",	"Linux", 0x80000008, 0, EBX, 15 },
	{ "ibrs",	"QEMU, libvirt, Linux", 0x80000008, 0, EBX, 14 },
	{ "ibrs",	"Linux", 0x7, 0, EDX, 26 },
	{ "ibpb",	"QEMU, libvirt, Linux", 0x80000008, 0, EBX, 12 },
	{ "ibpb",	"Linux", 0x7, 0, EDX, 26 },
	{ "psfd",	"AMD", 0x80000008, 0, EBX, 28 },
	{ "psfd",	"Intel", 0x7, 2, EDX, 0 },

	/* Others of Linux's own flags, and defects: what they are to a guest. */
	{ "lscfgssbd",	NULL, 0x80000008, 0, EBX, 25 },
	{ "pebs",	NULL, 0x1, 0, EDX, 21 },
	{ "pebs",	NULL, 0x1, 0, ECX, 2 },
	{ "msria32featctl", NULL, 0x1, 0, ECX, 5 },
	{ "bugnullseg",	NULL, 0x80000021, 0, EAX, 6 },
	{ "bugspecstorebypass", NULL, 0x80000008, 0, EBX, 26 },

	/* In registers that are no words of features. */
	{ "mbmtotal",	NULL, 0xf, 1, EDX, 1 },
	{ "mbmlocal",	NULL, 0xf, 1, EDX, 2 },
	{ "sgxexinfo",	NULL, 0x12, 0, EBX, 0 },
	{ "sgxdebug",	NULL, 0x12, 1, EAX, 1 },
	{ "sgxmode64",	NULL, 0x12, 1, EAX, 2 },
	{ "sgxprovisionkey", NULL, 0x12, 1, EAX, 4 },
	{ "sgxtokenkey", NULL, 0x12, 1, EAX, 5 },
	{ "sgxkss",	NULL, 0x12, 1, EAX, 7 },
	{ "sgxaexnotify", NULL, 0x12, 1, EAX, 10 },
	{ "intelptlip",	NULL, 0x14, 0, ECX, 31 },
	{ "kvmclock",	NULL, 0x40000001, 0, EAX, 0 },
	{ "kvmclock",	NULL, 0x40000001, 0, EAX, 3 },
	{ "kvmnopiodelay", NULL, 0x40000001, 0, EAX, 1 },
	{ "kvmmmu",	NULL, 0x40000001, 0, EAX, 2 },
	{ "kvmasyncpf",	NULL, 0x40000001, 0, EAX, 4 },
	{ "kvmstealtime", NULL, 0x40000001, 0, EAX, 5 },
	{ "kvmpveoi",	NULL, 0x40000001, 0, EAX, 6 },
	{ "kvmpvunhalt", NULL, 0x40000001, 0, EAX, 7 },
	{ "kvmpvtlbflush", NULL, 0x40000001, 0, EAX, 9 },
	{ "kvmasyncpfvmexit", NULL, 0x40000001, 0, EAX, 10 },
	{ "kvmpvipi",	NULL, 0x40000001, 0, EAX, 11 },
	{ "kvmpollcontrol", NULL, 0x40000001, 0, EAX, 12 },
	{ "kvmpvschedyield", NULL, 0x40000001, 0, EAX, 13 },
	{ "kvmasyncpfint", NULL, 0x40000001, 0, EAX, 14 },
	{ "kvmmsiextdestid", NULL, 0x40000001, 0, EAX, 15 },
	{ "kvmclockstablebit", NULL, 0x40000001, 0, EAX, 24 },
	{ "kvmhintdedicated", NULL, 0x40000001, 0, EDX, 0 },
};

const unsigned int nr_aliases = ARRAY_SIZE(aliases);

struct msr_bit {
	const char *name;
	const char *msr;
};

static const struct msr_bit msr_bits[] = {
	{ "rdctlno", "IA32_ARCH_CAPABILITIES" },
	{ "ibrsall", "IA32_ARCH_CAPABILITIES" },
	{ "rsba", "IA32_ARCH_CAPABILITIES" },
	{ "skipl1dflvmentry", "IA32_ARCH_CAPABILITIES" },
	{ "ssbno", "IA32_ARCH_CAPABILITIES" },
	{ "mdsno", "IA32_ARCH_CAPABILITIES" },
	{ "pschangemcno", "IA32_ARCH_CAPABILITIES" },
	{ "tsxctrl", "IA32_ARCH_CAPABILITIES" },
	{ "taano", "IA32_ARCH_CAPABILITIES" },
	{ "sbdrssdpno", "IA32_ARCH_CAPABILITIES" },
	{ "fbsdpno", "IA32_ARCH_CAPABILITIES" },
	{ "psdpno", "IA32_ARCH_CAPABILITIES" },
	{ "fbclear", "IA32_ARCH_CAPABILITIES" },
	{ "bhino", "IA32_ARCH_CAPABILITIES" },
	{ "pbrsbno", "IA32_ARCH_CAPABILITIES" },
	{ "gdsno", "IA32_ARCH_CAPABILITIES" },
	{ "rfdsno", "IA32_ARCH_CAPABILITIES" },
	{ "rfdsclear", "IA32_ARCH_CAPABILITIES" },
	{ "splitlockdetect", "IA32_CORE_CAPABILITIES" },
	{ "fullwidthwrite", "IA32_PERF_CAPABILITIES" },
};

const char *alias_msr(const char *name)
{
	unsigned int i;

	if (!strncmp(name, "vmx", 3) && name[3])
		return "IA32_VMX_*";
	for (i = 0; i < ARRAY_SIZE(msr_bits); i++) {
		if (!strcmp(msr_bits[i].name, name))
			return msr_bits[i].msr;
	}
	return NULL;
}
