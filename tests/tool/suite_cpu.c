// SPDX-License-Identifier: GPL-2.0
/*
 * CPUs of QEMU's models, on a host that has everything or nothing. The
 * expectations are QEMU 10.0's source, read by hand; what whole models come to,
 * the real QEMU says (tests/models.t).
 */
#include <stdlib.h>
#include <linux/bits.h>

#include "complaint.h"
#include "hosts.h"
#include "qemu/cpu.h"
#include "qemu/cpu_depend.h"
#include "qemu/cpu_expansion.h"
#include "suite.h"

static struct kvmcaps_host host;
static struct kvmcaps_caps caps;
static struct qemu_machine machine;
static struct source source;
static struct qemu_accel accel;
static struct qemu_registry registry;

/* An AMD host whose KVM has @value in every register of a feature word. */
static void begin(u32 value)
{
	struct kvm_cpuid_entry2 *entry;
	enum qemu_word word;

	host_init(&host);
	host.nr_cpuid = 0;
	host_put(&host, 0, 0, 0x1f, 0x68747541, 0x444d4163, 0x69746e65);
	host.facts.maker = KVMCAPS_MAKER_AMD;
	host.facts.vendor = KVMCAPS_VENDOR_SVM;
	memset(&caps, 0, sizeof(caps));
	machine = (struct qemu_machine){
		.sockets = 1, .dies = 1, .modules = 1, .cores = 1, .threads = 1, .cpus = 1,
	};
	source = (struct source){ .name = "host", .host = &host, .caps = &caps };
	source.tables.supported = table_new();
	for (word = 0; word < QEMU_NR_WORDS; word++) {
		const struct qemu_word_info *info = &qemu_words[word];

		if (info->msr || table_find(source.tables.supported, info->function, info->index))
			continue;
		entry = table_add(source.tables.supported, info->function, info->index);
		entry->eax = value;
		entry->ebx = value;
		entry->ecx = value;
		entry->edx = value;
	}
	accel = (struct qemu_accel){ .source = &source, .machine = &machine };
}

static void end(struct qemu_cpu *cpu)
{
	qemu_cpu_free(cpu);
	table_pair_free(&source.tables);
}

static void make(struct qemu_cpu *cpu, const char *model, const char *features)
{
	const struct qemu_model *found = qemu_registry_model(&registry, model);

	assert_non_null(found);
	qemu_cpu_init(cpu, &registry, &accel, found);
	assert_int_equal(qemu_cpu_parse(cpu, features), 0);
	assert_int_equal(qemu_cpu_expand(cpu), 0);
}

static bool has(const struct qemu_cpu *cpu, const char *name)
{
	json_t *all = qemu_cpu_expansion(cpu);
	bool on = json_is_true(json_object_get(all, name));

	assert_non_null(json_object_get(all, name));
	json_decref(all);
	return on;
}

/* All bits of all words are there, but for those that @without has. */
static void expand_all(struct qemu_cpu *cpu, const struct cpu_depend *without)
{
	enum qemu_word word;

	begin(0xffffffff);
	qemu_cpu_init(cpu, &registry, &accel, qemu_registry_model(&registry, "base"));
	for (word = 0; word < QEMU_NR_WORDS; word++)
		cpu->features[word] = qemu_words[word].msr ? ~0ull : 0xffffffff;
	if (without)
		cpu->features[without->on] &= ~without->any;
	assert_int_equal(qemu_cpu_expand(cpu), 0);
}

static void a_feature_goes_with_what_it_needs(void **state)
{
	const struct cpu_depend *row;
	struct qemu_cpu cpu;

	(void)state;
	for (row = cpu_depends; row < cpu_depends + cpu_nr_depends; row++) {
		expand_all(&cpu, NULL);
		check((cpu.features[row->word] & row->bits) ==
		      (row->bits & (qemu_words[row->word].msr ? ~0ull : 0xffffffff)),
		      "row %td: something goes for no reason", row - cpu_depends);
		end(&cpu);
		expand_all(&cpu, row);
		check(!(cpu.features[row->word] & row->bits), "row %td: it stays",
		      row - cpu_depends);
		check(!json_array_size(cpu.warnings), "row %td: it warns", row - cpu_depends);
		end(&cpu);
	}
}

