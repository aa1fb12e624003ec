// SPDX-License-Identifier: GPL-2.0
/* SDM volume 2A, CPUID: leaves 2 and 4; APM volume 3, E.4.5, E.4.6 and E.4.15. */
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "vcpu_cache.h"

#define KIB(n)	((n) << 10)
#define MIB(n)	((n) << 20)

/* Fields of CPUID.4H and CPUID.8000001DH. */
#define LEVEL_SHIFT	5
#define SELF_INIT	BIT(8)
#define SHARERS_SHIFT	14
#define CORES_SHIFT	26
#define PARTITIONS_SHIFT 12
#define WAYS_SHIFT	22
#define NO_INVD_SHARING	BIT(0)
#define INCLUSIVE	BIT(1)
#define COMPLEX		BIT(2)

enum type {
	DATA		= 1,
	INSTRUCTION	= 2,
	UNIFIED		= 3,
};

static const struct {
	const char *key;
	u8 level;
	enum type type;
} kinds[VCPU_NR_CACHES] = {
	[VCPU_CACHE_L1D] = { "l1d", 1, DATA },
	[VCPU_CACHE_L1I] = { "l1i", 1, INSTRUCTION },
	[VCPU_CACHE_L2]	 = { "l2", 2, UNIFIED },
	[VCPU_CACHE_L3]	 = { "l3", 3, UNIFIED },
};

#define L1_32K {						\
	.size = KIB(32), .line = 64, .ways = 8, .partitions = 1,\
	.sets = 64, .self_init = true, .no_invd_sharing = true,	\
	.share = VCPU_CORE }

#define L1_64K_AMD {						\
	.size = KIB(64), .line = 64, .ways = 2, .partitions = 1,\
	.sets = 512, .tag_lines = 1, .self_init = true,		\
	.no_invd_sharing = true, .share = VCPU_CORE }

#define L3_16M {						\
	.size = MIB(16), .line = 64, .ways = 16, .partitions = 1,\
	.sets = 16384, .tag_lines = 1, .self_init = true,	\
	.inclusive = true, .complex = true, .share = VCPU_DIE }

/* These contradict each other, and stay so: guests have seen them for years. */
const struct vcpu_caches vcpu_cache_legacy = {
	.leaf_2 = {
		[VCPU_CACHE_L1D] = L1_32K,
		[VCPU_CACHE_L1I] = L1_32K,
		[VCPU_CACHE_L2]	 = { .size = MIB(2), .line = 64, .ways = 8 },
		[VCPU_CACHE_L3]	 = L3_16M,
	},
	.leaf_4 = {
		[VCPU_CACHE_L1D] = L1_32K,
		[VCPU_CACHE_L1I] = L1_32K,
		[VCPU_CACHE_L2]	 = {
			.size = MIB(4), .line = 64, .ways = 16, .partitions = 1,
			.sets = 4096, .self_init = true, .no_invd_sharing = true,
			.share = VCPU_CORE,
		},
		[VCPU_CACHE_L3]	 = L3_16M,
	},
	.amd = {
		[VCPU_CACHE_L1D] = L1_64K_AMD,
		[VCPU_CACHE_L1I] = L1_64K_AMD,
		[VCPU_CACHE_L2]	 = {
			.size = KIB(512), .line = 64, .ways = 16, .partitions = 1,
			.sets = 512, .tag_lines = 1, .share = VCPU_CORE,
		},
		[VCPU_CACHE_L3]	 = L3_16M,
	},
};

static bool take_number(const json_t *json, const char *key, u32 most, u32 *value)
{
	json_int_t number = json_integer_value(json_object_get(json, key));

	*value = number;
	return number >= 0 && number <= most;
}

static bool take_share(const json_t *json, enum vcpu_level *share)
{
	static const char *const names[VCPU_NR_LEVELS] = {
		[VCPU_CORE]	= "core",
		[VCPU_MODULE]	= "module",
		[VCPU_DIE]	= "die",
		[VCPU_SOCKET]	= "socket",
	};
	const char *name = json_string_value(json_object_get(json, "share-level"));
	unsigned int level;

	for (level = VCPU_CORE; name && level < VCPU_NR_LEVELS; level++) {
		if (!strcmp(name, names[level])) {
			*share = level;
			return true;
		}
	}
	return false;
}

