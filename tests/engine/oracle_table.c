// SPDX-License-Identifier: GPL-2.0
/*
 * KVM's tables: kvm_dev_ioctl_get_cpuid(), get_cpuid_func(), do_host_cpuid(),
 * __do_cpuid_func(), __do_cpuid_func_emulated(), xstate_required_size(),
 * kvm_get_filtered_xcr0() and cpuid_function_is_indexed() of all releases.
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include "oracle.h"

#define NAME(name) KVMCAPS_F_##name
#define CAPS(t, w) ((t)->kvm->caps[KVMCAPS_W_##w])

/* What an array of limited length has taken so far. */
struct table {
	const struct oracle *kvm;
	u64 xcr0;
	struct kvm_cpuid_entry2 *entries;
	u32 max;
	u32 nent;
	bool full;
};

static bool is_indexed(u32 function)
{
	static const u32 indexed[] = {
		0x4, 0x7, 0xb, 0xd, 0xf, 0x10, 0x12, 0x14, 0x17, 0x18, 0x1d, 0x1e,
		0x1f, 0x24, 0x8000001d,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(indexed); i++) {
		if (indexed[i] == function)
			return true;
	}
	return false;
}

static struct kvm_cpuid_entry2 *host_cpuid(struct table *t, u32 function, u32 index)
{
	struct kvm_cpuid_entry2 *e;
	struct kvmcaps_cpuid regs;

	if (t->nent == t->max) {
		t->full = true;
		return NULL;
	}
	e = &t->entries[t->nent++];
	*e = (struct kvm_cpuid_entry2){ .function = function, .index = index };
	if (function >> 30 == 1)
		return e;
	if (function >> 30 == 2 && function > oracle_cpuid(t->kvm, 0x80000000, 0).eax)
		return e;

	regs = oracle_cpuid(t->kvm, function, index);
	e->eax = regs.eax;
	e->ebx = regs.ebx;
	e->ecx = regs.ecx;
	e->edx = regs.edx;
	if (is_indexed(function))
		e->flags = KVM_CPUID_FLAG_SIGNIFCANT_INDEX;
	return e;
}

static void set_regs(struct kvm_cpuid_entry2 *e, u32 eax, u32 ebx, u32 ecx, u32 edx)
{
	e->eax = eax;
	e->ebx = ebx;
	e->ecx = ecx;
	e->edx = edx;
}

/* kvm_init_xstate_sizes() reads what there is up to AMX; KVM knows no more. */
static u32 area_size(const struct oracle *kvm, u64 states, bool compacted)
{
	struct kvmcaps_cpuid regs;
	u32 size = 576;
	u32 start;
	u32 i;

	for (i = 2; i < 63; i++) {
		if (!(states >> i & 1))
			continue;
		regs = oracle_cpuid(kvm, 0xd, i);
		start = regs.ebx;
		if (compacted)
			start = regs.ecx & 2 ? (size + 63) / 64 * 64 : size;
		if (size < start + regs.eax)
			size = start + regs.eax;
	}
	return size;
}

static void xsave_states(struct table *t)
{
	struct kvm_cpuid_entry2 *e;
	u32 i;

	for (i = 2; i < 64; i++) {
		bool user = t->xcr0 >> i & 1;

		if (!user && !(t->kvm->xss >> i & 1))
			continue;
		e = host_cpuid(t, 0xd, i);
		if (!e)
			return;
		if (e->eax == 0 || (e->ecx & 1) == user) {
			t->nent--;
			continue;
		}
		if (!oracle_has(t->kvm, NAME(XFD)))
			e->ecx &= ~4u;
		e->edx = 0;
	}
}

static void xsave_leaf(struct table *t, struct kvm_cpuid_entry2 *e)
{
	u64 xss = t->kvm->xss;
	u32 size = area_size(t->kvm, t->xcr0, false);

	set_regs(e, e->eax & t->xcr0, size, size, e->edx & (t->xcr0 >> 32));
	if (!t->xcr0)
		return;
	e = host_cpuid(t, 0xd, 1);
	if (!e)
		return;

	/* XSAVEC or XSAVES */
	size = CAPS(t, D_1_EAX) & 0xa ? area_size(t->kvm, t->xcr0 | xss, true) : 0;
	set_regs(e, CAPS(t, D_1_EAX), size, e->ecx & xss, e->edx & (xss >> 32));
	xsave_states(t);
}

