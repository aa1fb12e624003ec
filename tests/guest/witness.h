/* SPDX-License-Identifier: GPL-2.0 */
/* What each CPU answers when nobody disturbs it. */
#ifndef GUEST_WITNESS_H
#define GUEST_WITNESS_H

#include "answer.h"
#include "cpu.h"
#include "host.h"

struct witness {
	struct answer supported;
	struct answer emulated;
	struct host host;
};

struct witnesses {
	struct cpus cpus;
	struct witness of[MAX_CPUS];
};

/*
 * Records every CPU's answers, and that they are that CPU's own; ends where it
 * began. 0, or -1.
 */
int witnesses_collect(struct witnesses *w, const struct device *dev);

/* How many of the supported answers differ from all before them. */
int witnesses_distinct(const struct witnesses *w);

/* Whether one single CPU gave this answer. */
bool witnesses_know(const struct witnesses *w, unsigned int cmd,
		    const struct answer *answer);
bool witnesses_know_host(const struct witnesses *w, const struct host *host);

#endif
