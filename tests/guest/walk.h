/* SPDX-License-Identifier: GPL-2.0 */
/* From site to site of a call, until none is left to fail. */
#ifndef GUEST_WALK_H
#define GUEST_WALK_H

#include <stdbool.h>

#include "device.h"
#include "fault.h"

/**
 * struct walk - a call that is made to fail
 * @name: for people
 * @prepare: before each attempt; may be NULL
 * @call: the call
 * @good: whether it ended as it should, and left behind what it should
 */
struct walk {
	const char *name;
	void (*prepare)(void);
	struct reply (*call)(void);
	bool (*good)(struct reply r, enum fault fault);
};

/* Reports one result. @fd is of the thread whose sites are meant. */
void walk(const struct walk *w, int fd);

/* A negative return value is -1 with errno. */
struct reply walk_reply(long ret);

/* What any call may say of a fault: that it has failed for this reason. */
bool walk_errno(struct reply r, enum fault fault);

#endif
