// SPDX-License-Identifier: GPL-2.0
/*
 * What becomes of each register of each leaf: __do_cpuid_func(), release 6.12,
 * on hosts whose registers say where they come from.
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include <kunit/test.h>
#include <kvmcaps/answer.h>
#include <kvmcaps/leaf.h>
#include "../tests/engine/hosts.h"

static struct kvmcaps_host host;
static struct kvmcaps_caps caps;
static struct kvmcaps_answer answer;

enum pattern {
	ADDRESS,	/* each register differs from all others */
	ONES,
	NR_PATTERNS,
};

static const char *const patterns[] = { "address", "ones" };

/* What a register is expected to be. */
enum want_kind {
	WANT_ZERO,
	WANT_PASS,	/* raw CPUID's */
	WANT_AND,	/* raw CPUID's, of these bits only */
	WANT_WORD,	/* the mask's word */
	WANT_IS,	/* this */
};

struct want {
	u8 kind;
	u32 arg;
};

#define ZERO	{ WANT_ZERO }
#define PASS	{ WANT_PASS }
#define AND(m)	{ WANT_AND, m }
#define WORD(w)	{ WANT_WORD, KVMCAPS_W_##w }
#define IS(v)	{ WANT_IS, v }

/**
 * struct row - one entry
 * @desc: in words
 * @function: leaf
 * @index: index
 * @counts: KVM_CPUID_FLAG_SIGNIFCANT_INDEX
 * @want: registers
 * @gate: feature of the mask without which they are all 0, and index 0 alone
 */
struct row {
	const char *desc;
	u32 function;
	u32 index;
	bool counts;
	struct want want[KVMCAPS_NR_REGS];
	unsigned int gate;
};

