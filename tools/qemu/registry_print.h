/* SPDX-License-Identifier: GPL-2.0 */
/* What can be in QEMU's -cpu, for shells to complete. */
#ifndef TOOLS_QEMU_REGISTRY_PRINT_H
#define TOOLS_QEMU_REGISTRY_PRINT_H

/* Print words, each behind a blank: models; and these, features and properties. */
void qemu_registry_print_models(void);
void qemu_registry_print_cpu(void);

#endif /* TOOLS_QEMU_REGISTRY_PRINT_H */
