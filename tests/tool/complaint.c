// SPDX-License-Identifier: GPL-2.0
#include "complaint.h"
#include "fail.h"

char complaint[512];

static struct fail_sink sink = { .text = complaint, .size = sizeof(complaint) };

/* From the start on. */
static void __attribute__((constructor)) begin(void)
{
	fail_to(&sink);
}
