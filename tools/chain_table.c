// SPDX-License-Identifier: GPL-2.0
/* Where the table of the ioctl is not what KVM decided on: the leaf's doing. */
#include <linux/kernel.h>
#include <kvmcaps/leaf.h>

#include "chain.h"
#include "table.h"
#include "term.h"

static void add_terms(struct chain *chain, const struct subject *subject,
		      const struct term_list *list)
{
	unsigned int i;

	for (i = 0; i < list->nr; i++)
		chain_add(chain, CHAIN_TABLE, "the leaf is all zero, because %s",
			  term_state(subject->host, subject->caps, &list->terms[i]).text);
}

static void add_lost(struct chain *chain, const struct subject *subject,
		     const struct kvmcaps_word_info *info)
{
	const struct kvmcaps_leaf *leaf = kvmcaps_leaf_find(subject->caps->release,
							    info->function, info->index);
	u32 base = info->function & 0xffff0000;
	const struct kvm_cpuid_entry2 *first = table_find(subject->table, base, 0);
	struct term_list list = {};

	term_failing(subject->host, subject->caps, leaf->terms, ARRAY_SIZE(leaf->terms), &list);
	if (!first || first->eax < info->function)
		chain_add(chain, CHAIN_TABLE, "ends at leaf %XH, before the feature's",
			  first ? first->eax : 0);
	else if (list.nr)
		add_terms(chain, subject, &list);
	else
		chain_add(chain, CHAIN_TABLE, "does not have it%s%s", leaf->why ? ": " : "",
			  leaf->why ? leaf->why : "");
}

void chain_table(struct chain *chain, const struct subject *subject)
{
	const struct kvmcaps_word_info *info = &kvmcaps_words[KVMCAPS_WORD(chain->feature)];
	const struct kvmcaps_leaf *leaf = kvmcaps_leaf_find(subject->caps->release,
							    info->function, info->index);

	if (chain->offered == chain->verdict.offered)
		return;
	if (chain->offered)
		chain_add(chain, CHAIN_TABLE, "has it, for the register is not the features': %s",
			  leaf->why ? leaf->why : "it is passed on");
	else
		add_lost(chain, subject, info);
}
