/* SPDX-License-Identifier: GPL-2.0 */
/* Standard output: nothing that was not written may look like success. */
#ifndef TOOLS_OUTPUT_H
#define TOOLS_OUTPUT_H

void output_init(void);

/* Returns @status, or STATUS_TROUBLE if not all could be written. */
int output_finish(int status);

#endif /* TOOLS_OUTPUT_H */
