/* SPDX-License-Identifier: GPL-2.0 */
/* What the tool's parts would have said on standard error, as the library's errors. */
#ifndef TOOLS_LIB_COMPLAINT_H
#define TOOLS_LIB_COMPLAINT_H

#include <libkvmcaps.h>

#include "../fail.h"

/**
 * struct complaint - messages that are being collected
 * @sink: where they go
 * @before: where they went
 * @unwanted: a text that nobody asked for
 */
struct complaint {
	struct fail_sink sink;
	struct fail_sink *before;
	struct libkvmcaps_error unwanted;
};

/* From here on messages go to @error, which can be NULL. */
void complaint_begin(struct complaint *complaint, struct libkvmcaps_error *error);

/* To here. */
void complaint_end(struct complaint *complaint);

#endif /* TOOLS_LIB_COMPLAINT_H */
