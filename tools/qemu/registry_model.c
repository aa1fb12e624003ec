// SPDX-License-Identifier: GPL-2.0
/*
 * Models of a registry: a version is what it changes of the one before, an
 * alias is the version that it stands for.
 */
#include <stdlib.h>
#include <string.h>

#include "../alloc.h"
#include "registry_model.h"

#define ROOT_TYPE	"x86_64-cpu"

/* They are looked up one by one. */
#define MOST_MODELS	4096

/* Nothing depends on more versions than this, whatever the file says. */
#define MOST_VERSIONS	64

static const char *text_of(const json_t *row, const char *key)
{
	return json_string_value(json_object_get(row, key));
}

static bool flag_of(const json_t *row, const char *key)
{
	return json_is_true(json_object_get(row, key));
}

/* A model that another one names. */
static bool take_model(const struct qemu_registry *registry, const json_t *row, const char *key,
		       const struct qemu_model **model)
{
	const char *name = text_of(row, key);

	*model = name ? qemu_registry_model(registry, name) : NULL;
	return *model || !json_object_get(row, key);
}

static bool take_parent(const struct qemu_registry *registry, const json_t *row,
			struct qemu_model *model)
{
	const char *name = text_of(row, "parent");

	model->parent = &registry->type;
	return name && (!strcmp(name, ROOT_TYPE) ||
			take_model(registry, row, "parent", &model->parent));
}

/* Names with blanks between them, to switch on or off. */
static bool take_names(const struct qemu_registry *registry, const char *names,
		       struct qemu_model *model, bool on)
{
	const struct qemu_feature *feature = NULL;
	char *copy = alloc_copy(names ? names : ""), *rest = copy, *name;
	bool good = true;

	while (good && (name = strsep(&rest, " "))) {
		if (!*name)
			continue;
		feature = qemu_registry_feature(registry, name);
		good = feature;
		if (good && on)
			model->words[feature->word] |= feature->mask;
		else if (good)
			model->words[feature->word] &= ~feature->mask;
	}
	free(copy);
	return good;
}

static void inherit(struct qemu_model *model, const struct qemu_model *from)
{
	memcpy(model->words, from->words, sizeof(model->words));
	json_object_update(model->props, from->props);
	model->caches = from->caches;
	model->named = true;
}

static const char *fill(struct qemu_registry *registry, const json_t *models,
			struct qemu_model *model, unsigned int depth)
{
	const json_t *row = json_array_get(models, model - registry->models);
	const struct qemu_model *from = model->alias_of ? model->alias_of : model->after;
	json_t *props = json_object_get(row, "props");
	const char *error = NULL;

	if (model->props)
		return NULL;
	if (depth > MOST_VERSIONS)
		return "versions of a model have no end";
	if (from)
		error = fill(registry, models, &registry->models[from - registry->models],
			     depth + 1);
	if (error)
		return error;
	model->props = json_object();
	if (from)
		inherit(model, from);
	if (json_object_get(row, "features"))
		model->named = true;
	if (!take_names(registry, text_of(row, "features"), model, true) ||
	    !take_names(registry, text_of(row, "add"), model, true) ||
	    !take_names(registry, text_of(row, "drop"), model, false))
		return "a model has a feature that is in no word";
	if (props && json_object_update(model->props, props))
		return "a model's props are no object";
	if (json_object_get(row, "caches"))
		model->caches = json_object_get(row, "caches");
	return NULL;
}

static bool is_max(const struct qemu_model *model)
{
	return !strcmp(model->name, "max") || !strcmp(model->name, "host");
}

static const char *link_up(const struct qemu_registry *registry, const json_t *row,
			   struct qemu_model *model)
{
	model->deprecated = flag_of(row, "deprecated");
	model->static_model = flag_of(row, "static");
	model->migration_safe = flag_of(row, "migration-safe");
	model->max = is_max(model);
	model->needs_host = !strcmp(model->name, "host");
	if (!take_parent(registry, row, model))
		return "a model has no parent";
	if (!take_model(registry, row, "alias-of", &model->alias_of) ||
	    !take_model(registry, row, "after", &model->after))
		return "a model is another one that there is not";
	return NULL;
}

static const char *take_model_names(struct qemu_registry *registry, const json_t *models)
{
	const json_t *row;
	const char *name;
	size_t i;

	if (json_array_size(models) > MOST_MODELS)
		return "it has too many models";
	registry->type = (struct qemu_model){ .name = ROOT_TYPE, .abstract = true };
	registry->models = alloc_zeroed((json_array_size(models) + 1) * sizeof(*registry->models));
	json_array_foreach(models, i, row) {
		name = text_of(row, "name");
		if (!name)
			return "a model has no name";
		registry->models[registry->nr_models++].name = name;
	}
	return registry->nr_models ? NULL : "it has no models";
}

const char *registry_models_read(struct qemu_registry *registry, const json_t *models)
{
	const char *error = take_model_names(registry, models);
	unsigned int i;

	for (i = 0; i < registry->nr_models && !error; i++)
		error = link_up(registry, json_array_get(models, i), &registry->models[i]);
	for (i = 0; i < registry->nr_models && !error; i++)
		error = fill(registry, models, &registry->models[i], 0);
	return error;
}

void registry_models_free(struct qemu_registry *registry)
{
	unsigned int i;

	for (i = 0; i < registry->nr_models; i++)
		json_decref(registry->models[i].props);
	free(registry->models);
}
