// SPDX-License-Identifier: GPL-2.0
/*
 * Reading a host's CPUID into a record, and looking it up there. The record
 * holds every leaf and index that KVM may execute, whatever the CPU claims.
 */
#include <linux/kernel.h>
#include <kvmcaps/host.h>

#define BASIC		0x00000000
#define EXTENDED	0x80000000
#define CENTAUR		0xc0000000

/* Leaves recorded of each range; KVM answers for fewer. */
#define MAX_LEAVES	0x40

/* How a leaf says which indices it has. */
enum extent {
	ONE,		/* index 0 only */
	TO_EAX,		/* index 0's EAX is the highest index */
	CACHES,		/* as long as EAX[4:0], the type, is not 0 */
	LEVELS,		/* as long as ECX[15:8], the type, is not 0 */
	SECTIONS,	/* 0, 1, then as long as EAX[3:0], the type, is not 0 */
	XFEATURES,	/* 0 to 63, those that are not empty */
	BITS,		/* 0, and the bits set in index 0 */
};

struct indexed_leaf {
	u32 function;
	enum extent extent;
	unsigned int most;
};

/*
 * Leaves whose indices KVM hands on without end need all that can count. The
 * most that a CPU can claim is 4 * MANY + 64 + 14 * FEW, 64 leaves in each of
 * three ranges, and the words: 1,756 entries, for which there is room.
 */
#define MANY	KVMCAPS_MAX_INDICES
#define ALL	64
#define FEW	32

static const struct indexed_leaf indexed_leaves[] = {
	{ 0x4, CACHES, MANY },
	{ 0x7, TO_EAX, FEW },
	{ 0xb, LEVELS, FEW },
	{ 0xd, XFEATURES, ALL },
	{ 0xf, BITS, FEW },
	{ 0x10, BITS, FEW },
	{ 0x12, SECTIONS, FEW },
	{ 0x14, TO_EAX, MANY },
	{ 0x17, TO_EAX, FEW },
	{ 0x18, TO_EAX, FEW },
	{ 0x1d, TO_EAX, MANY },
	{ 0x1e, TO_EAX, FEW },
	{ 0x1f, LEVELS, FEW },
	{ 0x20, TO_EAX, FEW },
	{ 0x23, BITS, FEW },
	{ 0x24, TO_EAX, FEW },
	{ 0x8000001d, CACHES, MANY },
	{ 0x80000020, BITS, FEW },
	{ 0x80000026, LEVELS, FEW },
};

static const struct indexed_leaf plain_leaf = { .extent = ONE };

struct reader {
	struct kvmcaps_host *host;
	kvmcaps_cpuid_fn cpuid;
	void *ctx;
};

static struct kvmcaps_cpuid execute(const struct reader *r, u32 function, u32 index)
{
	struct kvmcaps_cpuid regs = { .function = function, .index = index };

	r->cpuid(r->ctx, &regs);
	return regs;
}

static bool is_empty(const struct kvmcaps_cpuid *regs)
{
	return !(regs->eax | regs->ebx | regs->ecx | regs->edx);
}

static void keep(const struct reader *r, const struct kvmcaps_cpuid *regs)
{
	struct kvmcaps_host *host = r->host;

	if (host->nr_cpuid < ARRAY_SIZE(host->cpuid))
		host->cpuid[host->nr_cpuid++] = *regs;
}

static const struct indexed_leaf *extent_of(u32 function)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(indexed_leaves); i++) {
		if (indexed_leaves[i].function == function)
			return &indexed_leaves[i];
	}
	return &plain_leaf;
}

/* Whether a leaf has another index behind @last. */
static bool goes_on(enum extent extent, const struct kvmcaps_cpuid *first,
		    const struct kvmcaps_cpuid *last)
{
	switch (extent) {
	case TO_EAX:
		return last->index < first->eax;
	case CACHES:
		return last->eax & 0x1f;
	case LEVELS:
		return last->ecx & 0xff00;
	case SECTIONS:
		return last->index < 2 || (last->eax & 0xf);
	case XFEATURES:
		return last->index < 63;
	case BITS:
		return last->index < 31;
	default:
		return false;
	}
}

static bool worth_keeping(enum extent extent, const struct kvmcaps_cpuid *regs)
{
	if (extent != XFEATURES && extent != BITS)
		return true;
	return regs->index < 2 || !is_empty(regs);
}

static struct kvmcaps_cpuid record_leaf(const struct reader *r, u32 function)
{
	const struct indexed_leaf *leaf = extent_of(function);
	struct kvmcaps_cpuid first = execute(r, function, 0);
	struct kvmcaps_cpuid last = first;
	unsigned int nr = 1;

