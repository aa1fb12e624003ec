/* SPDX-License-Identifier: GPL-2.0 */
/* The forms in which an answer is shown. */
#ifndef TOOLS_SHOW_H
#define TOOLS_SHOW_H

#include <kvmcaps/host.h>

#include "table.h"

/**
 * struct show - what there is to show of a device
 * @path: the device
 * @host: its facts; NULL if it does not tell them
 * @tables: its answers
 */
struct show {
	const char *path;
	struct kvmcaps_host *host;
	struct table_pair tables;
};

/* For people. */
int show_text(const struct show *show);

/* For programs. */
int show_json(const struct show *show);

/* As "cpuid -r" prints it. */
int show_raw(const struct kvm_cpuid2 *table);

#endif /* TOOLS_SHOW_H */
