/* SPDX-License-Identifier: GPL-2.0 */
/* How often the kernel enters one function. */
#ifndef GUEST_KPROBE_H
#define GUEST_KPROBE_H

/* Starts counting. 0, or -1 with errno. @symbol may be MODULE:SYMBOL. */
int kprobe_start(const char *symbol);

/* Hits since then, the misses included; -1 if the kernel does not say. */
long kprobe_hits(void);

void kprobe_stop(void);

#endif
