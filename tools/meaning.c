// SPDX-License-Identifier: GPL-2.0
/* Sources: Intel SDM volume 2, CPUID; AMD APM volume 3, appendix E. */
#include <ctype.h>
#include <string.h>
#include <linux/kernel.h>
#include <kvmcaps/feature.h>

#include "bitname.h"
#include "meaning.h"

/* Bits @high to @low of a register. */
static __u32 field(__u32 reg, unsigned int high, unsigned int low)
{
	return (reg & GENMASK(high, low)) >> low;
}

static const char *plural(__u32 count)
{
	return count == 1 ? "" : "s";
}

/* Text in registers, up to the first byte that is none; @end follows it. */
static void say_string(struct text *text, const __u32 *regs, unsigned int nr, const char *end)
{
	char string[4 * sizeof(*regs) + 1] = "";
	unsigned int len;

	memcpy(string, regs, nr * sizeof(*regs));
	for (len = 0; isprint((unsigned char)string[len]); len++)
		;
	string[len] = '\0';
	if (len)
		text_add(text, "\"%s\"%s", string, end);
}

static void say_vendor(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	const __u32 vendor[] = { e->ebx, e->edx, e->ecx };

	say_string(text, vendor, ARRAY_SIZE(vendor), ",");
	text_add(text, "leaves up to %XH", e->eax);
}

static void say_hypervisor(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	const __u32 signature[] = { e->ebx, e->ecx, e->edx };

	say_string(text, signature, ARRAY_SIZE(signature), ",");
	text_add(text, "leaves up to %XH", e->eax);
}

static void say_brand(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	const __u32 brand[] = { e->eax, e->ebx, e->ecx, e->edx };

	say_string(text, brand, ARRAY_SIZE(brand), "");
}

/* The extended fields count as Linux has it: the family's from 15 on. */
static void say_signature(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	__u32 family = field(e->eax, 11, 8);
	__u32 model = field(e->eax, 7, 4);

	if (family == 0xf)
		family += field(e->eax, 27, 20);
	if (family >= 6)
		model += field(e->eax, 19, 16) << 4;
	text_add(text, "family %u (%XH), model %u (%XH), stepping %u",
		 family, family, model, model, field(e->eax, 3, 0));
}

static void say_apic(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	__u32 cpus = field(e->ebx, 23, 16);

	text_add(text, "APIC id %u, %u logical CPU%s, CLFLUSH of %u bytes",
		 field(e->ebx, 31, 24), cpus, plural(cpus), 8 * field(e->ebx, 15, 8));
}

static void say_indices(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	text_add(text, "indices up to %u", e->eax);
}

static void say_counters(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	__u32 count = field(e->eax, 15, 8);

	text_add(text, "version %u, %u counter%s of %u bits, %u events", field(e->eax, 7, 0),
		 count, plural(count), field(e->eax, 23, 16), field(e->eax, 31, 24));
}

static void say_fixed_counters(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	__u32 count = field(e->edx, 4, 0);

	text_add(text, "%u fixed counter%s of %u bits", count, plural(count),
		 field(e->edx, 12, 5));
	if (field(e->edx, 15, 15))
		text_add(text, "(of this thread only)");
}

static void say_amd_counters(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	__u32 count = field(e->ebx, 3, 0);

	text_add(text, "%u counter%s", count, plural(count));
}

static void say_x2apic(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	text_add(text, "x2APIC id %u", e->edx);
}

static void say_enabled_area(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	text_add(text, "XSAVE area of %u bytes", e->ebx);
}

static void say_largest_area(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	text_add(text, "%u bytes at most", e->ecx);
}

static void say_compacted_area(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	text_add(text, "compacted XSAVE area of %u bytes", e->ebx);
}

static void say_xstate(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	const char *name = bitname_xstate(e->index);

	if (name)
		text_add(text, "%s:", name);
	if (field(e->ecx, 0, 0))
		text_add(text, "%u bytes, supervisor's", e->eax);
	else
		text_add(text, "%u bytes at %u", e->eax, e->ebx);
	if (field(e->ecx, 1, 1))
		text_add(text, "(aligned to 64)");
	if (field(e->ecx, 2, 2))
		text_add(text, "(faults by XFD)");
}

