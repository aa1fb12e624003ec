// SPDX-License-Identifier: GPL-2.0
/*
 * Sources: Intel SDM volume 2, CPUID, and volume 1, 13.4 (XSAVE); AMD APM volume
 * 3, appendix E.
 *
 * A VMM gives its guest the same CPUID on every host; KVM's table only limits
 * what that can be. So who the CPU is, its topology and its caches are ignored:
 * they are what the VMM has made up, or has taken from the first host.
 */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <kvmcaps/feature.h>

#include "field.h"
#include "table.h"

#define EAX	BIT(KVMCAPS_EAX)
#define EBX	BIT(KVMCAPS_EBX)
#define ECX	BIT(KVMCAPS_ECX)
#define EDX	BIT(KVMCAPS_EDX)
#define ALL	(EAX | EBX | ECX | EDX)
#define ANY	FIELD_ANY_INDEX
#define FULL	0xffffffff

#define EQUAL		FIELD_EQUAL
#define BITS		FIELD_BITS
#define INVERTED	FIELD_INVERTED
#define LIMIT		FIELD_LIMIT
#define IGNORED		FIELD_IGNORED

#define MAX_LEAF	"the highest leaf", "leaves above it are not there"
#define MAX_INDEX	"the highest index", "indices above it are not there"
#define IDENTITY	"the CPU's identity", "a guest keeps the one it was given"
#define TOPOLOGY	"topology", "a guest keeps the one it was given"
#define CACHES		"caches and TLBs", "a guest keeps what it was told of them"
#define MAKER		"the maker", "makers differ in instructions that a guest has chosen by them"
#define LAYOUT		"layout of a state", "saved states have the form that the CPU writes"
#define AREA		"size of the XSAVE area", "it follows from the states, which are compared"
#define TILES		"shape of tiles", "a guest has laid out its tiles by it"
#define TRACE		"form of a trace", "a trace has the form that the CPU writes"
#define COUNTERS	"counters", "a guest may use all of them"
#define WIDTH		"width of counters", "they overflow when they are full"
#define RESERVED	"reserved bits", "nothing is known of them"
#define ENCRYPTED	"guests that can be encrypted", "a guest does not depend on others"

#define BIT_MASK(name)	(1u << (KVMCAPS_F_##name % 32))

