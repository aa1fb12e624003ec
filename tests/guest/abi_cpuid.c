// SPDX-License-Identifier: GPL-2.0
/* The two ioctls that return CPUID: sizes, errors, and what they write. */
#include <errno.h>
#include <string.h>

#include "abi.h"
#include "answer.h"
#include "arena.h"
#include "array.h"
#include "tap.h"

#define SUPPORTED	KVM_GET_SUPPORTED_CPUID
#define EMULATED	KVM_GET_EMULATED_CPUID

/* In the rows below: as many entries as the answer has, and some more. */
#define N(more)		.relative = true, .nent = (__u32)(more)

enum stain {
	CLEAN,		/* all padding is zero */
	LAST,		/* not so in the last entry that counts */
	BEHIND,		/* not so in the first that does not count */
	ALL,
};

static const struct size_row {
	const char *name;
	unsigned int cmd;
	bool relative;
	__u32 nent;
	enum stain stain;
	int err;
} size_rows[] = {
	{ "no room", SUPPORTED, .nent = 0, .err = E2BIG },
	{ "room for 1", SUPPORTED, .nent = 1, .err = E2BIG },
	{ "room for all but one", SUPPORTED, N(-1), .err = E2BIG },
	{ "just enough room", SUPPORTED, N(0) },
	{ "room for one more", SUPPORTED, N(1) },
	{ "room for 256", SUPPORTED, .nent = 256 },
	{ "a claim of 257", SUPPORTED, .nent = 257 },
	{ "a claim of 2^31", SUPPORTED, .nent = 1u << 31 },
	{ "a claim of 2^32 - 1", SUPPORTED, .nent = ~0u },
	{ "padding is nobody's business", SUPPORTED, N(0), .stain = ALL },
	{ "no room", EMULATED, .nent = 0, .err = E2BIG },
	{ "no room, padding unread", EMULATED, .nent = 0, .stain = ALL,
	  .err = E2BIG },
	{ "room for 1", EMULATED, .nent = 1, .err = E2BIG },
	{ "room for all but one", EMULATED, N(-1), .err = E2BIG },
	{ "just enough room", EMULATED, N(0), .err = E2BIG },
	{ "room for one more", EMULATED, N(1) },
	{ "room for 256", EMULATED, .nent = 256 },
	{ "a claim of 257", EMULATED, .nent = 257 },
	{ "a claim of 2^31", EMULATED, .nent = 1u << 31 },
	{ "a claim of 2^32 - 1", EMULATED, .nent = ~0u },
	{ "padding beats lack of room", EMULATED, N(0), LAST, EINVAL },
	{ "padding in the last entry", EMULATED, N(1), LAST, EINVAL },
	{ "padding in the last of 256", EMULATED, .nent = 256, LAST, EINVAL },
	{ "padding in the last of too many", EMULATED, .nent = ~0u, LAST,
	  EINVAL },
	{ "padding behind the last entry", EMULATED, N(1), BEHIND },
	{ "padding behind the 256th", EMULATED, .nent = ~0u, BEHIND },
	{ "padding everywhere", EMULATED, .nent = 256, ALL, EINVAL },
};

static void fill(struct answer *answer, __u32 nent, enum stain stain)
{
	const __u32 counted = nent < MAX_ENTRIES ? nent : MAX_ENTRIES;

	memset(answer, 0xaa, sizeof(*answer));
	answer->nent = nent;
	for (__u32 i = 0; i < ROOM && stain != ALL; i++)
		memset(answer->entries[i].padding, 0, 12);
	if (stain == LAST)
		answer->entries[counted - 1].padding[2] = 1u << 31;
	if (stain == BEHIND)
		answer->entries[counted].padding[0] = 1;
}

static void test_size(const struct device *dev, const struct size_row *row,
		      const struct answer *truth)
{
	const __u32 nent = row->relative ? truth->nent + row->nent : row->nent;
	static struct answer got, want;
	struct reply r;

	fill(&got, nent, row->stain);
	want = got;
	if (!row->err) {
		want.nent = truth->nent;
		memcpy(want.entries, truth->entries, truth->nent * ENTRY_SIZE);
	}
	r = device_call(dev, row->cmd, (unsigned long)&got);
	tap(r.ret == (row->err ? -1 : 0) && r.err == row->err,
	    "%s, %s: %s", answer_kind(row->cmd), row->name, reply_name(r));
	tap(!memcmp(&got, &want, sizeof(got)), "%s, %s: %s",
	    answer_kind(row->cmd), row->name,
	    row->err ? "nothing written" : "only the answer written");
}

