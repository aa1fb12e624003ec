// SPDX-License-Identifier: GPL-2.0
/*
 * What QEMU 10.0 makes of KVM's registers: each step under its condition and no
 * other. The expectations are QEMU's source, read by hand.
 */
#include <stdlib.h>
#include <linux/bits.h>
#include <kvmcaps/answer.h>

#include "fakekvm.h"
#include "hosts.h"
#include "kvmmsr.h"
#include "qemu/accel.h"
#include "qemu/fixup.h"
#include "qemu/msr.h"
#include "suite.h"
#include "supported.h"

static struct kvmcaps_host host;
static struct kvmcaps_caps caps;
static struct qemu_machine machine;
static struct source source;
static struct qemu_accel accel;

/* A leaf, index and register of which QEMU could change something. */
struct place {
	u32 function;
	u32 index;
	u8 reg;
};

static const struct place places[] = {
	{ 0x1, 0, KVMCAPS_EDX }, { 0x1, 0, KVMCAPS_ECX }, { 0x6, 0, KVMCAPS_EAX },
	{ 0x7, 0, KVMCAPS_EBX }, { 0x7, 0, KVMCAPS_ECX }, { 0x7, 0, KVMCAPS_EDX },
	{ 0x7, 1, KVMCAPS_EAX }, { 0x7, 1, KVMCAPS_EDX }, { 0x7, 2, KVMCAPS_EDX },
	{ 0xd, 0, KVMCAPS_EAX }, { 0xd, 0, KVMCAPS_EDX }, { 0xd, 1, KVMCAPS_EAX },
	{ 0x40000001, 0, KVMCAPS_EAX }, { 0x40000001, 0, KVMCAPS_EDX },
	{ 0x80000001, 0, KVMCAPS_ECX }, { 0x80000001, 0, KVMCAPS_EDX },
	{ 0x80000007, 0, KVMCAPS_EBX }, { 0x80000007, 0, KVMCAPS_EDX },
	{ 0x80000008, 0, KVMCAPS_EBX }, { 0x80000021, 0, KVMCAPS_EAX },
	{ 0xc0000001, 0, KVMCAPS_EDX },
};

/* Every place in KVM's table has @value in all registers. */
static void fill_table(u32 value)
{
	struct kvm_cpuid_entry2 *entry;
	unsigned int i;

	table_pair_free(&source.tables);
	source.tables.supported = table_new();
	for (i = 0; i < ROWS(places); i++) {
		entry = table_edit(source.tables.supported, places[i].function, places[i].index);
		if (!entry)
			entry = table_add(source.tables.supported, places[i].function,
					  places[i].index);
		entry->eax = value;
		entry->ebx = value;
		entry->ecx = value;
		entry->edx = value;
	}
}

/* An AMD host whose CPU has nothing, and QEMU without an option. */
static void begin(void)
{
	host_init(&host);
	host.nr_cpuid = 0;
	host_put(&host, 0, 0, 0x1f, 0x68747541, 0x444d4163, 0x69746e65);
	host.facts.maker = KVMCAPS_MAKER_AMD;
	host.facts.vendor = KVMCAPS_VENDOR_SVM;
	memset(&caps, 0, sizeof(caps));
	machine = (struct qemu_machine){ .irqchip = QEMU_IRQCHIP_ON };
	source = (struct source){ .name = "host", .host = &host, .caps = &caps };
	accel = (struct qemu_accel){ .source = &source, .machine = &machine };
	fakekvm = (struct fakekvm){ .version = KVM_API_VERSION };
}

static void intel(u32 signature)
{
	*host_reg(&host, 0, 0, KVMCAPS_EBX) = 0x756e6547;
	*host_reg(&host, 0, 0, KVMCAPS_EDX) = 0x49656e69;
	*host_reg(&host, 0, 0, KVMCAPS_ECX) = 0x6c65746e;
	*host_reg(&host, 1, 0, KVMCAPS_EAX) = signature;
	host.facts.maker = KVMCAPS_MAKER_INTEL;
	host.facts.vendor = KVMCAPS_VENDOR_VMX;
}

