// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <linux/kernel.h>

#include "../device.h"
#include "complaint.h"

/* No table is larger; KVM itself stops at 256. */
#define MAX_ENTRIES	65536

static const unsigned long commands[] = {
	[LIBKVMCAPS_SUPPORTED]	= KVM_GET_SUPPORTED_CPUID,
	[LIBKVMCAPS_EMULATED]	= KVM_GET_EMULATED_CPUID,
};

/**
 * struct libkvmcaps_device - an open device
 * @fd: file descriptor
 * @path: as the user named it
 * @lock: for @tables
 * @tables: by enum libkvmcaps_table, those that were asked for; NULL for others
 */
struct libkvmcaps_device {
	int fd;
	char *path;
	pthread_mutex_t lock;
	struct kvm_cpuid2 *tables[ARRAY_SIZE(commands)];
};

static int explain(const char *path, int err, struct libkvmcaps_error *error)
{
	struct complaint complaint;

	if (!error)
		return err;
	complaint_begin(&complaint, error);
	device_fail(path, err);
	complaint_end(&complaint);
	return err;
}

/*
 * Reading is enough, as none of the ioctls changes anything; and where the
 * caller has closed stdout, a device in its place cannot take the output.
 */
static int open_path(struct libkvmcaps_device *device, const char *path)
{
	int version;

	device->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (device->fd < 0)
		return -errno;
	version = libkvmcaps_device_api_version(device);
	if (version == KVM_API_VERSION)
		return 0;
	return version < 0 ? version : -ENOTTY;
}

int libkvmcaps_device_open(struct libkvmcaps_device **device, const char *path,
			   struct libkvmcaps_error *error)
{
	struct libkvmcaps_device *new = calloc(1, sizeof(*new));
	int err = -ENOMEM;

	*device = NULL;
	if (!new)
		return explain(path, err, error);
	new->fd = -1;
	pthread_mutex_init(&new->lock, NULL);
	new->path = strdup(path);
	if (new->path)
		err = open_path(new, path);
	if (!err) {
		*device = new;
		return 0;
	}
	libkvmcaps_device_close(new);
	return explain(path, err, error);
}

void libkvmcaps_device_close(struct libkvmcaps_device *device)
{
	unsigned int i;

	if (!device)
		return;
	if (device->fd >= 0)
		close(device->fd);
	for (i = 0; i < ARRAY_SIZE(device->tables); i++)
		free(device->tables[i]);
	pthread_mutex_destroy(&device->lock);
	free(device->path);
	free(device);
}

int libkvmcaps_device_fd(const struct libkvmcaps_device *device)
{
	return device->fd;
}

int libkvmcaps_device_api_version(const struct libkvmcaps_device *device)
{
	return device_ioctl(device, KVM_GET_API_VERSION, NULL);
}

int libkvmcaps_device_check_extension(const struct libkvmcaps_device *device,
				      unsigned int extension)
{
	return device_ioctl(device, KVM_CHECK_EXTENSION, (void *)(uintptr_t)extension);
}

/* The buffer is zeroed: KVM wants clean padding for its emulated features. */
static int fetch_into(const struct libkvmcaps_device *device, unsigned long cmd, __u32 room,
		      struct kvm_cpuid2 **table)
{
	int err;

	*table = calloc(1, sizeof(**table) + room * sizeof((*table)->entries[0]));
	if (!*table)
		return -ENOMEM;

	(*table)->nent = room;
	err = device_ioctl(device, cmd, *table);
	if (err >= 0 && (*table)->nent > room)
		err = -EPROTO;
	if (err >= 0)
		return 0;
	free(*table);
	*table = NULL;
	return err;
}

/* An answer that fills its buffer may have been cut. */
static int fetch(const struct libkvmcaps_device *device, unsigned long cmd,
		 struct kvm_cpuid2 **table)
{
	__u32 room;
	int err;

	for (room = 1; room <= MAX_ENTRIES; room *= 2) {
		err = fetch_into(device, cmd, room, table);
		if (err && err != -E2BIG)
			return err;
		if (!err && (*table)->nent < room)
			return 0;
		free(*table);
		*table = NULL;
	}
	return -E2BIG;
}

int libkvmcaps_device_table(struct libkvmcaps_device *device, enum libkvmcaps_table which,
			    const struct kvm_cpuid2 **table, struct libkvmcaps_error *error)
{
	int err = 0;

	*table = NULL;
	if ((unsigned int)which >= ARRAY_SIZE(commands))
		return explain(device->path, -EINVAL, error);
	pthread_mutex_lock(&device->lock);
	if (!device->tables[which])
		err = fetch(device, commands[which], &device->tables[which]);
	*table = device->tables[which];
	pthread_mutex_unlock(&device->lock);
	return err ? explain(device->path, err, error) : 0;
}