/* Until the type, of the entry before, is none. */
static void cache_indices(struct table *t, u32 function, struct kvm_cpuid_entry2 *e)
{
	u32 i;

	for (i = 1; e && (e->eax & 0x1f); i++)
		e = host_cpuid(t, function, i);
}

/* KVM counts indices with a signed number, so that from 2^31 on there are none. */
static void all_indices(struct table *t, u32 function, u32 highest)
{
	u32 i;

	for (i = 1; highest < 0x80000000 && i <= highest; i++) {
		if (!host_cpuid(t, function, i))
			return;
	}
}

static void features_leaf(struct table *t, struct kvm_cpuid_entry2 *e)
{
	u32 highest = e->eax < 2 ? e->eax : 2;

	set_regs(e, highest, CAPS(t, 7_0_EBX), CAPS(t, 7_0_ECX), CAPS(t, 7_0_EDX));
	if (highest < 1)
		return;
	e = host_cpuid(t, 7, 1);
	if (!e)
		return;
	/* 7_1_EDX counts since 6.2, 7_1_ECX since 6.18: they have no features before. */
	set_regs(e, CAPS(t, 7_1_EAX), 0, CAPS(t, 7_1_ECX), CAPS(t, 7_1_EDX));
	if (highest < 2)
		return;
	e = host_cpuid(t, 7, 2);
	if (e)
		set_regs(e, 0, 0, 0, CAPS(t, 7_2_EDX));
}

static void sgx_leaf(struct table *t, struct kvm_cpuid_entry2 *e)
{
	if (!oracle_has(t->kvm, NAME(SGX))) {
		set_regs(e, 0, 0, 0, 0);
		return;
	}
	e->eax = CAPS(t, 12_0_EAX);
	e->ebx &= 1;
	e = host_cpuid(t, 0x12, 1);
	if (!e)
		return;
	/* DEBUG, MODE64BIT, PROVISIONKEY, EINITTOKENKEY, KSS; later ASYNC_EXIT_NOTIFY */
	e->eax &= oracle_since(t->kvm, 6, 12) ? 0x4b6 : 0xb6;
	e->ebx = 0;
}

static void perfmon_leaf(struct table *t, struct kvm_cpuid_entry2 *e)
{
	const struct kvmcaps_pmu *pmu = &t->kvm->pmu;
	/* 6.1 shows counters of a vPMU that is off, all of them zero. */
	bool on = t->kvm->enable_pmu || !oracle_since(t->kvm, 6, 12);

	if (!on || !oracle_boot_has(t->kvm, NAME(ARCH_PERFMON))) {
		set_regs(e, 0, 0, 0, 0);
		return;
	}
	/* union cpuid10_eax: four bytes; cpuid10_edx: 5 bits, 8, 2 reserved, 1 */
	set_regs(e, pmu->version % 256 + (pmu->num_counters_gp % 256) * 0x100 +
		    (pmu->bit_width_gp % 256) * 0x10000 +
		    (pmu->events_mask_len % 256) * 0x1000000,
		 pmu->events_mask, 0,
		 pmu->num_counters_fixed % 32 + (pmu->bit_width_fixed % 256) * 32 +
		 (pmu->version ? 0x8000 : 0));
}

static void tmul_leaf(struct table *t, struct kvm_cpuid_entry2 *e)
{
	if (!oracle_since(t->kvm, 7, 0))
		return;
	if (!e->eax)
		return;
	e->eax = 1;
	e = host_cpuid(t, 0x1e, 1);
	if (e)
		set_regs(e, CAPS(t, 1E_1_EAX), 0, 0, 0);
}

static void avx10_leaf(struct table *t, struct kvm_cpuid_entry2 *e)
{
	bool late = oracle_since(t->kvm, 7, 0);
	u32 most = late ? 2 : 1;
	u32 version = e->ebx & 0xff;
	u32 indices = late && e->eax ? 1 : 0;

	if (version > most)
		version = most;
	set_regs(e, indices, CAPS(t, 24_0_EBX) | version, 0, 0);
	if (!indices)
		return;
	e = host_cpuid(t, 0x24, 1);
	if (e)
		set_regs(e, 0, 0, CAPS(t, 24_1_ECX), 0);
}