/* What QEMU does to a register whatever it was: bits it has then, bits it has not. */
struct effect {
	struct place place;
	u32 adds;
	u32 takes;
};

/* Without any option, on any host. XCR0 is of another table. */
static const struct effect always[] = {
	{ { 0x1, 0, KVMCAPS_EDX }, BIT(7) | BIT(12) | BIT(14) | BIT(16) | BIT(28) },
	{ { 0x1, 0, KVMCAPS_ECX }, BIT(31) | BIT(24) },
	{ { 0x6, 0, KVMCAPS_EAX }, BIT(2) },
	{ { 0xd, 0, KVMCAPS_EAX }, 0, 0xffffffff },
	{ { 0xd, 0, KVMCAPS_EDX }, 0, 0xffffffff },
	{ { 0x40000001, 0, KVMCAPS_EDX }, BIT(0) },
	{ { 0x80000001, 0, KVMCAPS_ECX }, BIT(22) },
	{ { 0x80000007, 0, KVMCAPS_EBX }, BIT(0) | BIT(1) },
};

static struct effect usual(const struct place *place)
{
	unsigned int i;

	for (i = 0; i < ROWS(always); i++) {
		if (!memcmp(&always[i].place, place, sizeof(*place)))
			return always[i];
	}
	return (struct effect){ .place = *place };
}

static void expect(const struct place *at, u32 expected)
{
	u32 value = qemu_supported(&accel, at->function, at->index, at->reg);

	check(value == expected, "%x.%x, register %u: %08x, not %08x", at->function, at->index,
	      at->reg, value, expected);
}

/* Of a table that is all 0 or all 1; leaf 80000001H has leaf 1's bits as well. */
static void expect_effect(const struct effect *effect)
{
	const bool alias = effect->place.function == 0x80000001 &&
			   effect->place.reg == KVMCAPS_EDX;

	fill_table(0);
	expect(&effect->place, effect->adds | (alias ? BIT(7) | BIT(12) | BIT(14) | BIT(16) : 0));
	fill_table(0xffffffff);
	expect(&effect->place, ~effect->takes);
}

/* All places are as usual, but for the few that @effects name. */
static void expect_effects(const struct effect *effects, unsigned int nr)
{
	struct effect effect;
	unsigned int i, j;

	for (i = 0; i < ROWS(places); i++) {
		effect = usual(&places[i]);
		for (j = 0; j < nr; j++) {
			if (!memcmp(&effects[j].place, &places[i], sizeof(places[i])))
				effect = effects[j];
		}
		expect_effect(&effect);
	}
}

static void nothing_else_is_changed(void **state)
{
	(void)state;
	begin();
	expect_effects(NULL, 0);
	table_pair_free(&source.tables);
}

/* KVM's table need not have the leaf, and some steps do not look at the index. */
static void a_leaf_that_kvm_does_not_have(void **state)
{
	(void)state;
	begin();
	source.tables.supported = table_new();
	expect(&(struct place){ 0x6, 0, KVMCAPS_EAX }, BIT(2));
	expect(&(struct place){ 0x6, 5, KVMCAPS_EAX }, BIT(2));
	expect(&(struct place){ 0x80000001, 3, KVMCAPS_ECX }, BIT(22));
	expect(&(struct place){ 0x7, 3, KVMCAPS_EDX }, 0);
	expect(&(struct place){ 0x12345, 0, KVMCAPS_EAX }, 0);
	table_pair_free(&source.tables);
}

static void split_irqchip(void)
{
	machine.irqchip = QEMU_IRQCHIP_SPLIT;
}

static void no_irqchip(void)
{
	machine.irqchip = QEMU_IRQCHIP_OFF;
}

static void cpu_pm(void)
{
	machine.cpu_pm = true;
}

static void can_mwait(void)
{
	host_kernel(&host, KVMCAPS_F_MWAIT, true);
	host_kernel(&host, KVMCAPS_F_ARAT, true);
}

