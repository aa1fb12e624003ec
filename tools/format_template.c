// SPDX-License-Identifier: GPL-2.0
/*
 * Firecracker's CPU templates, which cpu-template-helper(1) dumps of a guest, and
 * the fingerprints around them. Only those that set every bit are a table: what
 * a template leaves as it is depends on the host.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "fail.h"
#include "format.h"
#include "jsontext.h"
#include "table.h"

#define LEAVES	"cpuid_modifiers"
#define DUMP	"a dump of cpu-template-helper has them all"

/**
 * struct template - a template being read
 * @in: the file
 * @table: what comes out
 * @nr: number of the leaf in the list
 */
struct template {
	const struct input *in;
	struct kvm_cpuid2 *table;
	unsigned int nr;
};

/* Every leaf has one key "leaf", so that this is where it is. */
static unsigned int line(const struct template *t)
{
	return jsontext_line(t->in, LEAVES, "\"leaf\"", t->nr);
}

static struct input_quote quote(const char *text)
{
	return input_quote(text, strlen(text));
}

/* A number, or a text with one: "0x1f", "0b101" or "31". */
static bool number(const json_t *value, u32 *to)
{
	const char *text = json_string_value(value);
	unsigned long long found;
	char *end;
	int base = 10;

	if (!text)
		return jsontext_u32(value, to);
	if (text[0] == '0' && (text[1] == 'x' || text[1] == 'b')) {
		base = text[1] == 'x' ? 16 : 2;
		text += 2;
	}
	if (!strchr("0123456789abcdefABCDEF", *text) || !*text)
		return false;
	errno = 0;
	found = strtoull(text, &end, base);
	*to = found;
	return !*end && !errno && found <= ~0u;
}

/* All 32 bits, and underscores wherever they are. */
static int read_bitmap(const struct template *t, const char *text, u32 *value)
{
	unsigned int bits = 0;
	const char *c;

	if (!text || strncmp(text, "0b", 2))
		return input_fail(t->in, line(t), "a register without a bitmap \"0b...\"");
	*value = 0;
	for (c = text + 2; *c; c++) {
		if (*c == '_')
			continue;
		if (*c == 'x')
			return input_fail(t->in, line(t),
					  "bits marked x stay as the host has them; " DUMP);
		if ((*c != '0' && *c != '1') || ++bits > 32)
			return input_fail(t->in, line(t), "'%s' is no bitmap of 32 bits",
					  quote(text).text);
		*value = *value << 1 | (*c == '1');
	}
	if (bits < 32)
		return input_fail(t->in, line(t),
				  "bits left out of a bitmap stay as the host has them; " DUMP);
	return STATUS_GOOD;
}

static u32 *reg_of(struct kvm_cpuid_entry2 *entry, const char *name, unsigned int *nr)
{
	static const char *const names[] = { "eax", "ebx", "ecx", "edx" };

	for (*nr = 0; *nr < ARRAY_SIZE(names); (*nr)++) {
		if (name && !strcmp(names[*nr], name))
			return &entry->eax + *nr;
	}
	return NULL;
}

static int read_regs(const struct template *t, const json_t *list, struct kvm_cpuid_entry2 *entry)
{
	const json_t *modifier;
	unsigned int nr, seen = 0;
	const char *name;
	u32 *reg;
	size_t i;

	json_array_foreach(list, i, modifier) {
		name = json_string_value(json_object_get(modifier, "register"));
		reg = reg_of(entry, name, &nr);
		if (!reg || (seen & BIT(nr)))
			return input_fail(t->in, line(t), "no register, or it is there twice: '%s'",
					  quote(name ? name : "").text);
		seen |= BIT(nr);
		if (read_bitmap(t, json_string_value(json_object_get(modifier, "bitmap")), reg))
			return STATUS_TROUBLE;
	}
	if (seen != 0xf)
		return input_fail(t->in, line(t),
				  "registers left out stay as the host has them; " DUMP);
	return STATUS_GOOD;
}

static int read_leaf(const struct template *t, const json_t *leaf)
{
	struct kvm_cpuid_entry2 *entry;
	u32 function, index, flags;

	if (!number(json_object_get(leaf, "leaf"), &function) ||
	    !number(json_object_get(leaf, "subleaf"), &index) ||
	    !number(json_object_get(leaf, "flags"), &flags))
		return input_fail(t->in, line(t), "leaf, subleaf and flags are not all numbers");
	if (table_find(t->table, function, index))
		return input_fail(t->in, line(t), "leaf 0x%x, subleaf 0x%x is there twice",
				  function, index);
	entry = table_add(t->table, function, index);
	if (!entry)
		return input_fail(t->in, line(t), "more than %u leaves, and KVM takes no more",
				  t->table->nent);
	entry->flags = flags;
	return read_regs(t, json_object_get(leaf, "modifiers"), entry);
}

static int read_leaves(struct template *t, const json_t *root)
{
	const json_t *config = json_object_get(root, "guest_cpu_config");
	const json_t *leaves = json_object_get(config ? config : root, LEAVES);
	const json_t *leaf;

	if (!json_array_size(leaves))
		return input_fail(t->in, 1, "no list of leaves in " LEAVES);
	json_array_foreach(leaves, t->nr, leaf) {
		if (read_leaf(t, leaf))
			return STATUS_TROUBLE;
	}
	return STATUS_GOOD;
}

static int read_table(const struct input *in, struct kvm_cpuid2 **table)
{
	struct template template = { .in = in, .table = table_new() };
	json_t *root;
	size_t at = 0;
	int err = jsontext_next(in, &at, &root);

	if (!err)
		err = read_leaves(&template, root);
	json_decref(root);
	if (err)
		free(template.table);
	else
		*table = template.table;
	return err;
}

static bool looks(const struct input *in)
{
	return jsontext_looks(in, "\"" LEAVES "\"");
}

const struct format format_template = {
	.name = "a CPU template or fingerprint of Firecracker",
	.kind = FORMAT_TABLE,
	.looks = looks,
	.table = read_table,
};
