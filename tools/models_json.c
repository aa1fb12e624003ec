// SPDX-License-Identifier: GPL-2.0
/* Models for programs: docs/schema/models.schema.json. */
#include "fail.h"
#include "models.h"
#include "qemu/options.h"

#define FORMAT	1

static json_t *miss_json(const struct models_one *one, const struct models_miss *miss)
{
	struct chain_step why = models_why(one, miss);

	return json_pack("{s:s?, s:s, s:i, s:s}",
			 "name", miss->name,
			 "word", qemu_words[miss->word].name,
			 "bit", (int)miss->bit,
			 "reason", why.text);
}

/* query-cpu-definitions' list, and the same with reasons. */
static void put_misses(json_t *object, const struct models_one *one)
{
	json_t *names = json_array(), *misses = json_array();
	unsigned int i;

	for (i = 0; i < one->nr; i++) {
		json_array_append_new(names, json_pack("s?", one->misses[i].name));
		json_array_append_new(misses, miss_json(one, &one->misses[i]));
	}
	json_object_set_new(object, "usable", json_boolean(!one->nr));
	json_object_set_new(object, "unavailable_features", names);
	json_object_set_new(object, "misses", misses);
}

static json_t *words_json(const struct models_one *one)
{
	json_t *words = json_object(), *names;
	enum qemu_word word;

	for (word = 0; word < QEMU_NR_WORDS; word++) {
		names = models_names(one->cpu.registry, word, one->model->words[word]);
		if (json_array_size(names))
			json_object_set(words, qemu_words[word].name, names);
		json_decref(names);
	}
	return words;
}

static void put_details(json_t *object, const struct models_one *one)
{
	json_object_set_new(object, "words", words_json(one));
	json_object_set_new(object, "kvm_adds", models_defaults(one, true));
	json_object_set_new(object, "kvm_takes_away", models_defaults(one, false));
	json_object_set(object, "own", one->model->props);
	json_object_set(object, "warnings", one->cpu.warnings);
	json_object_set(object, "props", one->expansion);
}

static json_t *model_json(const struct models_one *one, bool detailed)
{
	const struct qemu_model *model = one->model;
	json_t *object;

	object = json_pack("{s:s, s:s, s:s?, s:s?, s:b, s:b, s:b}",
			   "name", model->name,
			   "parent", model->parent->name,
			   "alias_of", model->alias_of ? model->alias_of->name : NULL,
			   "after", model->after ? model->after->name : NULL,
			   "deprecated", model->deprecated,
			   "static", model->static_model,
			   "migration_safe", model->migration_safe);
	put_misses(object, one);
	if (detailed)
		put_details(object, one);
	return object;
}

static json_t *models_list(const struct models *models, bool detailed)
{
	json_t *list = json_array();
	unsigned int i;

	for (i = 0; i < models->nr; i++)
		json_array_append_new(list, model_json(&models->all[i], detailed));
	return list;
}

int models_json(const struct models *models, bool detailed)
{
	json_t *root = json_pack("{s:i, s:s, s:s, s:o, s:o}",
				 "format", FORMAT,
				 "device", models->accel.source->name,
				 "qemu", models->registry.qemu,
				 "machine", qemu_options_json(models->accel.machine),
				 "models", models_list(models, detailed));

	if (!root)
		return fail("cannot make JSON of this: out of memory, or %s is not UTF-8",
			    models->accel.source->name);
	/* output_finish() finds what could not be written. */
	if (!json_dumpf(root, stdout, JSON_INDENT(2)))
		putchar('\n');
	json_decref(root);
	return detailed && models->all->nr ? STATUS_DIFFERENT : STATUS_GOOD;
}
