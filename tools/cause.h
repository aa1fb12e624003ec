/* SPDX-License-Identifier: GPL-2.0 */
/* Why a kernel does not have a feature: what is likely, by what is known of it. */
#ifndef TOOLS_CAUSE_H
#define TOOLS_CAUSE_H

#include <kvmcaps/host.h>

#include "saved.h"

/**
 * struct cause - a likely cause
 * @text: it, as the end of "likely: ..."
 * @remedy: what undoes it, as the end of "to have it: ..."; "" for nothing
 */
struct cause {
	char text[200];
	char remedy[120];
};

/*
 * @notes: what is known of the kernel besides its flags, or NULL. False, and
 * nothing in @cause, if nothing points to a cause.
 */
bool cause_find(const struct kvmcaps_host *host, const struct saved *notes,
		unsigned int feature, struct cause *cause);

/* The same of a feature that the kernel has made the CPU not enumerate. */
bool cause_find_hidden(const struct kvmcaps_host *host, const struct saved *notes,
		       unsigned int feature, struct cause *cause);

/* The same of a state that the host has not switched on in IA32_XSS. */
bool cause_find_state(const struct saved *notes, unsigned int state, struct cause *cause);

#endif /* TOOLS_CAUSE_H */