static void say_size(struct text *text, __u64 bytes)
{
	if (bytes && bytes % (1024 * 1024) == 0)
		text_add(text, "%llu MiB,", bytes / (1024 * 1024));
	else
		text_add(text, "%llu KiB,", bytes / 1024);
}

#define FULLY_ASSOCIATIVE	(~0u)

static void say_ways(struct text *text, __u32 ways, __u32 line)
{
	if (ways == FULLY_ASSOCIATIVE)
		text_add(text, "fully associative,");
	else if (ways)
		text_add(text, "%u way%s,", ways, plural(ways));
	text_add(text, "lines of %u bytes", line);
}

static void say_cache(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	static const char *const types[] = { "none", "data", "code", "unified" };
	__u32 type = field(e->eax, 4, 0);
	__u32 ways = field(e->ebx, 31, 22) + 1;
	__u32 parts = field(e->ebx, 21, 12) + 1;
	__u32 line = field(e->ebx, 11, 0) + 1;

	text_add(text, "L%u %s", field(e->eax, 7, 5),
		 type < ARRAY_SIZE(types) ? types[type] : "cache");
	say_size(text, (__u64)ways * parts * line * ((__u64)e->ecx + 1));
	say_ways(text, ways, line);
}

static void say_l1(struct text *text, const char *type, __u32 reg)
{
	__u32 ways = field(reg, 23, 16);

	text_add(text, "L1 %s", type);
	say_size(text, 1024 * field(reg, 31, 24));
	say_ways(text, ways == 0xff ? FULLY_ASSOCIATIVE : ways, field(reg, 7, 0));
}

static void say_l1_data(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	say_l1(text, "data", e->ecx);
}

static void say_l1_code(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	say_l1(text, "code", e->edx);
}

/* AMD's encoding of associativity. 0: another leaf has it, 4 or 8000001DH. */
static __u32 amd_ways(__u32 code)
{
	static const __u32 ways[16] = {
		0, 1, 2, 3, 4, 6, 8, 0, 16, 0, 32, 48, 64, 96, 128, FULLY_ASSOCIATIVE
	};

	return ways[code];
}

static void say_l2(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	text_add(text, "L2");
	say_size(text, 1024ull * field(e->ecx, 31, 16));
	say_ways(text, amd_ways(field(e->ecx, 15, 12)), field(e->ecx, 7, 0));
}

static void say_l3(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	text_add(text, "L3");
	say_size(text, 512 * 1024ull * field(e->edx, 31, 18));
	say_ways(text, amd_ways(field(e->edx, 15, 12)), field(e->edx, 7, 0));
}

static void say_tlb(struct text *text, const char *level, __u32 data, __u32 code)
{
	text_add(text, "%s TLB %u data, %u code entries", level, data, code);
}

static void say_l1_large_tlb(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	say_tlb(text, "L1 2 MiB", field(e->eax, 23, 16), field(e->eax, 7, 0));
}

static void say_l1_small_tlb(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	say_tlb(text, "L1 4 KiB", field(e->ebx, 23, 16), field(e->ebx, 7, 0));
}

static void say_l2_large_tlb(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	say_tlb(text, "L2 2 MiB", field(e->eax, 27, 16), field(e->eax, 11, 0));
}

static void say_l2_small_tlb(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	say_tlb(text, "L2 4 KiB", field(e->ebx, 27, 16), field(e->ebx, 11, 0));
}

static void say_l1_huge_tlb(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	say_tlb(text, "L1 1 GiB", field(e->eax, 27, 16), field(e->eax, 11, 0));
}

static void say_l2_huge_tlb(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	say_tlb(text, "L2 1 GiB", field(e->ebx, 27, 16), field(e->ebx, 11, 0));
}

static void say_addresses(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	__u32 reachable = field(e->eax, 23, 16);

	text_add(text, "%u physical, %u linear", field(e->eax, 7, 0), field(e->eax, 15, 8));
	if (reachable)
		text_add(text, "and %u guest", reachable);
	text_add(text, "address bits");
}

static void say_threads(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	__u32 threads = field(e->ecx, 7, 0) + 1;
	__u32 bits = field(e->ecx, 15, 12);

	text_add(text, "%u thread%s, APIC ids of %u bit%s", threads, plural(threads),
		 bits, plural(bits));
}

static void say_svm_revision(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	text_add(text, "SVM revision %u", field(e->eax, 7, 0));
}

static void say_asids(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	text_add(text, "%u ASIDs", e->ebx);
}

