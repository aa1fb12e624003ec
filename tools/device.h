/* SPDX-License-Identifier: GPL-2.0 */
/* A device that speaks KVM's CPUID ioctls. */
#ifndef TOOLS_DEVICE_H
#define TOOLS_DEVICE_H

#define DEVICE_KVMCAPS	"/dev/kvmcaps"
#define DEVICE_KVM	"/dev/kvm"

/**
 * struct device - an open device
 * @path: as the user named it
 * @fd: file descriptor
 */
struct device {
	const char *path;
	int fd;
};

/* These return 0 or more, or a negative errno. */
int device_open(struct device *dev, const char *path);
int device_ioctl(const struct device *dev, unsigned long cmd, void *arg);

void device_close(struct device *dev);

/* Says what is wrong with a device and what to do; returns STATUS_TROUBLE. */
int device_fail(const char *path, int err);

#endif /* TOOLS_DEVICE_H */