/* Each bit of a register is in one row at most. */
const struct field fields[] = {
	{ 0x0, ANY, EAX, LIMIT, FULL, MAX_LEAF },
	{ 0x0, ANY, EBX | ECX | EDX, EQUAL, FULL, MAKER },
	{ 0x1, ANY, EAX, IGNORED, FULL, IDENTITY },
	{ 0x1, ANY, EBX, IGNORED, GENMASK(7, 0), IDENTITY },
	{ 0x1, ANY, EBX, EQUAL, GENMASK(15, 8), "size of a line for CLFLUSH, in 8 bytes",
	  "a guest flushes memory in steps of it" },
	{ 0x1, ANY, EBX, IGNORED, GENMASK(31, 16), TOPOLOGY },
	{ 0x2, ANY, ALL, IGNORED, FULL, CACHES },
	{ 0x4, ANY, ALL, IGNORED, FULL, CACHES },
	{ 0x6, ANY, EAX, BITS, FULL, "a feature", "a guest may use it" },

	{ 0x7, 0, EAX, LIMIT, FULL, MAX_INDEX },
	{ 0x7, 0, EBX, INVERTED, BIT_MASK(FDP_EXCPTN_ONLY), "a limit",
	  "without it, the x87 data pointer is kept at every operation" },
	{ 0x7, 0, EBX, INVERTED, BIT_MASK(ZERO_FCS_FDS), "a limit",
	  "without it, the x87 segments are kept" },

	{ 0xa, ANY, EAX, LIMIT, GENMASK(7, 0), "version of the PMU", "each adds to those before" },
	{ 0xa, ANY, EAX, LIMIT, GENMASK(15, 8), COUNTERS },
	{ 0xa, ANY, EAX, LIMIT, GENMASK(23, 16), WIDTH },
	{ 0xa, ANY, EAX, LIMIT, GENMASK(31, 24), "number of events",
	  "those beyond it are not there" },
	{ 0xa, ANY, EBX, INVERTED, FULL, "an event that is missing",
	  "without it, the event can be counted" },
	{ 0xa, ANY, ECX, BITS, FULL, "a fixed counter", "a guest may use it" },
	{ 0xa, ANY, EDX, LIMIT, GENMASK(4, 0), COUNTERS },
	{ 0xa, ANY, EDX, LIMIT, GENMASK(12, 5), WIDTH },
	{ 0xa, ANY, EDX, INVERTED, BIT(15), "a deprecation",
	  "without it, a guest may count for any thread of a core" },
	{ 0xa, ANY, EDX, EQUAL, GENMASK(31, 16) | GENMASK(14, 13), RESERVED },
	{ 0xb, ANY, ALL, IGNORED, FULL, TOPOLOGY },

	{ 0xd, 0, EAX | EDX, BITS, FULL, "a state of XCR0", "a guest may have enabled it" },
	{ 0xd, 0, EBX | ECX, IGNORED, FULL, AREA },
	{ 0xd, 1, EBX, IGNORED, FULL, AREA },
	{ 0xd, 1, ECX | EDX, BITS, FULL, "a state of IA32_XSS", "a guest may have enabled it" },
	{ 0xd, ANY, EAX | EBX | EDX, EQUAL, FULL, LAYOUT },
	{ 0xd, ANY, ECX, EQUAL, FULL & ~BIT(2), LAYOUT },
	{ 0xd, ANY, ECX, BITS, BIT(2), "faults by XFD", "a guest may have asked for them" },

	{ 0x12, 0, EBX, BITS, FULL, "an SGX exit record", "an enclave may ask for it" },
	{ 0x12, 0, ECX, EQUAL, FULL, RESERVED },
	{ 0x12, 0, EDX, LIMIT, GENMASK(7, 0), "log2 of an enclave's size, 32-bit",
	  "a larger one may be running" },
	{ 0x12, 0, EDX, LIMIT, GENMASK(15, 8), "log2 of an enclave's size, 64-bit",
	  "a larger one may be running" },
	{ 0x12, 0, EDX, EQUAL, GENMASK(31, 16), RESERVED },
	{ 0x12, 1, ALL, BITS, FULL, "an enclave's attribute", "an enclave may have it" },
	{ 0x14, ANY, ALL, EQUAL, FULL, TRACE },
	{ 0x1d, 0, EAX, LIMIT, FULL, "the highest palette", "palettes above it are not there" },
	{ 0x1d, 0, EBX | ECX | EDX, EQUAL, FULL, RESERVED },
	{ 0x1d, ANY, ALL, EQUAL, FULL, TILES },
	{ 0x1e, 0, EAX, LIMIT, FULL, MAX_INDEX },
	{ 0x1e, 0, EBX | ECX | EDX, EQUAL, FULL, TILES },
	{ 0x1f, ANY, ALL, IGNORED, FULL, TOPOLOGY },
	{ 0x24, 0, EAX, LIMIT, FULL, MAX_INDEX },
	{ 0x24, 0, EBX, LIMIT, GENMASK(7, 0), "version of AVX10", "each adds to those before" },
	{ 0x24, 0, ECX | EDX, EQUAL, FULL, RESERVED },

	{ 0x40000000, ANY, EAX, LIMIT, FULL, MAX_LEAF },
	{ 0x40000000, ANY, EBX | ECX | EDX, EQUAL, FULL, "the hypervisor",
	  "a guest speaks its language" },
	{ 0x40000001, ANY, EAX, BITS, FULL, "a feature of KVM", "a guest may use it" },
	{ 0x40000001, ANY, EBX | ECX, EQUAL, FULL, RESERVED },
	{ 0x40000001, ANY, EDX, IGNORED, FULL, "hints", "the VMM gives them" },

	{ 0x80000000, ANY, EAX, LIMIT, FULL, MAX_LEAF },
	{ 0x80000000, ANY, EBX | ECX | EDX, IGNORED, FULL, "the maker", "leaf 0 has it" },
	{ 0x80000001, ANY, EAX | EBX, IGNORED, FULL, IDENTITY },
	{ 0x80000002, ANY, ALL, IGNORED, FULL, IDENTITY },
	{ 0x80000003, ANY, ALL, IGNORED, FULL, IDENTITY },
	{ 0x80000004, ANY, ALL, IGNORED, FULL, IDENTITY },
	{ 0x80000005, ANY, ALL, IGNORED, FULL, CACHES },
	{ 0x80000006, ANY, ALL, IGNORED, FULL, CACHES },
	{ 0x80000007, ANY, EAX | EBX | ECX, EQUAL, FULL, RESERVED },
	/*
	 * A VMM may give a guest fewer physical bits than the CPU has, though
	 * faults at reserved bits then differ; never more. So no equality here.
	 */
	{ 0x80000008, ANY, EAX, LIMIT, GENMASK(7, 0), "physical address bits",
	  "a guest must reach all of its memory" },
	{ 0x80000008, ANY, EAX, LIMIT, GENMASK(15, 8), "linear address bits",
	  "a guest uses all of its addresses" },
	{ 0x80000008, ANY, EAX, LIMIT, GENMASK(23, 16), "physical address bits in reach",
	  "a guest must reach all of its memory" },
	{ 0x80000008, ANY, EAX, EQUAL, GENMASK(31, 24), RESERVED },
	{ 0x80000008, ANY, EBX, INVERTED, BIT_MASK(EFER_LMSLE_MBZ), "a limit",
	  "without it, a guest may set EFER.LMSLE" },
	{ 0x80000008, ANY, ECX, IGNORED, FULL, TOPOLOGY },
	{ 0x80000008, ANY, EDX, EQUAL, FULL, RESERVED },
	{ 0x8000000a, ANY, EAX, LIMIT, GENMASK(7, 0), "revision of SVM",
	  "each adds to those before" },
	{ 0x8000000a, ANY, EAX, EQUAL, GENMASK(31, 8), RESERVED },
	{ 0x8000000a, ANY, EBX, LIMIT, FULL, "ASIDs", "a guest may use all of them" },
	{ 0x80000019, ANY, ALL, IGNORED, FULL, CACHES },
	{ 0x8000001a, ANY, ALL, IGNORED, FULL, "hints", "they are about speed alone" },
	{ 0x8000001d, ANY, ALL, IGNORED, FULL, CACHES },
	{ 0x8000001e, ANY, ALL, IGNORED, FULL, TOPOLOGY },
	{ 0x8000001f, ANY, EBX, EQUAL, FULL, "place of the C-bit",
	  "an encrypted guest has it in its page tables" },
	{ 0x8000001f, ANY, ECX | EDX, IGNORED, FULL, ENCRYPTED },
	{ 0x80000021, ANY, EAX, INVERTED, BIT_MASK(NO_NESTED_DATA_BP), "a limit",
	  "without it, nested data breakpoints come" },
	{ 0x80000021, ANY, EAX, INVERTED, BIT_MASK(WRMSR_XX_BASE_NS), "a limit",
	  "without it, WRMSR to FS, GS and kernel GS base serializes" },
	{ 0x80000021, ANY, EAX, INVERTED, BIT_MASK(NO_SMM_CTL_MSR), "a limit",
	  "without it, there is an MSR SMM_CTL" },
	{ 0x80000021, ANY, EBX, LIMIT, GENMASK(23, 16), "depth of the return predictor",
	  "a guest fills all of it" },
	{ 0x80000021, ANY, EBX, EQUAL, GENMASK(31, 24) | GENMASK(15, 0), RESERVED },
	{ 0x80000021, ANY, EDX, EQUAL, FULL, RESERVED },
	{ 0x80000022, ANY, EBX, LIMIT, GENMASK(3, 0), COUNTERS },
	{ 0x80000022, ANY, EBX, LIMIT, GENMASK(9, 4), "depth of the branch record",
	  "a guest may use all of it" },
	{ 0x80000022, ANY, EBX, LIMIT, GENMASK(15, 10), COUNTERS },
	{ 0x80000022, ANY, EBX, EQUAL, GENMASK(31, 16), RESERVED },
	{ 0x80000022, ANY, ECX | EDX, BITS, FULL, "a counter", "a guest may use it" },
	{ 0x80000026, ANY, ALL, IGNORED, FULL, TOPOLOGY },

	{ 0xc0000000, ANY, EAX, LIMIT, FULL, MAX_LEAF },
	{ 0xc0000000, ANY, EBX | ECX | EDX, IGNORED, FULL, "the maker", "leaf 0 has it" },
	{ 0xc0000001, ANY, EAX, IGNORED, FULL, IDENTITY },
	{ 0xc0000001, ANY, EBX | ECX, EQUAL, FULL, RESERVED },
};