#define DEPENDS	"This feature depends on other features that were not requested"

static void what_the_user_asked_for_goes_with_a_warning(void **state)
{
	struct qemu_cpu cpu;

	(void)state;
	begin(0xffffffff);
	make(&cpu, "base", "+rdctl-no,lkgs=on,fred=on");
	assert_false(has(&cpu, "rdctl-no"));
	assert_int_equal(json_array_size(cpu.warnings), 2);
	assert_string_equal(json_string_value(json_array_get(cpu.warnings, 0)),
			    DEPENDS ": MSR(10AH).rdctl-no [bit 0]");
	assert_string_equal(json_string_value(json_array_get(cpu.warnings, 1)),
			    DEPENDS ": CPUID.07H:EAX.fred [bit 17]");
	end(&cpu);
}

/* What is said of a feature, by one of its names, and what comes of that. */
static const struct {
	const char *said;
	const char *name;
	bool on;
} sayings[] = {
	{ "avx=on", "avx", true },
	{ "avx", "avx", true },
	{ "+avx", "avx", true },
	{ "-avx,avx=on", "avx", false },
	{ "+avx,avx=off", "avx", true },
	{ "+avx,-avx", "avx", false },
	{ "-avx,+avx", "avx", false },
	{ "avx=on,avx=off", "avx", false },
	{ "sse4_1=on", "sse4.1", true },
	{ "sse4.1=yes", "sse4-1", true },
	{ "+sse4_1", "sse4.1", true },
	{ "sse3=true", "pni", true },
	{ "xd=y", "nx", true },
	{ "lahf_lm", "lahf-lm", true },
	{ "kvmclock", "kvmclock", true },
	{ "kvmclock,kvm=off", "kvmclock", false },
	{ "pmu=on", "pmu", true },
	{ "hv_apicv", "hv-avic", true },
};

static void the_user_has_a_say(void **state)
{
	struct qemu_cpu cpu;
	unsigned int i;

	(void)state;
	for (i = 0; i < ROWS(sayings); i++) {
		begin(0xffffffff);
		make(&cpu, "base", sayings[i].said);
		check(has(&cpu, sayings[i].name) == sayings[i].on, "%s", sayings[i].said);
		end(&cpu);
	}
}

static void a_name_can_be_several_bits(void **state)
{
	struct qemu_cpu cpu;

	(void)state;
	begin(0xffffffff);
	make(&cpu, "base", "kvmclock");
	assert_int_equal(cpu.features[QEMU_KVM], BIT(0) | BIT(3));
	cpu.features[QEMU_KVM] = BIT(3);
	assert_false(has(&cpu, "kvmclock"));
	end(&cpu);
}

static const char *const refused[] = {
	"avx=1", "avx=", "sse9=on", "+sse9", "-avx_", "pmu=maybe", "vendor=Intel", "stepping=16",
	"family=271", "model=256", "level=x", "level=4294967296", "phys-bits=", "=",
	"tsc-freq=fast", "hv-no-nonarch-coresharing=perhaps", "min-level=-1x",
};

static void nonsense_is_refused(void **state)
{
	struct qemu_cpu cpu;
	unsigned int i;

	(void)state;
	for (i = 0; i < ROWS(refused); i++) {
		begin(0);
		*complaint = '\0';
		qemu_cpu_init(&cpu, &registry, &accel, qemu_registry_model(&registry, "base"));
		check(qemu_cpu_parse(&cpu, refused[i]) || qemu_cpu_expand(&cpu),
		      "%s is taken", refused[i]);
		check(*complaint, "%s: nothing is said", refused[i]);
		end(&cpu);
	}
}

