// SPDX-License-Identifier: GPL-2.0
/* The file as a whole, and how to find things in it. Its models are registry_model.c's. */
#include <stdlib.h>
#include <string.h>

#include "../alloc.h"
#include "../fail.h"
#include "../input.h"
#include "../jsontext.h"
#include "registry.h"
#include "registry_model.h"

#define FORMAT	1

static int by_name(const void *a, const void *b)
{
	const struct qemu_feature *left = a, *right = b;

	return strcmp(left->name, right->name);
}

static bool take_bit(struct qemu_feature *feature, const json_t *bit)
{
	json_int_t number = json_is_integer(bit) ? json_integer_value(bit) : -1;
	int last = qemu_words[feature->word].msr ? 63 : 31;

	if (number < 0 || number > last)
		return false;
	feature->mask |= 1ull << number;
	return true;
}

/* A bit, or an array of them. */
static bool take_bits(struct qemu_feature *feature, const json_t *bits)
{
	const json_t *bit;
	size_t i;

	if (!json_is_array(bits))
		return take_bit(feature, bits);
	json_array_foreach(bits, i, bit) {
		if (!take_bit(feature, bit))
			return false;
	}
	return json_array_size(bits);
}

static const char *read_word(struct qemu_registry *registry, enum qemu_word word, json_t *names)
{
	struct qemu_feature *feature;
	const char *name;
	json_t *bits;

	registry->features = alloc_array(registry->features,
					 registry->nr_features + json_object_size(names),
					 sizeof(*registry->features));
	json_object_foreach(names, name, bits) {
		feature = &registry->features[registry->nr_features++];
		*feature = (struct qemu_feature){ .name = name, .word = word };
		if (!take_bits(feature, bits))
			return "a bit is no number of one";
		registry->named[word] |= feature->mask;
	}
	return NULL;
}

static const char *read_words(struct qemu_registry *registry, json_t *words)
{
	const char *key, *error;
	enum qemu_word word;
	json_t *names;
	unsigned int i;

	json_object_foreach(words, key, names) {
		word = qemu_word_find(key);
		if (word == QEMU_NR_WORDS)
			return "a word is unknown";
		error = read_word(registry, word, names);
		if (error)
			return error;
	}
	qsort(registry->features, registry->nr_features, sizeof(*registry->features), by_name);
	for (i = 1; i < registry->nr_features; i++) {
		if (!by_name(&registry->features[i - 1], &registry->features[i]))
			return "a feature is in two words";
	}
	return NULL;
}

static bool all_texts(json_t *object)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value) {
		if (!json_is_string(value))
			return false;
	}
	return json_is_object(object);
}

static bool are_properties(json_t *properties)
{
	const char *key;
	json_t *row;

	json_object_foreach(properties, key, row) {
		if (!json_is_string(json_object_get(row, "type")) ||
		    !json_object_get(row, "default"))
			return false;
	}
	return json_is_object(properties);
}

static bool are_defaults(const struct qemu_registry *registry, json_t *defaults)
{
	const char *name;
	json_t *value;

	json_object_foreach(defaults, name, value) {
		if (!qemu_registry_feature(registry, name) || !json_is_boolean(value))
			return false;
	}
	return json_is_object(defaults);
}

static const char *read_all(struct qemu_registry *registry)
{
	json_t *root = registry->root;
	const char *error;

	if (json_integer_value(json_object_get(root, "format")) != FORMAT)
		return "it is not of format 1";
	registry->qemu = json_string_value(json_object_get(root, "qemu"));
	if (!registry->qemu)
		return "it has no version of QEMU";
	error = read_words(registry, json_object_get(root, "words"));
	if (error)
		return error;
	registry->aliases = json_object_get(root, "aliases");
	registry->properties = json_object_get(root, "properties");
	registry->kvm_defaults = json_object_get(root, "kvm");
	if (!all_texts(json_object_get(root, "aliases")))
		return "aliases are no object of names";
	if (!are_properties(json_object_get(root, "properties")))
		return "a property has no type or default";
	if (!are_defaults(registry, json_object_get(root, "kvm")))
		return "KVM's defaults are no object of features";
	return registry_models_read(registry, json_object_get(root, "models"));
}

static int load(struct qemu_registry *registry, const char *path, const char *text, size_t size)
{
	const char *error;
	json_error_t json;

	*registry = (struct qemu_registry){};
	registry->root = json_loadb(text, size, JSON_REJECT_DUPLICATES, &json);
	if (!registry->root) {
		return fail("%s:%d: JSON: %s", path, json.line,
			    input_quote(json.text, strlen(json.text)).text);
	}
	error = read_all(registry);
	if (!error)
		return STATUS_GOOD;
	qemu_registry_close(registry);
	return fail("%s: no registry of CPU models: %s", path, error);
}

int qemu_registry_open(struct qemu_registry *registry, const char *path)
{
	const char *start = _binary_registry_json_start, *end = _binary_registry_json_end;
	struct input in;
	int err;

	if (!path)
		return load(registry, "(built in)", start, end - start);
	err = input_open(&in, path);
	if (err)
		return err;
	if (in.size > JSONTEXT_MAX)
		err = input_fail(&in, 0, "more than %u MiB of JSON", JSONTEXT_MAX >> 20);
	else
		err = load(registry, path, in.text, in.size);
	input_close(&in);
	return err;
}

void qemu_registry_close(struct qemu_registry *registry)
{
	registry_models_free(registry);
	free(registry->features);
	json_decref(registry->root);
}

const struct qemu_model *qemu_registry_model(const struct qemu_registry *registry,
					     const char *name)
{
	unsigned int i;

	for (i = 0; i < registry->nr_models; i++) {
		if (!strcmp(registry->models[i].name, name))
			return &registry->models[i];
	}
	return NULL;
}

const char *qemu_registry_alias(const struct qemu_registry *registry, const char *name)
{
	const char *real = json_string_value(json_object_get(registry->aliases, name));

	return real ? real : name;
}

const struct qemu_feature *qemu_registry_feature(const struct qemu_registry *registry,
						 const char *name)
{
	const struct qemu_feature key = { .name = qemu_registry_alias(registry, name) };

	if (!registry->nr_features)
		return NULL;
	return bsearch(&key, registry->features, registry->nr_features, sizeof(key), by_name);
}

const char *qemu_registry_name(const struct qemu_registry *registry, enum qemu_word word,
			       unsigned int bit)
{
	const struct qemu_feature *feature;
	unsigned int i;

	for (i = 0; i < registry->nr_features; i++) {
		feature = &registry->features[i];
		if (feature->word == word && feature->mask >> bit & 1)
			return feature->name;
	}
	return NULL;
}