/* No registers named: all zero. */
#define PLAIN(desc, f, ...)		{ desc, f, 0, false, { __VA_ARGS__ } }
#define INDEXED(desc, f, i, ...)	{ desc, f, i, true, { __VA_ARGS__ } }
#define GATED(gate, desc, f, i, flag, ...) \
	{ desc, f, i, flag, { __VA_ARGS__ }, KVMCAPS_F_##gate }

static const struct row rows[] = {
	PLAIN("0: no more than 0x24, the maker passes", 0x0, IS(0x24), PASS, PASS, PASS),
	PLAIN("1: two words", 0x1, PASS, PASS, WORD(1_ECX), WORD(1_EDX)),
	PLAIN("2: passes", 0x2, PASS, PASS, PASS, PASS),
	PLAIN("3: no serial number", 0x3),
	INDEXED("4: passes", 0x4, 0, PASS, PASS, PASS, PASS),
	INDEXED("4: so does the next index", 0x4, 1, PASS, PASS, PASS, PASS),
	INDEXED("4: and the one of no type", 0x4, 2, PASS, PASS, PASS, PASS),
	PLAIN("5: no MONITOR", 0x5),
	PLAIN("6: ARAT on any CPU", 0x6, IS(4), ZERO, ZERO, ZERO),
	INDEXED("7.0: indices up to 2, three words", 0x7, 0,
		IS(2), WORD(7_0_EBX), WORD(7_0_ECX), WORD(7_0_EDX)),
	/* The word in ECX has no feature before 6.18. */
	INDEXED("7.1: three words", 0x7, 1,
		WORD(7_1_EAX), ZERO, WORD(7_1_ECX), WORD(7_1_EDX)),
	INDEXED("7.2: one word", 0x7, 2, ZERO, ZERO, ZERO, WORD(7_2_EDX)),
	PLAIN("8", 0x8),
	PLAIN("9", 0x9),
	INDEXED("0xb: the APIC id alone", 0xb, 0, ZERO, ZERO, ZERO, PASS),
	PLAIN("0xc", 0xc),
	PLAIN("0xe", 0xe),
	INDEXED("0xf: no monitoring", 0xf, 0),
	INDEXED("0x10: no allocation", 0x10, 0),
	PLAIN("0x11", 0x11),
	GATED(SGX, "0x12.0: EXINFO alone of MISCSELECT", 0x12, 0, true,
	      WORD(12_0_EAX), AND(1), PASS, PASS),
	GATED(SGX, "0x12.1: attributes that KVM knows", 0x12, 1, true,
	      AND(0x4b6), ZERO, PASS, PASS),
	PLAIN("0x13", 0x13),
	GATED(INTEL_PT, "0x14.0: passes", 0x14, 0, true, PASS, PASS, PASS, PASS),
	GATED(INTEL_PT, "0x14.1: passes", 0x14, 1, true, PASS, PASS, PASS, PASS),
	GATED(INTEL_PT, "0x14.2: passes", 0x14, 2, true, PASS, PASS, PASS, PASS),
	PLAIN("0x15: no TSC ratio", 0x15),
	PLAIN("0x16: no frequencies", 0x16),
	INDEXED("0x17: no vendor", 0x17, 0),
	INDEXED("0x18: no TLBs", 0x18, 0),
	PLAIN("0x19", 0x19),
	PLAIN("0x1a: no core type", 0x1a),
	PLAIN("0x1b", 0x1b),
	PLAIN("0x1c: no LBRs", 0x1c),
	GATED(AMX_TILE, "0x1d.0: passes", 0x1d, 0, true, PASS, PASS, PASS, PASS),
	GATED(AMX_TILE, "0x1d.1: passes", 0x1d, 1, true, PASS, PASS, PASS, PASS),
	GATED(AMX_TILE, "0x1d.2: passes", 0x1d, 2, true, PASS, PASS, PASS, PASS),
	GATED(AMX_TILE, "0x1e: passes", 0x1e, 0, true, PASS, PASS, PASS, PASS),
	INDEXED("0x1f: the APIC id alone", 0x1f, 0, ZERO, ZERO, ZERO, PASS),
	PLAIN("0x20", 0x20),
	PLAIN("0x21", 0x21),
	PLAIN("0x22", 0x22),
	PLAIN("0x23", 0x23),

	PLAIN("0x40000000: KVMKVMKVM", 0x40000000,
	      IS(0x40000001), IS(0x4b4d564b), IS(0x564b4d56), IS(0x4d)),

	PLAIN("0x80000000: no more than 0x80000022", 0x80000000,
	      IS(0x80000022), PASS, PASS, PASS),
	PLAIN("0x80000001: reserved bits, two words", 0x80000001,
	      PASS, AND(0xf000ffff), WORD(80000001_ECX), WORD(80000001_EDX)),
	PLAIN("0x80000002: no name", 0x80000002),
	PLAIN("0x80000003", 0x80000003),
	PLAIN("0x80000004", 0x80000004),
	PLAIN("0x80000005: passes", 0x80000005, PASS, PASS, PASS, PASS),
	PLAIN("0x80000006: reserved bits", 0x80000006, PASS, PASS, PASS, AND(0xfffcffff)),
	PLAIN("0x80000009", 0x80000009),
	GATED(SVM, "0x8000000a: KVM's own SVM", 0x8000000a, 0, false,
	      IS(1), IS(8), ZERO, WORD(8000000A_EDX)),
	PLAIN("0x8000000b", 0x8000000b),
	PLAIN("0x80000018", 0x80000018),
	PLAIN("0x80000019: large TLBs", 0x80000019, PASS, PASS, ZERO, ZERO),
	PLAIN("0x8000001a: three bits", 0x8000001a, AND(7), ZERO, ZERO, ZERO),
	PLAIN("0x8000001b: no IBS", 0x8000001b),
	PLAIN("0x8000001c: no LWP", 0x8000001c),
	INDEXED("0x8000001d: passes", 0x8000001d, 0, PASS, PASS, PASS, PASS),
	INDEXED("0x8000001d: so does the next index", 0x8000001d, 1, PASS, PASS, PASS, PASS),
	INDEXED("0x8000001d: and the one of no type", 0x8000001d, 2, PASS, PASS, PASS, PASS),
	PLAIN("0x8000001e: no topology", 0x8000001e),
	GATED(SEV, "0x8000001f: the encryption bit alone of EBX", 0x8000001f, 0, false,
	      WORD(8000001F_EAX), AND(0x3f), PASS, PASS),
	PLAIN("0x80000020: no allocation", 0x80000020),
	PLAIN("0x80000021: two words", 0x80000021,
	      WORD(80000021_EAX), ZERO, WORD(80000021_ECX), ZERO),

	PLAIN("0xc0000000: no more than 0xc0000004", 0xc0000000,
	      IS(0xc0000004), PASS, PASS, PASS),
	PLAIN("0xc0000001: one word", 0xc0000001, PASS, PASS, PASS, WORD(C0000001_EDX)),
	PLAIN("0xc0000002", 0xc0000002),
	PLAIN("0xc0000003", 0xc0000003),
	PLAIN("0xc0000004", 0xc0000004),
};

static u32 raw(enum pattern pattern, u32 function, u32 index, unsigned int reg)
{
	if (pattern == ONES)
		return ~0u;
	return (function & 0xc0000000) | 0x2a5a5000 | (function & 0x3f) << 20 | index << 4 |
	       (reg + 1) << 14 | 3;
}

static void fill_raw(enum pattern pattern, u32 base, u32 leaves)
{
	u32 function, index;

	for (function = base; function < base + leaves; function++) {
		for (index = 0; index < 4; index++)
			host_put(&host, function, index, raw(pattern, function, index, 0),
				 raw(pattern, function, index, 1),
				 raw(pattern, function, index, 2),
				 raw(pattern, function, index, 3));
	}
}

/* Chains and lists get an end, at index 2. */
static void end_indices(void)
{
	*host_reg(&host, 0x4, 2, KVMCAPS_EAX) &= ~0x1fu;
	*host_reg(&host, 0x8000001d, 2, KVMCAPS_EAX) &= ~0x1fu;
	*host_reg(&host, 0x14, 0, KVMCAPS_EAX) = 2;
	*host_reg(&host, 0x1d, 0, KVMCAPS_EAX) = 2;
}

static void start(enum pattern pattern)
{
	unsigned int word;

	host_init(&host);
	host.facts.maker = KVMCAPS_MAKER_CENTAUR;
	fill_raw(pattern, 0x0, 0x26);
	fill_raw(pattern, 0x40000000, 2);
	fill_raw(pattern, 0x80000000, 0x24);
	fill_raw(pattern, 0xc0000000, 6);
	end_indices();
	caps = (struct kvmcaps_caps){
		.release = 1u << KVMCAPS_REL_6_12, .max_extended = ~0u,
	};
	for (word = 0; word < KVMCAPS_NR_WORDS; word++)
		caps.mask[word] = 0x51000000 + word * 0x01010101;
}

static void offer(unsigned int feature, bool on)
{
	if (on)
		caps.mask[KVMCAPS_WORD(feature)] |= KVMCAPS_BIT(feature);
	else
		caps.mask[KVMCAPS_WORD(feature)] &= ~KVMCAPS_BIT(feature);
}

static const struct kvm_cpuid_entry2 *find(u32 function, u32 index)
{
	u32 i;

	for (i = 0; i < answer.nent; i++) {
		if (answer.entries[i].function == function && answer.entries[i].index == index)
			return &answer.entries[i];
	}
	return NULL;
}

static const struct kvm_cpuid_entry2 *answer_entry(u64 xcr0, u32 function, u32 index)
{
	memset(&answer, 0xa5, sizeof(answer));
	kvmcaps_answer_supported(&host, &caps, xcr0, &answer);
	return find(function, index);
}

static u32 expected(const struct want *want, u32 raw)
{
	switch (want->kind) {
	case WANT_PASS:
		return raw;
	case WANT_AND:
		return raw & want->arg;
	case WANT_WORD:
		return caps.mask[want->arg];
	case WANT_IS:
		return want->arg;
	default:
		return 0;
	}
}

static void check_entry(struct kunit *test, const struct row *row, const char *pattern, bool
			offered)
{
	const struct kvm_cpuid_entry2 *e = answer_entry(0, row->function, row->index);
	unsigned int reg;

	if (!offered && row->index) {
		KUNIT_ASSERT_TRUE_MSG(test, !e, "%s (%s): an index of what is not offered",
				      row->desc, pattern);
		return;
	}
	KUNIT_ASSERT_TRUE_MSG(test, e, "%s (%s): no entry", row->desc, pattern);
	KUNIT_ASSERT_EQ_MSG(test, e->flags, row->counts ? KVM_CPUID_FLAG_SIGNIFCANT_INDEX : 0,
			    "%s: flags %x", row->desc, e->flags);
	KUNIT_ASSERT_TRUE_MSG(test, !e->padding[0] && !e->padding[1] && !e->padding[2],
			      "%s: padding", row->desc);
	for (reg = 0; reg < KVMCAPS_NR_REGS; reg++) {
		const u32 is[] = { e->eax, e->ebx, e->ecx, e->edx };
		u32 cpu = *host_reg(&host, row->function, row->index, reg);
		u32 want = offered ? expected(&row->want[reg], cpu) : 0;

		KUNIT_ASSERT_EQ_MSG(test, is[reg], want, "%s (%s): register %u is %#x, not %#x",
				    row->desc, pattern, reg, is[reg], want);
	}
}

static void every_leaf(struct kunit *test)
{
	const struct row *row;
	enum pattern p;

	for (row = rows; row < rows + ARRAY_SIZE(rows); row++) {
		for (p = 0; p < NR_PATTERNS; p++) {
			start(p);
			if (row->gate)
				offer(row->gate, true);
			check_entry(test, row, patterns[p], true);
			if (!row->gate)
				continue;
			offer(row->gate, false);
			check_entry(test, row, patterns[p], false);
		}
	}
}

/* No leaf is missed above but those that have tests of their own below. */
static void no_leaf_is_forgotten(struct kunit *test)
{
	static const u32 below[] = {
		0xa, 0xd, 0x24, 0x40000001, 0x80000007, 0x80000008, 0x80000022,
	};
	static const u32 silent[] = { 0x8000000c, 0x80000017 };
	unsigned int i, r, known;

	start(ADDRESS);
	answer_entry(0, 0, 0);
	for (i = 0; i < answer.nent; i++) {
		u32 function = answer.entries[i].function;

		known = function >= silent[0] && function <= silent[1];
		for (r = 0; r < ARRAY_SIZE(rows); r++)
			known |= rows[r].function == function;
		for (r = 0; r < ARRAY_SIZE(below); r++)
			known |= below[r] == function;
		KUNIT_ASSERT_TRUE_MSG(test, known, "leaf %#x", function);
		if (function >= silent[0] && function <= silent[1])
			KUNIT_ASSERT_FALSE_MSG(test,
					       answer.entries[i].eax | answer.entries[i].ebx |
					       answer.entries[i].ecx | answer.entries[i].edx,
					       "%#x", function);
	}
}

/* Leaf 7 hands on as many indices as the CPU has, up to 2. */
static void leaf_7_ends_where_the_cpu_ends(struct kunit *test)
{
	u32 highest, index;

	for (highest = 0; highest < 5; highest++) {
		start(ADDRESS);
		*host_reg(&host, 7, 0, KVMCAPS_EAX) = highest;
		KUNIT_ASSERT_EQ(test, answer_entry(0, 7, 0)->eax, min(highest, 2u));
		for (index = 0; index < 5; index++)
			KUNIT_ASSERT_EQ(test, !!find(7, index), index <= min(highest, 2u));
	}
}

static void perfmon(struct kunit *test)
{
	const struct kvm_cpuid_entry2 *e;
	unsigned int on;

	for (on = 0; on < 8; on++) {
		start(ONES);
		caps.pmu = (struct kvmcaps_pmu){ 2, 6, 3, 48, 40, 7, 0x5a };
		if (!(on & 4))
			caps.pmu.version = 0;
		if (on & 1)
			caps.conds |= BIT_ULL(KVMCAPS_COND_PMU);
		host_kernel(&host, KVMCAPS_F_ARCH_PERFMON, on & 2);
		e = answer_entry(0, 0xa, 0);
		KUNIT_ASSERT_EQ(test, e->flags | e->ecx, 0);
		if ((on & 3) != 3) {
			KUNIT_ASSERT_EQ(test, e->eax | e->ebx | e->edx, 0);
			continue;
		}
		KUNIT_ASSERT_EQ(test, e->eax, 0x07300600 | caps.pmu.version);
		KUNIT_ASSERT_EQ(test, e->ebx, 0x5a);
		KUNIT_ASSERT_EQ(test, e->edx, 3 | 40 << 5 | (on & 4 ? 1 << 15 : 0));
	}
}

static void amd_perfmon(struct kunit *test)
{
	const struct kvm_cpuid_entry2 *e;
	unsigned int on;

	for (on = 0; on < 4; on++) {
		start(ONES);
		caps.pmu.num_counters_gp = 0x16;
		caps.mask[KVMCAPS_W_80000022_EAX] = on & 1;
		if (on & 2)
			caps.conds |= BIT_ULL(KVMCAPS_COND_PMU);
		e = answer_entry(0, 0x80000022, 0);
		KUNIT_ASSERT_EQ(test, e->eax, on == 3);
		KUNIT_ASSERT_EQ(test, e->ebx, on == 3 ? 6 : 0);
		KUNIT_ASSERT_EQ(test, e->flags | e->ecx | e->edx, 0);
	}
}

static void avx10(struct kunit *test)
{
	static const u32 versions[] = { 0, 1, 2, 0xff, 0x100 };
	const struct kvm_cpuid_entry2 *e;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(versions); i++) {
		start(ONES);
		caps.mask[KVMCAPS_W_24_0_EBX] = 0x50000;
		*host_reg(&host, 0x24, 0, KVMCAPS_EBX) = versions[i] | 0x70000;
		offer(KVMCAPS_F_AVX10, true);
		e = answer_entry(0, 0x24, 0);
		KUNIT_ASSERT_EQ(test, e->ebx, 0x50000 | !!(versions[i] & 0xff));
		KUNIT_ASSERT_EQ(test, e->eax | e->ecx | e->edx, 0);
		KUNIT_ASSERT_EQ(test, e->flags, KVM_CPUID_FLAG_SIGNIFCANT_INDEX);
		offer(KVMCAPS_F_AVX10, false);
		KUNIT_ASSERT_EQ(test, answer_entry(0, 0x24, 0)->ebx, 0);
	}
}

