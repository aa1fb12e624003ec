/* SPDX-License-Identifier: GPL-2.0 */
/*
 * struct kvmcaps_facts as lines of a key and a text, for host files. A member
 * is a row in factline.c; a bit of a bit map a name there.
 */
#ifndef TOOLS_FACTLINE_H
#define TOOLS_FACTLINE_H

#include <stdio.h>
#include <linux/kvmcaps.h>
#include <linux/types.h>

/* Number of lines; @nr of the functions below is less than that. */
unsigned int factline_nr(void);

struct factline_key {
	char text[64];
};

/* "policy"; of some lines the key is put into @room. */
const char *factline_key(unsigned int nr, struct factline_key *room);

/* Whether it says more than its absence would. */
bool factline_worth(const struct kvmcaps_facts *facts, unsigned int nr);

void factline_print(FILE *out, const struct kvmcaps_facts *facts, unsigned int nr);

/* What facts are where a file does not say. */
void factline_default(struct kvmcaps_facts *facts);

enum factline_result {
	FACTLINE_GOOD,
	FACTLINE_UNKNOWN,	/* there is no such key */
	FACTLINE_BAD,		/* ... or not such a word: see @word */
};

/**
 * factline_parse() - take in a line
 * @facts: changed
 * @key: key
 * @text: words with blanks between them; changed
 * @word: the word that makes no sense
 */
enum factline_result factline_parse(struct kvmcaps_facts *facts, const char *key,
				    char *text, const char **word);

#endif /* TOOLS_FACTLINE_H */
