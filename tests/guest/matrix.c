// SPDX-License-Identifier: GPL-2.0
#include "array.h"
#include "matrix.h"

/* KVM's limits, and the sizes around the answer. */
#define NR_EDGES	7

static const struct {
	const char *name;
	enum access front;
	enum access back;
} places[NR_PLACES] = {
	[PLACE_WRITABLE]	= { "writable", ACCESS_RW, ACCESS_RW },
	[PLACE_HOLE_BEHIND]	= { "unmapped behind", ACCESS_RW, ACCESS_HOLE },
	[PLACE_RO_BEHIND]	= { "read-only behind", ACCESS_RW, ACCESS_RO },
	[PLACE_NONE_BEHIND]	= { "PROT_NONE behind", ACCESS_RW, ACCESS_NONE },
	[PLACE_HOLE_BEFORE]	= { "unmapped before", ACCESS_HOLE, ACCESS_RW },
	[PLACE_RO_BEFORE]	= { "read-only before", ACCESS_RO, ACCESS_RW },
	[PLACE_RO]		= { "read-only", ACCESS_RO, ACCESS_RO },
	[PLACE_LAST]		= { "end of user space behind", ACCESS_RW, ACCESS_RW },
};

int matrix_prepare(struct matrix *m)
{
	for (int i = 0; i < PLACE_LAST; i++)
		if (arena_create(&m->places[i]))
			return -1;
	if (arena_create_last(&m->places[PLACE_LAST]))
		return -1;
	for (int i = 0; i < PLACE_LAST; i++)
		if (arena_limit(&m->places[i], places[i].front,
				places[i].back))
			return -1;
	return 0;
}

static __u32 noise(void)
{
	static __u32 state = 0x6b766d63;

	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state;
}

static void try(struct matrix *m, const struct trial *trial)
{
	static struct outcome a, b;

	trial_run(trial, &m->a, &a);
	trial_run(trial, &m->b, &b);
	verdict_judge(m->verdict, m->cpu, trial, &a, &b);
}

static void try_at(struct matrix *m, unsigned int cmd, enum place place,
		   size_t at, __u32 nent, enum fill fill, int stain)
{
	struct trial trial = {
		.what = places[place].name,
		.cmd = cmd,
		.arena = &m->places[place],
		.at = at,
		.nent = nent,
		.padding = noise(),
		.fill = fill,
		.stain = stain,
	};

	try(m, &trial);
}

static void try_arg(struct matrix *m, unsigned int cmd, const char *what,
		    unsigned long arg)
{
	struct trial trial = { .what = what, .cmd = cmd, .arg = arg };

	try(m, &trial);
}

static bool emulated(unsigned int cmd)
{
	return cmd == KVM_GET_EMULATED_CPUID;
}

/* A fill that gets past the check of the entries' padding. */
static enum fill clean(unsigned int cmd)
{
	return emulated(cmd) ? FILL_AA_CLEAN : FILL_AA;
}

static __u32 answer_size(const struct matrix *m, unsigned int cmd)
{
	return emulated(cmd) ? m->emulated : m->supported;
}

static void edges(const struct matrix *m, unsigned int cmd,
		  __u32 nent[NR_EDGES])
{
	__u32 n = answer_size(m, cmd);

	nent[0] = 0;
	nent[1] = 1;
	nent[2] = n - 1;
	nent[3] = n;
	nent[4] = n + 1;
	nent[5] = MAX_ENTRIES;
	nent[6] = MAX_ENTRIES + 1;
}

/* Stains in the last entry that counts, the first that does not, and others. */
static void try_stains(struct matrix *m, __u32 nent)
{
	const __u32 last = nent < MAX_ENTRIES ? nent : MAX_ENTRIES;
	const __u32 entries[] = { 0, last / 2, last - 1, last };

	for (size_t i = 0; i < ARRAY_SIZE(entries); i++)
		if (entries[i] < ROOM)
			try_at(m, KVM_GET_EMULATED_CPUID, PLACE_WRITABLE, GUARD,
			       nent, FILL_AA_CLEAN,
			       entries[i] * 12 + (nent + i) % 12);
}

static void try_nent(struct matrix *m, unsigned int cmd, __u32 nent)
{
	for (int fill = 0; fill < NR_FILLS; fill++)
		if (fill != FILL_AA_CLEAN || emulated(cmd))
			try_at(m, cmd, PLACE_WRITABLE, GUARD, nent, fill, -1);
	if (emulated(cmd))
		try_stains(m, nent);
}

static void sweep_nent(struct matrix *m, unsigned int cmd)
{
	static const __u32 huge[] = {
		299, 300, 301, 1000, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff
	};

	for (__u32 nent = 0; nent <= 298; nent++)
		try_nent(m, cmd, nent);
	for (size_t i = 0; i < ARRAY_SIZE(huge); i++)
		try_nent(m, cmd, huge[i]);
}

/* Every byte of padding, in the first entry and in the one beside the last. */
static void sweep_stains(struct matrix *m)
{
	const __u32 nent = m->emulated + 2;

	for (int byte = 0; byte < 12; byte++) {
		try_at(m, KVM_GET_EMULATED_CPUID, PLACE_WRITABLE, GUARD, nent,
		       FILL_AA_CLEAN, byte);
		try_at(m, KVM_GET_EMULATED_CPUID, PLACE_WRITABLE, GUARD, nent,
		       FILL_AA_CLEAN, (nent - 1) * 12 + byte);
	}
}

