/* SPDX-License-Identifier: GPL-2.0 */
/* What the tool would have said on standard error. */
#ifndef TOOL_COMPLAINT_H
#define TOOL_COMPLAINT_H

/* The last one; empty if there is none. */
extern char complaint[512];

#endif /* TOOL_COMPLAINT_H */