/* Levels that a feature takes. */
static const struct {
	const char *features;
	const char *level;
	u32 value;
} levels[] = {
	{ "", "level", 0 },
	{ "fpu", "level", 1 },
	{ "arat", "level", 6 },
	{ "bmi1", "level", 7 },
	{ "bmi1,full-cpuid-auto-level=off", "level", 7 },
	{ "arat,full-cpuid-auto-level=off", "level", 0 },
	{ "avx-vnni", "level-func7", 1 },
	{ "mcdt-no", "level-func7", 2 },
	{ "mcdt-no,level-func7=0", "level-func7", 0 },
	{ "xsave,xsaveopt", "level", 0xd },
	{ "sgx", "level", 0x12 },
	{ "intel-pt", "level", 0x14 },
	{ "avx10,avx10-128", "level", 0x24 },
	{ "bmi1,level=5", "level", 5 },
	{ "bmi1,min-level=9", "level", 9 },
	{ "lm", "xlevel", 0x80000001 },
	{ "clzero", "xlevel", 0x80000008 },
	{ "svm", "xlevel", 0x8000000a },
	{ "auto-ibrs", "xlevel", 0x80000021 },
	{ "xstore", "xlevel2", 0xc0000001 },
};

static void levels_follow_features(void **state)
{
	struct qemu_cpu cpu;
	unsigned int i;

	(void)state;
	for (i = 0; i < ROWS(levels); i++) {
		begin(0xffffffff);
		make(&cpu, "base", levels[i].features);
		check(qemu_cpu_number(&cpu, levels[i].level) == levels[i].value,
		      "%s: %s is %llx", levels[i].features, levels[i].level,
		      qemu_cpu_number(&cpu, levels[i].level));
		end(&cpu);
	}
}

static void a_topology_takes_a_leaf_of_intel(void **state)
{
	struct qemu_cpu cpu;

	(void)state;
	begin(0);
	machine.dies = 2;
	make(&cpu, "base", "vendor=GenuineIntel");
	assert_int_equal(qemu_cpu_number(&cpu, "level"), 0x1f);
	assert_true(has(&cpu, "ht"));
	assert_false(has(&cpu, "cmp-legacy"));
	end(&cpu);
	begin(0);
	machine.dies = 2;
	make(&cpu, "base", "vendor=AuthenticAMD");
	assert_int_equal(qemu_cpu_number(&cpu, "level"), 1);
	assert_true(has(&cpu, "cmp-legacy"));
	end(&cpu);
}

static void kvm_changes_named_models_only(void **state)
{
	struct qemu_cpu cpu;

	(void)state;
	begin(0xffffffff);
	make(&cpu, "EPYC-v1", "");
	assert_true(has(&cpu, "x2apic"));
	assert_true(has(&cpu, "kvm-pv-eoi"));
	assert_false(has(&cpu, "kvm-msi-ext-dest-id"));
	assert_false(has(&cpu, "svm"));
	assert_false(has(&cpu, "monitor"));
	end(&cpu);
	begin(0xffffffff);
	machine.irqchip = QEMU_IRQCHIP_SPLIT;
	make(&cpu, "EPYC-v1", "svm=on");
	assert_true(has(&cpu, "kvm-msi-ext-dest-id"));
	assert_true(has(&cpu, "svm"));
	assert_true(has(&cpu, "npt"));
	end(&cpu);
	begin(0xffffffff);
	machine.irqchip = QEMU_IRQCHIP_OFF;
	make(&cpu, "EPYC-v1", "");
	assert_false(has(&cpu, "x2apic"));
	end(&cpu);
	begin(0xffffffff);
	make(&cpu, "base", "");
	assert_false(has(&cpu, "x2apic"));
	end(&cpu);
}

