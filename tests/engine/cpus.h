/* SPDX-License-Identifier: GPL-2.0 */
/* Synthetic CPUs: functions that answer any CPUID, without a record. */
#ifndef ENGINE_CPUS_H
#define ENGINE_CPUS_H

#include <kvmcaps/host.h>

/**
 * struct cpu - one made-up CPU
 * @seed: all registers follow from it
 * @max_basic: CPUID.0:EAX
 * @max_extended: CPUID.80000000H:EAX
 * @max_centaur: CPUID.C0000000H:EAX
 * @intel: beyond its leaves it answers as for @max_basic, not with zeroes
 * @garbage: registers are random even where the limits above say otherwise
 * @caches: indices of leaf 4 and 0x8000001d before the empty one
 * @indices: highest index of 7, 0x14, 0x1d
 * @xstates: XCR0 and IA32_XSS states that it has
 * @supervisor: those of them that belong to IA32_XSS
 * @asked: how many CPUIDs it has executed
 */
struct cpu {
	u64 seed;
	u32 max_basic;
	u32 max_extended;
	u32 max_centaur;
	bool intel;
	bool garbage;
	u32 caches;
	u32 indices;
	u64 xstates;
	u64 supervisor;
	u64 asked;
};

/* A CPU that could be, of any maker. */
void cpu_random(struct cpu *cpu);
/* One that could not. */
void cpu_random_garbage(struct cpu *cpu);
/* A kvmcaps_cpuid_fn; @ctx is a struct cpu. */
void cpu_cpuid(void *ctx, struct kvmcaps_cpuid *regs);

#endif /* ENGINE_CPUS_H */
