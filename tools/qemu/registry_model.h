/* SPDX-License-Identifier: GPL-2.0 */
/* How a registry's models are read. */
#ifndef TOOLS_QEMU_REGISTRY_MODEL_H
#define TOOLS_QEMU_REGISTRY_MODEL_H

#include "registry.h"

/* Returns what is wrong with them, or NULL. The registry has its features by now. */
const char *registry_models_read(struct qemu_registry *registry, const json_t *models);

void registry_models_free(struct qemu_registry *registry);

#endif /* TOOLS_QEMU_REGISTRY_MODEL_H */
