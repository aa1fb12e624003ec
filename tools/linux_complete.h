/* SPDX-License-Identifier: GPL-2.0 */
/* Facts that hosts were recorded without, before there were any. */
#ifndef TOOLS_LINUX_COMPLETE_H
#define TOOLS_LINUX_COMPLETE_H

#include <kvmcaps/host.h>

/* @bugs: the line of /proc/cpuinfo; NULL if that is not known, either */
void linux_complete(struct kvmcaps_host *host, const char *bugs);

#endif /* TOOLS_LINUX_COMPLETE_H */
