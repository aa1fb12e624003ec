// SPDX-License-Identifier: GPL-2.0
/*
 * An answer for programs. The shape is described in kvmcaps.1; members may be
 * added, any other change takes another number of the format.
 */
#include <linux/bits.h>

#include "assumed.h"
#include "facts.h"
#include "fail.h"
#include "place.h"
#include "show.h"

#define FORMAT	1

/* Missing memory shows in the end, as jansson passes NULL on. */
json_t *show_json_bits(u32 value, const struct bitname_reg *names)
{
	json_t *array = json_array();
	unsigned int bit;

	for (bit = 0; bit < 32; bit++) {
		if ((value & BIT(bit)) && names->names[bit] &&
		    json_array_append_new(array, json_string(names->names[bit]))) {
			json_decref(array);
			return NULL;
		}
	}
	return array;
}

static json_t *features_json(const struct kvm_cpuid_entry2 *entry)
{
	json_t *features = json_object();
	struct bitname_reg names;
	unsigned int reg;
	u32 value;

	for (reg = 0; reg < KVMCAPS_NR_REGS; reg++) {
		value = table_entry_reg(entry, reg);
		if (bitname_find(entry->function, entry->index, reg, &names) &&
		    json_object_set_new(features, place_reg_keys[reg],
					show_json_bits(value, &names))) {
			json_decref(features);
			return NULL;
		}
	}
	return features;
}

static json_t *entry_json(const struct kvm_cpuid_entry2 *e)
{
	return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o}",
			 "function", (json_int_t)e->function,
			 "index", (json_int_t)e->index,
			 "flags", (json_int_t)e->flags,
			 "eax", (json_int_t)e->eax,
			 "ebx", (json_int_t)e->ebx,
			 "ecx", (json_int_t)e->ecx,
			 "edx", (json_int_t)e->edx,
			 "features", features_json(e));
}

json_t *show_json_table(const struct kvm_cpuid2 *table)
{
	json_t *array = json_array();
	__u32 i;

	for (i = 0; i < table->nent; i++) {
		if (json_array_append_new(array, entry_json(&table->entries[i]))) {
			json_decref(array);
			return NULL;
		}
	}
	return array;
}

static json_t *policy_json(const struct kvmcaps_host *host)
{
	json_t *object = json_object();
	struct facts_policy policy;
	unsigned int nr;

	for (nr = 0; facts_policy(host, nr, &policy); nr++) {
		if (json_object_set_new(object, policy.name, json_boolean(policy.on))) {
			json_decref(object);
			return NULL;
		}
	}
	return object;
}

static json_t *assumptions_json(const struct source *show)
{
	json_t *array = json_array();
	struct assumed_words words;
	unsigned int nr;

	for (nr = 0; nr < ASSUMED_NR; nr++) {
		if (assumed_words(show->host, &show->saved, nr, &words) &&
		    json_array_append_new(array, json_string(words.text))) {
			json_decref(array);
			return NULL;
		}
	}
	return array;
}

static json_t *host_json(const struct source *show)
{
	const struct kvmcaps_host *host = show->host;

	if (!host)
		return json_pack("{s:n, s:n, s:n, s:n, s:n, s:n}", "release", "module",
				 "maker", "cpu", "policy", "assumptions");
	return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o}",
			 "release", facts_release(host).name,
			 "module", facts_module(host),
			 "maker", facts_maker(host),
			 "cpu", facts_brand(host).name,
			 "policy", policy_json(host),
			 "assumptions", assumptions_json(show));
}

static json_t *tables_json(const struct table_pair *tables)
{
	return json_pack("{s:o, s:o}", "supported", show_json_table(tables->supported),
			 "emulated", show_json_table(tables->emulated));
}

static json_t *show_as_json(const struct source *show)
{
	json_t *root = json_pack("{s:i, s:s}", "format", FORMAT, "device", show->name);
	json_t *host = host_json(show);
	json_t *tables = tables_json(&show->tables);
	json_t *msrs = json_pack("{s:o}", "msrs", show_msrs_json(show));
	bool bad = json_object_update(root, host) || json_object_update(root, tables) ||
		   json_object_update(root, msrs);

	json_decref(host);
	json_decref(tables);
	json_decref(msrs);
	if (!bad)
		return root;
	json_decref(root);
	return NULL;
}

int show_json(const struct source *show)
{
	json_t *root = show_as_json(show);

	if (!root)
		return fail("cannot make JSON of this: out of memory, or %s is not UTF-8",
			    show->name);
	/* output_finish() finds what could not be written. */
	if (!json_dumpf(root, stdout, JSON_INDENT(2)))
		putchar('\n');
	json_decref(root);
	return STATUS_GOOD;
}