static void cpu_pm_with_mwait(void)
{
	machine.cpu_pm = true;
	can_mwait();
}

static void cpu_pm_without_arat(void)
{
	cpu_pm_with_mwait();
	host_kernel(&host, KVMCAPS_F_ARAT, false);
}

static void cpu_pm_on_lunar_lake(void)
{
	cpu_pm_with_mwait();
	intel(0xb06d1);
}

static void sev_snp(void)
{
	machine.sev_snp = true;
}

static void xcr0(void)
{
	caps.xcr0 = 0x4000000000060207;
}

static void fast_strings(void)
{
	host_put(&host, 7, 0, 2, 0xffffffff, 0xffffffff, 0xffffffff);
	host_put(&host, 7, 1, 0xffffffff, 0, 0, 0);
	host_put(&host, 7, 2, 0, 0, 0, 0xffffffff);
}

static void haswell(void)
{
	intel(0x306c3);
}

static void haswell_ult(void)
{
	intel(0x40651);
}

static void crystal_well(void)
{
	intel(0x40661);
}

static void haswell_ep(void)
{
	intel(0x306f2);
}

static void haswell_ex(void)
{
	intel(0x306f4);
}

static void broadwell(void)
{
	intel(0x306d4);
}

/* The same numbers of another maker. */
static void haswell_by_amd(void)
{
	*host_reg(&host, 1, 0, KVMCAPS_EAX) = 0x306c3;
}

/* The same model of another family. */
static void intel_15_60(void)
{
	intel(0x30fc3);
}

#define MOST	3
#define NO_TSX	{ { { 0x7, 0, KVMCAPS_EBX }, 0, BIT(4) | BIT(11) } }

static void each_condition_has_its_effects(void **state)
{
	static const struct {
		void (*set)(void);
		struct effect effects[MOST + 1];
	} rows[] = {
		{ split_irqchip, { { { 0x40000001, 0, KVMCAPS_EAX }, BIT(15), 0 } } },
		{ no_irqchip, {
			{ { 0x1, 0, KVMCAPS_ECX }, BIT(31), BIT(21) },
			{ { 0x40000001, 0, KVMCAPS_EAX }, 0, BIT(7) } } },
		{ cpu_pm, {} },
		{ can_mwait, {} },
		{ cpu_pm_with_mwait, {
			{ { 0x1, 0, KVMCAPS_ECX }, BIT(31) | BIT(24) | BIT(3), 0 } } },
		{ cpu_pm_without_arat, {} },
		{ cpu_pm_on_lunar_lake, {} },
		{ xcr0, {
			{ { 0xd, 0, KVMCAPS_EAX }, 0x00060207, ~0x00060207u },
			{ { 0xd, 0, KVMCAPS_EDX }, 0x40000000, ~0x40000000u } } },
		{ fast_strings, {
			{ { 0x7, 0, KVMCAPS_EBX }, BIT(9), 0 },
			{ { 0x7, 0, KVMCAPS_EDX }, BIT(4), 0 },
			{ { 0x7, 1, KVMCAPS_EAX }, BIT(10) | BIT(11) | BIT(12), 0 },
			{ { 0x7, 2, KVMCAPS_EDX }, BIT(5), 0 } } },
		{ haswell, NO_TSX }, { haswell_ult, NO_TSX }, { crystal_well, NO_TSX },
		{ haswell_ep, NO_TSX }, { haswell_ex, {} }, { broadwell, {} },
		{ haswell_by_amd, {} }, { intel_15_60, {} },
		{ sev_snp, {
			{ { 0x1, 0, KVMCAPS_ECX }, BIT(31), BIT(24) },
			{ { 0x7, 0, KVMCAPS_EBX }, 0, BIT(1) },
			{ { 0x7, 0, KVMCAPS_EDX }, 0, 0xfc000000 },
			{ { 0x80000008, 0, KVMCAPS_EBX }, 0, BIT(25) } } },
	};
	unsigned int i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		begin();
		rows[i].set();
		expect_effects(rows[i].effects, MOST + 1);
		table_pair_free(&source.tables);
	}
}

