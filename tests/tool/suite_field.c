// SPDX-License-Identifier: GPL-2.0
/* How registers compare between hosts, one by one and over a pool. */
#include <stdlib.h>
#include <linux/bits.h>
#include <linux/kernel.h>
#include <kvmcaps/answer.h>
#include <kvmcaps/leaf.h>

#include "alloc.h"
#include "complaint.h"
#include "hosts.h"
#include "pool.h"
#include "simulate.h"
#include "suite.h"

static bool is_word(u32 function, u32 index, unsigned int reg)
{
	unsigned int word;

	for (word = 0; word < KVMCAPS_NR_WORDS; word++) {
		if (kvmcaps_words[word].function == function &&
		    kvmcaps_words[word].index == index && kvmcaps_words[word].reg == reg)
			return true;
	}
	return false;
}

/* All bits once; @known: none by way of ignorance, nor of features that are none. */
static void check_parts(u32 function, u32 index, unsigned int reg, bool known)
{
	struct field_part parts[FIELD_MAX_PARTS];
	unsigned int i, nr = field_parts(function, index, reg, parts);
	u32 seen = 0;

	for (i = 0; i < nr; i++) {
		check(!(seen & parts[i].mask), "%x.%x, register %u: bits in two rows", function,
		      index, reg);
		seen |= parts[i].mask;
		check(parts[i].row != &field_feature || is_word(function, index, reg),
		      "%x.%x, register %u is no word of features", function, index, reg);
		check(!known || parts[i].row != &field_unknown, "%x.%x, register %u has no row",
		      function, index, reg);
	}
	assert_int_equal(seen, 0xffffffff);
}

static void every_register_that_kvm_hands_out_has_a_row(void **state)
{
	static const u32 some[] = { 0, 1, 2, 9, 63 };
	const struct kvmcaps_leaf *leaf = kvmcaps_leaves;
	unsigned int i, j, reg;

	(void)state;
	for (i = 0; i < kvmcaps_nr_leaves; i++, leaf++) {
		for (j = 0; j < ROWS(some); j++) {
			u32 index = leaf->index == KVMCAPS_ANY_INDEX ? some[j] : leaf->index;

			/* Without an index that counts, and of AMX since 7.0, there is 0. */
			if (index && leaf->index == KVMCAPS_ANY_INDEX &&
			    (leaf->indices == KVMCAPS_INDEX_NONE ||
			     leaf->indices == KVMCAPS_INDEX_ZERO))
				continue;
			for (reg = 0; reg < KVMCAPS_NR_REGS; reg++)
				check_parts(leaf->function, index, reg,
					    leaf->op[reg].kind != KVMCAPS_OP_ZERO || leaf->fix);
		}
	}
}

static void every_row_says_what_and_why(void **state)
{
	unsigned int i, reg;

	(void)state;
	for (i = 0; i < nr_fields; i++) {
		assert_non_null(fields[i].what);
		assert_non_null(fields[i].why);
		assert_int_not_equal(fields[i].mask, 0);
		for (reg = 0; reg < KVMCAPS_NR_REGS; reg++)
			check_parts(fields[i].function, fields[i].index == FIELD_ANY_INDEX ?
				    0 : fields[i].index, reg, false);
	}
}

/* A table with one entry. */
static struct kvm_cpuid2 *one(u32 function, u32 index, unsigned int reg, u32 value)
{
	struct kvm_cpuid2 *table = alloc_zeroed(sizeof(*table) + sizeof(table->entries[0]));
	u32 *const regs[] = { &table->entries->eax, &table->entries->ebx, &table->entries->ecx,
			      &table->entries->edx };

	table->nent = 1;
	table->entries->function = function;
	table->entries->index = index;
	*regs[reg] = value;
	return table;
}

static void ignore(void *ctx, const struct miss *miss)
{
	(void)ctx;
	(void)miss;
}

static unsigned int count(const struct kvm_cpuid2 *given, const struct kvm_cpuid2 *there)
{
	return miss_tables(given, there, ignore, NULL);
}