static void kvms_own_features(struct kunit *test)
{
	unsigned int on;

	for (on = 0; on < 2; on++) {
		start(ONES);
		host_fact(&host, KVMCAPS_FACT_SCHED_INFO, on);
		KUNIT_ASSERT_EQ(test, answer_entry(0, 0x40000001, 0)->eax,
				on ? 0x1007efb : 0x1007edb);
		KUNIT_ASSERT_EQ(test, find(0x40000001, 0)->flags, 0);
		KUNIT_ASSERT_EQ(test,
				find(0x40000001, 0)->ebx | find(0x40000001, 0)->ecx |
				find(0x40000001, 0)->edx, 0);
	}
}

static void power(struct kunit *test)
{
	start(ONES);
	caps.mask[KVMCAPS_W_80000007_EDX] = 0x100;
	host.facts.power = 0x7ff;
	KUNIT_ASSERT_EQ(test, answer_entry(0, 0x80000007, 0)->edx, 0x100);
	KUNIT_ASSERT_EQ(test,
			find(0x80000007, 0)->eax | find(0x80000007, 0)->ebx |
			find(0x80000007, 0)->ecx, 0);
	host.facts.power = 0x6ff;
	KUNIT_ASSERT_EQ(test, answer_entry(0, 0x80000007, 0)->edx, 0);
}