/* AMD's leaf has those of leaf 1 that mean the same there, and no other. */
static void aliases_follow_leaf_1(void **state)
{
	struct kvm_cpuid_entry2 *leaf_1, *extended;
	unsigned int bit;

	(void)state;
	begin();
	source.tables.supported = table_new();
	leaf_1 = table_add(source.tables.supported, 1, 0);
	extended = table_add(source.tables.supported, 0x80000001, 0);
	for (bit = 0; bit < 32; bit++) {
		leaf_1->edx = BIT(bit);
		extended->edx = BIT(29);
		expect(&(struct place){ 0x80000001, 0, KVMCAPS_EDX },
		       BIT(29) | BIT(7) | BIT(12) | BIT(14) | BIT(16) | (BIT(bit) & 0x0183f3ff));
	}
	table_pair_free(&source.tables);
}

/* Intel's CPUs answer beyond their leaves as for the last, and QEMU runs on one. */
static void a_leaf_that_the_cpu_does_not_have(void **state)
{
	(void)state;
	begin();
	host_put(&host, 0x80000000, 0, 0x80000008, 0, 0, 0);
	*host_reg(&host, 0, 0, KVMCAPS_EAX) = 5;
	host_put(&host, 5, 0, 0x40, 0x240, 3, 0x10);
	assert_int_equal(qemu_accel_host_cpuid(&accel, 7, 0).ebx, 0);
	intel(0xf64);
	assert_int_equal(qemu_accel_host_cpuid(&accel, 7, 0).ebx, 0x240);
	assert_int_equal(qemu_accel_host_cpuid(&accel, 0x80000009, 0).ebx, 0x240);
	assert_int_equal(qemu_accel_host_cpuid(&accel, 0x80000008, 0).ebx, 0);
	fill_table(0);
	expect(&(struct place){ 0x7, 0, KVMCAPS_EBX }, BIT(9));
	table_pair_free(&source.tables);
}

static void a_changed_bit_has_its_reason(void **state)
{
	struct supported of = { .function = 1, .reg = KVMCAPS_ECX };
	unsigned int bit;

	(void)state;
	begin();
	no_irqchip();
	fill_table(BIT(21) | BIT(0));
	supported_find(&of, &accel);
	assert_int_equal(of.kvm, BIT(21) | BIT(0));
	assert_int_equal(of.value, BIT(31) | BIT(0));
	for (bit = 0; bit < 32; bit++)
		assert_int_equal(!!of.why[bit], bit == 21 || bit == 31);
	assert_int_equal(of.why[21]->does, QEMU_FIXUP_TAKES);
	assert_int_equal(of.why[31]->does, QEMU_FIXUP_ADDS);
	table_pair_free(&source.tables);
	/* What one step adds and another takes again is as KVM had it. */
	begin();
	sev_snp();
	fill_table(0);
	of = (struct supported){ .function = 1, .reg = KVMCAPS_ECX };
	supported_find(&of, &accel);
	assert_null(of.why[24]);
	assert_non_null(of.why[31]);
	table_pair_free(&source.tables);
}