struct example {
	const char *what;
	u32 function;
	u32 index;
	unsigned int reg;
	u32 a;
	u32 b;
	unsigned int from_a_to_b;
	unsigned int from_b_to_a;
};

#define EAX	KVMCAPS_EAX
#define EBX	KVMCAPS_EBX
#define ECX	KVMCAPS_ECX
#define EDX	KVMCAPS_EDX

/* Of each comparison, what a guest misses in either direction. */
static const struct example examples[] = {
	{ "the highest leaf", 0, 0, EAX, 0x16, 0xd, 1, 0 },
	{ "another maker", 0, 0, EBX, 0x68747541, 0x756e6547, 1, 1 },
	{ "another model", 1, 0, EAX, 0x50657, 0x606a6, 0, 0 },
	{ "another APIC id", 1, 0, EBX, 0x01000800, 0x02000800, 0, 0 },
	{ "lines of another size", 1, 0, EBX, 0x0800, 0x1000, 1, 1 },
	{ "no lines to flush", 1, 0, EBX, 0x0000, 0x0800, 0, 1 },
	{ "SSE3 and SSSE3", 1, 0, ECX, BIT(0) | BIT(9), 0, 2, 0 },
	{ "one feature for another", 7, 0, EBX, BIT(5), BIT(16), 1, 1 },
	{ "other caches", 4, 1, EAX, 0x1c004122, 0x1c004143, 0, 0 },
	{ "indices of 7", 7, 0, EAX, 2, 1, 1, 0 },
	{ "FDP_EXCPTN_ONLY", 7, 0, EBX, BIT(6), 0, 0, 1 },
	{ "ZERO_FCS_FDS, and AVX2", 7, 0, EBX, BIT(13) | BIT(5), 0, 1, 1 },
	{ "a newer PMU with less counters", 0xa, 0, EAX, 0x07300605, 0x07300804, 1, 1 },
	{ "narrower counters", 0xa, 0, EAX, 0x07300805, 0x07280805, 1, 0 },
	{ "a missing event", 0xa, 0, EBX, BIT(3), 0, 0, 1 },
	{ "fixed counters", 0xa, 0, EDX, 4, 3, 1, 0 },
	{ "AnyThread", 0xa, 0, EDX, BIT(15), 0, 0, 1 },
	{ "topology", 0xb, 1, EBX, 16, 8, 0, 0 },
	{ "states", 0xd, 0, EAX, 0xe7, 0x207, 3, 1 },
	{ "areas, which follow", 0xd, 0, ECX, 2696, 832, 0, 0 },
	{ "a state elsewhere", 0xd, 9, EBX, 2688, 832, 1, 1 },
	{ "a state that is not there", 0xd, 9, EAX, 8, 0, 1, 0 },
	{ "AVX10.2", 0x24, 0, EBX, 0x70002, 0x70001, 1, 0 },
	{ "AVX10's lengths", 0x24, 0, EBX, 0x70001, 0x30001, 1, 0 },
	{ "tiles of another shape", 0x1d, 1, EAX, 0x04002000, 0x04001000, 1, 1 },
	{ "the highest extended leaf", 0x80000000, 0, EAX, 0x80000021, 0x80000008, 1, 0 },
	{ "physical bits", 0x80000008, 0, EAX, 0x3034, 0x302e, 1, 0 },
	{ "more physical, less linear bits", 0x80000008, 0, EAX, 0x3034, 0x392e, 1, 1 },
	{ "EFER.LMSLE", 0x80000008, 0, EBX, BIT(20), 0, 0, 1 },
	{ "ASIDs", 0x8000000a, 0, EBX, 8, 16, 0, 1 },
	{ "the C-bit elsewhere", 0x8000001f, 0, EBX, 47, 51, 1, 1 },
	{ "WRMSR that does not serialize", 0x80000021, 0, EAX, BIT(1), 0, 0, 1 },
	{ "a serializing LFENCE", 0x80000021, 0, EAX, BIT(2), 0, 1, 0 },
	{ "counters of AMD", 0x80000022, 0, EBX, 6, 4, 1, 0 },
	{ "a leaf that nobody knows", 0x33, 0, ECX, 1, 2, 1, 1 },
};

