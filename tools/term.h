/* SPDX-License-Identifier: GPL-2.0 */
/* Terms of rules, leaves and conditions, in words: what of them fails here. */
#ifndef TOOLS_TERM_H
#define TOOLS_TERM_H

#include <kvmcaps/decide.h>

/* Facts that are asked for, by way of conditions too; each once. */
#define TERM_MAX	64

struct term_list {
	struct kvmcaps_term terms[TERM_MAX];
	unsigned int nr;
};

/**
 * term_failing() - why terms do not all hold
 * @host: the host
 * @caps: decided on it
 * @terms: array as of a rule
 * @nr: its length
 * @list: terms without conditions are added, each of which stands in the way
 */
void term_failing(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps,
		  const struct kvmcaps_term *terms, unsigned int nr, struct term_list *list);

/* Why they do hold: those without which they would not. */
void term_holding(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps,
		  const struct kvmcaps_term *terms, unsigned int nr, struct term_list *list);

/* All that they ask about, whatever holds. */
void term_asked(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps,
		const struct kvmcaps_term *terms, unsigned int nr, struct term_list *list);

struct term_words {
	char text[128];
};

/* What a term asks about is, or is not, as a clause: "npt=0". */
struct term_words term_words(const struct kvmcaps_host *host, const struct kvmcaps_term *term,
			     bool is);

/* The same, as it is on the host. */
struct term_words term_state(const struct kvmcaps_host *host, const struct kvmcaps_caps *caps,
			     const struct kvmcaps_term *term);

#endif /* TOOLS_TERM_H */