static void what_kvm_says_follows_the_host(void **state)
{
	(void)state;
	begin();
	host.facts.policy |= BIT(KVMCAPS_POLICY_NESTED);
	assert_int_equal(qemu_accel_extension(&accel, KVM_CAP_X86_DISABLE_EXITS), 2 | 4 | 8);
	assert_int_equal(qemu_accel_extension(&accel, KVM_CAP_MCE), 32);
	assert_int_equal(qemu_accel_extension(&accel, KVM_CAP_SYS_ATTRIBUTES), 1);
	assert_int_equal(qemu_accel_extension(&accel, KVM_CAP_HYPERV_ENLIGHTENED_VMCS), 0);
	assert_int_equal(qemu_accel_extension(&accel, 99999), 0);
	assert_int_equal(qemu_accel_mce_cap(&accel), 0x1000100);
	assert_false(qemu_accel_saves_msr(&accel, KVMMSR_VMX_PROCBASED_CTLS2));
	assert_true(qemu_accel_saves_msr(&accel, KVMMSR_ARCH_CAPABILITIES));
	assert_false(qemu_accel_saves_msr(&accel, QEMU_MSR_UMWAIT_CONTROL));
	intel(0x806f8);
	can_mwait();
	host_put(&host, 6, 0, 0, 0, 1, 0);
	caps.mask[KVMCAPS_W_7_0_ECX] = BIT(5);
	assert_int_equal(qemu_accel_mce_cap(&accel), 0x9000500);
	assert_true(qemu_accel_saves_msr(&accel, KVMMSR_VMX_PROCBASED_CTLS2));
	assert_true(qemu_accel_saves_msr(&accel, QEMU_MSR_UMWAIT_CONTROL));
	assert_int_equal(qemu_accel_extension(&accel, KVM_CAP_HYPERV_ENLIGHTENED_VMCS), 1);
	host.facts.release = KVMCAPS_RELEASE(6, 16);
	assert_int_equal(qemu_accel_extension(&accel, KVM_CAP_X86_DISABLE_EXITS), 15);
	host.facts.release = KVMCAPS_RELEASE(6, 17);
	assert_int_equal(qemu_accel_extension(&accel, KVM_CAP_X86_DISABLE_EXITS), 31);
	host.facts.policy &= ~BIT(KVMCAPS_POLICY_NESTED);
	assert_false(qemu_accel_saves_msr(&accel, KVMMSR_VMX_PROCBASED_CTLS2));
	assert_int_equal(qemu_accel_extension(&accel, KVM_CAP_HYPERV_ENLIGHTENED_VMCS), 0);
}

/* AMD's KVM lists ARCH_CAPABILITIES, which it makes up, and nothing of VMX. */
static void feature_msrs_follow_the_host(void **state)
{
	u64 value = 0, made_up = 0;

	(void)state;
	begin();
	host.facts.release = KVMCAPS_RELEASE(6, 12);
	caps.release = KVMCAPS_ONLY(6_12);
	assert_true(kvmmsr_feature(&host, &caps, KVMMSR_ARCH_CAPABILITIES, &made_up));
	assert_int_not_equal(made_up, 0);
	assert_true(qemu_accel_feature_msr(&accel, KVMMSR_ARCH_CAPABILITIES, &value));
	assert_true(value == made_up);
	assert_true(qemu_supported_msr(&accel, KVMMSR_ARCH_CAPABILITIES) == made_up);
	assert_false(qemu_accel_feature_msr(&accel, KVMMSR_VMX_TRUE_EXIT_CTLS, &value));
	assert_int_equal(qemu_supported_msr(&accel, KVMMSR_VMX_TRUE_EXIT_CTLS), 0);
}

/* A KVM that runs, of which no facts are known. */
static void begin_live(void)
{
	begin();
	source = (struct source){ .name = FAKEKVM_PATH };
	check(!libkvmcaps_device_open(&source.device, FAKEKVM_PATH, NULL), "no device");
	check(!qemu_accel_open(&accel, &source, &machine), "no facts, and none asked");
	assert_ptr_equal(accel.live, source.device);
	fill_table(0);
}

static void a_live_kvm_is_asked(void **state)
{
	const struct place low = { 0xd, 0, KVMCAPS_EAX }, high = { 0xd, 0, KVMCAPS_EDX };
	const struct place arch = { 0x7, 0, KVMCAPS_EDX };

	(void)state;
	begin_live();
	fill_table(BIT(29));
	/* An old one: no system attributes, no MSR. */
	expect(&low, BIT(29));
	assert_int_equal(qemu_supported(&accel, arch.function, arch.index, arch.reg) & BIT(29), 0);
	assert_int_equal(qemu_supported(&accel, 1, 0, KVMCAPS_ECX) & BIT(24), 0);
	/* It has them, but not this one. */
	fakekvm.extensions = 1;
	expect(&low, BIT(29));
	assert_int_equal(qemu_supported(&accel, 1, 0, KVMCAPS_ECX) & BIT(24), BIT(24));
	fakekvm.xcr0 = 0x100060207;
	fakekvm.msr = KVMMSR_ARCH_CAPABILITIES;
	fakekvm.saved = true;
	fakekvm.mce_cap = 77;
	expect(&low, 0x60207);
	expect(&high, 1);
	assert_int_equal(qemu_supported(&accel, arch.function, arch.index, arch.reg) & BIT(29),
			 BIT(29));
	assert_int_equal(qemu_accel_mce_cap(&accel), 77);
	source_close(&source);
}

