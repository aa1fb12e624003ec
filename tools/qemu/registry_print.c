// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include "registry.h"
#include "registry_print.h"

static void print_models(const struct qemu_registry *registry)
{
	unsigned int i;

	for (i = 0; i < registry->nr_models; i++) {
		if (!registry->models[i].abstract)
			printf(" %s", registry->models[i].name);
	}
}

/* -name is name=off as well; the shells would take it for an option of this program. */
static void print_features(const struct qemu_registry *registry)
{
	unsigned int i;

	for (i = 0; i < registry->nr_features; i++)
		printf(" +%s %s=off", registry->features[i].name, registry->features[i].name);
}

/* Those that a user would set: not what QEMU calls experimental, or links to objects. */
static void print_properties(const struct qemu_registry *registry)
{
	const json_t *property;
	const char *name, *type;

	json_object_foreach((json_t *)registry->properties, name, property) {
		type = json_string_value(json_object_get(property, "type"));
		if (!strncmp(name, "x-", 2) || !type || !strncmp(type, "link", 4))
			continue;
		if (!strcmp(type, "bool"))
			printf(" %s=on %s=off", name, name);
		else
			printf(" %s=", name);
	}
}

void qemu_registry_print_models(void)
{
	struct qemu_registry registry;

	if (qemu_registry_open(&registry, NULL))
		return;
	print_models(&registry);
	qemu_registry_close(&registry);
}

void qemu_registry_print_cpu(void)
{
	struct qemu_registry registry;

	if (qemu_registry_open(&registry, NULL))
		return;
	print_models(&registry);
	print_features(&registry);
	print_properties(&registry);
	printf(" migratable=on migratable=off host-cache-info=on host-cache-info=off");
	qemu_registry_close(&registry);
}
