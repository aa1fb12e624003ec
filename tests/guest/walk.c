// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "array.h"
#include "tap.h"
#include "walk.h"

/* More than any call has: one that never ends must not. */
#define MAX_SITES	20000
#define MAX_WRONG	10	/* to print */

struct tally {
	unsigned int sites[FAULT_USER + 1];
	unsigned int wrong;
	struct {
		int err;
		unsigned int times;
	} ends[8];
};

struct reply walk_reply(long ret)
{
	struct reply r = { ret < 0 ? -1 : ret, ret < 0 ? errno : 0 };

	return r;
}

bool walk_errno(struct reply r, enum fault fault)
{
	return r.err == (fault == FAULT_MEMORY ? ENOMEM : EFAULT);
}

static void count_end(struct tally *t, int err)
{
	size_t i = 0;

	while (i < ARRAY_SIZE(t->ends) - 1 && t->ends[i].times &&
	       t->ends[i].err != err)
		i++;
	t->ends[i].err = err;
	t->ends[i].times++;
}

static void count(struct tally *t, const struct walk *w, unsigned int site,
		  struct reply r, enum fault fault)
{
	bool good = w->good(r, fault);

	t->sites[fault]++;
	if (fault != FAULT_NONE)
		count_end(t, r.err);
	if (good)
		return;
	if (t->wrong++ < MAX_WRONG)
		tap_note("%s, site %u (%s): %s", w->name, site,
			 fault == FAULT_NONE ? "none" :
			 fault == FAULT_USER ? "copy" : "allocation",
			 reply_name(r));
}

/* "3 times EFAULT, 2 times 0" */
static void print_ends(const struct tally *t, char *text, size_t size)
{
	int n = 0;

	text[0] = 0;
	for (size_t i = 0; i < ARRAY_SIZE(t->ends) && t->ends[i].times; i++)
		n += snprintf(text + n, size - n, "%s%u times %s", i ? ", " : ": ",
			      t->ends[i].times,
			      t->ends[i].err ? errno_name(t->ends[i].err) : "0");
}

void walk(const struct walk *w, int fd)
{
	struct tally t = { 0 };
	enum fault fault = FAULT_MEMORY;
	unsigned int site = 0;
	char ends[200];
	struct reply r;

	while (fault != FAULT_NONE && site < MAX_SITES) {
		if (w->prepare)
			w->prepare();
		fault_arm(fd, ++site);
		r = w->call();
		fault = fault_disarm(fd);
		count(&t, w, site, r, fault);
	}
	print_ends(&t, ends, sizeof(ends));
	tap(fault == FAULT_NONE && !t.wrong,
	    "%s: %u sites, %u allocations and %u copies%s", w->name, site - 1,
	    t.sites[FAULT_MEMORY], t.sites[FAULT_USER], ends);
}
