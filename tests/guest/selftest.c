// SPDX-License-Identifier: GPL-2.0
/*
 * Falsifies copies of an outcome in every way that a defect might, and asks
 * the comparison. Needs no device.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "array.h"
#include "selftest.h"
#include "verdict.h"

#define ENTRIES		20

static void same(struct outcome *o)
{
	(void)o;
}

static void flip_first_bit(struct outcome *o)
{
	o->window[GUARD + HEAD_SIZE + 12] ^= 1;
}

static void flip_last_bit(struct outcome *o)
{
	o->window[GUARD + HEAD_SIZE + ENTRIES * ENTRY_SIZE - 12 - 1] ^= 0x80;
}

static void change_flags(struct outcome *o)
{
	o->window[GUARD + HEAD_SIZE + 8] ^= KVM_CPUID_FLAG_SIGNIFCANT_INDEX;
}

static void dirty_padding(struct outcome *o)
{
	o->window[GUARD + HEAD_SIZE + 28] = 1;
}

static void change_nent(struct outcome *o)
{
	o->window[GUARD]--;
}

static void change_header_padding(struct outcome *o)
{
	o->window[GUARD + 7] ^= 0x10;
}

static void lose_entry(struct outcome *o)
{
	unsigned char *entry = o->window + GUARD + HEAD_SIZE + 3 * ENTRY_SIZE;

	memmove(entry, entry + ENTRY_SIZE, (ENTRIES - 4) * ENTRY_SIZE);
	o->window[GUARD]--;
}

static void swap_entries(struct outcome *o)
{
	unsigned char *entry = o->window + GUARD + HEAD_SIZE;
	unsigned char save[ENTRY_SIZE];

	memcpy(save, entry, ENTRY_SIZE);
	memcpy(entry, entry + ENTRY_SIZE, ENTRY_SIZE);
	memcpy(entry + ENTRY_SIZE, save, ENTRY_SIZE);
}

static void write_behind(struct outcome *o)
{
	o->window[GUARD + HEAD_SIZE + ENTRIES * ENTRY_SIZE] = 0;
}

static void hit_guard_before(struct outcome *o)
{
	o->window[0] = 0;
}

static void hit_guard_behind(struct outcome *o)
{
	o->window[WINDOW - 1] = 0;
}

static void change_return(struct outcome *o)
{
	o->reply.ret = 1;
}

static void fail(struct outcome *o)
{
	o->reply.ret = -1;
	o->reply.err = E2BIG;
}

static void fail_otherwise(struct outcome *o)
{
	o->reply.ret = -1;
	o->reply.err = EFAULT;
}

static const struct {
	const char *name;
	void (*truth)(struct outcome *o);
	void (*lie)(struct outcome *o);
	bool differs;
} rows[] = {
	{ "the same answer",		same, same, false },
	{ "the same error",		fail, fail, false },
	{ "first bit of a register",	same, flip_first_bit, true },
	{ "last bit of the last entry",	same, flip_last_bit, true },
	{ "flags of an entry",		same, change_flags, true },
	{ "padding of an entry",	same, dirty_padding, true },
	{ "nent",			same, change_nent, true },
	{ "padding of the header",	same, change_header_padding, true },
	{ "a missing entry",		same, lose_entry, true },
	{ "entries in another order",	same, swap_entries, true },
	{ "a byte behind the entries",	same, write_behind, true },
	{ "first guard byte",		same, hit_guard_before, true },
	{ "last guard byte",		same, hit_guard_behind, true },
	{ "another return value",	same, change_return, true },
	{ "an error where none is due",	same, fail, true },
	{ "no error where one is due",	fail, same, true },
	{ "another error",		fail, fail_otherwise, true },
};

static void honest(struct outcome *o)
{
	struct answer answer;

	memset(&answer, 0xaa, sizeof(answer));
	memset(answer.entries, 0, ENTRIES * ENTRY_SIZE);
	answer.nent = ENTRIES;
	for (int i = 0; i < ENTRIES; i++) {
		answer.entries[i].function = i;
		answer.entries[i].eax = 0x01010101 * i;
		answer.entries[i].edx = ~i;
	}
	o->reply = (struct reply){ 0 };
	o->has_memory = true;
	memset(o->window, GUARD_BYTE, WINDOW);
	memcpy(o->window + GUARD, &answer, sizeof(answer));
}

static int check(const char *name, bool good)
{
	printf("self-test: %s: %s\n", name, good ? "ok" : "WRONG");
	return !good;
}

static int check_verdicts(void)
{
	struct verdict verdict = { .cpus = 1, .entries = MIN_ENTRIES };
	int wrong = 0;

	wrong += check("a verdict with enough entries", verdict_ok(&verdict));
	verdict.entries--;
	wrong += check("a verdict with too few", !verdict_ok(&verdict));
	verdict.entries++;
	verdict.cpus = 0;
	wrong += check("a verdict without a CPU", !verdict_ok(&verdict));
	verdict.cpus = 1;
	verdict_differ(&verdict, "something");
	wrong += check("a verdict with a difference", !verdict_ok(&verdict));
	return wrong;
}

int selftest(void)
{
	static const struct trial trial = { .what = "self-test" };
	static struct outcome a, b;
	int wrong = 0;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct verdict verdict = { .cpus = 1, .entries = ENTRIES };

		honest(&a);
		honest(&b);
		rows[i].truth(&a);
		rows[i].lie(&b);
		verdict_judge(&verdict, 0, &trial, &a, &b);
		wrong += check(rows[i].name,
			       verdict_ok(&verdict) == !rows[i].differs);
		if (verdict.differing)
			printf("self-test:   %s\n", verdict.first);
	}
	return wrong + check_verdicts();
}
