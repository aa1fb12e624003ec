// SPDX-License-Identifier: GPL-2.0
/*
 * What a guest reads: KVM's rules for leaves that are not there, and for what
 * it changes as the guest runs.
 */
#include <stdlib.h>
#include <linux/bits.h>
#include <kvmcaps/decide.h>
#include <kvmcaps/release.h>

#include "complaint.h"
#include "hosts.h"
#include "qemu/runtime.h"
#include "qemu/verdict.h"
#include "suite.h"

#define INDEXED	KVM_CPUID_FLAG_SIGNIFCANT_INDEX

static struct kvmcaps_host host;
static struct kvmcaps_caps caps;
static struct source source = { .host = &host, .caps = &caps };
static const struct qemu_accel accel = { .source = &source };
static struct kvm_cpuid2 *table;
static struct runtime runtime;

static void put(u32 function, u32 index, u32 flags, u32 eax, u32 ebx, u32 ecx, u32 edx)
{
	struct kvm_cpuid_entry2 *entry = table_add(table, function, index);

	entry->flags = flags;
	entry->eax = eax;
	entry->ebx = ebx;
	entry->ecx = ecx;
	entry->edx = edx;
}

/* @vendor as CPUID has it: its letters in EBX, EDX, ECX. */
static void put_vendor(u32 function, u32 highest, const char *vendor)
{
	u32 regs[3];

	memcpy(regs, vendor, sizeof(regs));
	put(function, 0, 0, highest, regs[0], regs[2], regs[1]);
}

static void start(enum kvmcaps_release_nr release, const char *vendor, u32 highest)
{
	host_init(&host);
	host.facts.release = kvmcaps_releases[release];
	/* AVX at 576, PKRU at 2688; shadow stacks are aligned: the sizes of CPUs. */
	host_put(&host, 0xD, 2, 256, 576, 0, 0);
	host_put(&host, 0xD, 9, 8, 2688, 0, 0);
	host_put(&host, 0xD, 11, 16, 0, BIT(0) | BIT(1), 0);
	memset(&caps, 0, sizeof(caps));
	table = table_new();
	put_vendor(0, highest, vendor);
	runtime_init(&runtime);
}

static struct kvmcaps_cpuid reads(u32 function, u32 index)
{
	return runtime_cpuid(&runtime, &accel, table, function, index);
}

static void expect_zero(u32 function, u32 index)
{
	struct kvmcaps_cpuid regs = reads(function, index);

	check(!(regs.eax | regs.ebx | regs.ecx | regs.edx), "%x.%x is not zero", function, index);
}

static void an_amd_has_zeros_above_its_highest(void **state)
{
	static const char *const vendors[] = { "AuthenticAMD", "AMDisbetter!", "HygonGenuine" };
	unsigned int i;

	(void)state;
	for (i = 0; i < ROWS(vendors); i++) {
		start(KVMCAPS_REL_7_3, vendors[i], 1);
		put(1, 0, 0, 1, 2, 3, 4);
		expect_zero(2, 0);
		expect_zero(0x80000000, 0);
		expect_zero(0x40000000, 0);
		expect_zero(0xC0000000, 0);
		free(table);
	}
}

/* Range by range: what is above the highest leaf of its range is the highest basic one. */
static void an_intel_has_its_highest_leaf_there(void **state)
{
	(void)state;
	start(KVMCAPS_REL_6_12, "GenuineIntel", 1);
	put(1, 0, 0, 0x11, 0x12, 0x13, 0x14);
	put(0x80000000, 0, 0, 0x80000001, 0, 0, 0);
	put(0x40000000, 0, 0, 0x40000001, 0, 0, 0);
	assert_int_equal(reads(2, 0).ebx, 0x12);
	assert_int_equal(reads(2, 7).edx, 0x14);
	assert_int_equal(reads(0x80000002, 0).eax, 0x11);
	assert_int_equal(reads(0x40000002, 0).eax, 0x11);
	/* No such hypervisor, nor is it a Centaur's. */
	assert_int_equal(reads(0x40000100, 0).eax, 0x11);
	assert_int_equal(reads(0xC0000001, 0).eax, 0x11);
	/* In a range, but not there. */
	expect_zero(0x80000001, 0);
	expect_zero(0x40000001, 0);
	free(table);
}

/* The index counts in the highest leaf, and behind its last one it tells the APIC id. */
static void the_index_stays(void **state)
{
	struct kvmcaps_cpuid regs;

	(void)state;
	start(KVMCAPS_REL_6_12, "GenuineIntel", 0xB);
	put(0xB, 0, INDEXED, 1, 2, 0x100, 5);
	put(0xB, 1, INDEXED, 3, 8, 0x201, 5);
	assert_int_equal(reads(0x20, 1).ecx, 0x201);
	regs = reads(0x20, 0x103);
	assert_int_equal(regs.eax, 0);
	assert_int_equal(regs.ecx, 3);
	assert_int_equal(regs.edx, 5);
	regs = reads(0xB, 2);
	assert_int_equal(regs.ecx, 2);
	assert_int_equal(regs.edx, 5);
	free(table);
}

