// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include "explain.h"
#include "fail.h"
#include "models.h"
#include "show.h"

/* The longest names are of 25 letters. */
#define NAME_INDENT	27

static void header(struct text *text, const struct models *models)
{
	text_init(text);
	show_text_header(text, models->accel.source);
	printf("models:  of QEMU %s\n\n", models->registry.qemu);
}

static const char *miss_name(const struct models_miss *miss)
{
	return miss->name ? miss->name : qemu_words[miss->word].name;
}

/* QEMU names some twice: once for each bit or state. */
static bool is_again(const json_t *seen, const struct models_miss *miss)
{
	return json_object_get(seen, miss_name(miss));
}

static void print_misses(struct text *text, const struct models_one *one)
{
	json_t *seen = json_object();
	unsigned int i;

	if (!one->nr)
		text_add(text, "usable");
	for (i = 0; i < one->nr; i++) {
		if (is_again(seen, &one->misses[i]))
			continue;
		json_object_set_new(seen, miss_name(&one->misses[i]), json_true());
		text_add(text, "%s%s", i ? "" : "misses ", miss_name(&one->misses[i]));
	}
	json_decref(seen);
}

static void print_model(struct text *text, const struct models_one *one)
{
	text_begin(text, NAME_INDENT, one->model->name);
	if (one->model->alias_of)
		text_add(text, "as %s", one->model->alias_of->name);
	else
		print_misses(text, one);
	if (one->model->deprecated)
		text_add(text, "(deprecated)");
	text_end(text);
}

/* Names by reason; each name once. */
static void gather(const struct models_one *one, json_t *seen, json_t *reasons)
{
	const struct models_miss *miss;
	struct chain_step why;
	json_t *names;

	for (miss = one->misses; miss < one->misses + one->nr; miss++) {
		if (is_again(seen, miss))
			continue;
		json_object_set_new(seen, miss_name(miss), json_true());
		why = models_why(one, miss);
		names = json_object_get(reasons, why.text);
		if (!names) {
			names = json_array();
			json_object_set_new(reasons, why.text, names);
		}
		json_array_append_new(names, json_string(miss_name(miss)));
	}
}

static void print_names(struct text *text, const json_t *names)
{
	json_t *name;
	size_t i;

	json_array_foreach(names, i, name)
		text_add(text, "%s", json_string_value(name));
	text_end(text);
}

static void print_reasons(struct text *text, const struct models *models)
{
	json_t *seen = json_object(), *reasons = json_object(), *names;
	const char *reason;
	unsigned int i;

	for (i = 0; i < models->nr; i++)
		gather(&models->all[i], seen, reasons);
	if (json_object_size(reasons))
		puts("\nWhy a guest cannot have that:");
	json_object_foreach(reasons, reason, names) {
		text_begin(text, 2, "");
		text_add(text, "%s:", reason);
		text_end(text);
		text_begin(text, 6, "");
		print_names(text, names);
	}
	json_decref(seen);
	json_decref(reasons);
}

int models_text_list(const struct models *models)
{
	struct text text;
	unsigned int i;

	header(&text, models);
	for (i = 0; i < models->nr; i++)
		print_model(&text, &models->all[i]);
	print_reasons(&text, models);
	return STATUS_GOOD;
}

static void print_list(struct text *text, const char *label, json_t *names)
{
	if (json_array_size(names)) {
		text_begin(text, NAME_INDENT, label);
		print_names(text, names);
	}
	json_decref(names);
}

static void print_words(struct text *text, const struct models_one *one)
{
	enum qemu_word word;

	for (word = 0; word < QEMU_NR_WORDS; word++) {
		print_list(text, qemu_words[word].name,
			   models_names(one->cpu.registry, word, one->model->words[word]));
	}
}

static void print_line(struct text *text, const char *label, const char *value)
{
	if (!value || !*value)
		return;
	text_begin(text, NAME_INDENT, label);
	text_add(text, "%s", value);
	text_end(text);
}

static const char *own_text(const struct models_one *one, const char *name)
{
	return json_string_value(json_object_get(one->model->props, name));
}

static void print_number(struct text *text, const char *label, json_int_t value)
{
	text_begin(text, NAME_INDENT, label);
	text_add(text, "0x%llx", (unsigned long long)value);
	text_end(text);
}

static void print_versions(struct text *text, const struct models_one *one)
{
	const struct qemu_registry *registry = one->cpu.registry;
	const char *base = one->model->name;
	json_t *names = json_array();
	size_t len = strlen(base);
	unsigned int i;

	for (i = 0; i < registry->nr_models; i++) {
		const char *name = registry->models[i].name;

		if (one->model->alias_of && !strncmp(name, base, len) &&
		    !strncmp(name + len, "-v", 2))
			json_array_append_new(names, json_string(name));
	}
	print_list(text, "versions", names);
}

static void print_identity(struct text *text, const struct models_one *one)
{
	const struct qemu_model *model = one->model;
	const struct qemu_cpu *cpu = &one->cpu;

	print_line(text, "type", model->parent->name);
	print_line(text, "alias of", model->alias_of ? model->alias_of->name : NULL);
	print_line(text, "changes", model->after ? model->after->name : NULL);
	print_versions(text, one);
	print_line(text, "deprecated", model->deprecated ? "yes" : NULL);
	print_line(text, "brand", qemu_cpu_text(cpu, "model-id"));
	print_line(text, "vendor", own_text(one, "vendor"));
	print_line(text, model->named ? "vendor under KVM" : "vendor",
		   qemu_cpu_text(cpu, "vendor"));
	print_number(text, "family", qemu_cpu_number(cpu, "family"));
	print_number(text, "model", qemu_cpu_number(cpu, "model"));
	print_number(text, "stepping", qemu_cpu_number(cpu, "stepping"));
	print_number(text, "level", qemu_cpu_number(cpu, "level"));
	print_number(text, "xlevel", qemu_cpu_number(cpu, "xlevel"));
	print_words(text, one);
	print_list(text, "KVM adds", models_defaults(one, true));
	print_list(text, "KVM takes away", models_defaults(one, false));
}

/* What the engine decides is explained in full. */
static void explain_misses(const struct models *models)
{
	const struct models_one *one = models->all;
	struct explain_list list = {};
	struct subject subject;
	struct query query;
	unsigned int i;
	int feature;

	for (i = 0; i < one->nr; i++) {
		feature = models_feature(one, &one->misses[i]);
		if (feature < 0)
			continue;
		query = query_of_feature(feature);
		explain_add(&list, &query, NULL, NULL, false);
	}
	if (list.nr) {
		putchar('\n');
		subject = chain_subject(models->accel.source);
		explain_text(&list, &subject);
	}
	explain_free(&list);
}

int models_text_one(const struct models *models)
{
	const struct models_one *one = models->all;
	struct text text;

	header(&text, models);
	text_begin(&text, NAME_INDENT, one->model->name);
	print_misses(&text, one);
	text_end(&text);
	print_identity(&text, one);
	print_reasons(&text, models);
	explain_misses(models);
	return one->nr ? STATUS_DIFFERENT : STATUS_GOOD;
}
