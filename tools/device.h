/* SPDX-License-Identifier: GPL-2.0 */
/* A device that speaks KVM's CPUID ioctls, besides what libkvmcaps.h has. */
#ifndef TOOLS_DEVICE_H
#define TOOLS_DEVICE_H

#include <libkvmcaps.h>

#define DEVICE_KVMCAPS	"/dev/kvmcaps"
#define DEVICE_KVM	"/dev/kvm"

/* Returns 0 or more, or a negative errno. */
int device_ioctl(const struct libkvmcaps_device *device, unsigned long cmd, void *arg);

/* Says what is wrong with a device and what to do; returns STATUS_TROUBLE. */
int device_fail(const char *path, int err);

#endif /* TOOLS_DEVICE_H */