struct size_row {
	const char *desc;
	bool tdp;
	bool five;
	u32 raw;
	u16 phys_bits;
	u32 eax;
};

static const struct size_row size_rows[] = {
	{ "nested paging: the CPU's bits", true, false, 0x003028, 40, 0x283028 },
	{ "nor those the kernel has lost", true, false, 0x003030, 43, 0x303030 },
	{ "four levels reach 48 bits", true, false, 0x003934, 52, 0x303934 },
	{ "five levels reach them all", true, true, 0x003934, 52, 0x343934 },
	{ "what the CPU says of guests is ignored", true, false, 0x2c3028, 40, 0x283028 },
	{ "at least 48 linear bits", true, false, 0x002028, 40, 0x283028 },
	{ "shadow paging: the kernel's bits", false, false, 0x003030, 43, 0x00302b },
	{ "... and five levels do not matter", false, true, 0x2c3930, 43, 0x00392b },
};

static void address_sizes(struct kunit *test)
{
	const struct kvm_cpuid_entry2 *e;
	const struct size_row *row;

	for (row = size_rows; row < size_rows + ARRAY_SIZE(size_rows); row++) {
		start(ONES);
		host.facts.phys_bits = row->phys_bits;
		*host_reg(&host, 0x80000008, 0, KVMCAPS_EAX) = row->raw;
		if (row->tdp)
			caps.conds |= BIT_ULL(KVMCAPS_COND_TDP);
		if (row->five)
			caps.conds |= BIT_ULL(KVMCAPS_COND_TDP_5LEVEL);
		e = answer_entry(0, 0x80000008, 0);
		KUNIT_ASSERT_EQ_MSG(test, e->eax, row->eax, "%s: %#x", row->desc, e->eax);
		KUNIT_ASSERT_EQ(test, e->ebx, caps.mask[KVMCAPS_W_80000008_EBX]);
		KUNIT_ASSERT_EQ(test, e->ecx, 0xf0ff);
		KUNIT_ASSERT_EQ(test, e->edx, 0);
	}
}

