// SPDX-License-Identifier: GPL-2.0
/* What a CPU has once all is known of it, and then what KVM leaves of that. */
#include <stdio.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "../fail.h"
#include "cpu.h"
#include "cpu_depend.h"
#include "cpu_level.h"
#include "cpu_xsave.h"
#include "supported.h"

#define HT		28	/* 1.EDX */
#define CMP_LEGACY	1	/* 80000001.ECX */
#define INVTSC		BIT_ULL(8)	/* 80000007.EDX */
#define INTEL_PT	25	/* 7.0.EBX */
#define AVX10		19	/* 7.1.EDX */

static const char unsupported[] = "host doesn't support requested feature";

/* "CPUID.07H:EBX", "MSR(10AH)" */
static void describe(enum qemu_word word, char *text, size_t size)
{
	static const char *const regs[] = { "EAX", "EBX", "ECX", "EDX" };
	const struct qemu_word_info *info = &qemu_words[word];

	if (info->msr)
		snprintf(text, size, "MSR(%02XH)", info->msr);
	else
		snprintf(text, size, "CPUID.%02XH:%s", info->function, regs[info->reg]);
}

void qemu_cpu_lose(struct qemu_cpu *cpu, enum qemu_word word, __u64 bits, const char *why)
{
	const char *name;
	char place[32];
	unsigned int i;

	if (!qemu_cpu_bool(cpu, "x-force-features"))
		cpu->features[word] &= ~bits;
	cpu->filtered[word] |= bits;
	describe(word, place, sizeof(place));
	for (i = 0; why && i < 64; i++) {
		if (!(bits & BIT_ULL(i)))
			continue;
		name = qemu_registry_name(cpu->registry, word, i);
		qemu_cpu_warn(cpu, "%s: %s%s%s [bit %u]", why, place, name ? "." : "",
			      name ? name : "", i);
	}
}

const char *qemu_cpu_missing(const struct qemu_cpu *cpu, enum qemu_word word, unsigned int bit)
{
	cpu_xsave_owner(&word, &bit);
	return qemu_registry_name(cpu->registry, word, bit);
}

static int set_all(struct qemu_cpu *cpu, const json_t *names, const char *value)
{
	size_t i;
	int err = STATUS_GOOD;

	for (i = 0; !err && i < json_array_size(names); i++)
		err = qemu_cpu_set(cpu, json_string_value(json_array_get(names, i)), value);
	return err;
}

/* A bit with a name can be migrated, unless it is known that it cannot. */
static __u64 migratable(const struct qemu_cpu *cpu, enum qemu_word word)
{
	const struct qemu_word_info *info = &qemu_words[word];
	__u64 bits = info->migratable | (cpu->registry->named[word] & ~info->unmigratable);

	/* A guest that is told how fast the counter is cannot be surprised. */
	if (word == QEMU_80000007_EDX && qemu_cpu_number(cpu, "tsc-frequency"))
		bits |= INVTSC;
	return bits;
}

static __u64 offered(const struct qemu_cpu *cpu, enum qemu_word word)
{
	__u64 bits = qemu_supported_word(cpu->accel, word);

	/* Machine checks are AMD's or Intel's. */
	if (word == QEMU_80000007_EBX && !qemu_cpu_is_by(cpu, "AuthenticAMD"))
		return 0;
	return qemu_cpu_bool(cpu, "migratable") ? bits & migratable(cpu, word) : bits;
}

static void take_all(struct qemu_cpu *cpu)
{
	enum qemu_word word;

	for (word = 0; word < QEMU_NR_WORDS; word++)
		cpu->features[word] |= offered(cpu, word) & ~cpu->user[word] &
				       ~qemu_words[word].no_auto;
	if (qemu_cpu_has(cpu, QEMU_7_1_EDX, AVX10) && !qemu_cpu_number(cpu, "avx10-version"))
		qemu_cpu_put(cpu, "avx10-version",
			     json_integer(qemu_supported(cpu->accel, 0x24, 0, KVMCAPS_EBX) & 0xFF));
}

/* Intel's guests would think that there are no threads if they saw CMP_LEGACY. */
static void take_threads(struct qemu_cpu *cpu)
{
	const struct qemu_machine *machine = cpu->accel->machine;

	if (machine->dies * machine->modules * machine->cores * machine->threads <= 1)
		return;
	cpu->features[QEMU_1_EDX] |= BIT_ULL(HT);
	if (!qemu_cpu_is_by(cpu, "GenuineIntel") && !qemu_cpu_is_by(cpu, "  Shanghai  ") &&
	    !qemu_cpu_is_by(cpu, "CentaurHauls"))
		cpu->features[QEMU_80000001_ECX] |= BIT_ULL(CMP_LEGACY);
}