static void basic_leaf(struct table *t, struct kvm_cpuid_entry2 *e)
{
	bool tile = oracle_has(t->kvm, NAME(AMX_TILE));
	u32 highest = oracle_since(t->kvm, 6, 12) ? 0x24 : 0x1f;

	switch (e->function) {
	case 0x0:
		if (e->eax > highest)
			e->eax = highest;
		return;
	case 0x1:
		set_regs(e, e->eax, e->ebx, CAPS(t, 1_ECX), CAPS(t, 1_EDX));
		return;
	case 0x2:
		return;
	case 0x4:
		return cache_indices(t, 4, e);
	case 0x6:
		return set_regs(e, 4, 0, 0, 0);
	case 0x7:
		return features_leaf(t, e);
	case 0xa:
		return perfmon_leaf(t, e);
	case 0xb:
	case 0x1f:
		return set_regs(e, 0, 0, 0, e->edx);
	case 0xd:
		return xsave_leaf(t, e);
	case 0x12:
		return sgx_leaf(t, e);
	case 0x14:
		if (oracle_has(t->kvm, NAME(INTEL_PT)))
			return all_indices(t, 0x14, e->eax);
		break;
	case 0x1d:
		if (tile)
			return all_indices(t, 0x1d, e->eax);
		break;
	case 0x1e:
		if (tile)
			return tmul_leaf(t, e);
		break;
	case 0x24:
		if (oracle_has(t->kvm, NAME(AVX10)))
			return avx10_leaf(t, e);
		break;
	}
	set_regs(e, 0, 0, 0, 0);
}

static void kvm_leaf(struct table *t, struct kvm_cpuid_entry2 *e)
{
	bool steal_time = t->kvm->facts->flags >> KVMCAPS_FACT_SCHED_INFO & 1;
	char name[12] = "KVMKVMKVM";

	if (e->function == 0x40000000) {
		e->eax = 0x40000001;
		memcpy(&e->ebx, name, 4);
		memcpy(&e->ecx, name + 4, 4);
		memcpy(&e->edx, name + 8, 4);
	} else {
		/* <asm/kvm_para.h>: 0, 1, 3, 4, 6, 7, 9 to 14, 24; 5 is steal time */
		e->eax = 0x01007edb | (steal_time ? 0x20 : 0);
	}
}

static void sizes_leaf(const struct table *t, struct kvm_cpuid_entry2 *e)
{
	u32 linear = e->eax >> 8 & 0xff;
	u32 physical = e->eax & 0xff;
	u32 reachable = physical;

	if (!t->kvm->tdp) {
		physical = t->kvm->facts->phys_bits;
		reachable = 0;
	} else if (!t->kvm->five_levels && reachable > 48) {
		reachable = 48;
	}
	/* GuestPhysAddrSize came after 6.1. */
	if (!oracle_since(t->kvm, 6, 12))
		reachable = 0;
	if (linear < 48)
		linear = 48;
	set_regs(e, reachable << 16 | linear << 8 | physical, CAPS(t, 80000008_EBX),
		 e->ecx & 0x0000f0ff, 0);
}

static void extended_range(const struct table *t, struct kvm_cpuid_entry2 *e)
{
	u32 highest = oracle_since(t->kvm, 6, 12) ? 0x80000022 : 0x80000021;

	if (e->eax > highest)
		e->eax = highest;
	if (e->eax < 0x8000001d || e->eax >= 0x80000021)
		return;
	if (oracle_boot_has(t->kvm, NAME(LFENCE_RDTSC)) ||
	    !oracle_boot_has(t->kvm, NAME(BUG_NULL_SEG)))
		e->eax = 0x80000021;
}

static void power_leaf(const struct table *t, struct kvm_cpuid_entry2 *e)
{
	/* 6.1 has no word of its own for the steady TSC. */
	u32 steady = oracle_since(t->kvm, 6, 12) ? CAPS(t, 80000007_EDX) : e->edx & 0x100;

	set_regs(e, 0, 0, 0, steady & t->kvm->facts->power);
}

