// SPDX-License-Identifier: GPL-2.0
#include <kvmcaps/feature.h>

#include "alias.h"
#include "synonym.h"

static bool means(const struct alias *alias, unsigned int feature)
{
	const struct kvmcaps_word_info *info = &kvmcaps_words[KVMCAPS_WORD(feature)];

	return alias->function == info->function && alias->index == info->index &&
	       alias->reg == info->reg && alias->bit == feature % 32;
}

const char *synonym_next(struct synonym_walk *walk, const char **who)
{
	const struct alias *alias;

	*who = NULL;
	if (!walk->begun) {
		walk->begun = true;
		if (flagname(walk->feature, FLAGNAME_ANY_KERNEL, walk->flag))
			return walk->flag;
	}
	while (walk->nr < nr_aliases) {
		alias = &aliases[walk->nr++];
		if (!means(alias, walk->feature))
			continue;
		*who = alias->who;
		return alias->name;
	}
	return NULL;
}
