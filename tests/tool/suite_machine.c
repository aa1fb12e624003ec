// SPDX-License-Identifier: GPL-2.0
/* -smp, APIC ids of what it says, and caches as CPUID has them. */
#include <stdlib.h>
#include <linux/bits.h>

#include "complaint.h"
#include "qemu/machine.h"
#include "qemu/vcpu_cache.h"
#include "qemu/vcpu_topology.h"
#include "suite.h"

/**
 * struct smp_row - what QEMU's manual says of -smp: cores take up the rest,
 *	then sockets, then threads
 * @text: behind -smp
 * @levels: sockets, dies, modules, cores, threads, and CPUs at the start
 */
struct smp_row {
	const char *text;
	unsigned int levels[6];
};

static const struct smp_row smp_rows[] = {
	{ "1", { 1, 1, 1, 1, 1, 1 } },
	{ "8", { 1, 1, 1, 8, 1, 8 } },
	{ "cpus=8", { 1, 1, 1, 8, 1, 8 } },
	{ "8,cores=2", { 4, 1, 1, 2, 1, 8 } },
	{ "8,sockets=2", { 2, 1, 1, 4, 1, 8 } },
	{ "8,sockets=2,cores=2", { 2, 1, 1, 2, 2, 8 } },
	{ "8,threads=2", { 1, 1, 1, 4, 2, 8 } },
	{ "8,dies=2,threads=2", { 1, 2, 1, 2, 2, 8 } },
	{ "2,maxcpus=8", { 1, 1, 1, 8, 1, 2 } },
	{ "maxcpus=4", { 1, 1, 1, 4, 1, 4 } },
	{ "sockets=2,cores=3", { 2, 1, 1, 3, 1, 6 } },
	{ "4,maxcpus=12,sockets=1,dies=1,modules=2,cores=3,threads=2", { 1, 1, 2, 3, 2, 4 } },
	{ "8,clusters=1,books=1,drawers=1", { 1, 1, 1, 8, 1, 8 } },
	{ "0x10", { 1, 1, 1, 16, 1, 16 } },
	{ "4096", { 1, 1, 1, 4096, 1, 4096 } },
};

static void smp_is_completed(void **state)
{
	const struct smp_row *row;
	struct qemu_machine m;

	(void)state;
	for (row = smp_rows; row < smp_rows + ROWS(smp_rows); row++) {
		const unsigned int *l = row->levels;

		qemu_machine_init(&m);
		check(!qemu_machine_smp(&m, row->text), "-smp %s: %s", row->text, complaint);
		check(m.sockets == l[0] && m.dies == l[1] && m.modules == l[2] &&
		      m.cores == l[3] && m.threads == l[4] && m.cpus == l[5],
		      "-smp %s is %u sockets, %u dies, %u modules, %u cores, %u threads, %u CPUs",
		      row->text, m.sockets, m.dies, m.modules, m.cores, m.threads, m.cpus);
	}
}

/* The second has QEMU's own words, by its source. */
static const struct {
	const char *text;
	const char *says;
} refused[] = {
	{ "0", "must be greater than zero" },
	{ "8,cores=0", "must be greater than zero" },
	{ "8,cores=3,sockets=2,threads=1",
	  "sockets (2) * dies (1) * modules (1) * cores (3) * threads (1) != maxcpus (8)" },
	{ "8,cores=3,sockets=2", "product of the hierarchy must match maxcpus: " },
	{ "9,maxcpus=8", "maxcpus must be equal to or greater than smp: " },
	{ "8,clusters=2", "clusters > 1 not supported by this machine's CPU topology" },
	{ "8,books=2", "books > 1 not supported by this machine's CPU topology" },
	{ "8,foo=1", "Parameter 'smp.foo' is unexpected" },
	{ "8,cores=x", "Parameter 'smp.cores' expects integer" },
	{ "8,cores=", "Parameter 'smp.cores' expects integer" },
	{ "8,cores=-1", "Parameter 'smp.cores' expects integer" },
	{ "8,9", "No implicit parameter name for value '9'" },
	{ "", "expects integer" },
	{ "4097", "at most 4096" },
	{ "sockets=4096,cores=4096,threads=4096,dies=4096,modules=4096", "must match maxcpus" },
	{ "sockets=64,cores=65", "The max CPUs supported by machine 'q35' is 4096" },
	{ "8,cores=18446744073709551617", "at most 4096" },
};

static void bad_smp_is_refused(void **state)
{
	struct qemu_machine m;
	unsigned int i;

	(void)state;
	for (i = 0; i < ROWS(refused); i++) {
		qemu_machine_init(&m);
		*complaint = '\0';
		check(qemu_machine_smp(&m, refused[i].text), "-smp %s is taken", refused[i].text);
		check(strstr(complaint, refused[i].says), "-smp %s: '%s' and not '%s'",
		      refused[i].text, complaint, refused[i].says);
	}
}