	keep(r, &first);
	while (nr < leaf->most && goes_on(leaf->extent, &first, &last)) {
		last = execute(r, function, nr++);
		if (worth_keeping(leaf->extent, &last))
			keep(r, &last);
	}
	return first;
}

static void record_range(const struct reader *r, u32 base)
{
	u32 limit = record_leaf(r, base).eax;
	u32 function;

	limit = min(limit, base + MAX_LEAVES - 1);
	for (function = base + 1; function <= limit; function++)
		record_leaf(r, function);
}

/* In the entries from number @from on, but not in @to or behind. */
static const struct kvmcaps_cpuid *find(const struct kvmcaps_host *host, u32 from, u32 to,
					u32 function, u32 index)
{
	u32 i;

	for (i = from; i < to; i++) {
		if (host->cpuid[i].function == function && host->cpuid[i].index == index)
			return &host->cpuid[i];
	}
	return NULL;
}

/**
 * kvmcaps_host_record() - record the raw CPUID of one CPU
 * @host: its cpuid and nr_cpuid are replaced
 * @cpuid: executes or looks up CPUID
 * @ctx: passed to @cpuid
 *
 * Besides what the CPU says it has, the place of every word is recorded: KVM
 * executes CPUID for all of them, and what comes back from beyond the highest
 * leaf differs by CPU and hypervisor.
 */
void kvmcaps_host_record(struct kvmcaps_host *host, kvmcaps_cpuid_fn cpuid, void *ctx)
{
	const struct reader r = { .host = host, .cpuid = cpuid, .ctx = ctx };
	const struct kvmcaps_word_info *word;
	struct kvmcaps_cpuid regs;
	unsigned int i;

	host->nr_cpuid = 0;
	record_range(&r, BASIC);
	record_range(&r, EXTENDED);
	record_range(&r, CENTAUR);

	for (i = 0; i < KVMCAPS_NR_WORDS; i++) {
		word = &kvmcaps_words[i];
		if (find(host, 0, host->nr_cpuid, word->function, word->index))
			continue;
		regs = execute(&r, word->function, word->index);
		keep(&r, &regs);
	}
}

/**
 * kvmcaps_host_cpuid_near() - what CPUID returns on a host, for who reads on
 * @host: the host
 * @near: number of the entry to look at first, below nr_cpuid or 0; becomes
 *	that of what is found
 * @function: leaf
 * @index: its index
 *
 * Records are mostly in order. Who asks in order, and has @near from the last
 * time, finds each entry at once.
 *
 * Return: the registers, all zero for what is not recorded.
 */
struct kvmcaps_cpuid kvmcaps_host_cpuid_near(const struct kvmcaps_host *host, u32 *near,
					     u32 function, u32 index)
{
	const struct kvmcaps_cpuid *regs =
		find(host, *near, host->nr_cpuid, function, index) ?:
		find(host, 0, *near, function, index);

	if (!regs)
		return (struct kvmcaps_cpuid){ .function = function, .index = index };
	*near = regs - host->cpuid;
	return *regs;
}

/**
 * kvmcaps_host_cpuid() - what CPUID returns on a host
 * @host: the host
 * @function: leaf
 * @index: its index
 *
 * Return: the registers, all zero for what is not recorded.
 */
struct kvmcaps_cpuid kvmcaps_host_cpuid(const struct kvmcaps_host *host,
					u32 function, u32 index)
{
	u32 near = 0;

	return kvmcaps_host_cpuid_near(host, &near, function, index);
}

/**
 * kvmcaps_host_word_near() - a word of raw CPUID, for who reads on
 * @host: the host
 * @near: as in kvmcaps_host_cpuid_near()
 * @word: which
 *
 * Return: the register.
 */
u32 kvmcaps_host_word_near(const struct kvmcaps_host *host, u32 *near, enum kvmcaps_word word)
{
	const struct kvmcaps_word_info *info = &kvmcaps_words[word];
	struct kvmcaps_cpuid regs = kvmcaps_host_cpuid_near(host, near, info->function,
							    info->index);

	return kvmcaps_cpuid_reg(&regs, info->reg);
}

/**
 * kvmcaps_host_word() - a word of raw CPUID
 * @host: the host
 * @word: which
 *
 * Return: the register.
 */
u32 kvmcaps_host_word(const struct kvmcaps_host *host, enum kvmcaps_word word)
{
	u32 near = 0;

	return kvmcaps_host_word_near(host, &near, word);
}
