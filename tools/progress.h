/* SPDX-License-Identifier: GPL-2.0 */
/* A bar on a terminal's standard error; nothing anywhere else. */
#ifndef TOOLS_PROGRESS_H
#define TOOLS_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

/**
 * struct progress - work under way
 * @total: steps
 * @shown: there is a bar
 * @next: when it is to be drawn again
 */
struct progress {
	size_t total;
	bool shown;
	struct timespec next;
};

void progress_begin(struct progress *progress, size_t total);

/* @done: steps so far. */
void progress_step(struct progress *progress, size_t done);

/* Leaves the terminal as if there had been no bar. */
void progress_end(const struct progress *progress);

#endif /* TOOLS_PROGRESS_H */
