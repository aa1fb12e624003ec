// SPDX-License-Identifier: GPL-2.0
/* Which of the assumptions a verdict rests on. */
#include "assumed.h"
#include "chain.h"

void chain_assumed(struct chain *chain, const struct subject *subject)
{
	struct assumed_words words;
	unsigned int nr;

	for (nr = 0; nr < ASSUMED_NR; nr++) {
		if (assumed_for(subject, chain->feature, nr) &&
		    assumed_words(subject->host, subject->saved, nr, &words))
			chain_add(chain, CHAIN_ASSUMED, "%s", words.text);
	}
}