static void extended_leaf(struct table *t, struct kvm_cpuid_entry2 *e)
{
	switch (e->function) {
	case 0x80000000:
		return extended_range(t, e);
	case 0x80000001:
		return set_regs(e, e->eax, e->ebx & 0xf000ffff, CAPS(t, 80000001_ECX),
				CAPS(t, 80000001_EDX));
	case 0x80000005:
		if (oracle_since(t->kvm, 6, 12))
			return;
		break;
	case 0x80000006:
		e->edx &= 0xfffcffff;
		return;
	case 0x80000007:
		return power_leaf(t, e);
	case 0x80000008:
		return sizes_leaf(t, e);
	case 0x8000000a:
		if (oracle_has(t->kvm, NAME(SVM)))
			return set_regs(e, 1, 8, 0, CAPS(t, 8000000A_EDX));
		break;
	case 0x80000019:
		return set_regs(e, e->eax, e->ebx, 0, 0);
	case 0x8000001a:
		return set_regs(e, e->eax & 7, 0, 0, 0);
	case 0x8000001d:
		return cache_indices(t, 0x8000001d, e);
	case 0x8000001f:
		if (oracle_has(t->kvm, NAME(SEV)))
			return set_regs(e, CAPS(t, 8000001F_EAX), e->ebx & 0x3f, e->ecx, e->edx);
		break;
	case 0x80000021:
		return set_regs(e, CAPS(t, 80000021_EAX),
				oracle_since(t->kvm, 7, 0) && oracle_has(t->kvm, NAME(ERAPS)) ?
				e->ebx & 0x00ff0000 : 0,
				CAPS(t, 80000021_ECX), 0);
	case 0x80000022:
		if (t->kvm->enable_pmu && oracle_has(t->kvm, NAME(PERFMON_V2)))
			return set_regs(e, CAPS(t, 80000022_EAX),
					t->kvm->pmu.num_counters_gp & 15, 0, 0);
		break;
	}
	set_regs(e, 0, 0, 0, 0);
}

static void centaur_leaf(struct table *t, struct kvm_cpuid_entry2 *e)
{
	switch (e->function) {
	case 0xc0000000:
		if (e->eax > 0xc0000004)
			e->eax = 0xc0000004;
		return;
	case 0xc0000001:
		e->edx = CAPS(t, C0000001_EDX);
		return;
	default:
		return set_regs(e, 0, 0, 0, 0);
	}
}

static void leaf(struct table *t, u32 function)
{
	struct kvm_cpuid_entry2 *e = host_cpuid(t, function, 0);

	if (!e)
		return;
	switch (function >> 30) {
	case 0:
		return basic_leaf(t, e);
	case 1:
		return kvm_leaf(t, e);
	case 2:
		return extended_leaf(t, e);
	default:
		return centaur_leaf(t, e);
	}
}

static void range(struct table *t, u32 base)
{
	u32 function = base;
	u32 limit;

	leaf(t, base);
	if (t->full)
		return;
	limit = t->entries[t->nent - 1].eax;
	while (++function <= limit && !t->full)
		leaf(t, function);
}

static u64 filtered_xcr0(const struct oracle *kvm, u64 permission)
{
	u64 xcr0 = kvm->xcr0;

	if (xcr0 >> 18 & 1) {
		xcr0 &= permission;
		if (!(xcr0 >> 18 & 1) && oracle_since(kvm, 6, 12))
			xcr0 &= ~(1ull << 17);
	}
	return xcr0;
}

int oracle_supported(const struct oracle *kvm, u64 permission,
		     struct kvm_cpuid_entry2 *entries, u32 max)
{
	bool centaur = kvm->facts->maker == KVMCAPS_MAKER_CENTAUR ||
		       (oracle_since(kvm, 6, 18) && kvm->facts->maker == KVMCAPS_MAKER_ZHAOXIN);
	struct table t = {
		.kvm = kvm,
		.xcr0 = filtered_xcr0(kvm, permission),
		.entries = entries,
		.max = max,
	};

	if (!max)
		return -1;
	range(&t, 0);
	if (!t.full)
		range(&t, 0x80000000);
	if (!t.full && centaur)
		range(&t, 0xc0000000);
	if (!t.full)
		range(&t, 0x40000000);
	return t.full ? -1 : (int)t.nent;
}

int oracle_emulated(const struct oracle *kvm, struct kvm_cpuid_entry2 *entries, u32 max)
{
	struct kvm_cpuid_entry2 table[] = {
		{ .function = 0, .eax = 7 },
		{ .function = 1, .ecx = 1u << 22 },
		{ .function = 7, .flags = KVM_CPUID_FLAG_SIGNIFCANT_INDEX },
	};

	/* It looks for a place for 0x80000000 too, which then stays unused. */
	if (max < ARRAY_SIZE(table) + 1)
		return -1;
	if (oracle_has(kvm, NAME(RDTSCP)))
		table[2].ecx = 1u << 22;
	memcpy(entries, table, sizeof(table));
	return ARRAY_SIZE(table);
}
