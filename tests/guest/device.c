// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "device.h"

int device_open(struct device *dev, const char *path)
{
	dev->path = path;
	dev->fd = open(path, O_RDWR | O_CLOEXEC);
	if (dev->fd < 0) {
		int err = errno;

		fprintf(stderr, "cannot open %s: %s\n", path, strerror(err));
		errno = err;
		return -1;
	}
	return 0;
}

struct reply device_call(const struct device *dev, unsigned int cmd,
			 unsigned long arg)
{
	struct reply r;

	r.ret = syscall(SYS_ioctl, dev->fd, cmd, arg);
	r.err = r.ret == -1 ? errno : 0;
	return r;
}

const char *errno_name(int err)
{
	const char *name = strerrorname_np(err);

	return name ? name : "unknown errno";
}

const char *reply_name(struct reply r)
{
	static __thread char names[8][24];
	static __thread unsigned int turn;
	char *name = names[turn++ % 8];

	if (r.ret == -1)
		snprintf(name, sizeof(names[0]), "%s", errno_name(r.err));
	else
		snprintf(name, sizeof(names[0]), "%ld", r.ret);
	return name;
}