/* Bounds are those of the fields of CPUID. */
static bool take_cache(const json_t *json, struct vcpu_cache *cache)
{
	u32 line, ways, partitions, tag_lines;

	if (!take_number(json, "line-size", 255, &line) ||
	    !take_number(json, "associativity", 255, &ways) ||
	    !take_number(json, "partitions", 255, &partitions) ||
	    !take_number(json, "lines-per-tag", 15, &tag_lines) ||
	    !take_number(json, "sets", BIT(20), &cache->sets) ||
	    !take_share(json, &cache->share))
		return false;
	cache->line = line;
	cache->ways = ways;
	cache->partitions = partitions;
	cache->tag_lines = tag_lines;
	cache->size = line * ways * partitions * cache->sets;
	cache->self_init = json_is_true(json_object_get(json, "self-init"));
	cache->no_invd_sharing = json_is_true(json_object_get(json, "no-invd-sharing"));
	cache->inclusive = json_is_true(json_object_get(json, "inclusive"));
	cache->complex = json_is_true(json_object_get(json, "complex-indexing"));
	return line && ways && partitions && cache->sets;
}

bool vcpu_cache_model(const json_t *json, struct vcpu_caches *caches)
{
	unsigned int nr;

	for (nr = 0; nr < VCPU_NR_CACHES; nr++) {
		if (!take_cache(json_object_get(json, kinds[nr].key), &caches->amd[nr]))
			return false;
	}
	memcpy(caches->leaf_2, caches->amd, sizeof(caches->amd));
	memcpy(caches->leaf_4, caches->amd, sizeof(caches->amd));
	return true;
}

/*
 * Descriptors that QEMU knows, in the order in which it looks. Several that
 * Intel has are none of them: those with two lines in a sector, and 49H, which
 * means something else on some CPUs.
 */
static const struct descriptor {
	u8 byte;
	u8 level;
	u8 type;
	u8 ways;
	u8 line;
	u32 size;
} descriptors[] = {
	{ 0x06, 1, INSTRUCTION,	 4, 32, KIB(8) },
	{ 0x08, 1, INSTRUCTION,	 4, 32, KIB(16) },
	{ 0x09, 1, INSTRUCTION,	 4, 64, KIB(32) },
	{ 0x0A, 1, DATA,	 2, 32, KIB(8) },
	{ 0x0C, 1, DATA,	 4, 32, KIB(16) },
	{ 0x0D, 1, DATA,	 4, 64, KIB(16) },
	{ 0x0E, 1, DATA,	 6, 64, KIB(24) },
	{ 0x1D, 2, UNIFIED,	 2, 64, KIB(128) },
	{ 0x21, 2, UNIFIED,	 8, 64, KIB(256) },
	{ 0x24, 2, UNIFIED,	16, 64, MIB(1) },
	{ 0x2C, 1, DATA,	 8, 64, KIB(32) },
	{ 0x30, 1, INSTRUCTION,	 8, 64, KIB(32) },
	{ 0x41, 2, UNIFIED,	 4, 32, KIB(128) },
	{ 0x42, 2, UNIFIED,	 4, 32, KIB(256) },
	{ 0x43, 2, UNIFIED,	 4, 32, KIB(512) },
	{ 0x44, 2, UNIFIED,	 4, 32, MIB(1) },
	{ 0x45, 2, UNIFIED,	 4, 32, MIB(2) },
	{ 0x46, 3, UNIFIED,	 4, 64, MIB(4) },
	{ 0x47, 3, UNIFIED,	 8, 64, MIB(8) },
	{ 0x48, 2, UNIFIED,	12, 64, MIB(3) },
	{ 0x4A, 3, UNIFIED,	12, 64, MIB(6) },
	{ 0x4B, 3, UNIFIED,	16, 64, MIB(8) },
	{ 0x4C, 3, UNIFIED,	12, 64, MIB(12) },
	{ 0x4D, 3, UNIFIED,	16, 64, MIB(16) },
	{ 0x4E, 2, UNIFIED,	24, 64, MIB(6) },
	{ 0x60, 1, DATA,	 8, 64, KIB(16) },
	{ 0x66, 1, DATA,	 4, 64, KIB(8) },
	{ 0x67, 1, DATA,	 4, 64, KIB(16) },
	{ 0x68, 1, DATA,	 4, 64, KIB(32) },
	{ 0x78, 2, UNIFIED,	 4, 64, MIB(1) },
	{ 0x7D, 2, UNIFIED,	 8, 64, MIB(2) },
	{ 0x7F, 2, UNIFIED,	 2, 64, KIB(512) },
	{ 0x80, 2, UNIFIED,	 8, 64, KIB(512) },
	{ 0x82, 2, UNIFIED,	 8, 32, KIB(256) },
	{ 0x83, 2, UNIFIED,	 8, 32, KIB(512) },
	{ 0x84, 2, UNIFIED,	 8, 32, MIB(1) },
	{ 0x85, 2, UNIFIED,	 8, 32, MIB(2) },
	{ 0x86, 2, UNIFIED,	 4, 64, KIB(512) },
	{ 0x87, 2, UNIFIED,	 8, 64, MIB(1) },
	{ 0xD0, 3, UNIFIED,	 4, 64, KIB(512) },
	{ 0xD1, 3, UNIFIED,	 4, 64, MIB(1) },
	{ 0xD2, 3, UNIFIED,	 4, 64, MIB(2) },
	{ 0xD6, 3, UNIFIED,	 8, 64, MIB(1) },
	{ 0xD7, 3, UNIFIED,	 8, 64, MIB(2) },
	{ 0xD8, 3, UNIFIED,	 8, 64, MIB(4) },
	{ 0xDC, 3, UNIFIED,	12, 64, KIB(1536) },
	{ 0xDD, 3, UNIFIED,	12, 64, MIB(3) },
	{ 0xDE, 3, UNIFIED,	12, 64, MIB(6) },
	{ 0xE2, 3, UNIFIED,	16, 64, MIB(2) },
	{ 0xE3, 3, UNIFIED,	16, 64, MIB(4) },
	{ 0xE4, 3, UNIFIED,	16, 64, MIB(8) },
	{ 0xEA, 3, UNIFIED,	24, 64, MIB(12) },
	{ 0xEB, 3, UNIFIED,	24, 64, MIB(18) },
	{ 0xEC, 3, UNIFIED,	24, 64, MIB(24) },
};