static void drop_dependent(struct qemu_cpu *cpu)
{
	const struct cpu_depend *depend;
	__u64 lost;

	for (depend = cpu_depends; depend < cpu_depends + cpu_nr_depends; depend++) {
		if (cpu->features[depend->on] & depend->any)
			continue;
		lost = cpu->features[depend->word] & depend->bits;
		qemu_cpu_lose(cpu, depend->word, lost & cpu->user[depend->word],
			      "This feature depends on other features that were not requested");
		cpu->features[depend->word] &= ~lost;
	}
}

int qemu_cpu_expand(struct qemu_cpu *cpu)
{
	int err = set_all(cpu, cpu->plus, "on");

	if (!err)
		err = set_all(cpu, cpu->minus, "off");
	if (err)
		return err;
	if (cpu->model->max)
		take_all(cpu);
	take_threads(cpu);
	drop_dependent(cpu);
	if (!qemu_cpu_bool(cpu, "kvm"))
		cpu->features[QEMU_KVM] = 0;
	cpu_xsave_enable(cpu);
	cpu_level_settle(cpu);
	return STATUS_GOOD;
}

/**
 * struct pt_least - what QEMU shows of Intel PT, so that KVM must have it
 * @index: of leaf 14H
 * @reg: enum kvmcaps_reg
 * @bits: of the register
 */
struct pt_least {
	u32 index;
	u32 reg;
	u32 bits;
};

static const struct pt_least pt_least[] = {
	{ 0, KVMCAPS_EBX, 0xF },
	{ 0, KVMCAPS_ECX, 0x7 },
	{ 1, KVMCAPS_EAX, 0x249 << 16 },		/* MTC periods */
	{ 1, KVMCAPS_EBX, 0x3F << 16 | 0x1FFF },	/* PSB frequencies, cycle thresholds */
};

/* SDM volume 3, 34.3: ranges of addresses, and whether IPs are linear. */
#define PT_RANGES	2
#define PT_LIP		BIT_ULL(31)

static bool has_intel_pt(const struct qemu_cpu *cpu)
{
	const struct qemu_accel *accel = cpu->accel;
	unsigned int i;

	if (!qemu_supported(accel, 0x14, 0, KVMCAPS_EAX))
		return false;
	for (i = 0; i < ARRAY_SIZE(pt_least); i++) {
		if (pt_least[i].bits & ~qemu_supported(accel, 0x14, pt_least[i].index,
						       pt_least[i].reg))
			return false;
	}
	return (qemu_supported(accel, 0x14, 1, KVMCAPS_EAX) & 3) >= PT_RANGES &&
	       !((qemu_supported(accel, 0x14, 0, KVMCAPS_ECX) ^ cpu->features[QEMU_14_0_ECX]) &
		 PT_LIP);
}

static bool filter_avx10(struct qemu_cpu *cpu, bool verbose)
{
	unsigned int wanted = qemu_cpu_number(cpu, "avx10-version"), has;

	if (!qemu_cpu_has(cpu, QEMU_7_1_EDX, AVX10)) {
		if (wanted && verbose)
			qemu_cpu_warn(cpu, "%s: avx10.%u.", unsupported, wanted);
		return wanted;
	}
	has = qemu_supported(cpu->accel, 0x24, 0, KVMCAPS_EBX) & 0xFF;
	if (has >= wanted)
		return false;
	if (verbose)
		qemu_cpu_warn(cpu, "%s: avx10.%u. Adjust to avx10.%u", unsupported, wanted, has);
	qemu_cpu_put(cpu, "avx10-version", json_integer(has));
	return true;
}

bool qemu_cpu_filter(struct qemu_cpu *cpu, bool verbose)
{
	const char *why = verbose ? unsupported : NULL;
	bool filtered = false;
	enum qemu_word word;

	for (word = 0; word < QEMU_NR_WORDS; word++)
		qemu_cpu_lose(cpu, word,
			      cpu->features[word] & ~qemu_supported_word(cpu->accel, word), why);
	if (qemu_cpu_has(cpu, QEMU_7_0_EBX, INTEL_PT) && !has_intel_pt(cpu))
		qemu_cpu_lose(cpu, QEMU_7_0_EBX, BIT_ULL(INTEL_PT), why);
	for (word = 0; word < QEMU_NR_WORDS; word++)
		filtered |= cpu->filtered[word];
	return filter_avx10(cpu, verbose) || filtered;
}