struct extended_row {
	const char *desc;
	u32 raw;
	bool lfence;
	bool null_seg;
	u32 eax;
};

static const struct extended_row extended_rows[] = {
	{ "below 0x8000001d nothing is opened up", 0x8000001c, true, false, 0x8000001c },
	{ "LFENCE opens 0x80000021", 0x8000001d, true, true, 0x80000021 },
	{ "clearing null selectors does", 0x8000001d, false, false, 0x80000021 },
	{ "neither does not", 0x8000001d, false, true, 0x8000001d },
	{ "0x80000020 becomes 0x80000021", 0x80000020, true, false, 0x80000021 },
	{ "0x80000022 stays", 0x80000022, true, false, 0x80000022 },
	{ "0x80000021 stays", 0x80000021, false, true, 0x80000021 },
	{ "0x80000023 is cut", 0x80000023, false, true, 0x80000022 },
};

/* Leaves that are opened up are not the CPU's: zero, and without a flag. */
static void extended_leaves(struct kunit *test)
{
	const struct extended_row *row;
	u32 function;

	for (row = extended_rows; row < extended_rows + ARRAY_SIZE(extended_rows); row++) {
		start(ONES);
		caps.max_extended = row->raw;
		*host_reg(&host, 0x80000000, 0, KVMCAPS_EAX) = row->raw;
		host_kernel(&host, KVMCAPS_F_LFENCE_RDTSC, row->lfence);
		host_kernel(&host, KVMCAPS_F_BUG_NULL_SEG, row->null_seg);
		offer(KVMCAPS_F_SEV, true);
		KUNIT_ASSERT_EQ_MSG(test, answer_entry(0, 0x80000000, 0)->eax, row->eax, "%s: %#x",
				    row->desc, find(0x80000000, 0)->eax);
		for (function = 0x80000000; function < 0x80000025; function++)
			KUNIT_ASSERT_EQ_MSG(test, !!find(function, 0), function <= row->eax,
					    "%s: %#x", row->desc, function);
		if (row->raw < 0x8000001f && row->eax >= 0x8000001f)
			KUNIT_ASSERT_TRUE_MSG(test, !find(0x8000001f, 0)->ebx, "%s: not the CPU's",
					      row->desc);
	}
}