static void each_register_is_compared_in_its_way(void **state)
{
	const struct example *row;

	(void)state;
	for (row = examples; row < examples + ROWS(examples); row++) {
		struct kvm_cpuid2 *a = one(row->function, row->index, row->reg, row->a);
		struct kvm_cpuid2 *b = one(row->function, row->index, row->reg, row->b);

		check(count(a, b) == row->from_a_to_b, "%s: %u from A to B", row->what,
		      count(a, b));
		check(count(b, a) == row->from_b_to_a, "%s: %u from B to A", row->what,
		      count(b, a));
		free(a);
		free(b);
	}
}

static void an_absent_leaf_counts_as_zero(void **state)
{
	struct kvm_cpuid2 *mine = one(7, 0, EBX, BIT(5) | BIT(6));
	struct kvm_cpuid2 none = {};

	(void)state;
	assert_int_equal(count(mine, &none), 1);
	assert_int_equal(count(&none, mine), 1);
	free(mine);
}

/* States of IA32_XSS: PT, PASID, CET, HDC, UINTR, LBR, HWP. */
#define SUPERVISOR	0x1fd00

static void put_states(struct kvmcaps_host *host)
{
	u32 i, size;

	for (i = 2; i < 20; i++) {
		size = random_one_in(40) ? 0 : 64 * i;
		host_put(host, 0xd, i, size, random_one_in(40) ? 4096 : 1024 + 64 * i,
			 SUPERVISOR & BIT(i) ? 1 : 0, 0);
	}
}

/* Hosts of one maker, as others are in no pool. */
static void random_source(struct source *source, const char *name)
{
	struct kvmcaps_host *host = alloc_zeroed(sizeof(*host));

	*source = (struct source){
		.name = name,
		.host = host,
		.caps = alloc_zeroed(sizeof(*source->caps)),
	};
	host_init(host);
	host_random_words(host);
	host_random_facts(host);
	host_random_release(host);
	host_make_sane(host);
	host->facts.vendor = KVMCAPS_VENDOR_SVM;
	host->facts.maker = KVMCAPS_MAKER_AMD;
	*host_reg(host, 0, 0, EBX) = 0x68747541;
	*host_reg(host, 0, 0, ECX) = 0x444d4163;
	*host_reg(host, 0, 0, EDX) = 0x69746e65;
	*host_reg(host, 1, 0, EBX) = random_one_in(10) ? 0x1000 : 0x800;
	*host_reg(host, 0x80000008, 0, EAX) = 0x3000 + 40 + random_below(12);
	put_states(host);
	kvmcaps_decide(host, source->caps);
	assert_false(simulate_answer(source, &source->tables));
}

static void close_source(struct source *source)
{
	table_pair_free(&source->tables);
	free(source->host);
	free(source->caps);
}

static struct kvm_cpuid2 *copy(const struct kvm_cpuid2 *table)
{
	size_t size = sizeof(*table) + table->nent * sizeof(table->entries[0]);

	return memcpy(alloc_zeroed(size), table, size);
}

#define HOSTS	5
#define ROUNDS	300

struct hosts {
	struct kvm_cpuid2 *tables[HOSTS];
	struct kvm_cpuid2 *offer;
	struct pool pool;
};

static void make_hosts(struct hosts *hosts, unsigned int nr, bool emulated)
{
	struct source source;
	unsigned int i;

	*hosts = (struct hosts){};
	for (i = 0; i < nr; i++) {
		random_source(&source, "host");
		hosts->tables[i] = copy(emulated ? source.tables.emulated :
						   source.tables.supported);
		check(!pool_add(&hosts->pool, &source), "%s", complaint);
		close_source(&source);
	}
	hosts->offer = pool_offer(&hosts->pool, emulated ? &hosts->pool.emulated :
							   &hosts->pool.supported);
}

