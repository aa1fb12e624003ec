// SPDX-License-Identifier: GPL-2.0
/*
 * Leaves as rows. The feature words go into the registers that are theirs; what
 * else a leaf has, or must not show, its function says.
 */
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "supported.h"
#include "vcpu_leaf.h"
#include "vcpu_topology.h"
#include "vcpu_xsave.h"

/**
 * struct leaf - what is in a leaf
 * @function: its number
 * @words: the feature words that are in it, first
 * @fill: sets registers of the index that is in them already
 */
struct leaf {
	u32 function;
	bool words;
	void (*fill)(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs);
};

static void set(struct kvmcaps_cpuid *regs, u32 eax, u32 ebx, u32 ecx, u32 edx)
{
	regs->eax = eax;
	regs->ebx = ebx;
	regs->ecx = ecx;
	regs->edx = edx;
}

static const struct qemu_machine *machine_of(const struct qemu_vcpu *vcpu)
{
	return vcpu->cpu->accel->machine;
}

static u32 threads_of(const struct qemu_vcpu *vcpu)
{
	return vcpu_topology_threads(machine_of(vcpu), VCPU_SOCKET);
}

static bool is_amd(const struct qemu_vcpu *vcpu)
{
	return qemu_cpu_is_by(vcpu->cpu, "AuthenticAMD");
}

/* Since machines of 6.0, a CPU of AMD has no leaves that are Intel's alone. */
static bool is_amd_only(const struct qemu_vcpu *vcpu)
{
	return is_amd(vcpu) && qemu_cpu_bool(vcpu->cpu, "x-vendor-cpuid-only");
}

static void put_text(const char *text, size_t size, u32 at, struct kvmcaps_cpuid *regs)
{
	char bytes[16] = {};
	size_t len = text ? strnlen(text, size) : 0;

	if (at < len)
		memcpy(bytes, text + at, min(len - at, sizeof(bytes)));
	memcpy(&regs->eax, bytes, sizeof(bytes));
}

static void put_vendor(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	struct kvmcaps_cpuid text;

	put_text(qemu_cpu_text(vcpu->cpu, "vendor"), 12, 0, &text);
	regs->ebx = text.eax;
	regs->edx = text.ebx;
	regs->ecx = text.ecx;
}

static void leaf_0(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	regs->eax = qemu_cpu_number(vcpu->cpu, "level");
	put_vendor(vcpu, regs);
}

#define FAMILY_EXTENDED	0xFu

static u32 signature(const struct qemu_cpu *cpu)
{
	u32 family = qemu_cpu_number(cpu, "family");
	u32 model = qemu_cpu_number(cpu, "model");
	u32 stepping = qemu_cpu_number(cpu, "stepping");
	u32 extended = family > FAMILY_EXTENDED ? family - FAMILY_EXTENDED : 0;

	return stepping | (model & 0xF) << 4 | (family - extended) << 8 | model >> 4 << 16 |
	       extended << 20;
}

#define PDCM		BIT(15)
#define CLFLUSH_64	(8 << 8)

static void leaf_1(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	u32 threads = threads_of(vcpu);

	regs->eax = signature(vcpu->cpu);
	regs->ebx = vcpu->apic_id << 24 | CLFLUSH_64;
	if (threads > 1)
		regs->ebx |= threads << 16;
	if (!qemu_cpu_bool(vcpu->cpu, "pmu"))
		regs->ecx &= ~PDCM;
}

/* The host's, if it has the leaf. */
static void put_host(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	const struct qemu_accel *accel = vcpu->cpu->accel;
	struct kvmcaps_cpuid host = qemu_accel_host_cpuid(accel, regs->function, regs->index);

	if (regs->function <= qemu_accel_host_cpuid(accel, regs->function & BIT(31), 0).eax)
		set(regs, host.eax, host.ebx, host.ecx, host.edx);
}

static bool has_host_caches(const struct qemu_vcpu *vcpu)
{
	return qemu_cpu_bool(vcpu->cpu, "host-cache-info");
}

static void leaf_2(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	const struct vcpu_cache *caches = vcpu->caches.leaf_2;

	if (has_host_caches(vcpu)) {
		put_host(vcpu, regs);
		return;
	}
	if (is_amd_only(vcpu))
		return;
	regs->eax = 1;
	if (qemu_cpu_bool(vcpu->cpu, "l3-cache"))
		regs->ecx = vcpu_cache_descriptor(caches, VCPU_CACHE_L3);
	regs->edx = vcpu_cache_descriptor(caches, VCPU_CACHE_L1D) << 16 |
		    vcpu_cache_descriptor(caches, VCPU_CACHE_L1I) << 8 |
		    vcpu_cache_descriptor(caches, VCPU_CACHE_L2);
}