/* Those that cannot migrate, and those that nobody gets without asking. */
static void max_is_what_can_migrate(void **state)
{
	struct qemu_cpu cpu;

	(void)state;
	begin(0xffffffff);
	make(&cpu, "max", "-avx2");
	assert_true(has(&cpu, "avx"));
	assert_false(has(&cpu, "avx2"));
	assert_false(has(&cpu, "invtsc"));
	assert_false(has(&cpu, "topoext"));
	assert_false(has(&cpu, "ht"));
	assert_false(has(&cpu, "kvm-hint-dedicated"));
	/* Without a name, a bit is not known to. */
	assert_false(cpu.features[QEMU_7_0_ECX] & BIT(0));
	end(&cpu);
	begin(0xffffffff);
	make(&cpu, "max", "migratable=off");
	assert_true(has(&cpu, "invtsc"));
	assert_true(cpu.features[QEMU_7_0_ECX] & BIT(0));
	end(&cpu);
	begin(0xffffffff);
	make(&cpu, "max", "tsc-frequency=2000000000");
	assert_true(has(&cpu, "invtsc"));
	end(&cpu);
}

static void missing_states_are_their_features(void **state)
{
	struct qemu_cpu cpu;

	(void)state;
	begin(0);
	make(&cpu, "base", "xsave,avx");
	assert_true(qemu_cpu_filter(&cpu, true));
	assert_int_equal(cpu.filtered[QEMU_1_ECX], BIT(26) | BIT(28));
	/* Of AVX's state, which the host does not have, QEMU forgets that there is one. */
	assert_int_equal(cpu.filtered[QEMU_XCR0_LO], BIT(0) | BIT(1));
	assert_string_equal(qemu_cpu_missing(&cpu, QEMU_XCR0_LO, 0), "xsave");
	assert_string_equal(qemu_cpu_missing(&cpu, QEMU_XCR0_LO, 5), "avx512f");
	assert_null(qemu_cpu_missing(&cpu, QEMU_7_0_ECX, 0));
	assert_string_equal(json_string_value(json_array_get(cpu.warnings, 0)),
			    "host doesn't support requested feature: CPUID.01H:ECX.xsave [bit 26]");
	assert_string_equal(json_string_value(json_array_get(cpu.warnings, 2)),
			    "host doesn't support requested feature: CPUID.0DH:EAX [bit 0]");
	end(&cpu);
}

static void a_version_is_what_it_changes(void **state)
{
	const struct qemu_model *first = qemu_registry_model(&registry, "EPYC-v1");
	const struct qemu_model *second = qemu_registry_model(&registry, "EPYC-v2");
	const struct qemu_model *alias = qemu_registry_model(&registry, "EPYC-IBPB");

	(void)state;
	assert_ptr_equal(second->after, first);
	assert_ptr_equal(alias->alias_of, second);
	assert_int_equal(second->words[QEMU_80000008_EBX] & ~first->words[QEMU_80000008_EBX],
			 BIT(12));
	assert_memory_equal(alias->words, second->words, sizeof(alias->words));
	assert_string_equal(json_string_value(json_object_get(alias->props, "model-id")),
			    "AMD EPYC Processor (with IBPB)");
	assert_true(registry.type.abstract);
	assert_ptr_equal(first->parent, &registry.type);
	assert_string_equal(qemu_registry_model(&registry, "host")->parent->name, "max");
}

static int open_registry(void **state)
{
	(void)state;
	return qemu_registry_open(&registry, NULL);
}

static int close_registry(void **state)
{
	(void)state;
	qemu_registry_close(&registry);
	return 0;
}

int main(void)
{
	const struct cmocka_test tests[] = {
		cmocka_unit_test(a_feature_goes_with_what_it_needs),
		cmocka_unit_test(what_the_user_asked_for_goes_with_a_warning),
		cmocka_unit_test(the_user_has_a_say),
		cmocka_unit_test(a_name_can_be_several_bits),
		cmocka_unit_test(nonsense_is_refused),
		cmocka_unit_test(levels_follow_features),
		cmocka_unit_test(a_topology_takes_a_leaf_of_intel),
		cmocka_unit_test(kvm_changes_named_models_only),
		cmocka_unit_test(max_is_what_can_migrate),
		cmocka_unit_test(missing_states_are_their_features),
		cmocka_unit_test(a_version_is_what_it_changes),
	};

	return cmocka_run_group_tests_name("cpu", tests, open_registry, close_registry);
}
