// SPDX-License-Identifier: GPL-2.0
/*
 * A CPU model of QEMU, as the QMP command query-cpu-model-expansion answers:
 * properties, of which those that are features have names that explain knows.
 * What QEMU works out later has none: topology, caches, sizes of XSAVE's states.
 */
#include <stdlib.h>
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>
#include <kvmcaps/declare.h>
#include <kvmcaps/leaf.h>

#include "alloc.h"
#include "fail.h"
#include "format.h"
#include "jsontext.h"
#include "query.h"
#include "table.h"

#define PROPS		"props"
/* QEMU 10 has some 500 for any model. */
#define MAX_PROPS	4096
/* What QEMU takes where phys-bits is 0, which is its default. */
#define PHYS_BITS	40
#define RANGE_MASK	0xffff0000
#define NEWEST		(1u << (KVMCAPS_NR_RELEASES - 1))

/**
 * struct expansion - a model being read
 * @in: the file
 * @props: its properties
 * @table: what comes out
 */
struct expansion {
	const struct input *in;
	const json_t *props;
	struct kvm_cpuid2 *table;
};

/* There are fewer places with names, and below, than entries in a table. */
static u32 *reg_at(const struct expansion *e, u32 function, u32 index, unsigned int reg)
{
	struct kvm_cpuid_entry2 *entry = table_edit(e->table, function, index) ?:
					 table_add(e->table, function, index);

	return &entry->eax + reg;
}

/* Of a name that makers use for different bits, QEMU means one. */
static bool is_meant(const struct query *query)
{
	return query->kind == QUERY_BIT && (!query->who || strstr(query->who, "QEMU"));
}

static void add_feature(const struct expansion *e, const char *name)
{
	struct query found[QUERY_MAX];
	unsigned int i, nr = query_name(name, strlen(name), found, 0);

	for (i = 0; i < nr; i++) {
		if (is_meant(&found[i]))
			*reg_at(e, found[i].function, found[i].index, found[i].reg) |=
				BIT(found[i].bit);
	}
}

static int add_features(const struct expansion *e)
{
	const json_t *value;
	const char *name;

	if (json_object_size(e->props) > MAX_PROPS)
		return input_fail(e->in, 0, "more than %u properties", MAX_PROPS);
	json_object_foreach((json_t *)e->props, name, value) {
		if (json_is_true(value))
			add_feature(e, name);
	}
	return STATUS_GOOD;
}

static bool has(const struct expansion *e, const char *name)
{
	return json_is_true(json_object_get(e->props, name));
}

static int refuse(const struct expansion *e, const char *name)
{
	char *key = alloc_text("\"%s\"", name);
	unsigned int line = jsontext_line(e->in, PROPS, key, 0);

	free(key);
	return input_fail(e->in, line, "%s makes no sense", name);
}

/**
 * struct field - a property that is a number in some EAX
 * @name: the property
 * @instead: another that counts if it is not there or AUTO; or NULL
 * @most: more makes no sense
 * @function: leaf
 * @bits: what it is there; NULL for itself
 */
struct field {
	const char *name;
	const char *instead;
	u32 most;
	u32 function;
	u32 (*bits)(u32 value);
};

/* QEMU is to work out the value. */
#define AUTO	(~0u)

/* Family and model have a second part for what does not fit into the first. */
static u32 family_bits(u32 value)
{
	return value > 0xf ? 0xf00 | (value - 0xf) << 20 : value << 8;
}

static u32 model_bits(u32 value)
{
	return (value & 0xf) << 4 | (value >> 4) << 16;
}

static u32 phys_bits(u32 value)
{
	return value ? value : PHYS_BITS;
}

static const struct field fields[] = {
	{ "family", NULL, 0xff + 0xf, 0x1, family_bits },
	{ "model", NULL, 0xff, 0x1, model_bits },
	{ "stepping", NULL, 0xf, 0x1, NULL },
	{ "phys-bits", NULL, 64, 0x80000008, phys_bits },
	/* What a static expansion has is the model's own. */
	{ "level", "min-level", 0xffff, 0x0, NULL },
	{ "xlevel", "min-xlevel", 0x8000ffff, 0x80000000, NULL },
	{ "xlevel2", "min-xlevel2", 0xc000ffff, 0xc0000000, NULL },
	{ "level-func7", NULL, 0xff, 0x7, NULL },
};