static void free_hosts(struct hosts *hosts)
{
	unsigned int i;

	for (i = 0; i < HOSTS; i++)
		free(hosts->tables[i]);
	free(hosts->offer);
	pool_free(&hosts->pool);
}

static void a_host_is_safe_to_itself(void **state)
{
	struct hosts hosts;
	unsigned int i;

	(void)state;
	for (i = 0; i < ROUNDS; i++) {
		make_hosts(&hosts, 1, random_one_in(4));
		assert_int_equal(count(hosts.tables[0], hosts.tables[0]), 0);
		free_hosts(&hosts);
	}
}

/* Of the table, all but what rows ignore. */
static bool is_same(const struct kvm_cpuid2 *a, const struct kvm_cpuid2 *b)
{
	static const struct kvm_cpuid_entry2 none;
	struct field_part parts[FIELD_MAX_OF_ENTRY];
	const struct kvm_cpuid_entry2 *mine, *theirs;
	u32 i, part, nr;

	for (i = 0; i < a->nent; i++) {
		mine = &a->entries[i];
		theirs = table_find(b, mine->function, mine->index);
		nr = field_parts_of_entry(mine->function, mine->index, parts);
		for (part = 0; part < nr; part++) {
			u32 differing = table_entry_reg(mine, parts[part].reg) ^
				table_entry_reg(theirs ? theirs : &none, parts[part].reg);

			if (parts[part].row->kind != FIELD_IGNORED &&
			    (differing & parts[part].mask))
				return false;
		}
	}
	return true;
}

static void two_hosts_safe_both_ways_are_the_same(void **state)
{
	struct hosts hosts;
	unsigned int i, same = 0;

	(void)state;
	for (i = 0; i < ROUNDS; i++) {
		struct kvm_cpuid2 *a, *b;
		u32 nr;

		make_hosts(&hosts, 1, false);
		a = hosts.tables[0];
		b = copy(a);
		nr = random_below(b->nent);
		/* One bit somewhere. */
		(&b->entries[nr].eax)[random_below(4)] ^= BIT(random_below(32));
		assert_int_equal(!count(a, b) && !count(b, a), is_same(a, b) && is_same(b, a));
		same += is_same(a, b);
		free(b);
		free_hosts(&hosts);
	}
	assert_in_range(same, 1, ROUNDS - 1);
}

static void check_bits_of(const struct kvm_cpuid2 *offer, const struct kvm_cpuid2 *table)
{
	const struct kvm_cpuid_entry2 *mine, *theirs;
	struct field_part parts[FIELD_MAX_OF_ENTRY];
	u32 i, part, nr;

	for (i = 0; i < offer->nent; i++) {
		mine = &offer->entries[i];
		theirs = table_find(table, mine->function, mine->index);
		nr = field_parts_of_entry(mine->function, mine->index, parts);
		for (part = 0; part < nr; part++) {
			u32 bits = table_entry_reg(mine, parts[part].reg) & parts[part].mask;

			if (parts[part].row->kind != FIELD_BITS || !bits)
				continue;
			assert_non_null(theirs);
			assert_int_equal(bits & ~table_entry_reg(theirs, parts[part].reg), 0);
		}
	}
}

static void a_baseline_is_safe_on_all_hosts(void **state)
{
	struct hosts hosts;
	unsigned int i, host, nr;

	(void)state;
	for (i = 0; i < ROUNDS; i++) {
		nr = 1 + random_below(HOSTS);
		make_hosts(&hosts, nr, random_one_in(4));
		for (host = 0; host < nr; host++) {
			assert_int_equal(count(hosts.offer, hosts.tables[host]), 0);
			check_bits_of(hosts.offer, hosts.tables[host]);
		}
		free_hosts(&hosts);
	}
}

