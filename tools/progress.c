// SPDX-License-Identifier: GPL-2.0
/*
 * The bar stands in the line below the cursor, which stays at the begin of its
 * own: a message that someone else prints meanwhile takes that line, and moves
 * the cursor onto the bar, which is then drawn anew below.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "progress.h"
#include "text.h"

#define CLEAR_LINE	"\r\033[K"
#define LINE_UP		"\033[A"

#define MAX_BAR		200

#define PER_SECOND	1000000000
/* A tenth of a second: often enough for the eye. */
#define INTERVAL	(PER_SECOND / 10)

static bool can_move_cursor(void)
{
	const char *term = getenv("TERM");

	return isatty(STDERR_FILENO) && term && *term && strcmp(term, "dumb");
}

void progress_begin(struct progress *progress, size_t total)
{
	*progress = (struct progress){ .total = total, .shown = can_move_cursor() };
}

static bool is_due(struct progress *progress)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (now.tv_sec < progress->next.tv_sec ||
	    (now.tv_sec == progress->next.tv_sec && now.tv_nsec < progress->next.tv_nsec))
		return false;
	progress->next = now;
	progress->next.tv_nsec += INTERVAL;
	if (progress->next.tv_nsec >= PER_SECOND) {
		progress->next.tv_nsec -= PER_SECOND;
		progress->next.tv_sec++;
	}
	return true;
}

static void draw(const struct progress *progress, size_t done)
{
	size_t width = text_width(STDERR_FILENO), room;
	char count[64], bar[MAX_BAR + 1] = "";
	int len;

	len = snprintf(count, sizeof(count), "[] %zu of %zu", done, progress->total);
	if (width <= (size_t)len)
		return;
	/* The last column stays free, so that no terminal goes to the next line. */
	room = width - len - 1 < MAX_BAR ? width - len - 1 : MAX_BAR;
	memset(bar, '.', room);
	memset(bar, '#', room * done / progress->total);
	fprintf(stderr, CLEAR_LINE "\n" CLEAR_LINE "[%s%s\r" LINE_UP, bar, count + 1);
}

void progress_step(struct progress *progress, size_t done)
{
	if (progress->shown && is_due(progress))
		draw(progress, done);
}

void progress_end(const struct progress *progress)
{
	if (progress->shown)
		fputs(CLEAR_LINE "\n" CLEAR_LINE LINE_UP, stderr);
}
