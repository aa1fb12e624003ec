/* SPDX-License-Identifier: GPL-2.0 */
/* What /dev/kvmcaps says of its host, and how people call it. */
#ifndef TOOLS_FACTS_H
#define TOOLS_FACTS_H

#include <kvmcaps/host.h>

#include "device.h"

/**
 * struct facts_policy - a module parameter of KVM
 * @name: as the vendor module calls it
 * @on: its value
 * @usual: KVM's default
 */
struct facts_policy {
	const char *name;
	bool on;
	bool usual;
};

/*
 * Returns 0 with @host NULL if the device does not know KVMCAPS_GET_HOST, else
 * with a host to free(); or STATUS_TROUBLE after a message, which has @path.
 */
int facts_fetch(const struct libkvmcaps_device *device, const char *path,
		struct kvmcaps_host **host);

const char *facts_maker(const struct kvmcaps_host *host);
const char *facts_module(const struct kvmcaps_host *host);

/* "6.12" */
struct facts_release {
	char name[16];
};

struct facts_release facts_release(const struct kvmcaps_host *host);

/* Of kvmcaps_releases[@nr]. */
struct facts_release facts_release_at(unsigned int nr);

/* The CPU's name for itself; empty if it has none. */
struct facts_brand {
	char name[49];
};

struct facts_brand facts_brand(const struct kvmcaps_host *host);

/* Parameter @nr of the vendor module; false if there is none. */
bool facts_policy(const struct kvmcaps_host *host, unsigned int nr,
		  struct facts_policy *policy);

/* Parameter @nr of all modules, in a map by enum kvmcaps_policy. */
bool facts_parameter(u32 map, unsigned int nr, struct facts_policy *policy);

/* Name of enum kvmcaps_policy @policy. */
const char *facts_policy_name(unsigned int policy);

/* KVM's defaults. */
u32 facts_usual_policy(void);

/* Takes in "npt=0"; false if there is no such parameter or value. */
bool facts_set_policy(u32 *map, const char *setting);

/* Sentence of assumption @nr; NULL if the host did not need it. */
const char *facts_assumption(const struct kvmcaps_host *host, unsigned int nr);

/* Assumptions have numbers below this. */
#define FACTS_NR_ASSUMPTIONS	32

#endif /* TOOLS_FACTS_H */
