/* SPDX-License-Identifier: GPL-2.0 */
/* How a registry is read: the one that is built in, and models of any. */
#ifndef TOOLS_QEMU_REGISTRY_MODEL_H
#define TOOLS_QEMU_REGISTRY_MODEL_H

#include "registry.h"

/* registry.json, as the linker names it. */
extern const char _binary_registry_json_start[];
extern const char _binary_registry_json_end[];

/* Returns what is wrong with them, or NULL. The registry has its features by now. */
const char *registry_models_read(struct qemu_registry *registry, const json_t *models);

void registry_models_free(struct qemu_registry *registry);

#endif /* TOOLS_QEMU_REGISTRY_MODEL_H */