static struct qemu_machine machine(unsigned int sockets, unsigned int dies,
				   unsigned int modules, unsigned int cores,
				   unsigned int threads)
{
	return (struct qemu_machine){
		.sockets = sockets, .dies = dies, .modules = modules, .cores = cores,
		.threads = threads, .cpus = sockets * dies * modules * cores * threads,
	};
}

/* SDM volume 3A, 9.9.5: a level that is no power of two leaves ids unused. */
static void apic_ids_have_gaps(void **state)
{
	struct qemu_machine m = machine(2, 1, 1, 3, 2);

	(void)state;
	assert_int_equal(vcpu_topology_shift(&m, VCPU_THREAD), 0);
	assert_int_equal(vcpu_topology_shift(&m, VCPU_CORE), 1);
	assert_int_equal(vcpu_topology_shift(&m, VCPU_MODULE), 3);
	assert_int_equal(vcpu_topology_shift(&m, VCPU_SOCKET), 3);
	/* thread 1 of core 2; then the next package */
	assert_int_equal(vcpu_topology_apic_id(&m, 5), 5);
	assert_int_equal(vcpu_topology_apic_id(&m, 6), 8);
	assert_int_equal(vcpu_topology_apic_id(&m, 11), 13);
	assert_int_equal(vcpu_topology_id(&m, VCPU_CORE, 13), 2);
	assert_int_equal(vcpu_topology_id(&m, VCPU_SOCKET, 13), 1);
	assert_int_equal(vcpu_topology_threads(&m, VCPU_SOCKET), 6);
	assert_false(vcpu_topology_has(&m, VCPU_DIE));
}

/* Fields from the lowest: 1 bit of threads, 1 of cores, 2 of modules, 1 of dies. */
static void each_level_has_a_field(void **state)
{
	struct qemu_machine m = machine(2, 2, 3, 2, 2);
	unsigned int number = ((((1 * 2 + 1) * 3 + 2) * 2 + 0) * 2) + 1;

	(void)state;
	assert_int_equal(vcpu_topology_apic_id(&m, number), 1 << 5 | 1 << 4 | 2 << 2 | 0 << 1 | 1);
	assert_int_equal(vcpu_topology_shift(&m, VCPU_DIE), 4);
	assert_int_equal(vcpu_topology_shift(&m, VCPU_SOCKET), 5);
	assert_int_equal(vcpu_topology_threads(&m, VCPU_DIE), 12);
	assert_true(vcpu_topology_has(&m, VCPU_MODULE));
}

/* L1D of Skylake with 8 cores of 2 threads, and L3 of Zen 2, as these CPUs say it. */
static void caches_are_encoded(void **state)
{
	const struct vcpu_cache caches[VCPU_NR_CACHES] = {
		[VCPU_CACHE_L1D] = { .size = 32 << 10, .line = 64, .ways = 8, .partitions = 1,
				     .sets = 64, .tag_lines = 1, .self_init = true,
				     .share = VCPU_CORE },
		[VCPU_CACHE_L2] = { .size = 512 << 10, .line = 64, .ways = 8, .tag_lines = 1 },
		[VCPU_CACHE_L3] = { .size = 16 << 20, .line = 64, .ways = 16, .partitions = 1,
				    .sets = 16384, .tag_lines = 1, .self_init = true,
				    .no_invd_sharing = true, .share = VCPU_DIE },
	};
	struct qemu_machine skylake = machine(1, 1, 1, 8, 2), rome = machine(1, 2, 1, 4, 2);
	struct kvmcaps_cpuid regs = {};

	(void)state;
	vcpu_cache_leaf_4(caches, VCPU_CACHE_L1D, &skylake, &regs);
	assert_int_equal(regs.eax, 0x1C004121);
	assert_int_equal(regs.ebx, 0x01C0003F);
	assert_int_equal(regs.ecx, 0x3F);
	assert_int_equal(regs.edx, 0);
	vcpu_cache_8000001d(caches, VCPU_CACHE_L3, &rome, &regs);
	assert_int_equal(regs.eax, 0x0001C163);
	assert_int_equal(regs.ebx, 0x03C0003F);
	assert_int_equal(regs.ecx, 0x3FFF);
	assert_int_equal(regs.edx, 1);
	assert_int_equal(vcpu_cache_80000005(&caches[VCPU_CACHE_L1D]), 0x20080140);
	assert_int_equal(vcpu_cache_80000006_l2(&caches[VCPU_CACHE_L2]), 0x02006140);
	/* APM volume 3, table E-4: 8 is 16 ways. */
	assert_int_equal(vcpu_cache_80000006_l3(&caches[VCPU_CACHE_L3]), 0x00808140);
}