#define CACHE_TYPE	GENMASK(4, 0)
#define CACHE_SHARERS	GENMASK(25, 14)
#define CACHE_CORES	GENMASK(31, 26)

/* The host's caches, with sharers that the guest can have. */
static void host_leaf_4(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	const struct qemu_machine *machine = machine_of(vcpu);
	u32 sharers;

	put_host(vcpu, regs);
	if (!(regs->eax & CACHE_TYPE))
		return;
	sharers = 1 + ((regs->eax & CACHE_SHARERS) >> 14);
	regs->eax = (regs->eax & ~CACHE_CORES) | vcpu_cache_cores(machine);
	if (sharers > threads_of(vcpu))
		regs->eax = (regs->eax & ~CACHE_SHARERS) |
			    vcpu_cache_sharers(machine, VCPU_SOCKET);
}

static void leaf_4(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	const struct qemu_cpu *cpu = vcpu->cpu;

	if (has_host_caches(vcpu)) {
		host_leaf_4(vcpu, regs);
		return;
	}
	if (is_amd_only(vcpu) || regs->index >= VCPU_NR_CACHES)
		return;
	if (regs->index == VCPU_CACHE_L3 && !qemu_cpu_bool(cpu, "l3-cache"))
		return;
	vcpu_cache_leaf_4(vcpu->caches.leaf_4, regs->index, machine_of(vcpu), regs);
	/* Of machines before 9.1, whose L1 caches are a thread's. */
	if (regs->index <= VCPU_CACHE_L1I && !qemu_cpu_bool(cpu, "x-l1-cache-per-thread"))
		regs->eax &= ~CACHE_SHARERS;
}

static void leaf_5(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	set(regs, vcpu->mwait.eax, vcpu->mwait.ebx, vcpu->mwait.ecx, vcpu->mwait.edx);
}

static void leaf_7(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	if (!regs->index)
		regs->eax = qemu_cpu_number(vcpu->cpu, "level-func7");
}

static void put_supported(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	u32 *reg = &regs->eax;
	unsigned int nr;

	for (nr = 0; nr < KVMCAPS_NR_REGS; nr++)
		reg[nr] = qemu_supported(vcpu->cpu->accel, regs->function, regs->index, nr);
}

static void leaf_a(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	if (qemu_cpu_bool(vcpu->cpu, "pmu"))
		put_supported(vcpu, regs);
}

/* Types of levels, in ECX[15:8] of leaves BH and 1FH. */
enum type {
	TYPE_NONE	= 0,
	TYPE_SMT	= 1,
	TYPE_CORE	= 2,
	TYPE_MODULE	= 3,
	TYPE_DIE	= 5,
};

static void put_level(const struct qemu_vcpu *vcpu, u32 index, enum type type,
		      enum vcpu_level next, struct kvmcaps_cpuid *regs)
{
	if (type) {
		regs->eax = vcpu_topology_shift(machine_of(vcpu), next);
		regs->ebx = vcpu_topology_threads(machine_of(vcpu), next) & 0xFFFF;
	}
	regs->ecx = (index & 0xFF) | type << 8;
	regs->edx = vcpu->apic_id;
}

/* This leaf knows two levels: for it, a core may be any part of a package. */
static void leaf_b(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	if (!qemu_cpu_bool(vcpu->cpu, "cpuid-0xb"))
		return;
	if (regs->index == 0)
		put_level(vcpu, regs->index, TYPE_SMT, VCPU_CORE, regs);
	else if (regs->index == 1)
		put_level(vcpu, regs->index, TYPE_CORE, VCPU_SOCKET, regs);
	else
		put_level(vcpu, regs->index, TYPE_NONE, VCPU_SOCKET, regs);
}

#define ARCH_LBR	19
#define STATE_LBR	15
#define XSAVES		BIT(3)

static bool has_lbr(const struct qemu_cpu *cpu)
{
	return qemu_cpu_bool(cpu, "pmu") && qemu_cpu_has(cpu, QEMU_7_0_EDX, ARCH_LBR);
}

static void leaf_d_0(const struct qemu_cpu *cpu, struct kvmcaps_cpuid *regs)
{
	regs->ecx = vcpu_xsave_bytes(cpu->accel, vcpu_xsave_xcr0(cpu), false);
	regs->ebx = regs->ecx;
}

