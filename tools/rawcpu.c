// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "alloc.h"
#include "maker.h"
#include "rawcpu.h"

#define RANGE_MASK	0xffff0000

/* Leaves for which the index counts; others ignore it. */
static const u32 indexed[] = {
	0x4, 0x7, 0xb, 0xd, 0xf, 0x10, 0x12, 0x14, 0x17, 0x18, 0x1a, 0x1b, 0x1d, 0x1e, 0x1f,
	0x20, 0x23, 0x24, 0x8000001d, 0x80000020, 0x80000026,
};

bool rawcpu_indexed(u32 function)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(indexed); i++) {
		if (indexed[i] == function)
			return true;
	}
	return false;
}

void rawcpu_init(struct rawcpu *raw)
{
	raw->regs = alloc_array(NULL, RAWCPU_MAX, sizeof(*raw->regs));
	raw->nr = 0;
	raw->host = alloc_array(NULL, 1, sizeof(*raw->host));
}

void rawcpu_free(struct rawcpu *raw)
{
	free(raw->regs);
	free(raw->host);
}

static u64 key(const struct kvmcaps_cpuid *regs)
{
	return (u64)regs->function << 32 | regs->index;
}

/* Where it is, or where it would have to be. */
static unsigned int place(const struct rawcpu *raw, u64 wanted)
{
	unsigned int low = 0, high = raw->nr, middle;

	/* Dumps are in order. */
	if (!raw->nr || key(&raw->regs[raw->nr - 1]) < wanted)
		return raw->nr;
	while (low < high) {
		middle = (low + high) / 2;
		if (key(&raw->regs[middle]) < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool rawcpu_put(struct rawcpu *raw, const struct kvmcaps_cpuid *regs)
{
	unsigned int nr = place(raw, key(regs));
	struct kvmcaps_cpuid *at = &raw->regs[nr];

	if (nr == raw->nr || key(at) != key(regs)) {
		if (raw->nr == RAWCPU_MAX)
			return false;
		memmove(at + 1, at, (raw->nr++ - nr) * sizeof(*at));
	}
	*at = *regs;
	return true;
}

const struct kvmcaps_cpuid *rawcpu_find(const struct rawcpu *raw, u32 function, u32 index)
{
	u64 wanted = (u64)function << 32 | index;
	unsigned int nr = place(raw, wanted);

	return nr < raw->nr && key(&raw->regs[nr]) == wanted ? &raw->regs[nr] : NULL;
}

u32 rawcpu_indices(const struct rawcpu *raw, u32 function)
{
	unsigned int nr = place(raw, (u64)function << 32 | ~0u);

	return nr && raw->regs[nr - 1].function == function ? raw->regs[nr - 1].index + 1 : 0;
}

/**
 * struct recorder - a CPU being recorded
 * @raw: it
 * @zero: its leaf 0; all zero if there is none
 * @maker: KVMCAPS_MAKER_*
 * @base: first leaf of the range of the leaf that was asked for last
 */
struct recorder {
	const struct rawcpu *raw;
	struct kvmcaps_cpuid zero;
	u8 maker;
	struct kvmcaps_cpuid base;
};

/*
 * Beyond the highest leaf, Intel's CPUs answer as for the highest basic one;
 * AMD's answer zeroes. Source: SDM volume 2, CPUID; APM volume 3, CPUID.
 */
static bool goes_beyond(struct recorder *r, u32 function)
{
	const struct kvmcaps_cpuid none = { .function = function & RANGE_MASK };
	const struct kvmcaps_cpuid *base;

	if (r->base.function != none.function) {
		base = rawcpu_find(r->raw, none.function, 0);
		r->base = base ? *base : none;
	}
	return function > r->base.eax;
}

/*
 * Behind the last level of a topology, an index and the APIC id come back; it
 * need not be in a dump.
 */
static void end_levels(const struct rawcpu *raw, struct kvmcaps_cpuid *regs)
{
	const struct kvmcaps_cpuid *first = rawcpu_find(raw, regs->function, 0);

	if (!first || !first->ebx)
		return;
	regs->ecx = regs->index & 0xff;
	regs->edx = first->edx;
}

static void look_up(void *ctx, struct kvmcaps_cpuid *regs)
{
	const struct kvmcaps_cpuid *found;
	struct recorder *r = ctx;
	u32 function = regs->function;

	if (goes_beyond(r, function)) {
		if (r->maker != KVMCAPS_MAKER_INTEL)
			return;
		function = r->zero.eax;
	}
	found = rawcpu_find(r->raw, function, rawcpu_indexed(function) ? regs->index : 0);
	if (found) {
		regs->eax = found->eax;
		regs->ebx = found->ebx;
		regs->ecx = found->ecx;
		regs->edx = found->edx;
	} else if (function == 0xb || function == 0x1f || function == 0x80000026) {
		end_levels(r->raw, regs);
	}
}

/* Index 0 says that there is another one, which is not there. */
static bool is_absent(const struct rawcpu *raw, const struct kvmcaps_word_info *word)
{
	const struct kvmcaps_cpuid *first = rawcpu_find(raw, word->function, 0);

	if (!first || !word->index || rawcpu_find(raw, word->function, word->index))
		return false;
	return word->function == 0xd ? first->eax : first->eax >= word->index;
}

u32 rawcpu_save(struct rawcpu *raw, struct saved *saved, u32 number)
{
	const struct kvmcaps_cpuid *zero = rawcpu_find(raw, 0, 0);
	struct recorder recorder = { .raw = raw };
	struct saved_cpu *cpu = saved_cpu_add(saved, number);
	unsigned int word;
	u32 absent = 0;

	if (zero)
		recorder.zero = *zero;
	recorder.base = recorder.zero;
	recorder.maker = maker_of(recorder.zero.ebx, recorder.zero.ecx, recorder.zero.edx);
	kvmcaps_host_record(raw->host, look_up, &recorder);
	cpu->nr = raw->host->nr_cpuid;
	cpu->cpuid = alloc_array(NULL, cpu->nr, sizeof(*cpu->cpuid));
	memcpy(cpu->cpuid, raw->host->cpuid, cpu->nr * sizeof(*cpu->cpuid));
	for (word = 0; word < KVMCAPS_NR_WORDS; word++)
		absent |= is_absent(raw, &kvmcaps_words[word]) ? BIT(word) : 0;
	raw->nr = 0;
	return absent;
}
