// SPDX-License-Identifier: GPL-2.0
#include <linux/string.h>
#include <kvmcaps/answer.h>
#include "../kvmcaps/cache.h"
#include "served.h"

int served_answer(struct kvmcaps_answer *answer)
{
	struct kvmcaps_view view;
	int err = kvmcaps_view_get(&view, KVMCAPS_LIST_SUPPORTED);
	unsigned int i;

	if (err)
		return err;
	answer->nent = view.nent;
	answer->room = view.room;
	memcpy(answer->entries, view.entries, view.nent * sizeof(*view.entries));
	for (i = 0; i < view.nr_patches; i++)
		(&answer->entries[view.patches[i].entry - view.first].eax)[view.patches[i].reg] =
			view.patches[i].value;
	kvmcaps_view_put(&view);
	return 0;
}