static void leaf_d_1(const struct qemu_cpu *cpu, struct kvmcaps_cpuid *regs)
{
	u64 states = vcpu_xsave_xcr0(cpu) | vcpu_xsave_xss(cpu);

	regs->ebx = vcpu_xsave_bytes(cpu->accel, states, true);
	if (has_lbr(cpu) && (regs->eax & XSAVES))
		regs->ecx |= BIT(STATE_LBR);
	else
		regs->ecx &= ~BIT(STATE_LBR);
}

#define XSAVE		26

static void leaf_d(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	const struct qemu_cpu *cpu = vcpu->cpu;

	if (!qemu_cpu_has(cpu, QEMU_1_ECX, XSAVE))
		set(regs, 0, 0, 0, 0);
	else if (regs->index == 0)
		leaf_d_0(cpu, regs);
	else if (regs->index == 1)
		leaf_d_1(cpu, regs);
	else if (regs->index == STATE_LBR && has_lbr(cpu))
		put_supported(vcpu, regs);
	else
		vcpu_xsave_state(cpu, regs->index, regs);
}

#define SGX		2
#define SGX_PROVISIONKEY BIT(4)
#define X87_SSE		3

/*
 * Without an EPC section the guest has none of index 2 and above. QEMU may open
 * /dev/sgx_provision or not, which is not known here: it is taken to have no key.
 */
static void leaf_12(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	const struct qemu_cpu *cpu = vcpu->cpu;
	const struct kvmcaps_cpuid words = *regs;

	set(regs, 0, 0, 0, 0);
	if (!qemu_cpu_has(cpu, QEMU_7_0_EBX, SGX) || regs->index > 1)
		return;
	put_supported(vcpu, regs);
	regs->eax &= words.eax;
	regs->ebx &= words.ebx;
	if (!regs->index)
		return;
	regs->eax &= ~SGX_PROVISIONKEY;
	regs->ecx = (regs->ecx & cpu->features[QEMU_XCR0_LO]) | X87_SSE;
	regs->edx &= cpu->features[QEMU_XCR0_HI];
}

#define INTEL_PT	25
#define PT_LIP		BIT(31)

/* The same of Intel PT for all: what the first CPUs that have it can do. */
static void leaf_14(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	u32 lip = regs->ecx & PT_LIP;

	set(regs, 0, 0, 0, 0);
	if (!qemu_cpu_has(vcpu->cpu, QEMU_7_0_EBX, INTEL_PT))
		return;
	if (regs->index == 0)
		set(regs, 1, 0xF, 0x7 | lip, 0);
	else if (regs->index == 1)
		set(regs, 0x02490002, 0x003F1FFF, 0, 0);
}

static void leaf_1c(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	if (!has_lbr(vcpu->cpu))
		return;
	put_supported(vcpu, regs);
	regs->edx = 0;
}

#define AMX_TILE	24

static void leaf_1d(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	if (!qemu_cpu_has(vcpu->cpu, QEMU_7_0_EDX, AMX_TILE))
		return;
	if (regs->index == 0)
		set(regs, 1, 0, 0, 0);
	else if (regs->index == 1)
		set(regs, 0x04002000, 0x00080040, 16, 0);
}

static void leaf_1e(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	if (!regs->index && qemu_cpu_has(vcpu->cpu, QEMU_7_0_EDX, AMX_TILE))
		regs->ebx = 0x4010;
}

static const enum type types[] = {
	[VCPU_THREAD]	= TYPE_SMT,
	[VCPU_CORE]	= TYPE_CORE,
	[VCPU_MODULE]	= TYPE_MODULE,
	[VCPU_DIE]	= TYPE_DIE,
};

/* Modules and dies count if there are several; threads and cores always do. */
static enum vcpu_level next_level(const struct qemu_machine *machine, enum vcpu_level level)
{
	do
		level++;
	while ((level == VCPU_MODULE || level == VCPU_DIE) &&
	       !vcpu_topology_has(machine, level));
	return level;
}

static void leaf_1f(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	const struct qemu_machine *machine = machine_of(vcpu);
	enum vcpu_level level = VCPU_THREAD;
	u32 i;

	if (!vcpu_topology_has(machine, VCPU_MODULE) && !vcpu_topology_has(machine, VCPU_DIE))
		return;
	for (i = 0; i < regs->index && level < VCPU_SOCKET; i++)
		level = next_level(machine, level);
	if (level == VCPU_SOCKET)
		put_level(vcpu, regs->index, TYPE_NONE, level, regs);
	else
		put_level(vcpu, regs->index, types[level], next_level(machine, level), regs);
}