const unsigned int nr_fields = ARRAY_SIZE(fields);

const struct field field_feature = {
	.kind = BITS, .mask = FULL, .what = "a feature", .why = "a guest may use it",
};

const struct field field_unknown = {
	.kind = EQUAL, .mask = FULL, .what = "a register", .why = "nothing is known of it",
};

static bool has_own_rows(__u32 function, __u32 index)
{
	const struct field *row;

	for (row = fields; row < fields + nr_fields; row++) {
		if (row->function == function && row->index == index)
			return true;
	}
	return false;
}

static bool is_feature_word(__u32 function, __u32 index, unsigned int reg)
{
	const struct kvmcaps_word_info *info;

	for (info = kvmcaps_words; info < kvmcaps_words + KVMCAPS_NR_WORDS; info++) {
		if (info->function == function && info->index == index && info->reg == reg)
			return true;
	}
	return false;
}

unsigned int field_parts(__u32 function, __u32 index, unsigned int reg,
			 struct field_part parts[FIELD_MAX_PARTS])
{
	__u32 wanted = has_own_rows(function, index) ? index : ANY;
	__u32 left = FULL;
	const struct field *row;
	unsigned int nr = 0;

	for (row = fields; row < fields + nr_fields && nr < FIELD_MAX_PARTS - 1; row++) {
		if (row->function != function || row->index != wanted ||
		    !(row->regs & BIT(reg)))
			continue;
		parts[nr++] = (struct field_part){ row, reg, row->mask };
		left &= ~row->mask;
	}
	row = is_feature_word(function, index, reg) ? &field_feature : &field_unknown;
	if (left)
		parts[nr++] = (struct field_part){ row, reg, left };
	return nr;
}