static int add_field(const struct expansion *e, const struct field *field, const char *name)
{
	const json_t *prop = json_object_get(e->props, name);
	u32 value = AUTO;

	if (prop && !jsontext_u32(prop, &value))
		return refuse(e, name);
	if (value == AUTO)
		return field->instead && name != field->instead ?
		       add_field(e, field, field->instead) : STATUS_GOOD;
	if (value > field->most)
		return refuse(e, name);
	value = field->bits ? field->bits(value) : value;
	if (value)
		*reg_at(e, field->function, 0, KVMCAPS_EAX) |= value;
	return STATUS_GOOD;
}

static int add_fields(const struct expansion *e)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(fields); i++) {
		if (add_field(e, &fields[i], fields[i].name))
			return STATUS_TROUBLE;
	}
	return STATUS_GOOD;
}

/* Text in registers; NULL for @text if there is none. */
static int get_text(const struct expansion *e, const char *name, size_t least, size_t most,
		    const char **text)
{
	const json_t *prop = json_object_get(e->props, name);

	*text = json_string_value(prop);
	if (prop && (!*text || strlen(*text) < least || strlen(*text) > most))
		return refuse(e, name);
	return STATUS_GOOD;
}

static void put_vendor(const struct expansion *e, u32 function, const u32 name[3])
{
	*reg_at(e, function, 0, KVMCAPS_EBX) = name[0];
	*reg_at(e, function, 0, KVMCAPS_EDX) = name[1];
	*reg_at(e, function, 0, KVMCAPS_ECX) = name[2];
}

static int add_vendor(const struct expansion *e)
{
	const char *text;
	u32 name[3];

	if (get_text(e, "vendor", sizeof(name), sizeof(name), &text))
		return STATUS_TROUBLE;
	if (!text)
		return STATUS_GOOD;
	memcpy(name, text, sizeof(name));
	put_vendor(e, 0x0, name);
	put_vendor(e, 0x80000000, name);
	return STATUS_GOOD;
}

static int add_brand(const struct expansion *e)
{
	u32 name[3][KVMCAPS_NR_REGS] = {};
	const char *text;
	unsigned int i;

	if (get_text(e, "model-id", 0, sizeof(name), &text))
		return STATUS_TROUBLE;
	memcpy(name, text ? text : "", text ? strlen(text) : 0);
	for (i = 0; text && i < ARRAY_SIZE(name); i++)
		memcpy(reg_at(e, 0x80000002 + i, 0, KVMCAPS_EAX), name[i], sizeof(name[i]));
	return STATUS_GOOD;
}

/* On AMD's CPUs some features are there twice, and have one name. */
static void add_aliases(const struct expansion *e)
{
	const unsigned int first = KVMCAPS_W_80000001_EDX * 32;
	const char *vendor = json_string_value(json_object_get(e->props, "vendor"));
	unsigned int bit;
	u32 mask = 0;

	if (!vendor || strcmp(vendor, "AuthenticAMD"))
		return;
	for (bit = 0; bit < 32; bit++) {
		if (kvmcaps_decls[first + bit].class == KVMCAPS_CLASS_ALIASED_1_EDX_F)
			mask |= BIT(bit);
	}
	*reg_at(e, 0x80000001, 0, KVMCAPS_EDX) |= *reg_at(e, 0x1, 0, KVMCAPS_EDX) & mask;
}

