// SPDX-License-Identifier: GPL-2.0
/* Made-up CPUs. Their registers are a hash of seed, leaf and index. */
#include <linux/bits.h>
#include "cpus.h"
#include "random.h"

void cpu_random(struct cpu *cpu)
{
	*cpu = (struct cpu){
		.seed = random_u64(),
		.max_basic = random_below(0x28),
		.max_extended = 0x80000000 + random_below(0x28),
		.max_centaur = 0xc0000000 + random_below(8),
		.intel = random_one_in(2),
		.caches = random_below(6),
		.indices = random_below(5),
		.xstates = random_u64() | 3,
		.supervisor = random_u64() & random_u64() & ~0x602ffull,
	};
	if (random_one_in(4))
		cpu->max_extended = 0;
	if (random_one_in(16))
		cpu->caches = 180 + random_below(80);
}

void cpu_random_garbage(struct cpu *cpu)
{
	*cpu = (struct cpu){
		.seed = random_u64(),
		.garbage = true,
	};
}

static u32 mix(u64 seed, u32 function, u32 index)
{
	u64 bits = random_hash(seed, function, index);

	switch (bits >> 61) {
	case 0:
		return 0;
	case 1:
		return ~0u;
	case 2:
		return bits & (bits >> 29);
	default:
		return bits;
	}
}

static void fill(const struct cpu *cpu, u32 function, u32 index, struct kvmcaps_cpuid *regs)
{
	regs->eax = mix(cpu->seed + 1, function, index);
	regs->ebx = mix(cpu->seed + 2, function, index);
	regs->ecx = mix(cpu->seed + 3, function, index);
	regs->edx = mix(cpu->seed + 4, function, index);
}

static void clear(struct kvmcaps_cpuid *regs)
{
	regs->eax = 0;
	regs->ebx = 0;
	regs->ecx = 0;
	regs->edx = 0;
}

static u32 limit_of(const struct cpu *cpu, u32 function)
{
	if (function >= 0xc0000000)
		return cpu->max_centaur;
	if (function >= 0x80000000)
		return cpu->max_extended;
	return cpu->max_basic;
}

static void shape_xstate(const struct cpu *cpu, u32 index, struct kvmcaps_cpuid *regs)
{
	if (index < 2)
		return;
	regs->eax = cpu->xstates >> (index & 63) & 1 ? 8 + (regs->eax & 0xfff) : 0;
	regs->ebx &= 0x3fff;
	regs->ecx = (regs->ecx & 6) | (cpu->supervisor >> (index & 63) & 1);
	if (!regs->eax)
		clear(regs);
}

/* What hardware promises of some leaves. */
static void shape(const struct cpu *cpu, u32 function, u32 index, struct kvmcaps_cpuid *regs)
{
	switch (function) {
	case 0x0:
	case 0x80000000:
	case 0xc0000000:
		regs->eax = limit_of(cpu, function);
		break;
	case 0x4:
	case 0x8000001d:
		regs->eax = (regs->eax & ~0x1f) | (index < cpu->caches);
		break;
	case 0x7:
	case 0x14:
	case 0x1d:
		if (!index)
			regs->eax = cpu->indices;
		break;
	case 0xb:
	case 0x1f:
	case 0x80000026:
		regs->ecx = index < 3 ? (index + 1) << 8 | index : index;
		break;
	case 0xd:
		shape_xstate(cpu, index, regs);
		break;
	}
}

void cpu_cpuid(void *ctx, struct kvmcaps_cpuid *regs)
{
	struct cpu *cpu = ctx;
	u32 function = regs->function;
	u32 index = regs->index;

	cpu->asked++;
	if (cpu->garbage) {
		fill(cpu, function, index, regs);
		return;
	}
	if (function > limit_of(cpu, function)) {
		clear(regs);
		if (!cpu->intel)
			return;
		function = cpu->max_basic;
	}
	fill(cpu, function, index, regs);
	shape(cpu, function, index, regs);
}