static void beyond_the_cpu_entries_have_no_flag(struct kunit *test)
{
	start(ONES);
	caps.max_extended = 0x8000001c;
	KUNIT_ASSERT_EQ(test, answer_entry(0, 0x8000001d, 0)->flags, 0);
	KUNIT_ASSERT_EQ(test, find(0x8000001d, 0)->eax, 0);
	KUNIT_ASSERT_NULL(test, find(0x8000001d, 1));
	KUNIT_ASSERT_EQ(test, find(0x80000021, 0)->eax, caps.mask[KVMCAPS_W_80000021_EAX]);
	/* KVM takes a CPU whose highest extended leaf is 0 at its word. */
	caps.max_extended = 0;
	KUNIT_ASSERT_EQ(test, answer_entry(0, 0x80000000, 0)->eax, 0);
	KUNIT_ASSERT_EQ(test, find(0x80000000, 0)->edx, 0);
	KUNIT_ASSERT_NULL(test, find(0x80000001, 0));
}

static void centaurs_leaves_are_centaurs(struct kunit *test)
{
	u8 maker;

	for (maker = 0; maker < KVMCAPS_NR_MAKERS; maker++) {
		start(ADDRESS);
		host.facts.maker = maker;
		answer_entry(0, 0, 0);
		KUNIT_ASSERT_EQ(test, !!find(0xc0000000, 0), maker == KVMCAPS_MAKER_CENTAUR);
		KUNIT_ASSERT_EQ(test, !!find(0xc0000004, 0), maker == KVMCAPS_MAKER_CENTAUR);
	}
}

struct xsave_row {
	const char *desc;
	u64 xcr0;
	u64 xss;
	u32 d_1_eax;
	u32 standard;
	u32 compacted;
};

/* Sizes of a real CPU: AVX, AVX-512, PKRU, CET, AMX (which wants alignment). */
static const u32 xstates[][4] = {
	{ 2, 0x100, 0x240, 0 }, { 5, 0x40, 0x440, 0 }, { 6, 0x200, 0x480, 0 },
	{ 7, 0x400, 0x680, 0 }, { 9, 0x8, 0xa80, 0 }, { 11, 0x10, 0, 1 },
	{ 17, 0x40, 0xac0, 2 }, { 18, 0x2000, 0xb00, 6 },
};

static const struct xsave_row xsave_rows[] = {
	{ "no XSAVE: the legacy area and the header", 0, 0, 0xf, 576, 0 },
	{ "x87 and SSE alone", 0x3, 0, 0xf, 576, 576 },
	{ "AVX", 0x7, 0, 0xf, 832, 832 },
	{ "no format of compaction", 0x7, 0, 0x5, 832, 0 },
	{ "XSAVEC is one", 0x7, 0, 0x2, 832, 832 },
	{ "XSAVES is one", 0x7, 0, 0x8, 832, 832 },
	{ "PKRU lies far out but in the compacted format", 0x207, 0, 0xf, 0xa88, 840 },
	{ "AVX-512", 0xe7, 0, 0xf, 0xa80, 832 + 0x640 },
	{ "IA32_XSS counts in the compacted format alone", 0x7, 0x800, 0xf, 832, 848 },
	{ "AMX wants alignment", 0x60207, 0, 0xf, 0x2b00, 896 + 64 + 0x2000 },
};

static void start_xsave(const struct xsave_row *row)
{
	unsigned int i;

	start(ONES);
	host.facts.xcr0 = row->xcr0;
	for (i = 2; i < 64; i++)
		host_put(&host, 0xd, i, 0, 0, 0, 0);
	for (i = 0; i < ARRAY_SIZE(xstates); i++) {
		host_put(&host, 0xd, xstates[i][0], xstates[i][1], xstates[i][2],
			 xstates[i][3], ~0u);
		caps.xstate[xstates[i][0]] = (struct kvmcaps_xstate){
			xstates[i][1], xstates[i][2], xstates[i][3],
		};
	}
	caps.xcr0 = row->xcr0;
	caps.xss = row->xss;
	caps.mask[KVMCAPS_W_D_1_EAX] = row->d_1_eax;
}