static void say_c_bit(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	text_add(text, "encryption by physical bit %u", field(e->ebx, 5, 0));
}

static void say_encrypted_guests(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	text_add(text, "%u encrypted guests", e->ecx);
}

static void say_sev_asids(struct text *text, const struct kvm_cpuid_entry2 *e)
{
	text_add(text, "SEV without SEV-ES from ASID %u on", e->edx);
}

#define EAX	BIT(KVMCAPS_EAX)
#define EBX	BIT(KVMCAPS_EBX)
#define ECX	BIT(KVMCAPS_ECX)
#define EDX	BIT(KVMCAPS_EDX)
#define ALL	(EAX | EBX | ECX | EDX)
#define ANY	MEANING_ANY_INDEX

/* For an index with rows of its own, those of ANY do not count. */
static const struct meaning meanings[] = {
	{ 0x0,		0,	ALL, say_vendor },
	{ 0x1,		0,	EAX, say_signature },
	{ 0x1,		0,	EBX, say_apic },
	{ 0x4,		ANY,	ALL, say_cache },
	{ 0x7,		0,	EAX, say_indices },
	{ 0xa,		0,	EAX, say_counters },
	{ 0xa,		0,	EDX, say_fixed_counters },
	{ 0xb,		ANY,	EDX, say_x2apic },
	{ 0xd,		0,	EBX, say_enabled_area },
	{ 0xd,		0,	ECX, say_largest_area },
	{ 0xd,		1,	EBX, say_compacted_area },
	{ 0xd,		ANY,	ALL, say_xstate },
	{ 0x14,		0,	EAX, say_indices },
	{ 0x1d,		0,	EAX, say_indices },
	{ 0x1f,		ANY,	EDX, say_x2apic },
	{ 0x40000000,	0,	ALL, say_hypervisor },
	{ 0x80000000,	0,	ALL, say_vendor },
	{ 0x80000001,	0,	EAX, say_signature },
	{ 0x80000002,	0,	ALL, say_brand },
	{ 0x80000003,	0,	ALL, say_brand },
	{ 0x80000004,	0,	ALL, say_brand },
	{ 0x80000005,	0,	EAX, say_l1_large_tlb },
	{ 0x80000005,	0,	EBX, say_l1_small_tlb },
	{ 0x80000005,	0,	ECX, say_l1_data },
	{ 0x80000005,	0,	EDX, say_l1_code },
	{ 0x80000006,	0,	EAX, say_l2_large_tlb },
	{ 0x80000006,	0,	EBX, say_l2_small_tlb },
	{ 0x80000006,	0,	ECX, say_l2 },
	{ 0x80000006,	0,	EDX, say_l3 },
	{ 0x80000008,	0,	EAX, say_addresses },
	{ 0x80000008,	0,	ECX, say_threads },
	{ 0x8000000a,	0,	EAX, say_svm_revision },
	{ 0x8000000a,	0,	EBX, say_asids },
	{ 0x80000019,	0,	EAX, say_l1_huge_tlb },
	{ 0x80000019,	0,	EBX, say_l2_huge_tlb },
	{ 0x8000001d,	ANY,	ALL, say_cache },
	{ 0x8000001f,	0,	EBX, say_c_bit },
	{ 0x8000001f,	0,	ECX, say_encrypted_guests },
	{ 0x8000001f,	0,	EDX, say_sev_asids },
	{ 0x80000022,	0,	EBX, say_amd_counters },
	{ 0xc0000000,	0,	ALL, say_vendor },
};

static bool has_own_rows(__u32 function, __u32 index)
{
	const struct meaning *row;

	for (row = meanings; row < meanings + ARRAY_SIZE(meanings); row++) {
		if (row->function == function && row->index == index)
			return true;
	}
	return false;
}

const struct meaning *meaning_find(const struct kvm_cpuid_entry2 *entry, unsigned int reg)
{
	__u32 index = has_own_rows(entry->function, entry->index) ? entry->index : ANY;
	const struct meaning *row;

	for (row = meanings; row < meanings + ARRAY_SIZE(meanings); row++) {
		if (row->function == entry->function && row->index == index &&
		    (row->regs & BIT(reg)))
			return row;
	}
	return NULL;
}

bool meaning_is_single(const struct meaning *meaning)
{
	return !(meaning->regs & (meaning->regs - 1));
}
