// SPDX-License-Identifier: GPL-2.0
/*
 * KVM changes a few bits of the table as the guest runs, and answers for leaves
 * that are not in it. MONITOR is none of these bits: KVM lets it follow
 * IA32_MISC_ENABLE for VMMs only that switch a quirk off, and QEMU does not.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>
#include <kvmcaps/answer.h>
#include <kvmcaps/release.h>

#include "../alloc.h"
#include "../fail.h"
#include "../table.h"
#include "runtime.h"

#define XSAVE		BIT(26)	/* 1.ECX */
#define OSXSAVE		BIT(27)	/* 1.ECX */
#define APIC		BIT(9)	/* 1.EDX */
#define HLE_RTM		(BIT(4) | BIT(11))	/* 7.0.EBX */
#define PKU		BIT(3)	/* 7.0.ECX */
#define OSPKE		BIT(4)	/* 7.0.ECX */
#define COMPACTED	(BIT(1) | BIT(3))	/* 0D.1.EAX: XSAVEC, XSAVES */
#define PV_UNHALT	BIT(7)	/* 40000001.EAX */
#define INVARIANT_TSC	BIT(8)	/* 80000007.EDX, 40000003.EAX has it in bit 15 */
#define HV_INVARIANT_TSC BIT(15)
#define HV_1		0x31237648
#define X87		BIT(0)
#define SSE		BIT(1)
#define FIRST_STATE	2

/* Where KVM looks for its own leaves. */
#define PARAVIRT_FIRST	0x40000000
#define PARAVIRT_LAST	0x40010000
#define PARAVIRT_STEP	0x100

void runtime_init(struct runtime *runtime)
{
	*runtime = (struct runtime){ .apic = true, .xcr0 = X87 };
}

static struct kvm_cpuid_entry2 *edit(struct kvm_cpuid2 *table, u32 function, u32 index)
{
	const struct kvm_cpuid_entry2 *found = table_lookup(table, function, index);

	return found ? &table->entries[found - table->entries] : NULL;
}

static u64 states(const struct kvm_cpuid_entry2 *low_high)
{
	return low_high ? (u64)low_high->edx << 32 | low_high->eax : 0;
}

static int take_flag(bool *flag, bool value, bool can, const char *word)
{
	if (!can)
		return fail("--after %s: this CPU cannot do that", word);
	*flag = value;
	return STATUS_GOOD;
}

static int take_states(u64 *to, const char *text, u64 can, const char *word)
{
	unsigned long long value;
	char *end;

	value = strtoull(text, &end, 0);
	if (*text < '0' || *text > '9' || *end)
		return fail("--after %s: not a number", word);
	if (value & ~can)
		return fail("--after %s: of these states the CPU has 0x%llx", word,
			    (unsigned long long)can);
	*to = value;
	return STATUS_GOOD;
}

static const char *const words[] = {
	"osxsave", "pke", "no-apic", "tsx-clear", "xcr0=", "xss=",
};

void runtime_print_words(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		printf(" %s", words[i]);
}

static u32 reg_of(const struct kvm_cpuid2 *table, u32 function, unsigned int reg)
{
	const struct kvm_cpuid_entry2 *entry = table_lookup(table, function, 0);

	return entry ? table_entry_reg(entry, reg) : 0;
}

/* The states that XCR0 can have, and IA32_XSS. */
static u64 user_states(const struct kvm_cpuid2 *table)
{
	return states(table_lookup(table, 0xD, 0));
}

static u64 supervisor_states(const struct kvm_cpuid2 *table)
{
	const struct kvm_cpuid_entry2 *entry = table_lookup(table, 0xD, 1);

	return entry ? (u64)entry->edx << 32 | entry->ecx : 0;
}

