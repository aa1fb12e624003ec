// SPDX-License-Identifier: GPL-2.0
/* The highest leaf of each range, which rises to the highest feature that a CPU has. */
#include <linux/bits.h>
#include <linux/kernel.h>

#include "cpu.h"
#include "cpu_level.h"

#define INTEL_PT	25	/* 7.0.EBX */
#define SGX		2	/* 7.0.EBX */
#define AVX10		19	/* 7.1.EDX */
#define SVM		2	/* 80000001.ECX */

/* Words whose leaf has to be there; this one alone without full-cpuid-auto-level. */
#define ALWAYS	QEMU_7_0_EBX

static const enum qemu_word raising[] = {
	QEMU_1_EDX, QEMU_1_ECX, QEMU_6_EAX, QEMU_7_0_ECX, QEMU_7_1_EAX, QEMU_7_1_EDX,
	QEMU_7_2_EDX, QEMU_80000001_EDX, QEMU_80000001_ECX, QEMU_80000007_EDX,
	QEMU_80000008_EBX, QEMU_C0000001_EDX, QEMU_SVM, QEMU_XSAVE,
};

static void raise_level(struct qemu_cpu *cpu, const char *name, u32 level)
{
	if ((u32)qemu_cpu_number(cpu, name) < level)
		qemu_cpu_put(cpu, name, json_integer(level));
}

static const char *range_of(u32 function)
{
	switch (function & 0xF0000000) {
	case 0x80000000:
		return "min-xlevel";
	case 0xC0000000:
		return "min-xlevel2";
	default:
		return "min-level";
	}
}

/* Returns the highest index of leaf 7 that a CPU needs so far. */
static u32 raise_word(struct qemu_cpu *cpu, enum qemu_word word, u32 func7)
{
	const struct qemu_word_info *info = &qemu_words[word];

	if (!cpu->features[word])
		return func7;
	raise_level(cpu, range_of(info->function), info->function);
	return info->function == 7 ? max(func7, info->index) : func7;
}

static void raise_intel_pt(struct qemu_cpu *cpu)
{
	if (!qemu_cpu_has(cpu, QEMU_7_0_EBX, INTEL_PT))
		return;
	if (qemu_cpu_bool(cpu, "x-intel-pt-auto-level"))
		raise_level(cpu, "min-level", 0x14);
	else if ((u32)qemu_cpu_number(cpu, "min-level") < 0x14)
		qemu_cpu_lose(cpu, QEMU_7_0_EBX, BIT_ULL(INTEL_PT),
			      "Intel PT need CPUID leaf 0x14, please set by \"-cpu ...,intel-pt=on,min-level=0x14\"");
}

/* Other vendors' guests find dies and modules in other leaves. */
static bool needs_topology(const struct qemu_cpu *cpu)
{
	const struct qemu_machine *machine = cpu->accel->machine;

	return (machine->dies > 1 || machine->modules > 1) &&
	       (qemu_cpu_is_by(cpu, "GenuineIntel") || !qemu_cpu_bool(cpu, "x-vendor-cpuid-only"));
}

static void raise_leaves(struct qemu_cpu *cpu)
{
	raise_intel_pt(cpu);
	if (needs_topology(cpu))
		raise_level(cpu, "min-level", 0x1F);
	if (qemu_cpu_has(cpu, QEMU_7_1_EDX, AVX10))
		raise_level(cpu, "min-level", 0x24);
	if (qemu_cpu_has(cpu, QEMU_80000001_ECX, SVM))
		raise_level(cpu, "min-xlevel", 0x8000000A);
	if (cpu->accel->machine->sev_snp)
		raise_level(cpu, "min-xlevel", 0x8000001F);
	if (cpu->features[QEMU_80000021_EAX])
		raise_level(cpu, "min-xlevel", 0x80000021);
	if (qemu_cpu_has(cpu, QEMU_7_0_EBX, SGX))
		raise_level(cpu, "min-level", 0x12);
}

/* A level that was not set is what a CPU needs. */
static void settle(struct qemu_cpu *cpu, const char *name, u32 least)
{
	if ((u32)qemu_cpu_number(cpu, name) == 0xFFFFFFFF)
		qemu_cpu_put(cpu, name, json_integer(least));
}

void cpu_level_settle(struct qemu_cpu *cpu)
{
	u32 func7 = raise_word(cpu, ALWAYS, 0);
	unsigned int i;

	if (qemu_cpu_bool(cpu, "full-cpuid-auto-level")) {
		for (i = 0; i < ARRAY_SIZE(raising); i++)
			func7 = raise_word(cpu, raising[i], func7);
		raise_leaves(cpu);
	}
	settle(cpu, "level-func7", func7);
	settle(cpu, "level", qemu_cpu_number(cpu, "min-level"));
	settle(cpu, "xlevel", qemu_cpu_number(cpu, "min-xlevel"));
	settle(cpu, "xlevel2", qemu_cpu_number(cpu, "min-xlevel2"));
}