/* Nor is anything lost that all have: a host that is safe on all is the baseline. */
static void a_baseline_keeps_what_all_have(void **state)
{
	struct hosts hosts;
	struct source source;
	struct kvm_cpuid2 *offer;
	unsigned int i;

	(void)state;
	for (i = 0; i < ROUNDS; i++) {
		make_hosts(&hosts, 1 + random_below(HOSTS), false);
		/* The baseline as one more host of its pool. */
		source = (struct source){ .name = "baseline" };
		source.tables.supported = copy(hosts.offer);
		source.tables.emulated = alloc_zeroed(sizeof(*source.tables.emulated));
		check(!pool_add(&hosts.pool, &source), "%s", complaint);
		close_source(&source);
		offer = pool_offer(&hosts.pool, &hosts.pool.supported);
		assert_true(is_same(offer, hosts.offer));
		assert_true(is_same(hosts.offer, offer));
		free(offer);
		free_hosts(&hosts);
	}
}

/* How many hosts lack a bit, counted the plain way. */
static void check_count(const struct hosts *hosts, unsigned int nr,
			const struct pool_loss *loss)
{
	const struct kvm_cpuid_entry2 *entry, *mine = &loss->place->entry;
	unsigned int host, lacking = 0;

	for (host = 0; host < nr; host++) {
		entry = table_find(hosts->tables[host], mine->function, mine->index);
		lacking += !(field_value(&loss->part->field, entry) & BIT(loss->bit));
	}
	assert_int_equal(loss->cost->count, lacking);
	assert_in_range(lacking, 1, nr - 1);
}

struct counting {
	const struct hosts *hosts;
	unsigned int nr;
};

static void check_loss(void *ctx, const struct pool_loss *loss)
{
	const struct counting *counting = ctx;

	assert_in_range(loss->cost->count, 1, counting->nr);
	assert_int_equal(loss->cost->nr, min_t(u32, loss->cost->count, POOL_NAMED));
	if (loss->part && field_is_bits(&loss->part->field))
		check_count(counting->hosts, counting->nr, loss);
}

static void a_loss_names_those_who_cost_it(void **state)
{
	struct hosts hosts;
	struct counting counting = { .hosts = &hosts };
	unsigned int i, losses = 0;

	(void)state;
	for (i = 0; i < ROUNDS; i++) {
		counting.nr = 2 + random_below(HOSTS - 1);
		make_hosts(&hosts, counting.nr, false);
		losses += pool_losses(&hosts.pool.supported, check_loss, &counting);
		free_hosts(&hosts);
	}
	assert_int_not_equal(losses, 0);
}

static void another_maker_is_refused(void **state)
{
	struct pool pool = {};
	struct source source;

	(void)state;
	random_source(&source, "first");
	assert_false(pool_add(&pool, &source));
	close_source(&source);
	random_source(&source, "second");
	source.tables.supported->entries[0].ebx ^= 1;
	assert_true(pool_add(&pool, &source));
	assert_non_null(strstr(complaint, "second: its CPU is of another maker"));
	assert_int_equal(pool.nr_hosts, 1);
	close_source(&source);
	pool_free(&pool);
}

static const struct cmocka_test tests[] = {
	cmocka_unit_test(every_register_that_kvm_hands_out_has_a_row),
	cmocka_unit_test(every_row_says_what_and_why),
	cmocka_unit_test(each_register_is_compared_in_its_way),
	cmocka_unit_test(an_absent_leaf_counts_as_zero),
	cmocka_unit_test(a_host_is_safe_to_itself),
	cmocka_unit_test(two_hosts_safe_both_ways_are_the_same),
	cmocka_unit_test(a_baseline_is_safe_on_all_hosts),
	cmocka_unit_test(a_baseline_keeps_what_all_have),
	cmocka_unit_test(a_loss_names_those_who_cost_it),
	cmocka_unit_test(another_maker_is_refused),
};

int main(void)
{
	random_start();
	return cmocka_run_group_tests_name("field", tests, NULL, NULL);
}
