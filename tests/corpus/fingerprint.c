// SPDX-License-Identifier: GPL-2.0
/* A fingerprint is a CPU template, as JSON, whose modifiers set every bit. */
#include <stdlib.h>
#include <string.h>
#include <jansson.h>
#include <linux/kernel.h>

#include "fingerprint.h"
#include "rows.h"

static u32 number(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);
	const char *text;

	if (json_is_integer(value))
		return json_integer_value(value);
	text = json_string_value(value);
	if (!text)
		bail_out("nothing is called %s", key);
	if (text[0] == '0' && text[1] == 'b')
		return strtoul(text + 2, NULL, 2);
	return strtoul(text, NULL, 0);
}

static u32 reg_value(const json_t *modifiers, const char *name)
{
	const json_t *modifier;
	size_t i;

	json_array_foreach(modifiers, i, modifier) {
		if (!strcmp(json_string_value(json_object_get(modifier, "register")) ?: "", name))
			return number(modifier, "bitmap");
	}
	bail_out("no register called %s", name);
}

static void read_entry(const json_t *leaf, struct kvm_cpuid_entry2 *entry)
{
	const json_t *modifiers = json_object_get(leaf, "modifiers");

	*entry = (struct kvm_cpuid_entry2){
		.function = number(leaf, "leaf"),
		.index = number(leaf, "subleaf"),
		.flags = number(leaf, "flags"),
		.eax = reg_value(modifiers, "eax"),
		.ebx = reg_value(modifiers, "ebx"),
		.ecx = reg_value(modifiers, "ecx"),
		.edx = reg_value(modifiers, "edx"),
	};
}

void fingerprint_read(const char *path, struct kvmcaps_answer *table)
{
	json_error_t error;
	json_t *root = json_load_file(path, 0, &error);
	const json_t *leaves, *leaf;
	size_t i;

	if (!root)
		bail_out("%s:%d: %s", path, error.line, error.text);
	leaves = json_object_get(json_object_get(root, "guest_cpu_config"), "cpuid_modifiers");
	if (!json_array_size(leaves) || json_array_size(leaves) > KVMCAPS_MAX_ENTRIES)
		bail_out("%s: not a table of CPUID", path);

	table->nent = json_array_size(leaves);
	json_array_foreach(leaves, i, leaf)
		read_entry(leaf, &table->entries[i]);
	json_decref(root);
}
