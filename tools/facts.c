// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>
#include <kvmcaps/rule.h>

#include "facts.h"
#include "fail.h"
#include "maker.h"

/* A newer module may know more than this tool. */
#define UNKNOWN		"unknown to this version of kvmcaps"

static int fetch_into(const struct libkvmcaps_device *device, struct kvmcaps_host *host)
{
	struct kvmcaps_get_host arg = {
		.facts_size = sizeof(host->facts),
		.facts = (uintptr_t)&host->facts,
		.nr_cpuid = ARRAY_SIZE(host->cpuid),
		.cpuid = (uintptr_t)host->cpuid,
	};
	int err = device_ioctl(device, KVMCAPS_GET_HOST, &arg);

	if (err >= 0 && arg.nr_cpuid > ARRAY_SIZE(host->cpuid))
		err = -EPROTO;
	if (err >= 0)
		host->nr_cpuid = arg.nr_cpuid;
	return err;
}

int facts_fetch(const struct libkvmcaps_device *device, const char *path,
		struct kvmcaps_host **host)
{
	int err = -ENOMEM;

	*host = calloc(1, sizeof(**host));
	if (*host)
		err = fetch_into(device, *host);
	if (err >= 0)
		return STATUS_GOOD;

	free(*host);
	*host = NULL;
	if (err == -ENOTTY || err == -EINVAL)
		return STATUS_GOOD;
	if (err == -E2BIG)
		return fail("%s: its host has more facts than this version of kvmcaps can hold",
			    path);
	return device_fail(path, err);
}

const char *facts_maker(const struct kvmcaps_host *host)
{
	return maker_name(host->facts.maker) ?: UNKNOWN;
}

const char *facts_module(const struct kvmcaps_host *host)
{
	return host->facts.vendor < KVMCAPS_NR_VENDORS ?
	       kvmcaps_vendors[host->facts.vendor].module : UNKNOWN;
}

static struct facts_release name_of(u16 release)
{
	struct facts_release name;

	snprintf(name.name, sizeof(name.name), "%u.%u", release >> 8, release & 0xff);
	return name;
}

struct facts_release facts_release(const struct kvmcaps_host *host)
{
	return name_of(host->facts.release);
}

struct facts_release facts_release_at(unsigned int nr)
{
	return name_of(kvmcaps_releases[nr]);
}

/* Without the blanks that makers put around it, and fit for a terminal. */
static void tidy(char *name)
{
	size_t len = strspn(name, " ");
	char *c;

	memmove(name, name + len, strlen(name + len) + 1);
	for (len = strlen(name); len && name[len - 1] == ' '; len--)
		name[len - 1] = '\0';
	for (c = name; *c; c++) {
		if (!isascii(*c) || !isprint(*c))
			*c = '?';
	}
}

struct facts_brand facts_brand(const struct kvmcaps_host *host)
{
	struct facts_brand brand = {};
	struct kvmcaps_cpuid regs;
	unsigned int i;

	for (i = 0; i < 3; i++) {
		regs = kvmcaps_host_cpuid(host, 0x80000002 + i, 0);
		memcpy(brand.name + 16 * i, &regs.eax, 16);
	}
	tidy(brand.name);
	return brand;
}

#define SVM	BIT(KVMCAPS_VENDOR_SVM)
#define VMX	BIT(KVMCAPS_VENDOR_VMX)
#define ALL	(SVM | VMX | BIT(KVMCAPS_VENDOR_NONE))

/**
 * struct parameter - one name of one policy
 * @policy: enum kvmcaps_policy
 * @vendors: bit map of enum kvmcaps_vendor: where it has this name
 * @name: KVM's
 * @usual: KVM's default
 */
struct parameter {
	u8 policy;
	u8 vendors;
	const char *name;
	bool usual;
};

