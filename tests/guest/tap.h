/* SPDX-License-Identifier: GPL-2.0 */
/* Results in the Test Anything Protocol. */
#ifndef GUEST_TAP_H
#define GUEST_TAP_H

#include <stdbool.h>

/* Reports one result and returns it. */
bool __printf(2, 3) tap(bool good, const char *format, ...);

/* A line for people. */
void __printf(1, 2) tap_note(const char *format, ...);

/* Nothing can be tested: the reason, and the exit status to leave with. */
int __printf(1, 2) tap_bail(const char *format, ...);

/* Prints the plan; returns the exit status. */
int tap_done(void);

#endif