#define AVX10		19

static void leaf_24(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	if (!regs->index && qemu_cpu_has(vcpu->cpu, QEMU_7_1_EDX, AVX10))
		regs->ebx |= qemu_cpu_number(vcpu->cpu, "avx10-version");
	else
		set(regs, 0, 0, 0, 0);
}

static void leaf_80000000(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	regs->eax = qemu_cpu_number(vcpu->cpu, "xlevel");
	put_vendor(vcpu, regs);
}

static void leaf_signature(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	regs->eax = signature(vcpu->cpu);
}

#define BRAND_SIZE	48

static void put_brand(const struct qemu_vcpu *vcpu, u32 at, struct kvmcaps_cpuid *regs)
{
	put_text(qemu_cpu_text(vcpu->cpu, "model-id"), BRAND_SIZE, at, regs);
}

static void leaf_80000002(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	put_brand(vcpu, 0, regs);
}

static void leaf_80000003(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	put_brand(vcpu, 16, regs);
}

static void leaf_80000004(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	put_brand(vcpu, 32, regs);
}

/* TLBs of 255 entries, each direct-mapped. */
#define L1_TLB		0x01FF01FF

static void leaf_80000005(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	const struct vcpu_cache *caches = vcpu->caches.amd;

	if (has_host_caches(vcpu)) {
		put_host(vcpu, regs);
		return;
	}
	regs->eax = L1_TLB;
	regs->ebx = L1_TLB;
	regs->ecx = vcpu_cache_80000005(&caches[VCPU_CACHE_L1D]);
	regs->edx = vcpu_cache_80000005(&caches[VCPU_CACHE_L1I]);
}

/* TLBs of 512 entries in 4 ways for pages of 4 KiB; none for large ones. */
#define L2_TLB		0x42004200

static void leaf_80000006(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	const struct vcpu_cache *caches = vcpu->caches.amd;

	if (has_host_caches(vcpu)) {
		put_host(vcpu, regs);
		return;
	}
	regs->ebx = L2_TLB;
	regs->ecx = vcpu_cache_80000006_l2(&caches[VCPU_CACHE_L2]);
	if (qemu_cpu_bool(vcpu->cpu, "l3-cache"))
		regs->edx = vcpu_cache_80000006_l3(&caches[VCPU_CACHE_L3]);
}

#define LM		29
#define LA57		16

static void leaf_80000008(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	const struct qemu_cpu *cpu = vcpu->cpu;
	u32 threads = threads_of(vcpu);

	regs->eax = vcpu->phys_bits;
	if (qemu_cpu_has(cpu, QEMU_80000001_EDX, LM))
		regs->eax |= (qemu_cpu_has(cpu, QEMU_7_0_ECX, LA57) ? 57 : 48) << 8 |
			     vcpu->guest_phys_bits << 16;
	if (threads > 1)
		regs->ecx = vcpu_topology_shift(machine_of(vcpu), VCPU_SOCKET) << 12 |
			    (threads - 1);
}

#define SVM		2
#define SVM_REVISION	1
#define SVM_ASIDS	16

static void leaf_8000000a(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	if (!qemu_cpu_has(vcpu->cpu, QEMU_80000001_ECX, SVM)) {
		set(regs, 0, 0, 0, 0);
		return;
	}
	regs->eax = SVM_REVISION;
	regs->ebx = SVM_ASIDS;
}

#define CACHE_EDX_AMD	(BIT(0) | BIT(1))

static void leaf_8000001d(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	if (has_host_caches(vcpu)) {
		put_host(vcpu, regs);
		return;
	}
	if (regs->index >= VCPU_NR_CACHES)
		return;
	vcpu_cache_8000001d(vcpu->caches.amd, regs->index, machine_of(vcpu), regs);
	if (qemu_cpu_bool(vcpu->cpu, "x-amd-topoext-features-only"))
		regs->edx &= CACHE_EDX_AMD;
}

/* A core has 8 bits here: above, QEMU leaves the leaf empty. */
static void leaf_8000001e(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	const struct qemu_machine *machine = machine_of(vcpu);
	u32 core = vcpu_topology_id(machine, VCPU_CORE, vcpu->apic_id);
	enum vcpu_level node = VCPU_SOCKET;

	if (core > 0xFF)
		return;
	regs->eax = vcpu->apic_id;
	regs->ebx = (machine->threads - 1) << 8 | core;
	if (qemu_cpu_bool(vcpu->cpu, "legacy-multi-node")) {
		regs->ecx = (machine->dies - 1) << 8;
		node = VCPU_DIE;
	}
	regs->ecx |= vcpu->apic_id >> vcpu_topology_shift(machine, node) & 0xFF;
}

