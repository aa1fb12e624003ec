// SPDX-License-Identifier: GPL-2.0
/* The releases whose answer is exact. */
#include <linux/kernel.h>
#include <kvmcaps/release.h>

#define RELEASE(major, minor) \
	[KVMCAPS_REL_##major##_##minor] = KVMCAPS_RELEASE(major, minor)

const __u16 kvmcaps_releases[KVMCAPS_NR_RELEASES] = {
	RELEASE(6, 1),
	RELEASE(6, 12),
	RELEASE(6, 16),
	RELEASE(6, 17),
	RELEASE(6, 18),
	RELEASE(6, 19),
	RELEASE(7, 0),
	RELEASE(7, 1),
	RELEASE(7, 2),
	RELEASE(7, 3),
};

/**
 * kvmcaps_release_nr() - the reproduced release nearest to a kernel's
 * @release: KVMCAPS_RELEASE() of the kernel
 *
 * Return: @release itself if it is reproduced, else the newest older one, else
 * the oldest of all.
 */
enum kvmcaps_release_nr kvmcaps_release_nr(__u16 release)
{
	enum kvmcaps_release_nr near = 0;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kvmcaps_releases); i++) {
		if (kvmcaps_releases[i] <= release)
			near = i;
	}
	return near;
}
