// SPDX-License-Identifier: GPL-2.0
/* The CPUs of models, as query-cpu-definitions makes them. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fail.h"
#include "models.h"
#include "qemu/cpu_expansion.h"

static void add_misses(struct models_one *one, enum qemu_word word)
{
	struct models_miss *miss;
	unsigned int bit;

	for (bit = 0; bit < 64; bit++) {
		if (!(one->cpu.filtered[word] >> bit & 1))
			continue;
		one->misses = alloc_array(one->misses, one->nr + 1, sizeof(*one->misses));
		miss = &one->misses[one->nr++];
		*miss = (struct models_miss){ .word = word, .bit = bit };
		miss->name = qemu_cpu_missing(&one->cpu, word, bit);
	}
}

static int make_one(struct models *models, const struct qemu_model *model)
{
	struct models_one *one = &models->all[models->nr++];
	enum qemu_word word;
	int err;

	one->model = model;
	qemu_cpu_init(&one->cpu, &models->registry, &models->accel, model);
	err = qemu_cpu_expand(&one->cpu);
	if (err)
		return err;
	one->expansion = qemu_cpu_expansion(&one->cpu);
	qemu_cpu_filter(&one->cpu, true);
	for (word = 0; word < QEMU_NR_WORDS; word++)
		add_misses(one, word);
	return STATUS_GOOD;
}

static int make_all(struct models *models)
{
	const struct qemu_registry *registry = &models->registry;
	unsigned int i;
	int err = STATUS_GOOD;

	models->all = alloc_zeroed(registry->nr_models * sizeof(*models->all));
	for (i = 0; i < registry->nr_models && !err; i++)
		err = make_one(models, &registry->models[i]);
	return err;
}

int models_make(struct models *models, const char *name)
{
	const struct qemu_model *model;

	if (!name)
		return make_all(models);
	model = qemu_registry_model(&models->registry, name);
	if (!model)
		return fail("QEMU %s has no CPU model '%s'", models->registry.qemu, name);
	models->all = alloc_zeroed(sizeof(*models->all));
	return make_one(models, model);
}

void models_free(struct models *models)
{
	unsigned int i;

	for (i = 0; i < models->nr; i++) {
		qemu_cpu_free(&models->all[i].cpu);
		json_decref(models->all[i].expansion);
		free(models->all[i].misses);
	}
	free(models->all);
}

json_t *models_names(const struct qemu_registry *registry, enum qemu_word word, __u64 bits)
{
	json_t *names = json_array();
	unsigned int bit;
	const char *name;

	for (bit = 0; bit < 64; bit++) {
		name = bits >> bit & 1 ? qemu_registry_name(registry, word, bit) : NULL;
		if (name)
			json_array_append_new(names, json_string(name));
	}
	return names;
}

json_t *models_defaults(const struct models_one *one, bool added)
{
	const struct qemu_registry *registry = one->cpu.registry;
	const struct qemu_feature *feature;
	json_t *names = json_array();
	const char *name;
	json_t *on;
	bool has;

	if (!one->model->named)
		return names;
	json_object_foreach(registry->kvm_defaults, name, on) {
		feature = qemu_registry_feature(registry, name);
		has = feature && (one->model->words[feature->word] & feature->mask);
		if (json_is_true(on) == added && has != added)
			json_array_append_new(names, json_string(name));
	}
	return names;
}