static void sweep_alignment(struct matrix *m, unsigned int cmd)
{
	__u32 nent[NR_EDGES];

	edges(m, cmd, nent);
	for (int i = 0; i < NR_EDGES; i++)
		for (int at = GUARD; at < GUARD + 8; at++) {
			try_at(m, cmd, PLACE_WRITABLE, at, nent[i], clean(cmd),
			       -1);
			try_at(m, cmd, PLACE_RO, at, nent[i], clean(cmd), -1);
		}
}

enum grain {
	COARSE,		/* some bytes of some entries */
	FINE,		/* all bytes of some entries */
	FULL,		/* all bytes of the answer, and a bit more */
};

/*
 * Whether to have the border @cut bytes behind the structure's start: always
 * in the header, and around the first and last entries of the answer (@n) and
 * of what the caller claims (@nent).
 */
static bool worth_cutting(size_t cut, __u32 n, __u32 nent, enum grain grain)
{
	size_t entry, in;

	if (cut <= HEAD_SIZE)
		return true;
	entry = (cut - HEAD_SIZE) / ENTRY_SIZE;
	in = (cut - HEAD_SIZE) % ENTRY_SIZE;
	if (grain == FULL && entry <= n)
		return true;
	if (entry != 0 && entry != 1 && entry != n / 2 && entry + 1 != n &&
	    entry != n && entry + 1 != nent && entry != nent)
		return false;
	return grain >= FINE || in <= 1 || in == 28 || in + 1 == ENTRY_SIZE;
}

static void sweep_cuts(struct matrix *m, unsigned int cmd, enum place place,
		       __u32 nent, enum grain grain)
{
	const __u32 n = answer_size(m, cmd);
	const size_t max = HEAD_SIZE + (MAX_ENTRIES + 2) * ENTRY_SIZE;

	for (size_t cut = 0; cut <= max; cut++)
		if (worth_cutting(cut, n, nent, grain))
			try_at(m, cmd, place, ARENA_HALF - cut, nent,
			       clean(cmd), -1);
}

static enum grain grain_of(enum place place, bool enough)
{
	if (!enough)
		return COARSE;
	return place == PLACE_HOLE_BEHIND ? FULL : FINE;
}

static void sweep_borders(struct matrix *m, unsigned int cmd)
{
	static const enum place borders[] = {
		PLACE_HOLE_BEHIND, PLACE_RO_BEHIND, PLACE_NONE_BEHIND,
		PLACE_HOLE_BEFORE, PLACE_RO_BEFORE, PLACE_LAST
	};
	__u32 nent[NR_EDGES];

	edges(m, cmd, nent);
	for (size_t i = 0; i < ARRAY_SIZE(borders); i++)
		for (int j = 0; j < NR_EDGES; j++)
			sweep_cuts(m, cmd, borders[i], nent[j],
				   grain_of(borders[i], j == 4));
}

static void sweep_pointers(struct matrix *m, unsigned int cmd)
{
	static const unsigned long args[] = {
		0, 1, 7, 8, 4095, 4096, 0x7ffffff8, 0xc0000000, 0xffffd000,
		0xffffe000, 0xfffff000, 0xfffffff8, ~0ul, ~7ul,
#ifdef __x86_64__
		0x100000000, 0x100001000,	/* nothing: above 4G */
		0x00007fffffffeff8,		/* the end of user space */
		0x00007fffffffefff,
		0x00007ffffffff000,
		0x0000800000000000,		/* not canonical */
		0x00ffffffffffffff,
		0x7ffffffffffffff8,
		0x8000000000000000,
		0xffff7fffffffffff,
		0xffff888000000000,		/* the kernel's */
		0xffffffff81000000,
#endif
	};

	for (size_t i = 0; i < ARRAY_SIZE(args); i++)
		try_arg(m, cmd, "pointer", args[i]);
}

static void sweep_constants(struct matrix *m)
{
	static const unsigned long args[] = { 0, 1, 0x80000000, ~0ul };

	for (size_t i = 0; i < ARRAY_SIZE(args); i++)
		try_arg(m, KVM_GET_API_VERSION, "constant", args[i]);
	try_arg(m, KVM_CHECK_EXTENSION, "constant", KVM_CAP_EXT_CPUID);
	try_arg(m, KVM_CHECK_EXTENSION, "constant", KVM_CAP_EXT_EMUL_CPUID);
}

void matrix_ask(struct matrix *m)
{
	try_at(m, KVM_GET_SUPPORTED_CPUID, PLACE_WRITABLE, GUARD, MAX_ENTRIES,
	       FILL_AA, -1);
	try_at(m, KVM_GET_EMULATED_CPUID, PLACE_WRITABLE, GUARD, MAX_ENTRIES,
	       FILL_AA_CLEAN, -1);
}

static const unsigned int cmds[] = {
	KVM_GET_SUPPORTED_CPUID, KVM_GET_EMULATED_CPUID
};

void matrix_quick(struct matrix *m)
{
	__u32 nent[NR_EDGES];

	for (size_t i = 0; i < ARRAY_SIZE(cmds); i++) {
		edges(m, cmds[i], nent);
		for (int j = 0; j < NR_EDGES; j++)
			try_nent(m, cmds[i], nent[j]);
	}
}

void matrix_run(struct matrix *m)
{
	matrix_ask(m);
	sweep_constants(m);
	for (size_t i = 0; i < ARRAY_SIZE(cmds); i++) {
		sweep_nent(m, cmds[i]);
		sweep_alignment(m, cmds[i]);
		sweep_borders(m, cmds[i]);
		sweep_pointers(m, cmds[i]);
	}
	sweep_stains(m);
}