/* Where a leaf has one index only, KVM's table says so by its flags. */
static void an_index_that_counts_nothing_is_not_looked_at(void **state)
{
	(void)state;
	start(KVMCAPS_REL_6_12, "AuthenticAMD", 0xD);
	put(0x80000000, 63, 0, 0x80000008, 0, 0, 0);
	put(0x80000008, 0, 0, 0x3028, 0, 0, 0);
	assert_int_equal(reads(0x80000000, 0).eax, 0x80000008);
	assert_int_equal(reads(0x80000008, 9).eax, 0x3028);
	/* Of two, the first counts. */
	put(0x80000008, 0, 0, 0, 0, 0, 0);
	assert_int_equal(reads(0x80000008, 0).eax, 0x3028);
	free(table);
}

static void update(void)
{
	runtime_update(&runtime, &accel, table);
}

static void bits_follow_the_guest(void **state)
{
	(void)state;
	start(KVMCAPS_REL_6_12, "AuthenticAMD", 0xD);
	put(1, 0, 0, 0, 0, BIT(26) | BIT(27), BIT(9));
	put(7, 0, INDEXED, 0, 0, BIT(3), 0);
	update();
	assert_int_equal(reads(1, 0).ecx, BIT(26));
	assert_int_equal(reads(1, 0).edx, BIT(9));
	assert_int_equal(reads(7, 0).ecx, BIT(3));
	assert_int_equal(runtime_parse(&runtime, "osxsave,pke,no-apic", table), 0);
	update();
	assert_int_equal(reads(1, 0).ecx, BIT(26) | BIT(27));
	assert_int_equal(reads(1, 0).edx, 0);
	assert_int_equal(reads(7, 0).ecx, BIT(3) | BIT(4));
	free(table);
}

/* XSAVE's area: 576 bytes without states, each state at its offset; packed with XSAVEC. */
static void expect_sizes(enum kvmcaps_release_nr release, u32 xcr0_xss)
{
	start(release, "GenuineIntel", 0xD);
	put(0xD, 0, INDEXED, 0x207, 0, 2696, 0);
	put(0xD, 1, INDEXED, BIT(1) | BIT(3), 0, BIT(11), 0);
	update();
	assert_int_equal(reads(0xD, 0).ebx, 576);
	assert_int_equal(reads(0xD, 1).ebx, 576);
	assert_int_equal(runtime_parse(&runtime, "xcr0=0x207,xss=0x800", table), 0);
	update();
	assert_int_equal(reads(0xD, 0).ebx, 2696);
	assert_int_equal(reads(0xD, 0).ecx, 2696);
	assert_int_equal(reads(0xD, 1).ebx, xcr0_xss);
	free(table);
}

static void sizes_follow_the_guest(void **state)
{
	(void)state;
	/* 576 + 256 + 8 = 840; then 16 at the next multiple of 64. */
	expect_sizes(KVMCAPS_REL_6_1, 840);
	expect_sizes(KVMCAPS_REL_6_17, 840);
	expect_sizes(KVMCAPS_REL_6_18, 896 + 16);
	start(KVMCAPS_REL_7_3, "GenuineIntel", 0xD);
	put(0xD, 1, INDEXED, BIT(0), 7, 0, 0);
	update();
	/* Without XSAVEC and XSAVES there is no such format. */
	assert_int_equal(reads(0xD, 1).ebx, 7);
	free(table);
}

static void halting_takes_unhalting_away(void **state)
{
	static const char kvm[] = "KVMKVMKVM\0\0";
	u32 regs[3];

	(void)state;
	memcpy(regs, kvm, sizeof(regs));
	start(KVMCAPS_REL_6_12, "AuthenticAMD", 1);
	put(0x40000000, 0, 0, 0x4000000A, 1, 2, 3);
	put(0x40000001, 0, 0, BIT(7), 0, 0, 0);
	put(0x40000100, 0, 0, 0x40000101, regs[0], regs[1], regs[2]);
	put(0x40000101, 0, 0, BIT(7) | BIT(0), 0, 0, 0);
	update();
	assert_int_equal(reads(0x40000101, 0).eax, BIT(7) | BIT(0));
	runtime.hlt = true;
	update();
	assert_int_equal(reads(0x40000101, 0).eax, BIT(0));
	assert_int_equal(reads(0x40000001, 0).eax, BIT(7));
	free(table);
}

static void tsx_can_be_hidden(void **state)
{
	(void)state;
	start(KVMCAPS_REL_6_1, "GenuineIntel", 7);
	put(7, 0, INDEXED, 1, BIT(4) | BIT(11) | BIT(5), 0, 0);
	put(7, 1, INDEXED, 0, BIT(11), 0, 0);
	assert_int_equal(runtime_parse(&runtime, "tsx-clear", table), 0);
	assert_int_equal(reads(7, 0).ebx, BIT(5));
	assert_int_equal(reads(7, 1).ebx, BIT(11));
	free(table);
}