#define PERFMON_V2	BIT(0)

static void leaf_80000022(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	bool has = regs->eax & PERFMON_V2;

	set(regs, 0, 0, 0, 0);
	if (!has || !qemu_cpu_bool(vcpu->cpu, "pmu"))
		return;
	regs->eax = PERFMON_V2;
	regs->ebx = qemu_supported(vcpu->cpu->accel, 0x80000022, regs->index, KVMCAPS_EBX) & 0xF;
}

static void leaf_c0000000(const struct qemu_vcpu *vcpu, struct kvmcaps_cpuid *regs)
{
	regs->eax = qemu_cpu_number(vcpu->cpu, "xlevel2");
}

/* All else is zero. Without SEV, so is 8000001FH; 40000000H is kvm_arch_init_vcpu()'s. */
static const struct leaf leaves[] = {
	{ 0x0, .fill = leaf_0 },
	{ 0x1, .fill = leaf_1, .words = true },
	{ 0x2, .fill = leaf_2 },
	{ 0x4, .fill = leaf_4 },
	{ 0x5, .fill = leaf_5 },
	{ 0x6, .words = true },
	{ 0x7, .fill = leaf_7, .words = true },
	{ 0xA, .fill = leaf_a },
	{ 0xB, .fill = leaf_b },
	{ 0xD, .fill = leaf_d, .words = true },
	{ 0x12, .fill = leaf_12, .words = true },
	{ 0x14, .fill = leaf_14, .words = true },
	{ 0x1C, .fill = leaf_1c },
	{ 0x1D, .fill = leaf_1d },
	{ 0x1E, .fill = leaf_1e },
	{ 0x1F, .fill = leaf_1f },
	{ 0x24, .fill = leaf_24, .words = true },
	{ 0x80000000, .fill = leaf_80000000 },
	{ 0x80000001, .fill = leaf_signature, .words = true },
	{ 0x80000002, .fill = leaf_80000002 },
	{ 0x80000003, .fill = leaf_80000003 },
	{ 0x80000004, .fill = leaf_80000004 },
	{ 0x80000005, .fill = leaf_80000005 },
	{ 0x80000006, .fill = leaf_80000006 },
	{ 0x80000007, .words = true },
	{ 0x80000008, .fill = leaf_80000008, .words = true },
	{ 0x8000000A, .fill = leaf_8000000a, .words = true },
	{ 0x8000001D, .fill = leaf_8000001d },
	{ 0x8000001E, .fill = leaf_8000001e },
	{ 0x80000021, .words = true },
	{ 0x80000022, .fill = leaf_80000022, .words = true },
	{ 0xC0000000, .fill = leaf_c0000000 },
	{ 0xC0000001, .fill = leaf_signature, .words = true },
};

static void put_words(const struct qemu_cpu *cpu, u32 function, u32 index,
		      struct kvmcaps_cpuid *regs)
{
	const struct qemu_word_info *info;
	u32 *reg = &regs->eax;
	unsigned int word;

	for (word = 0; word < QEMU_NR_WORDS; word++) {
		info = &qemu_words[word];
		if (!info->msr && info->function == function && info->index == index)
			reg[info->reg] = cpu->features[word];
	}
}

static u32 limit_of(const struct qemu_cpu *cpu, u32 function)
{
	if (function >= 0xC0000000)
		return qemu_cpu_number(cpu, "xlevel2");
	if (function >= 0x80000000)
		return qemu_cpu_number(cpu, "xlevel");
	return qemu_cpu_number(cpu, "level");
}

struct kvmcaps_cpuid vcpu_leaf(const struct qemu_vcpu *vcpu, u32 function, u32 index)
{
	struct kvmcaps_cpuid regs = { .index = index };
	const struct leaf *leaf;

	if (function > limit_of(vcpu->cpu, function))
		function = qemu_cpu_number(vcpu->cpu, "level");
	regs.function = function;
	for (leaf = leaves; leaf < leaves + ARRAY_SIZE(leaves); leaf++) {
		if (leaf->function != function)
			continue;
		if (leaf->words)
			put_words(vcpu->cpu, function, index, &regs);
		if (leaf->fill)
			leaf->fill(vcpu, &regs);
	}
	return regs;
}
