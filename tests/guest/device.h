/* SPDX-License-Identifier: GPL-2.0 */
/* A device that answers ioctls, and what it said. */
#ifndef GUEST_DEVICE_H
#define GUEST_DEVICE_H

#include <stdbool.h>

struct device {
	const char *path;
	int fd;
};

struct reply {
	long ret;
	int err;	/* 0 unless ret is -1 */
};

/* 0, or -1 with errno and a sentence on stderr. */
int device_open(struct device *dev, const char *path);

/* The raw system call: libc must not touch the arguments. */
struct reply device_call(const struct device *dev, unsigned int cmd,
			 unsigned long arg);

static inline bool reply_equal(struct reply a, struct reply b)
{
	return a.ret == b.ret && a.err == b.err;
}

const char *errno_name(int err);

/* "0", "12", "EFAULT"; valid until the eighth next call. */
const char *reply_name(struct reply r);

#endif