/* A guest of Hyper-V has to ask for it, of KVMs that know the question. */
static void hyperv_hides_the_invariant_tsc(void **state)
{
	(void)state;
	start(KVMCAPS_REL_6_12, "GenuineIntel", 1);
	put(0x40000001, 0, 0, 0x31237648, 0, 0, 0);
	put(0x40000003, 0, 0, BIT(15), 0, 0, 0);
	put(0x80000007, 0, 0, 0, 0, 0, BIT(8));
	assert_int_equal(reads(0x80000007, 0).edx, 0);
	host.facts.release = kvmcaps_releases[KVMCAPS_REL_6_1];
	assert_int_equal(reads(0x80000007, 0).edx, BIT(8));
	host.facts.release = kvmcaps_releases[KVMCAPS_REL_7_3];
	table_edit(table, 0x40000003, 0)->eax = 0;
	assert_int_equal(reads(0x80000007, 0).edx, BIT(8));
	free(table);
}

/* Linux until 6.3 narrows what an enclave can save to what the guest can. */
static void sgx_is_narrowed_by_old_releases(void **state)
{
	(void)state;
	start(KVMCAPS_REL_6_1, "GenuineIntel", 0x12);
	put(0xD, 0, INDEXED, 0x7, 0, 0, 0);
	put(0x12, 1, INDEXED, 0, 0, 0xE4, 1);
	update();
	assert_int_equal(reads(0x12, 1).ecx, 0x7);
	assert_int_equal(reads(0x12, 1).edx, 0);
	table_edit(table, 0x12, 1)->ecx = 0xE4;
	host.facts.release = kvmcaps_releases[KVMCAPS_REL_6_12];
	update();
	assert_int_equal(reads(0x12, 1).ecx, 0xE4);
	free(table);
}

static void what_a_cpu_cannot_is_refused(void **state)
{
	static const char *const texts[] = {
		"osxsave", "pke", "xcr0=0xff", "xcr0=", "xcr0=-1", "xcr0=3x", "xss=1", "foo", "",
		"tsx-clear,,no-apic",
	};
	unsigned int i;

	(void)state;
	start(KVMCAPS_REL_6_12, "GenuineIntel", 0xD);
	put(1, 0, 0, 0, 0, 0, 0);
	put(7, 0, INDEXED, 0, 0, 0, 0);
	put(0xD, 0, INDEXED, 0x7, 0, 0, 0);
	put(0xD, 1, INDEXED, 0, 0, 0, 0);
	for (i = 0; i < ROWS(texts); i++)
		check(runtime_parse(&runtime, texts[i], table), "--after '%s' is taken", texts[i]);
	assert_int_equal(runtime_parse(&runtime, "xcr0=7", table), 0);
	free(table);
}

static void expect_verdict(const char *name)
{
	struct verdict verdict = verdict_of(table, &accel);

	check(!verdict.name == !name && (!name || !strcmp(verdict.name, name)),
	      "the verdict is %s, expected %s", verdict.name, name);
	assert_int_equal(!verdict.reason, !name);
}

/* kvm_check_cpuid(), and the ioctl's own limit. */
static void kvm_refuses_three_things(void **state)
{
	(void)state;
	start(KVMCAPS_REL_6_12, "GenuineIntel", 0xD);
	put(0x80000008, 63, 0, 48 << 8 | 39, 0, 0, 0);
	expect_verdict(NULL);
	table_edit(table, 0x80000008, 63)->eax = 57 << 8 | 52;
	expect_verdict(NULL);
	table_edit(table, 0x80000008, 63)->eax = 36;
	expect_verdict(NULL);
	table_edit(table, 0x80000008, 63)->eax = 47 << 8;
	expect_verdict("EINVAL");
	table_edit(table, 0x80000008, 63)->eax = 0;
	put(0xD, 0, INDEXED, BIT(18) | BIT(17) | 7, 0, 0, 0);
	expect_verdict("EPERM");
	caps.xcr0 = BIT(18) | BIT(17) | 7;
	expect_verdict(NULL);
	table->nent = 257;
	expect_verdict("E2BIG");
	free(table);
}

int main(void)
{
	const struct cmocka_test tests[] = {
		cmocka_unit_test(an_amd_has_zeros_above_its_highest),
		cmocka_unit_test(an_intel_has_its_highest_leaf_there),
		cmocka_unit_test(the_index_stays),
		cmocka_unit_test(an_index_that_counts_nothing_is_not_looked_at),
		cmocka_unit_test(bits_follow_the_guest),
		cmocka_unit_test(sizes_follow_the_guest),
		cmocka_unit_test(halting_takes_unhalting_away),
		cmocka_unit_test(tsx_can_be_hidden),
		cmocka_unit_test(hyperv_hides_the_invariant_tsc),
		cmocka_unit_test(sgx_is_narrowed_by_old_releases),
		cmocka_unit_test(what_a_cpu_cannot_is_refused),
		cmocka_unit_test(kvm_refuses_three_things),
	};

	random_start();
	return cmocka_run_group_tests_name("runtime", tests, NULL, NULL);
}
