/* SPDX-License-Identifier: GPL-2.0 */
/* Whether a guest of one host can move to another, in words. */
#ifndef TOOLS_SAFE_H
#define TOOLS_SAFE_H

#include "source.h"

/*
 * Prints what a guest of @from could miss on @to, a thing on a line, with the
 * reasons of both below it. Returns STATUS_GOOD if there is none, and
 * STATUS_DIFFERENT else.
 */
int safe_report(const struct source *from, const struct source *to);

#endif /* TOOLS_SAFE_H */
