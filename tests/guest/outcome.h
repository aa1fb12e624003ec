/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What one call did: its reply, and all the memory around its argument
 * afterwards.
 */
#ifndef GUEST_OUTCOME_H
#define GUEST_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>

#include "answer.h"
#include "device.h"

/* A window: the structure with all its room, and a guard on either side. */
#define GUARD		64
#define GUARD_BYTE	0x5c
#define WINDOW		(GUARD + sizeof(struct answer) + GUARD)

struct outcome {
	struct reply reply;
	bool has_memory;
	unsigned char window[WINDOW];
};

struct difference {
	bool in_reply;
	size_t at;	/* else the first byte of the window that differs */
};

bool outcome_differs(const struct outcome *a, const struct outcome *b,
		     struct difference *diff);

/* Writes for people what differs: both replies, or the place and both values. */
void outcome_describe(const struct outcome *a, const struct outcome *b,
		      const struct difference *diff, char *text, size_t size);

#endif
