// SPDX-License-Identifier: GPL-2.0
/*
 * The engine names the bits that KVM decides on; the rows here are those that
 * are no CPU features.
 */
#include <stdio.h>
#include <linux/kernel.h>
#include <kvmcaps/declare.h>

#include "bitname.h"
#include "place.h"

#define XCR0_STATES							\
	[0] = "x87", [1] = "SSE", [2] = "AVX", [3] = "BNDREGS",		\
	[4] = "BNDCSR", [5] = "OPMASK", [6] = "ZMM_HI256",		\
	[7] = "HI16_ZMM", [9] = "PKRU", [17] = "TILECFG",		\
	[18] = "TILEDATA", [19] = "APX"

#define XSS_STATES							\
	[8] = "PT", [10] = "PASID", [11] = "CET_U", [12] = "CET_S",	\
	[13] = "HDC", [14] = "UINTR", [15] = "LBR", [16] = "HWP"

static const char *const xstates[32] = { XCR0_STATES, XSS_STATES };

static const struct bitname_reg others[] = {
	{ 0xd, 0, KVMCAPS_EAX, { XCR0_STATES } },
	{ 0xd, 1, KVMCAPS_ECX, { XSS_STATES } },
	/* KVM_FEATURE_* and KVM_HINTS_* of <asm/kvm_para.h> */
	{ 0x40000001, 0, KVMCAPS_EAX, {
		[0] = "CLOCKSOURCE", [1] = "NOP_IO_DELAY", [2] = "MMU_OP",
		[3] = "CLOCKSOURCE2", [4] = "ASYNC_PF", [5] = "STEAL_TIME",
		[6] = "PV_EOI", [7] = "PV_UNHALT", [9] = "PV_TLB_FLUSH",
		[10] = "ASYNC_PF_VMEXIT", [11] = "PV_SEND_IPI",
		[12] = "POLL_CONTROL", [13] = "PV_SCHED_YIELD",
		[14] = "ASYNC_PF_INT", [15] = "MSI_EXT_DEST_ID",
		[16] = "HC_MAP_GPA_RANGE", [17] = "MIGRATION_CONTROL",
		[24] = "CLOCKSOURCE_STABLE_BIT",
	} },
	{ 0x40000001, 0, KVMCAPS_EDX, { [0] = "REALTIME" } },
	{ 0x8000001a, 0, KVMCAPS_EAX, { [0] = "FP128", [1] = "MOVU", [2] = "FP256" } },
};

static const char *feature_name(unsigned int feature)
{
	if (kvmcaps_decls[feature].class == KVMCAPS_CLASS_ALIASED_1_EDX_F)
		feature = KVMCAPS_W_1_EDX * 32 + feature % 32;
	return kvmcaps_feature_name(feature);
}

static void name_word(unsigned int word, const char *names[32])
{
	unsigned int bit;

	for (bit = 0; bit < 32; bit++)
		names[bit] = feature_name(word * 32 + bit);
}

static const struct bitname_reg *find_other(const struct bitname_reg *wanted)
{
	const struct bitname_reg *row;

	for (row = others; row < others + ARRAY_SIZE(others); row++) {
		if (row->function == wanted->function && row->index == wanted->index &&
		    row->reg == wanted->reg)
			return row;
	}
	return NULL;
}

static int find_word(const struct bitname_reg *wanted)
{
	const struct kvmcaps_word_info *info = kvmcaps_words;
	unsigned int word;

	for (word = 0; word < KVMCAPS_NR_WORDS; word++, info++) {
		if (info->function == wanted->function && info->index == wanted->index &&
		    info->reg == wanted->reg)
			return word;
	}
	return -1;
}

bool bitname_find(__u32 function, __u32 index, unsigned int reg, struct bitname_reg *found)
{
	const struct bitname_reg *other;
	int word;

	*found = (struct bitname_reg){ .function = function, .index = index, .reg = reg };
	word = find_word(found);
	if (word >= 0) {
		name_word(word, found->names);
		return true;
	}
	other = find_other(found);
	if (other)
		*found = *other;
	return other;
}

struct bitname_place bitname_place(const struct kvm_cpuid_entry2 *entry, unsigned int reg,
				   unsigned int bit)
{
	struct bitname_place place;
	struct bitname_reg names;
	const char *name;

	bitname_find(entry->function, entry->index, reg, &names);
	name = names.names[bit];
	snprintf(place.name, sizeof(place.name), "%s[bit %u]%s%.31s", place_reg(entry, reg).name,
		 bit, name ? " " : "", name ? name : "");
	return place;
}

const char *bitname_xstate(__u32 number)
{
	return number < ARRAY_SIZE(xstates) ? xstates[number] : NULL;
}