static int take_word(struct runtime *runtime, const char *word, const struct kvm_cpuid2 *table)
{
	if (!strcmp(word, "osxsave"))
		return take_flag(&runtime->osxsave, true,
				 reg_of(table, 1, KVMCAPS_ECX) & XSAVE, word);
	if (!strcmp(word, "pke"))
		return take_flag(&runtime->pke, true, reg_of(table, 7, KVMCAPS_ECX) & PKU, word);
	if (!strcmp(word, "no-apic"))
		return take_flag(&runtime->apic, false, true, word);
	if (!strcmp(word, "tsx-clear"))
		return take_flag(&runtime->tsx_clear, true, true, word);
	if (!strncmp(word, "xcr0=", 5))
		return take_states(&runtime->xcr0, word + 5, user_states(table), word);
	if (!strncmp(word, "xss=", 4))
		return take_states(&runtime->xss, word + 4, supervisor_states(table), word);
	return fail("--after %s: not one of osxsave, pke, no-apic, tsx-clear, xcr0=N, xss=N", word);
}

int runtime_parse(struct runtime *runtime, const char *text, const struct kvm_cpuid2 *table)
{
	char *copy = alloc_copy(text), *rest = copy, *word;
	int err = STATUS_GOOD;

	while (!err && (word = strsep(&rest, ",")))
		err = take_word(runtime, word, table);
	free(copy);
	return err;
}

static void change(u32 *reg, u32 mask, bool set)
{
	*reg = set ? *reg | mask : *reg & ~mask;
}

/* KVM asks the CPU for the sizes once, when it is loaded. */
static u32 bytes(const struct qemu_accel *accel, u64 states, bool compacted)
{
	struct kvmcaps_caps *caps = alloc_zeroed(sizeof(*caps));
	struct kvmcaps_cpuid regs;
	unsigned int i;
	u32 size;

	for (i = FIRST_STATE; i < ARRAY_SIZE(caps->xstate); i++) {
		regs = qemu_accel_host_cpuid(accel, 0xD, i);
		caps->xstate[i] = (struct kvmcaps_xstate){
			.size = regs.eax, .offset = regs.ebx, .flags = regs.ecx };
	}
	size = kvmcaps_xstate_bytes(caps, states, compacted);
	free(caps);
	return size;
}

static void update_sizes(const struct runtime *runtime, const struct qemu_accel *accel,
			 struct kvm_cpuid2 *table)
{
	struct kvm_cpuid_entry2 *entry = edit(table, 0xD, 0);
	u64 compacted = runtime->xcr0;

	if (qemu_accel_release_in(accel, KVMCAPS_SINCE(6_18)))
		compacted |= runtime->xss;
	if (entry)
		entry->ebx = bytes(accel, runtime->xcr0, false);
	entry = edit(table, 0xD, 1);
	if (entry && (entry->eax & COMPACTED))
		entry->ebx = bytes(accel, compacted, true);
}

static struct kvm_cpuid_entry2 *find_paravirt(struct kvm_cpuid2 *table)
{
	struct kvm_cpuid_entry2 *entry;
	u32 base;

	for (base = PARAVIRT_FIRST; base < PARAVIRT_LAST; base += PARAVIRT_STEP) {
		entry = edit(table, base, 0);
		if (entry && !memcmp(&entry->ebx, "KVMKVMKVM\0\0\0", 12))
			return edit(table, base + 1, 0);
	}
	return NULL;
}

/* What SGX can save, as KVM saw to itself until 6.3. */
static void update_sgx(struct kvm_cpuid2 *table)
{
	struct kvm_cpuid_entry2 *entry = edit(table, 0x12, 1);
	u64 has = states(table_lookup(table, 0xD, 0));

	if (!entry)
		return;
	entry->ecx = (entry->ecx & (u32)has) | X87 | SSE;
	entry->edx &= has >> 32;
}

void runtime_update(const struct runtime *runtime, const struct qemu_accel *accel,
		    struct kvm_cpuid2 *table)
{
	struct kvm_cpuid_entry2 *entry = edit(table, 1, 0);