/* High half: can be 1; low half: must be. */
static void controls_are_those_that_can_be_chosen(void **state)
{
	static const u32 chosen[] = { 0x48b, 0x48d, 0x48e, 0x48f, 0x490 };
	unsigned int i;

	(void)state;
	begin_live();
	fakekvm.extensions = 1;
	fakekvm.saved = true;
	fakekvm.value = 0xff00000f000000ff;
	for (i = 0; i < ROWS(chosen); i++) {
		fakekvm.msr = chosen[i];
		assert_int_equal(qemu_supported_msr(&accel, chosen[i]), 0xff000000);
		assert_int_equal(qemu_supported_msr(&accel, 0x10a), 0);
	}
	fakekvm.msr = 0x10a;
	assert_true(qemu_supported_msr(&accel, 0x10a) == 0xff00000f000000ff);
	fakekvm.extensions = 0;
	assert_int_equal(qemu_supported_msr(&accel, 0x10a), 0);
	source_close(&source);
}

/* A KVM that does not save the secondary controls forgets five of them. */
static void forgotten_controls_follow_features(void **state)
{
	static const struct {
		struct place place;
		u32 bit;
		u32 control;
	} rows[] = {
		{ { 0xd, 1, KVMCAPS_ECX }, 3, 0x100000 },
		{ { 0x1, 0, KVMCAPS_ECX }, 30, 0x800 },
		{ { 0x7, 0, KVMCAPS_EBX }, 10, 0x1000 },
		{ { 0x7, 0, KVMCAPS_EBX }, 18, 0x10000 },
		{ { 0x80000001, 0, KVMCAPS_EDX }, 27, 0x8 },
	};
	struct kvm_cpuid_entry2 *entry;
	unsigned int i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		begin_live();
		fakekvm.extensions = 1;
		fakekvm.msr = 0x48b;
		fakekvm.value = 0x200000000;
		entry = table_edit(source.tables.supported, rows[i].place.function,
				   rows[i].place.index);
		(&entry->eax)[rows[i].place.reg] = BIT(rows[i].bit);
		assert_int_equal(qemu_supported_msr(&accel, 0x48b), 2 | rows[i].control);
		fakekvm.saved = true;
		assert_int_equal(qemu_supported_msr(&accel, 0x48b), 2);
		source_close(&source);
	}
}

static void a_table_alone_is_not_enough(void **state)
{
	(void)state;
	begin();
	source = (struct source){ .name = "table" };
	assert_int_not_equal(qemu_accel_open(&accel, &source, &machine), 0);
}

int main(void)
{
	const struct cmocka_test tests[] = {
		cmocka_unit_test(nothing_else_is_changed),
		cmocka_unit_test(a_leaf_that_kvm_does_not_have),
		cmocka_unit_test(each_condition_has_its_effects),
		cmocka_unit_test(aliases_follow_leaf_1),
		cmocka_unit_test(a_leaf_that_the_cpu_does_not_have),
		cmocka_unit_test(a_changed_bit_has_its_reason),
		cmocka_unit_test(what_kvm_says_follows_the_host),
		cmocka_unit_test(feature_msrs_follow_the_host),
		cmocka_unit_test(a_live_kvm_is_asked),
		cmocka_unit_test(controls_are_those_that_can_be_chosen),
		cmocka_unit_test(forgotten_controls_follow_features),
		cmocka_unit_test(a_table_alone_is_not_enough),
	};

	return cmocka_run_group_tests_name("supported", tests, NULL, NULL);
}