/* Of the caches that QEMU has always made up: SDM volume 2A, table 3-12. */
static void descriptors_are_intels(void **state)
{
	const struct vcpu_cache odd[VCPU_NR_CACHES] = {
		[VCPU_CACHE_L2] = { .size = 512 << 10, .line = 64, .ways = 16 },
	};
	const struct vcpu_cache *caches = vcpu_cache_legacy.leaf_2;

	(void)state;
	assert_int_equal(vcpu_cache_descriptor(caches, VCPU_CACHE_L1D), 0x2C);
	assert_int_equal(vcpu_cache_descriptor(caches, VCPU_CACHE_L1I), 0x30);
	assert_int_equal(vcpu_cache_descriptor(caches, VCPU_CACHE_L2), 0x7D);
	assert_int_equal(vcpu_cache_descriptor(caches, VCPU_CACHE_L3), 0x4D);
	assert_int_equal(vcpu_cache_descriptor(odd, VCPU_CACHE_L2), 0xFF);
}

/* APM volume 3, table E-4. */
static void ways_are_amds(void **state)
{
	static const struct { unsigned int ways; u32 code; } rows[] = {
		{ 0, 0x0 }, { 1, 0x1 }, { 2, 0x2 }, { 4, 0x4 }, { 8, 0x6 }, { 16, 0x8 },
		{ 32, 0xA }, { 48, 0xB }, { 64, 0xC }, { 96, 0xD }, { 128, 0xE },
	};
	unsigned int i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++)
		assert_int_equal(vcpu_cache_amd_ways(rows[i].ways), rows[i].code);
	assert_int_equal(vcpu_cache_amd_ways(12), 0);
	assert_int_equal(vcpu_cache_amd_ways(4096), 0);
}

/* Sizes that a cache says in two ways agree, in all that QEMU makes up. */
static void made_up_caches_are_whole(void **state)
{
	const struct vcpu_cache *const sets[] = {
		vcpu_cache_legacy.leaf_4, vcpu_cache_legacy.amd };
	unsigned int i, nr;

	(void)state;
	for (i = 0; i < ROWS(sets); i++) {
		for (nr = 0; nr < VCPU_NR_CACHES; nr++) {
			const struct vcpu_cache *c = &sets[i][nr];

			assert_int_equal(c->size, c->line * c->ways * c->partitions * c->sets);
		}
	}
}

#define CACHE_OF(line, sets, share)	\
	"{'line-size': " #line ", 'associativity': 8, 'partitions': 1, 'sets': " #sets \
	", 'lines-per-tag': 1, 'share-level': '" #share "'}"
#define CACHE	CACHE_OF(64, 64, core)

static bool takes(const char *l2)
{
	char text[1024], *quote;
	struct vcpu_caches caches;
	json_t *json;
	bool ok;

	snprintf(text, sizeof(text), "{'l1d': " CACHE ", 'l1i': " CACHE ", 'l2': %s, 'l3': " CACHE
		 "}", l2);
	while ((quote = strchr(text, '\'')))
		*quote = '"';
	json = json_loads(text, 0, NULL);
	assert_non_null(json);
	ok = vcpu_cache_model(json, &caches);
	check(!ok || caches.leaf_4[VCPU_CACHE_L1I].size == 32 << 10, "size");
	json_decref(json);
	return ok;
}

static void models_have_four_caches(void **state)
{
	(void)state;
	assert_true(takes(CACHE));
	assert_false(takes("null"));
	assert_false(takes(CACHE_OF(64, 0, core)));
	assert_false(takes(CACHE_OF(64, -64, core)));
	assert_false(takes(CACHE_OF(64, 64, thread)));
	assert_false(takes(CACHE_OF(256, 64, core)));
}

int main(void)
{
	const struct cmocka_test tests[] = {
		cmocka_unit_test(smp_is_completed),
		cmocka_unit_test(bad_smp_is_refused),
		cmocka_unit_test(apic_ids_have_gaps),
		cmocka_unit_test(each_level_has_a_field),
		cmocka_unit_test(caches_are_encoded),
		cmocka_unit_test(descriptors_are_intels),
		cmocka_unit_test(ways_are_amds),
		cmocka_unit_test(made_up_caches_are_whole),
		cmocka_unit_test(models_have_four_caches),
	};

	random_start();
	return cmocka_run_group_tests_name("machine", tests, NULL, NULL);
}
