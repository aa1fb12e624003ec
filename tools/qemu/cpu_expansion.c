// SPDX-License-Identifier: GPL-2.0
#include "cpu_expansion.h"

/* Of several bits with one name, a CPU has to have all. */
static bool has(const struct qemu_cpu *cpu, const struct qemu_feature *feature)
{
	return !(feature->mask & ~cpu->features[feature->word]);
}

json_t *qemu_cpu_expansion(const struct qemu_cpu *cpu)
{
	const struct qemu_registry *registry = cpu->registry;
	json_t *all = json_copy(cpu->props);
	const char *alias;
	json_t *name;
	unsigned int i;

	for (i = 0; i < registry->nr_features; i++)
		json_object_set_new(all, registry->features[i].name,
				    json_boolean(has(cpu, &registry->features[i])));
	json_object_foreach(registry->aliases, alias, name)
		json_object_set(all, alias, json_object_get(all, json_string_value(name)));
	return all;
}
