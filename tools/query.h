/* SPDX-License-Identifier: GPL-2.0 */
/* What people ask about: names and places, as they write or paste them. */
#ifndef TOOLS_QUERY_H
#define TOOLS_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <linux/types.h>

enum query_kind {
	QUERY_LEAF,	/* a leaf, or one index of it */
	QUERY_REG,	/* a register */
	QUERY_BIT,	/* one bit, a feature more often than not */
};

/**
 * struct query - one thing that is asked about
 * @kind: enum query_kind
 * @has_index: @index was given
 * @function: CPUID leaf
 * @index: its index
 * @reg: enum kvmcaps_reg
 * @bit: number of the bit
 * @name: the name that was used, if it is one that only aliases know; or NULL
 * @who: whose name for it was used, where others mean something else; or NULL
 */
struct query {
	__u8 kind;
	bool has_index;
	__u32 function;
	__u32 index;
	__u8 reg;
	__u8 bit;
	const char *name;
	const char *who;
};

/* Of one text, no more are found. */
#define QUERY_MAX	64

/* Longest name that is looked at, without its end. */
#define QUERY_NAME	40

/**
 * query_parse() - read one name or place
 * @text: it alone
 * @found: filled in, all meanings that it has
 *
 * Return: how many; 0 if it means nothing.
 */
unsigned int query_parse(const char *text, struct query found[QUERY_MAX]);

/**
 * query_search() - look for names and places in a line of something else
 * @line: a warning of QEMU or libvirt, say
 * @found: filled in, each once
 *
 * Return: how many.
 */
unsigned int query_search(const char *line, struct query found[QUERY_MAX]);

/* Lower case, without what people write differently. */
void query_normalize(const char *text, size_t len, char name[QUERY_NAME]);

/* All meanings of a name; @found has room for all of them from @nr on. */
unsigned int query_name(const char *text, size_t len, struct query found[QUERY_MAX],
			unsigned int nr);

/* Known names like this one, best first, with commas; "" if none is like it. */
#define QUERY_NEAREST	3
struct query_near {
	char names[QUERY_NEAREST * (QUERY_NAME + 2)];
};

struct query_near query_near(const char *text);

/* The place of a feature, by its number. */
struct query query_of_feature(unsigned int feature);

#endif /* TOOLS_QUERY_H */
