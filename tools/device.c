// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <linux/kernel.h>

#include "device.h"
#include "fail.h"

/**
 * struct hint - what an error means for the user
 * @err: errno
 * @path: the device it holds for, NULL for all
 * @says: the rest of a sentence that begins with the device's path
 */
struct hint {
	int err;
	const char *path;
	const char *says;
};

#define LOAD_KVMCAPS	" is not there; load the module: insmod kvmcaps.ko (make load)"
#define LOAD_KVM	" is not there; load KVM: modprobe kvm-amd or kvm-intel"
#define FOREIGN		" is not a device that speaks KVM's CPUID ioctls"

static const struct hint hints[] = {
	{ ENOENT,	DEVICE_KVMCAPS,	LOAD_KVMCAPS },
	{ ENXIO,	DEVICE_KVMCAPS,	LOAD_KVMCAPS },
	{ ENODEV,	DEVICE_KVMCAPS,	LOAD_KVMCAPS },
	{ ENOENT,	DEVICE_KVM,	LOAD_KVM },
	{ ENXIO,	DEVICE_KVM,	LOAD_KVM },
	{ ENODEV,	DEVICE_KVM,	LOAD_KVM },
	{ ENOTTY,	NULL,		FOREIGN },
	{ EINVAL,	NULL,		FOREIGN },
	{ ENOMEM,	NULL,		": out of memory; try again when there is more" },
	{ E2BIG,	NULL,		": its answer has no end, this cannot be a CPUID table" },
	{ EPROTO,	NULL,		": it claims more entries than it had room for" },
};

int device_ioctl(const struct libkvmcaps_device *device, unsigned long cmd, void *arg)
{
	int ret = ioctl(libkvmcaps_device_fd(device), cmd, arg);

	return ret < 0 ? -errno : ret;
}

static int fail_permission(const char *path)
{
	struct stat st;

	if (stat(path, &st))
		return fail("%s: no permission to reach it; try as root", path);
	return fail("%s: no permission to read it: mode %04o, owner %u, group %u; try as root",
		    path, st.st_mode & 07777, st.st_uid, st.st_gid);
}

int device_fail(const char *path, int err)
{
	const struct hint *hint;

	if (err == -EACCES || err == -EPERM)
		return fail_permission(path);
	for (hint = hints; hint < hints + ARRAY_SIZE(hints); hint++) {
		if (hint->err == -err && (!hint->path || !strcmp(hint->path, path)))
			return fail("%s%s", path, hint->says);
	}
	return fail("%s: %s", path, strerror(-err));
}
