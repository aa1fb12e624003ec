// SPDX-License-Identifier: GPL-2.0
/*
 * Places, as manuals, QEMU and this project write them:
 *
 *	7.0.EBX[16]			CPUID.(EAX=7,ECX=0):EBX[bit 16]
 *	7.0.ebx.16			CPUID.07H:EBX.hle [bit 4]
 *	0x80000008.EBX[12]		CPUID[eax=07h,ecx=00h].EBX.hle [bit 4]
 *	7.0.EBX				0xd, CPUID.0DH, 80000008h
 */
#include <ctype.h>
#include <string.h>
#include <linux/kernel.h>
#include <kvmcaps/feature.h>

#include "place.h"
#include "query_place.h"

static bool skip(const char **at, const char *what)
{
	size_t len = strlen(what);

	if (strncasecmp(*at, what, len))
		return false;
	*at += len;
	return true;
}

static bool skip_one_of(const char **at, const char *which)
{
	if (!**at || !strchr(which, **at))
		return false;
	(*at)++;
	return true;
}

static void skip_blanks(const char **at)
{
	while (**at == ' ' || **at == '\t')
		(*at)++;
}

/* Up to 8 digits and no letter behind them. */
static bool digits(const char **at, unsigned int base, size_t len, __u32 *value)
{
	const char *from = *at;
	size_t i;
	__u32 digit;

	*value = 0;
	for (i = 0; i < len; i++) {
		digit = tolower((unsigned char)from[i]);
		digit -= isdigit((unsigned char)from[i]) ? '0' : 'a' - 10;
		if (digit >= base)
			return false;
		*value = *value * base + digit;
	}
	*at += len;
	return len && len <= 10 && !(base == 16 && len > 8);
}

/*
 * Hexadecimal by 0x, H, or because it begins like an extended leaf, which no
 * one writes in decimal; else as @base says.
 */
static bool number(const char **at, unsigned int base, __u32 *value)
{
	const char *start = *at;
	size_t len;

	if (skip(&start, "0x"))
		base = 16;
	len = strspn(start, "0123456789abcdefABCDEF");
	if (start[len] == 'h' || start[len] == 'H' || (len == 8 && strchr("84cC", *start)))
		base = 16;
	*at = start;
	if (!digits(at, base, len, value))
		return false;
	if (base == 16)
		skip_one_of(at, "hH");
	return !isalnum((unsigned char)**at) && **at != '_';
}

/* (EAX=7,ECX=0) or [eax=07h,ecx=00h] */
static bool long_leaf(const char **at, struct query *query)
{
	if (!skip(at, "eax=") || !number(at, 10, &query->function))
		return false;
	if (skip_one_of(at, ",")) {
		skip_blanks(at);
		query->has_index = skip(at, "ecx=") && number(at, 10, &query->index);
		if (!query->has_index)
			return false;
	}
	return skip_one_of(at, ")]");
}

static bool short_leaf(const char **at, struct query *query, unsigned int base)
{
	const char *end;
	__u32 index;

	if (!number(at, base, &query->function))
		return false;
	end = *at;
	if (skip_one_of(&end, ".:") && number(&end, base, &index)) {
		query->has_index = true;
		query->index = index;
		*at = end;
	}
	return true;
}

static bool leaf(const char **at, struct query *query)
{
	bool named = skip(at, "cpuid");

	if (named)
		skip_one_of(at, ".: ");
	if (skip_one_of(at, "([")) {
		skip_blanks(at);
		return long_leaf(at, query);
	}
	return short_leaf(at, query, named ? 16 : 10);
}

static bool reg(const char **at, struct query *query)
{
	const char *end = *at;
	unsigned int i;

	skip_one_of(&end, ".:");
	for (i = 0; i < KVMCAPS_NR_REGS; i++) {
		if (!skip(&end, place_reg_keys[i]))
			continue;
		if (isalnum((unsigned char)*end))
			return false;
		query->reg = i;
		*at = end;
		return true;
	}
	return false;
}

/* [16], [bit 16], .16, and "bit 16" behind a blank */
static bool bit(const char **at, struct query *query)
{
	const char *end = *at;
	bool bracket, dot;
	__u32 value;

	skip_blanks(&end);
	bracket = skip_one_of(&end, "[");
	dot = !bracket && skip_one_of(&end, ".");
	if (!skip(&end, "bit") && !bracket && !dot)
		return false;
	skip_blanks(&end);
	if (!number(&end, 10, &value) || value >= 32 || (bracket && !skip_one_of(&end, "]")))
		return false;
	query->bit = value;
	*at = end;
	return true;
}

/* QEMU writes the feature's name behind the register. */
static size_t name_length(const char *at)
{
	size_t len = 0;

	if (*at != '.' || !isalpha((unsigned char)at[1]))
		return 0;
	for (at++; isalnum((unsigned char)at[len]) || (at[len] && strchr("-_.", at[len])); len++)
		;
	return len;
}

/*
 * QEMU leaves the index out, in some releases, where the name says which it
 * is; other names are decoration.
 */
static void use_name(const char *name, size_t len, struct query *query)
{
	struct query found[QUERY_MAX];
	unsigned int nr = query_name(name, len, found, 0);
	unsigned int i;

	for (i = 0; i < nr; i++) {
		if (found[i].function != query->function || found[i].reg != query->reg)
			continue;
		if (query->kind != QUERY_BIT || found[i].bit == query->bit) {
			*query = found[i];
			query->who = NULL;
			return;
		}
	}
}

bool query_place(const char **at, struct query *query)
{
	const char *end = *at, *name;
	size_t len;

	*query = (struct query){ .kind = QUERY_LEAF };
	if (!leaf(&end, query))
		return false;
	if (reg(&end, query)) {
		query->kind = QUERY_REG;
		name = end + 1;
		len = name_length(end);
		if (len)
			end = name + len;
		if (bit(&end, query))
			query->kind = QUERY_BIT;
		if (len)
			use_name(name, len, query);
	}
	*at = end;
	return true;
}