	if (entry) {
		change(&entry->ecx, OSXSAVE, runtime->osxsave);
		change(&entry->edx, APIC, runtime->apic);
	}
	entry = edit(table, 7, 0);
	if (entry)
		change(&entry->ecx, OSPKE, runtime->pke);
	update_sizes(runtime, accel, table);
	if (qemu_accel_release_in(accel, KVMCAPS_ONLY(6_1)))
		update_sgx(table);
	entry = find_paravirt(table);
	if (entry && runtime->hlt)
		change(&entry->eax, PV_UNHALT, false);
}

/* The CPU is Intel's or of one who does as Intel: what is too high reads as the highest. */
static bool is_redirected(const struct kvm_cpuid2 *table)
{
	static const char *const zero[] = { "AuthenticAMD", "AMDisbetter!", "HygonGenuine" };
	const struct kvm_cpuid_entry2 *entry = table_lookup(table, 0, 0);
	char vendor[12];
	unsigned int i;

	if (!entry)
		return false;
	memcpy(vendor, &entry->ebx, 4);
	memcpy(vendor + 4, &entry->edx, 4);
	memcpy(vendor + 8, &entry->ecx, 4);
	for (i = 0; i < ARRAY_SIZE(zero); i++) {
		if (!memcmp(vendor, zero[i], sizeof(vendor)))
			return false;
	}
	return true;
}

/* The leaf that says how high a leaf may be; each hypervisor has one of its own. */
static u32 class_of(u32 function)
{
	if (function >> 28 == 4)
		return function & 0xFFFFFF00;
	if (function >= 0xC0000000)
		return 0xC0000000;
	return function & 0x80000000;
}

/* The index stays as it was, whatever the highest leaf makes of it. */
static u32 redirect(const struct kvm_cpuid2 *table, u32 function)
{
	const struct kvm_cpuid_entry2 *class = table_lookup(table, class_of(function), 0);

	if (!is_redirected(table) || (class && function <= class->eax))
		return function;
	return reg_of(table, 0, KVMCAPS_EAX);
}

static bool hides_invariant_tsc(const struct qemu_accel *accel, const struct kvm_cpuid2 *table)
{
	return qemu_accel_release_in(accel, KVMCAPS_SINCE(6_12)) &&
	       reg_of(table, 0x40000001, KVMCAPS_EAX) == HV_1 &&
	       (reg_of(table, 0x40000003, KVMCAPS_EAX) & HV_INVARIANT_TSC);
}

static void adjust(const struct runtime *runtime, const struct qemu_accel *accel,
		   const struct kvm_cpuid2 *table, u32 function, struct kvmcaps_cpuid *regs)
{
	if (function == 7 && !regs->index && runtime->tsx_clear)
		regs->ebx &= ~HLE_RTM;
	if (function == 0x80000007 && hides_invariant_tsc(accel, table))
		regs->edx &= ~INVARIANT_TSC;
}

/* Behind its last index, a leaf of topology still tells the APIC id. */
static void put_topology(const struct kvm_cpuid2 *table, u32 function,
			 struct kvmcaps_cpuid *regs)
{
	const struct kvm_cpuid_entry2 *entry = table_lookup(table, function, 1);

	if ((function != 0xB && function != 0x1F) || !entry)
		return;
	regs->ecx = regs->index & 0xFF;
	regs->edx = entry->edx;
}

struct kvmcaps_cpuid runtime_cpuid(const struct runtime *runtime, const struct qemu_accel *accel,
				   const struct kvm_cpuid2 *table, u32 function, u32 index)
{
	struct kvmcaps_cpuid regs = { .function = function, .index = index };
	const struct kvm_cpuid_entry2 *entry = table_lookup(table, function, index);

	if (!entry) {
		function = redirect(table, function);
		entry = table_lookup(table, function, index);
	}
	if (!entry) {
		put_topology(table, function, &regs);
		return regs;
	}
	regs.eax = entry->eax;
	regs.ebx = entry->ebx;
	regs.ecx = entry->ecx;
	regs.edx = entry->edx;
	adjust(runtime, accel, table, function, &regs);
	return regs;
}
