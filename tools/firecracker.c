// SPDX-License-Identifier: GPL-2.0
/*
 * Source: Firecracker's docs/cpu_templates: schema.json, cpuid-normalization.md
 * has what it sets itself, whatever a template says.
 */
#include <jansson.h>
#include <linux/bits.h>
#include <linux/kernel.h>
#include <kvmcaps/feature.h>

#include "fail.h"
#include "firecracker.h"
#include "place.h"
#include "table.h"

#define EAX	BIT(KVMCAPS_EAX)
#define EBX	BIT(KVMCAPS_EBX)
#define ECX	BIT(KVMCAPS_ECX)
#define EDX	BIT(KVMCAPS_EDX)
#define ALL	(EAX | EBX | ECX | EDX)
#define FULL	0xffffffff

/**
 * struct own - bits that are not a template's
 * @function: leaf, whatever the index
 * @regs: bit map of enum kvmcaps_reg
 * @mask: which bits
 */
struct own {
	__u32 function;
	__u32 regs;
	__u32 mask;
};

/* Firecracker's, on either maker's CPUs, and those that KVM keeps up to date. */
static const struct own owns[] = {
	{ 0x0,		EBX | ECX | EDX, FULL },
	{ 0x1,		EBX,	GENMASK(31, 8) },
	{ 0x1,		ECX,	BIT(31) | BIT(27) | BIT(24) | BIT(15) },
	{ 0x1,		EDX,	BIT(28) | BIT(9) },
	{ 0x4,		EAX,	GENMASK(31, 14) },
	{ 0x6,		EAX,	BIT(1) },
	{ 0x6,		ECX,	BIT(3) },
	{ 0xb,		ALL,	FULL },
	{ 0xd,		EBX,	FULL },
	{ 0x1f,		ALL,	FULL },
	{ 0x80000002,	ALL,	FULL },
	{ 0x80000003,	ALL,	FULL },
	{ 0x80000004,	ALL,	FULL },
	{ 0x80000006,	ALL,	FULL },
	{ 0x80000008,	ECX,	GENMASK(15, 12) | GENMASK(7, 0) },
	{ 0x8000001d,	ALL,	FULL },
	{ 0x8000001e,	ALL,	FULL },
};

/* On Intel's alone: the x87's limits, and the PMU, which guests do not have. */
static const struct own owns_intel[] = {
	{ 0x7,		EBX,	BIT(13) | BIT(6) },
	{ 0xa,		ALL,	FULL },
};

static const struct own owns_amd[] = {
	{ 0x7,		EDX,	BIT(29) },
	{ 0x80000000,	EAX,	FULL },
	{ 0x80000001,	ECX,	BIT(22) },
};

static __u32 own_mask(const struct own *rows, unsigned int nr, __u32 function, unsigned int reg)
{
	__u32 mask = 0;
	unsigned int i;

	for (i = 0; i < nr; i++) {
		if (rows[i].function == function && (rows[i].regs & BIT(reg)))
			mask |= rows[i].mask;
	}
	return mask;
}

/* Bits that a template can set. */
static __u32 settable(const struct kvm_cpuid2 *table, __u32 function, unsigned int reg)
{
	__u32 own = own_mask(owns, ARRAY_SIZE(owns), function, reg);

	if (table_maker(table) == KVMCAPS_MAKER_INTEL)
		own |= own_mask(owns_intel, ARRAY_SIZE(owns_intel), function, reg);
	else
		own |= own_mask(owns_amd, ARRAY_SIZE(owns_amd), function, reg);
	return ~own;
}

/* 0b and 32 digits, x for a bit that stays as the host has it. */
static json_t *modifier_json(unsigned int reg, __u32 mask, __u32 value)
{
	char bitmap[2 + 32 + 1] = "0b";
	unsigned int i;

	for (i = 0; i < 32; i++) {
		if (!(mask & BIT(31 - i)))
			bitmap[2 + i] = 'x';
		else
			bitmap[2 + i] = value & BIT(31 - i) ? '1' : '0';
	}
	return json_pack("{s:s, s:s}", "register", place_reg_keys[reg], "bitmap", bitmap);
}

/**
 * struct template - one being made
 * @table: has the values
 * @array: of modifiers of leaves
 * @bad: there was no memory
 */
struct template {
	const struct kvm_cpuid2 *table;
	json_t *array;
	bool bad;
};

/* Gives the bits of @masks their values in @entry. */
static void add_entry(struct template *template, const struct kvm_cpuid_entry2 *entry,
		      const __u32 masks[KVMCAPS_NR_REGS])
{
	json_t *modifiers = json_array();
	char leaf[16], subleaf[16];
	unsigned int reg;
	__u32 mask;

	for (reg = 0; reg < KVMCAPS_NR_REGS; reg++) {
		mask = masks[reg] & settable(template->table, entry->function, reg);
		if (mask)
			template->bad |= json_array_append_new(modifiers,
				modifier_json(reg, mask, table_entry_reg(entry, reg)));
	}
	if (!json_array_size(modifiers)) {
		json_decref(modifiers);
		return;
	}
	snprintf(leaf, sizeof(leaf), "0x%x", entry->function);
	snprintf(subleaf, sizeof(subleaf), "0x%x", entry->index);
	template->bad |= json_array_append_new(template->array,
		json_pack("{s:s, s:s, s:I, s:o}", "leaf", leaf, "subleaf", subleaf,
			  "flags", (json_int_t)entry->flags, "modifiers", modifiers));
}

static int print(struct template *template)
{
	json_t *root = json_pack("{s:o}", "cpuid_modifiers", template->array);

	if (template->bad || !root) {
		json_decref(root);
		return fail("cannot make a template of this: out of memory");
	}
	/* output_finish() finds what could not be written. */
	if (!json_dumpf(root, stdout, JSON_INDENT(2)))
		putchar('\n');
	json_decref(root);
	return STATUS_GOOD;
}

int firecracker_table(const struct kvm_cpuid2 *table)
{
	static const __u32 all[KVMCAPS_NR_REGS] = { FULL, FULL, FULL, FULL };
	struct template template = { .table = table, .array = json_array() };
	__u32 i;

	for (i = 0; i < table->nent; i++)
		add_entry(&template, &table->entries[i], all);
	return print(&template);
}

/* Bits of a place in which hosts differ. */
static void differing(const struct pool_place *place, __u32 masks[KVMCAPS_NR_REGS])
{
	const struct pool_part *part = place->parts;

	for (; part < place->parts + place->nr_parts; part++) {
		if (field_is_bits(&part->field))
			masks[part->field.reg] |= part->most & ~part->least;
		else if (part->field.row->kind == FIELD_LIMIT && part->least < part->most)
			masks[part->field.reg] |= part->field.mask;
		else if (part->field.row->kind == FIELD_EQUAL && place->differs)
			masks[part->field.reg] |= part->field.mask;
	}
}

/* A leaf that a host's KVM does not have would make Firecracker refuse the template. */
int firecracker_pool(const struct pool *pool, const struct kvm_cpuid2 *offer)
{
	struct template template = { .table = offer, .array = json_array() };
	const struct kvm_cpuid_entry2 *entry;
	const struct pool_place *place;
	unsigned int i;

	for (i = 0; i < pool->supported.nr; i++) {
		__u32 masks[KVMCAPS_NR_REGS] = {};

		place = pool->supported.places[i];
		entry = table_find(offer, place->entry.function, place->entry.index);
		if (!entry || place->hosts < pool->nr_hosts)
			continue;
		differing(place, masks);
		add_entry(&template, entry, masks);
	}
	return print(&template);
}