static void check_states(struct kunit *test, const struct xsave_row *row)
{
	const struct kvm_cpuid_entry2 *e;
	unsigned int i;

	for (i = 2; i < 64; i++) {
		e = find(0xd, i);
		KUNIT_ASSERT_EQ_MSG(test, !!e, (row->xcr0 | row->xss) >> i & 1, "%s: state %u",
				    row->desc, i);
		if (!e)
			continue;
		KUNIT_ASSERT_EQ_MSG(test, e->flags, KVM_CPUID_FLAG_SIGNIFCANT_INDEX, "%s: flag",
				    row->desc);
		KUNIT_ASSERT_TRUE_MSG(test, !e->edx, "%s: EDX is reserved", row->desc);
		KUNIT_ASSERT_TRUE_MSG(test,
				      e->eax == caps.xstate[i].size &&
				      e->ebx == caps.xstate[i].offset, "%s: size and offset",
				      row->desc);
		/* XFD is off. */
		KUNIT_ASSERT_EQ_MSG(test, e->ecx, caps.xstate[i].flags & ~4u, "%s: flags",
				    row->desc);
	}
}

static void xsave_sizes(struct kunit *test)
{
	const struct xsave_row *row;
	const struct kvm_cpuid_entry2 *e;

	for (row = xsave_rows; row < xsave_rows + ARRAY_SIZE(xsave_rows); row++) {
		start_xsave(row);
		e = answer_entry(row->xcr0, 0xd, 0);
		KUNIT_ASSERT_TRUE_MSG(test, e->eax == (u32)row->xcr0 && e->edx == row->xcr0 >> 32,
				      "%s: XCR0", row->desc);
		KUNIT_ASSERT_TRUE_MSG(test, e->ebx == row->standard && e->ecx == row->standard,
				      "%s: %u", row->desc, e->ebx);
		e = find(0xd, 1);
		KUNIT_ASSERT_EQ_MSG(test, !!e, !!row->xcr0, "%s: index 1", row->desc);
		if (!e)
			continue;
		KUNIT_ASSERT_EQ_MSG(test, e->eax, row->d_1_eax, "%s: features", row->desc);
		KUNIT_ASSERT_EQ_MSG(test, e->ebx, row->compacted, "%s: compacted %u", row->desc,
				    e->ebx);
		KUNIT_ASSERT_TRUE_MSG(test, e->ecx == (u32)row->xss && e->edx == row->xss >> 32,
				      "%s: XSS", row->desc);
		check_states(test, row);
	}
}

/* High halves of XCR0 and IA32_XSS, which no CPU has yet. */
static void xsave_masks_have_64_bits(struct kunit *test)
{
	static const struct xsave_row row = {
		.xcr0 = 0x4000000000000007, .xss = 0x0800000000000000, .d_1_eax = 0xf,
	};

	start_xsave(&row);
	KUNIT_ASSERT_EQ(test, answer_entry(row.xcr0, 0xd, 0)->edx, 0x40000000);
	KUNIT_ASSERT_EQ(test, find(0xd, 1)->edx, 0x08000000);
	KUNIT_ASSERT_EQ(test, find(0xd, 1)->ecx, 0);
}

/* What the CPU lacks of XCR0 does not show in index 0. */
static void xsave_masks_are_the_cpus(struct kunit *test)
{
	static const struct xsave_row row = { .xcr0 = 0x2e7, .xss = 0x800, .d_1_eax = 0xf };

	start_xsave(&row);
	host_put(&host, 0xd, 0, 0x7, 0, 0, 0);
	host_put(&host, 0xd, 1, 0, 0, 0, 0);
	KUNIT_ASSERT_EQ(test, answer_entry(row.xcr0, 0xd, 0)->eax, 7);
	KUNIT_ASSERT_EQ(test, find(0xd, 1)->ecx, 0);
}

static void xfd_decides_over_faults(struct kunit *test)
{
	static const struct xsave_row row = { .xcr0 = 0x60207, .d_1_eax = 0xf };

	start_xsave(&row);
	KUNIT_ASSERT_EQ(test, answer_entry(row.xcr0, 0xd, 18)->ecx, 2);
	offer(KVMCAPS_F_XFD, true);
	KUNIT_ASSERT_EQ(test, answer_entry(row.xcr0, 0xd, 18)->ecx, 6);
	KUNIT_ASSERT_EQ(test, find(0xd, 17)->ecx, 2);
}

struct drop_row {
	const char *desc;
	u32 index;
	u32 eax;
	u32 ecx;
	bool dropped;
};

