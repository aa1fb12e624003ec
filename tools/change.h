/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What would have to change for a feature to be offered, found by trying it on
 * a copy of the host: what is said here, the engine has answered.
 */
#ifndef TOOLS_CHANGE_H
#define TOOLS_CHANGE_H

#include <kvmcaps/decide.h>

/**
 * struct change - the least that has to change
 * @policy: KVM's parameters with another value, by enum kvmcaps_policy
 * @kernel: the kernel has to use all that the CPU has
 * @hardware: the CPU has to have more
 * @vendor: ... and be another maker's, for this vendor module
 * @release: KVMCAPS_RELEASE() of a newer KVM; 0 for this one
 */
struct change {
	u32 policy;
	bool kernel;
	bool hardware;
	u8 vendor;
	u16 release;
};

/* False if nothing helps. The feature is not offered. */
bool change_find(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps,
		 unsigned int feature, struct change *change);

#endif /* TOOLS_CHANGE_H */