/* What goes with other properties, and has none of its own. */
static void add_rest(const struct expansion *e)
{
	const struct kvm_cpuid_entry2 kvm = { .eax = 0x40000001, .ebx = 0x4b4d564b,
					      .ecx = 0x564b4d56, .edx = 0x4d };

	add_aliases(e);
	if (has(e, "lm"))
		*reg_at(e, 0x80000008, 0, KVMCAPS_EAX) |= (has(e, "la57") ? 57 : 48) << 8;
	if (table_find(e->table, 0x40000001, 0))
		memcpy(reg_at(e, 0x40000000, 0, KVMCAPS_EAX), &kvm.eax, 4 * sizeof(u32));
}

static int by_place(const void *a, const void *b)
{
	const struct kvm_cpuid_entry2 *x = a, *y = b;

	if (x->function != y->function)
		return x->function < y->function ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

static void sort(struct kvm_cpuid2 *table)
{
	qsort(table->entries, table->nent, sizeof(table->entries[0]), by_place);
}

static void limit(const struct expansion *e, u32 function, u32 most)
{
	u32 *eax = reg_at(e, function, 0, KVMCAPS_EAX);

	if (!*eax)
		*eax = most;
}

/* Where no property is the highest leaf or index, the last that is there is. */
static void add_limits(const struct expansion *e)
{
	const struct kvm_cpuid_entry2 *entry;
	u32 i;

	sort(e->table);
	for (i = e->table->nent; i--;) {
		entry = &e->table->entries[i];
		limit(e, entry->function & RANGE_MASK, entry->function);
		if (entry->function == 0x7)
			limit(e, entry->function, entry->index);
	}
	sort(e->table);
}

static bool is_visible(const struct expansion *e, const struct kvm_cpuid_entry2 *entry)
{
	u32 range = entry->function & RANGE_MASK;

	return entry->function <= *reg_at(e, range, 0, KVMCAPS_EAX) &&
	       (entry->function != 0x7 || entry->index <= *reg_at(e, 0x7, 0, KVMCAPS_EAX));
}

/* A guest sees no features beyond these. */
static struct kvm_cpuid2 *visible(const struct expansion *e)
{
	struct kvm_cpuid2 *table = table_new();
	struct kvm_cpuid_entry2 *entry;
	u32 i;

	for (i = 0; i < e->table->nent; i++) {
		if (!is_visible(e, &e->table->entries[i]))
			continue;
		entry = &table->entries[table->nent++];
		*entry = e->table->entries[i];
		if (kvmcaps_leaf_find(NEWEST, entry->function, 0)->indices != KVMCAPS_INDEX_NONE)
			entry->flags = KVM_CPUID_FLAG_SIGNIFCANT_INDEX;
	}
	return table;
}

static int build(const struct expansion *e)
{
	if (add_features(e) || add_fields(e) || add_vendor(e) || add_brand(e))
		return STATUS_TROUBLE;
	add_rest(e);
	add_limits(e);
	return STATUS_GOOD;
}

/* The model of an answer, or one alone. */
static const json_t *props_of(const json_t *value)
{
	const json_t *answer = json_object_get(value, "return");
	const json_t *model = json_object_get(answer ? answer : value, "model");

	return json_object_get(model ? model : value, PROPS);
}

/* A session has greetings and other answers before it. */
static int find_props(const struct input *in, json_t **value, const json_t **props)
{
	size_t at = 0;
	int err;

	*value = NULL;
	do {
		json_decref(*value);
		err = jsontext_next(in, &at, value);
		*props = props_of(*value);
	} while (!err && *value && !json_is_object(*props));
	if (err || *value)
		return err;
	return input_fail(in, 1, "no model with " PROPS);
}

static int read_table(const struct input *in, struct kvm_cpuid2 **table)
{
	struct expansion expansion = { .in = in, .table = table_new() };
	json_t *value;
	int err = find_props(in, &value, &expansion.props);

	if (!err)
		err = build(&expansion);
	if (!err)
		*table = visible(&expansion);
	free(expansion.table);
	json_decref(value);
	return err;
}

static bool looks(const struct input *in)
{
	return jsontext_looks(in, "\"" PROPS "\"");
}

const struct format format_expansion = {
	.name = "a CPU model that QEMU has expanded",
	.kind = FORMAT_TABLE,
	.looks = looks,
	.table = read_table,
};
