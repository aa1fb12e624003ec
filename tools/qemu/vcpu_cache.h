/* SPDX-License-Identifier: GPL-2.0 */
/* Caches as QEMU makes them up, and how CPUID has them. */
#ifndef TOOLS_QEMU_VCPU_CACHE_H
#define TOOLS_QEMU_VCPU_CACHE_H

#include <jansson.h>
#include <kvmcaps/host.h>

#include "vcpu_topology.h"

enum vcpu_cache_nr {
	VCPU_CACHE_L1D,
	VCPU_CACHE_L1I,
	VCPU_CACHE_L2,
	VCPU_CACHE_L3,
	VCPU_NR_CACHES,
};

/**
 * struct vcpu_cache - a cache
 * @size: in bytes
 * @line: bytes of a line
 * @ways: associativity
 * @partitions: lines that share a tag
 * @sets: how many
 * @tag_lines: lines that have a tag together, as AMD counts them
 * @self_init: needs no software to initialize it
 * @no_invd_sharing: WBINVD does not reach those of other threads
 * @inclusive: holds what the levels below hold
 * @complex: a line's set is a function of all bits of the address
 * @share: the level whose threads share it
 */
struct vcpu_cache {
	u32 size;
	u16 line;
	u16 ways;
	u16 partitions;
	u32 sets;
	u16 tag_lines;
	bool self_init;
	bool no_invd_sharing;
	bool inclusive;
	bool complex;
	enum vcpu_level share;
};

/**
 * struct vcpu_caches - the caches that a CPU tells of, which need not agree
 * @leaf_2: by CPUID.2H
 * @leaf_4: by CPUID.4H
 * @amd: by CPUID.80000005H, .80000006H and .8000001DH
 */
struct vcpu_caches {
	struct vcpu_cache leaf_2[VCPU_NR_CACHES];
	struct vcpu_cache leaf_4[VCPU_NR_CACHES];
	struct vcpu_cache amd[VCPU_NR_CACHES];
};

/* What QEMU has for a model without caches of its own. */
extern const struct vcpu_caches vcpu_cache_legacy;

/* Those of a model, as the registry's file has them; false if it is not so. */
bool vcpu_cache_model(const json_t *json, struct vcpu_caches *caches);

/* The byte by which CPUID.2H names a cache; 0xFF for "see leaf 4". */
u32 vcpu_cache_descriptor(const struct vcpu_cache *caches, enum vcpu_cache_nr nr);

/* These fill registers in. */
void vcpu_cache_leaf_4(const struct vcpu_cache *caches, enum vcpu_cache_nr nr,
		       const struct qemu_machine *machine, struct kvmcaps_cpuid *regs);
void vcpu_cache_8000001d(const struct vcpu_cache *caches, enum vcpu_cache_nr nr,
			 const struct qemu_machine *machine, struct kvmcaps_cpuid *regs);

/* A register of CPUID.80000005H, and two of CPUID.80000006H. */
u32 vcpu_cache_80000005(const struct vcpu_cache *cache);
u32 vcpu_cache_80000006_l2(const struct vcpu_cache *cache);
u32 vcpu_cache_80000006_l3(const struct vcpu_cache *cache);

/* AMD's 4 bits for an associativity. */
u32 vcpu_cache_amd_ways(unsigned int ways);

/* What CPUID.4H has of a level in EAX: cores of a package, threads that share. */
u32 vcpu_cache_cores(const struct qemu_machine *machine);
u32 vcpu_cache_sharers(const struct qemu_machine *machine, enum vcpu_level share);

#endif /* TOOLS_QEMU_VCPU_CACHE_H */