static const struct drop_row drop_rows[] = {
	{ "a state with a size is kept", 2, 0x100, 0, false },
	{ "a state without a size is dropped", 2, 0, 0, true },
	{ "a state of XCR0 that the CPU has in IA32_XSS is dropped", 2, 0x100, 1, true },
	{ "a state of IA32_XSS is kept", 11, 0x10, 1, false },
	{ "a state of IA32_XSS that the CPU has in XCR0 is dropped", 11, 0x10, 0, true },
	{ "a state of IA32_XSS without a size is dropped", 11, 0, 1, true },
};

static void states_the_cpu_does_not_back(struct kunit *test)
{
	static const struct xsave_row xsave = { .xcr0 = 0x7, .xss = 0x800, .d_1_eax = 0xf };
	const struct drop_row *row;
	u32 nent;

	for (row = drop_rows; row < drop_rows + ARRAY_SIZE(drop_rows); row++) {
		start_xsave(&xsave);
		answer_entry(xsave.xcr0, 0, 0);
		nent = answer.nent;
		host_put(&host, 0xd, row->index, row->eax, 0, row->ecx, 0);
		KUNIT_ASSERT_EQ_MSG(test, !answer_entry(xsave.xcr0, 0xd, row->index), row->dropped,
				    "%s", row->desc);
		KUNIT_ASSERT_EQ_MSG(test, answer.nent, nent - row->dropped, "%s: nent", row->desc);
	}
}

static void emulated_rdpid_follows_rdtscp(struct kunit *test)
{
	unsigned int on;

	for (on = 0; on < 2; on++) {
		start(ONES);
		offer(KVMCAPS_F_RDTSCP, on);
		memset(&answer, 0xa5, sizeof(answer));
		kvmcaps_answer_emulated(&host, &caps, &answer);
		KUNIT_ASSERT_EQ(test, find(0, 0)->eax, 7);
		KUNIT_ASSERT_EQ(test, find(1, 0)->ecx, 1 << 22);
		KUNIT_ASSERT_EQ(test, find(7, 0)->ecx, on ? 1 << 22 : 0);
		KUNIT_ASSERT_EQ(test, find(7, 0)->flags, KVM_CPUID_FLAG_SIGNIFCANT_INDEX);
	}
}

/* A search may begin where the last one for a lower leaf ended. */
static void rows_are_in_order(struct kunit *test)
{
	const struct kvmcaps_leaf *row = kvmcaps_leaves;
	unsigned int i;
	u32 function;

	for (i = 1; i < kvmcaps_nr_leaves; i++)
		KUNIT_ASSERT_TRUE_MSG(test, row[i - 1].function <= row[i].function,
				      "%#x before %#x", row[i - 1].function, row[i].function);
	for (function = 0; function < 0x30; function++) {
		row = kvmcaps_leaf_seek(row, function);
		KUNIT_ASSERT_PTR_EQ(test, row, kvmcaps_leaf_seek(kvmcaps_leaves, function));
		KUNIT_ASSERT_TRUE_MSG(test,
				      row->function >= function &&
				      (row == kvmcaps_leaves || row[-1].function < function),
				      "%#x: not the first", function);
	}
	row = kvmcaps_leaf_seek(kvmcaps_leaves, ~0u);
	KUNIT_ASSERT_PTR_EQ(test, row, kvmcaps_leaves + kvmcaps_nr_leaves);
	KUNIT_ASSERT_STREQ(test, kvmcaps_leaf_find(1, ~0u, 0)->why, "KVM does not know it");
}

static struct kunit_case cases[] = {
	KUNIT_CASE(rows_are_in_order),
	KUNIT_CASE(every_leaf),
	KUNIT_CASE(no_leaf_is_forgotten),
	KUNIT_CASE(leaf_7_ends_where_the_cpu_ends),
	KUNIT_CASE(perfmon),
	KUNIT_CASE(amd_perfmon),
	KUNIT_CASE(avx10),
	KUNIT_CASE(kvms_own_features),
	KUNIT_CASE(power),
	KUNIT_CASE(address_sizes),
	KUNIT_CASE(extended_leaves),
	KUNIT_CASE(beyond_the_cpu_entries_have_no_flag),
	KUNIT_CASE(centaurs_leaves_are_centaurs),
	KUNIT_CASE(xsave_sizes),
	KUNIT_CASE(xsave_masks_have_64_bits),
	KUNIT_CASE(xsave_masks_are_the_cpus),
	KUNIT_CASE(xfd_decides_over_faults),
	KUNIT_CASE(states_the_cpu_does_not_back),
	KUNIT_CASE(emulated_rdpid_follows_rdtscp),
	{}
};

static struct kunit_suite suite = {
	.name = "kvmcaps_leaf",
	.test_cases = cases,
};

kunit_test_suite(suite);