#define SEE_LEAF_4	0xFF

u32 vcpu_cache_descriptor(const struct vcpu_cache *caches, enum vcpu_cache_nr nr)
{
	const struct vcpu_cache *cache = &caches[nr];
	const struct descriptor *d;

	for (d = descriptors; d < descriptors + ARRAY_SIZE(descriptors); d++) {
		if (d->level == kinds[nr].level && d->type == kinds[nr].type &&
		    d->size == cache->size && d->line == cache->line && d->ways == cache->ways)
			return d->byte;
	}
	return SEE_LEAF_4;
}

u32 vcpu_cache_cores(const struct qemu_machine *machine)
{
	u32 bits = vcpu_topology_shift(machine, VCPU_SOCKET) -
		   vcpu_topology_shift(machine, VCPU_CORE);

	return ((1u << bits) - 1) << CORES_SHIFT;
}

u32 vcpu_cache_sharers(const struct qemu_machine *machine, enum vcpu_level share)
{
	return ((1u << vcpu_topology_shift(machine, share)) - 1) << SHARERS_SHIFT;
}

void vcpu_cache_8000001d(const struct vcpu_cache *caches, enum vcpu_cache_nr nr,
			 const struct qemu_machine *machine, struct kvmcaps_cpuid *regs)
{
	const struct vcpu_cache *cache = &caches[nr];

	regs->eax = kinds[nr].type | kinds[nr].level << LEVEL_SHIFT |
		    (cache->self_init ? SELF_INIT : 0) |
		    vcpu_cache_sharers(machine, cache->share);
	regs->ebx = (cache->line - 1) | (cache->partitions - 1) << PARTITIONS_SHIFT |
		    (u32)(cache->ways - 1) << WAYS_SHIFT;
	regs->ecx = cache->sets - 1;
	regs->edx = (cache->no_invd_sharing ? NO_INVD_SHARING : 0) |
		    (cache->inclusive ? INCLUSIVE : 0) | (cache->complex ? COMPLEX : 0);
}

void vcpu_cache_leaf_4(const struct vcpu_cache *caches, enum vcpu_cache_nr nr,
		       const struct qemu_machine *machine, struct kvmcaps_cpuid *regs)
{
	vcpu_cache_8000001d(caches, nr, machine, regs);
	regs->eax |= vcpu_cache_cores(machine);
}

u32 vcpu_cache_80000005(const struct vcpu_cache *cache)
{
	return cache->size / KIB(1) << 24 | cache->ways << 16 | cache->tag_lines << 8 |
	       cache->line;
}

u32 vcpu_cache_amd_ways(unsigned int ways)
{
	static const u8 codes[256] = {
		[1] = 0x1, [2] = 0x2, [4] = 0x4, [8] = 0x6, [16] = 0x8, [32] = 0xA,
		[48] = 0xB, [64] = 0xC, [96] = 0xD, [128] = 0xE, [255] = 0xF,
	};

	return ways < ARRAY_SIZE(codes) ? codes[ways] : 0;
}

u32 vcpu_cache_80000006_l2(const struct vcpu_cache *cache)
{
	return cache->size / KIB(1) << 16 | vcpu_cache_amd_ways(cache->ways) << 12 |
	       cache->tag_lines << 8 | cache->line;
}

u32 vcpu_cache_80000006_l3(const struct vcpu_cache *cache)
{
	return cache->size / KIB(512) << 18 | vcpu_cache_amd_ways(cache->ways) << 12 |
	       cache->tag_lines << 8 | cache->line;
}