unsigned int field_parts_of_entry(__u32 function, __u32 index,
				  struct field_part parts[FIELD_MAX_OF_ENTRY])
{
	unsigned int reg, nr = 0;

	for (reg = 0; reg < KVMCAPS_NR_REGS; reg++)
		nr += field_parts(function, index, reg, parts + nr);
	return nr;
}

static unsigned int lowest(__u32 mask)
{
	return __builtin_ctz(mask);
}

__u32 field_value(const struct field_part *part, const struct kvm_cpuid_entry2 *entry)
{
	__u32 reg = entry ? table_entry_reg(entry, part->reg) : 0;

	switch (part->row->kind) {
	case FIELD_INVERTED:
		return ~reg & part->mask;
	case FIELD_LIMIT:
		return (reg & part->mask) >> lowest(part->mask);
	default:
		return reg & part->mask;
	}
}

void field_put(const struct field_part *part, struct kvm_cpuid_entry2 *entry, __u32 value)
{
	__u32 *const regs[] = { &entry->eax, &entry->ebx, &entry->ecx, &entry->edx };
	__u32 *reg = regs[part->reg];

	if (part->row->kind == FIELD_INVERTED)
		value = ~value;
	if (part->row->kind == FIELD_LIMIT)
		value <<= lowest(part->mask);
	*reg = (*reg & ~part->mask) | (value & part->mask);
}
