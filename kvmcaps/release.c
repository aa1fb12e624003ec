// SPDX-License-Identifier: GPL-2.0
/* The releases whose answer is exact. */
#include <linux/kernel.h>
#include <kvmcaps/release.h>

const __u16 kvmcaps_releases[] = {
	KVMCAPS_REL_6_12,
};

const unsigned int kvmcaps_nr_releases = ARRAY_SIZE(kvmcaps_releases);

/**
 * kvmcaps_release_near() - the reproduced release nearest to a kernel's
 * @release: KVMCAPS_RELEASE() of the kernel
 *
 * Return: @release if it is reproduced, else the newest older one, else the
 * oldest of all.
 */
__u16 kvmcaps_release_near(__u16 release)
{
	__u16 near = kvmcaps_releases[0];
	unsigned int i;

	for (i = 0; i < kvmcaps_nr_releases; i++) {
		if (kvmcaps_releases[i] <= release)
			near = kvmcaps_releases[i];
	}
	return near;
}