static void test_truth(const struct answer *truth, unsigned int cmd,
		       struct reply r)
{
	bool clean = true;

	tap(!r.ret && truth->nent > 0 && truth->nent <= MAX_ENTRIES,
	    "%s: %u entries", answer_kind(cmd), truth->nent);
	for (__u32 i = 0; i < truth->nent && i < ROOM; i++)
		clean &= !truth->entries[i].padding[0] &&
			 !truth->entries[i].padding[1] &&
			 !truth->entries[i].padding[2];
	tap(clean, "%s: padding of all entries is 0", answer_kind(cmd));
}

static const struct pointer_row {
	const char *name;
	enum access front;
	enum access back;
	size_t cut;		/* bytes before the border */
	int supported;
	int emulated;
} pointer_rows[] = {
	{ "unmapped", ACCESS_HOLE, ACCESS_HOLE, 64, EFAULT, EFAULT },
	{ "half of the header unmapped", ACCESS_RW, ACCESS_HOLE, 4, EFAULT,
	  EFAULT },
	{ "entries unmapped", ACCESS_RW, ACCESS_HOLE, 8, EFAULT, EINVAL },
	{ "second entry unmapped", ACCESS_RW, ACCESS_HOLE, 48, EFAULT, EINVAL },
	{ "all read-only", ACCESS_RO, ACCESS_RO, 64, EFAULT, EFAULT },
	{ "header read-only", ACCESS_RO, ACCESS_RW, 8, EFAULT, EFAULT },
	{ "entries read-only", ACCESS_RW, ACCESS_RO, 8, EFAULT, EFAULT },
};

static void test_memory(const struct device *dev, const struct pointer_row *row,
			const struct arena *arena)
{
	const size_t at = ARENA_HALF - row->cut;
	struct reply r;

	fill((struct answer *)(arena->alias + at), MAX_ENTRIES, CLEAN);
	r = device_call(dev, SUPPORTED, (unsigned long)arena->view + at);
	tap(r.ret == -1 && r.err == row->supported, "SUPPORTED, %s: %s",
	    row->name, reply_name(r));
	fill((struct answer *)(arena->alias + at), MAX_ENTRIES, CLEAN);
	r = device_call(dev, EMULATED, (unsigned long)arena->view + at);
	tap(r.ret == -1 && r.err == row->emulated, "EMULATED, %s: %s",
	    row->name, reply_name(r));
}

static void test_pointers(const struct device *dev)
{
	static const unsigned long bad[] = { 0, 1, ~0ul, ~7ul, 1ul << 31 };
	struct arena arenas[ARRAY_SIZE(pointer_rows)];
	struct reply r;

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		r = device_call(dev, SUPPORTED, bad[i]);
		tap(r.err == EFAULT, "SUPPORTED at %#lx: %s", bad[i],
		    reply_name(r));
		r = device_call(dev, EMULATED, bad[i]);
		tap(r.err == EFAULT, "EMULATED at %#lx: %s", bad[i],
		    reply_name(r));
	}
	for (size_t i = 0; i < ARRAY_SIZE(pointer_rows); i++)
		if (arena_create(&arenas[i]))
			return;
	for (size_t i = 0; i < ARRAY_SIZE(pointer_rows); i++)
		if (!arena_limit(&arenas[i], pointer_rows[i].front,
				 pointer_rows[i].back))
			test_memory(dev, &pointer_rows[i], &arenas[i]);
}

void abi_cpuid(const struct device *dev)
{
	static struct answer truth[2];
	struct reply r;

	r = answer_get(dev, SUPPORTED, &truth[0]);
	test_truth(&truth[0], SUPPORTED, r);
	r = answer_get(dev, EMULATED, &truth[1]);
	test_truth(&truth[1], EMULATED, r);
	for (size_t i = 0; i < ARRAY_SIZE(size_rows); i++)
		test_size(dev, &size_rows[i],
			  &truth[size_rows[i].cmd == EMULATED]);
	test_pointers(dev);
}
