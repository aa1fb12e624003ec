// SPDX-License-Identifier: GPL-2.0
/*
 * Explanations for programs. The shape is described in kvmcaps.1; members may
 * be added.
 */
#include <jansson.h>
#include <stdio.h>
#include <linux/kernel.h>

#include "explain.h"
#include "fail.h"
#include "place.h"
#include "reason.h"
#include "rules.h"

#define FORMAT	1

/* Missing memory shows in the end, as jansson passes NULL on. */
static json_t *join(json_t *object, json_t *more)
{
	bool bad = json_object_update(object, more);

	json_decref(more);
	if (!bad)
		return object;
	json_decref(object);
	return NULL;
}

static json_t *steps_json(const struct chain *chain)
{
	json_t *array = json_array();
	unsigned int i;

	for (i = 0; i < chain->nr; i++) {
		json_array_append_new(array,
				      json_pack("{s:s, s:s}",
						"layer", chain_keys[chain->steps[i].layer],
						"text", chain->steps[i].text));
	}
	if (json_array_size(array) == chain->nr)
		return array;
	json_decref(array);
	return NULL;
}

static json_t *rule_json(const struct kvmcaps_rule *rule)
{
	if (!rule)
		return json_null();
	return json_pack("{s:s, s:s, s:s}", "by", rules_author(rule), "action",
			 rule->action == KVMCAPS_SET ? "set" : "clear", "why", rule->why);
}

static json_t *query_json(const struct explain_item *item, const char *name, const char *place)
{
	return json_pack("{s:i, s:s?, s:s?, s:s?, s:s, s:I, s:I}", "format", FORMAT,
			 "asked", item->asked, "note", item->note, "name", name, "place", place,
			 "function", (json_int_t)item->query.function,
			 "index", (json_int_t)item->query.index);
}

static json_t *bit_json(const struct explain_item *item, const struct subject *subject,
			unsigned int feature)
{
	struct explain_name name = explain_name(subject, &item->query);
	struct chain chain;
	json_t *bit;

	chain_begin(&chain, subject, feature);
	chain_build(&chain, subject);
	bit = json_pack("{s:s, s:i, s:b, s:b, s:b, s:b, s:s, s:o, s:s, s:o}",
			"register", place_reg_keys[item->query.reg], "bit", item->query.bit,
			"offered", chain.offered, "decided", chain.verdict.offered,
			"cpu", chain.cpu, "kernel", chain.kernel,
			"class", kvmcaps_classes[chain.verdict.class].name,
			"rule", rule_json(chain.verdict.rule),
			"reason", chain_brief(&chain, subject).text,
			"steps", steps_json(&chain));
	return join(query_json(item, name.name, name.place), bit);
}

static json_t *registers_json(const struct treatment *treatment, const struct query *query)
{
	json_t *registers = json_object();
	unsigned int nr;

	for (nr = 0; nr < KVMCAPS_NR_REGS; nr++) {
		if (query->kind != QUERY_LEAF && query->reg != nr)
			continue;
		if (json_object_set_new(registers, place_reg_keys[nr],
					json_pack("{s:I, s:I, s:s, s:b}",
						  "cpu", (json_int_t)treatment->regs[nr].cpu,
						  "guest", (json_int_t)treatment->regs[nr].guest,
						  "says", treatment->regs[nr].says,
						  "assumed", treatment->regs[nr].assumed))) {
			json_decref(registers);
			return NULL;
		}
	}
	return registers;
}

static json_t *leaf_json(const struct explain_item *item, const struct subject *subject,
			 u32 index)
{
	struct explain_item copy = *item;
	struct treatment treatment;
	struct kvm_cpuid_entry2 entry = { .function = item->query.function, .index = index };
	json_t *leaf;

	treatment_make(&treatment, subject, entry.function, index);
	copy.query.index = index;
	entry.flags = treatment.indexed ? KVM_CPUID_FLAG_SIGNIFCANT_INDEX : 0;
	leaf = json_pack("{s:b, s:s, s:o}", "offered", treatment.offered,
			 "says", treatment.says,
			 "registers", registers_json(&treatment, &item->query));
	return join(query_json(&copy, NULL, place_entry(&entry).name), leaf);
}

static bool add_word(json_t *array, const struct explain_item *item,
		     const struct subject *subject, unsigned int feature)
{
	struct explain_item each = *item;
	bool bad = false;

	each.query.kind = QUERY_BIT;
	for (each.query.bit = 0; !bad && each.query.bit < 32; each.query.bit++, feature++)
		bad = json_array_append_new(array, bit_json(&each, subject, feature));
	return bad;
}

/* All indices in the table, or the one that was asked for. */
static bool add_leaf(json_t *array, const struct explain_item *item,
		     const struct subject *subject)
{
	const struct kvm_cpuid2 *table = subject->table;
	bool any = false, bad = false;
	u32 i;

	for (i = 0; i < table->nent && !item->query.has_index && !bad; i++) {
		if (table->entries[i].function != item->query.function)
			continue;
		bad = json_array_append_new(array, leaf_json(item, subject,
							     table->entries[i].index));
		any = true;
	}
	return any ? bad : json_array_append_new(array, leaf_json(item, subject,
								  item->query.index));
}

static bool add_item(json_t *array, const struct explain_item *item,
		     const struct subject *subject)
{
	const struct query *query = &item->query;
	int feature = reason_find_feature(query->function, query->index, query->reg,
					  query->kind == QUERY_BIT ? query->bit : 0);

	if (query->kind == QUERY_BIT && feature >= 0)
		return json_array_append_new(array, bit_json(item, subject, feature));
	if (query->kind == QUERY_REG && feature >= 0)
		return add_word(array, item, subject, feature);
	if (query->kind == QUERY_LEAF)
		return add_leaf(array, item, subject);
	return json_array_append_new(array, leaf_json(item, subject, query->index));
}

int explain_json(const struct explain_list *list, const struct subject *subject)
{
	json_t *array = json_array();
	bool bad = false;
	unsigned int i;

	for (i = 0; i < list->nr && !bad; i++)
		bad = add_item(array, &list->items[i], subject);
	/* output_finish() finds what could not be written. */
	if (!bad && !json_dumpf(array, stdout, JSON_INDENT(2)))
		putchar('\n');
	json_decref(array);
	return bad ? fail("cannot make JSON of this: out of memory, or not UTF-8") : STATUS_GOOD;
}