static const struct parameter parameters[] = {
	{ KVMCAPS_POLICY_NESTED,	SVM | VMX, "nested", true },
	{ KVMCAPS_POLICY_NPT,		SVM, "npt", true },
	{ KVMCAPS_POLICY_EPT,		VMX, "ept", true },
	{ KVMCAPS_POLICY_NRIPS,		SVM, "nrips", true },
	{ KVMCAPS_POLICY_VLS,		SVM, "vls", true },
	{ KVMCAPS_POLICY_VGIF,		SVM, "vgif", true },
	{ KVMCAPS_POLICY_VNMI,		SVM, "vnmi", true },
	{ KVMCAPS_POLICY_LBRV,		SVM, "lbrv", true },
	{ KVMCAPS_POLICY_TSC_SCALING,	SVM, "tsc_scaling", true },
	{ KVMCAPS_POLICY_SEV,		SVM, "sev", true },
	{ KVMCAPS_POLICY_SEV_ES,	SVM, "sev_es", true },
	{ KVMCAPS_POLICY_SEV_SNP,	SVM, "sev_snp", true },
	{ KVMCAPS_POLICY_ENABLE_PMU,	ALL, "enable_pmu", true },
	{ KVMCAPS_POLICY_MMIO_CACHING,	ALL, "mmio_caching", true },
	{ KVMCAPS_POLICY_VPID,		VMX, "vpid", true },
	{ KVMCAPS_POLICY_UNRESTRICTED_GUEST, VMX, "unrestricted_guest", true },
	{ KVMCAPS_POLICY_ENABLE_APICV,	VMX, "enable_apicv", true },
	{ KVMCAPS_POLICY_SGX,		VMX, "sgx", true },
	{ KVMCAPS_POLICY_PT_MODE,	VMX, "pt_mode", false },
	{ KVMCAPS_POLICY_ALLOW_SMALLER_MAXPHYADDR, VMX, "allow_smaller_maxphyaddr", false },
	{ KVMCAPS_POLICY_GMET,		SVM, "gmet", true },
	{ KVMCAPS_POLICY_CET,		VMX, "cet", true },
	{ KVMCAPS_POLICY_ENABLE_MEDIATED_PMU, SVM | VMX, "enable_mediated_pmu", false },
	{ KVMCAPS_POLICY_MBEC,		VMX, "mbec", true },
};

bool facts_parameter(u32 map, unsigned int nr, struct facts_policy *policy)
{
	const struct parameter *row = &parameters[nr];

	if (nr >= ARRAY_SIZE(parameters))
		return false;
	*policy = (struct facts_policy){
		.name = row->name,
		.on = map & BIT(row->policy),
		.usual = row->usual,
	};
	return true;
}

const char *facts_policy_name(unsigned int policy)
{
	const struct parameter *row;

	for (row = parameters; row < parameters + ARRAY_SIZE(parameters); row++) {
		if (row->policy == policy)
			return row->name;
	}
	return UNKNOWN;
}

u32 facts_usual_policy(void)
{
	const struct parameter *row;
	u32 map = 0;

	for (row = parameters; row < parameters + ARRAY_SIZE(parameters); row++)
		map |= row->usual ? BIT(row->policy) : 0;
	return map;
}

static bool parse_bool(const char *text, bool *on)
{
	static const char *const words[] = { "0", "1", "N", "Y", "n", "y", "off", "on" };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		if (!strcmp(text, words[i])) {
			*on = i % 2;
			return true;
		}
	}
	return false;
}

bool facts_set_policy(u32 *map, const char *setting)
{
	const char *value = strchr(setting, '=');
	const struct parameter *row;
	bool on;

	if (!value || !parse_bool(value + 1, &on))
		return false;
	for (row = parameters; row < parameters + ARRAY_SIZE(parameters); row++) {
		if (strncmp(row->name, setting, value - setting) || row->name[value - setting])
			continue;
		*map = on ? *map | BIT(row->policy) : *map & ~BIT(row->policy);
		return true;
	}
	return false;
}

bool facts_policy(const struct kvmcaps_host *host, unsigned int nr,
		  struct facts_policy *policy)
{
	u32 vendor = host->facts.vendor < KVMCAPS_NR_VENDORS ? BIT(host->facts.vendor) : 0;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(parameters); i++) {
		if ((parameters[i].vendors & vendor) && !nr--)
			return facts_parameter(host->facts.policy, i, policy);
	}
	return false;
}

const char *facts_assumption(const struct kvmcaps_host *host, unsigned int nr)
{
	if (!(host->facts.assumed & BIT(nr)))
		return NULL;
	if (nr < KVMCAPS_NR_ASSUMPTIONS && kvmcaps_assumptions[nr])
		return kvmcaps_assumptions[nr];
	return "something " UNKNOWN;
}
