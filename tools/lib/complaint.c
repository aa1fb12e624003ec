// SPDX-License-Identifier: GPL-2.0
#include "complaint.h"

void complaint_begin(struct complaint *complaint, struct libkvmcaps_error *error)
{
	struct libkvmcaps_error *to = error ? error : &complaint->unwanted;

	complaint->sink = (struct fail_sink){ .text = to->text, .size = sizeof(to->text) };
	complaint->before = fail_to(&complaint->sink);
}

void complaint_end(struct complaint *complaint)
{
	fail_to(complaint->before);
}
