/* SPDX-License-Identifier: GPL-2.0 */
/* The options by which commands say what QEMU was started with, besides -cpu and -smp. */
#ifndef TOOLS_QEMU_OPTIONS_H
#define TOOLS_QEMU_OPTIONS_H

#include <jansson.h>

#include "../command.h"
#include "machine.h"

/* Rows of a command's options. */
#define QEMU_OPTION_IRQCHIP	\
	{ 'k', "kernel-irqchip", "IRQCHIP", "on, split or off: of -machine (default: on)" }
#define QEMU_OPTION_CPU_PM	\
	{ 'p', "cpu-pm", NULL, "with -overcommit cpu-pm=on" }
#define QEMU_OPTION_SEV_SNP	\
	{ 'S', "sev-snp", NULL, "for a guest with an object of type sev-snp-guest" }

/* Their part of the usage line. */
#define QEMU_OPTIONS_TAKE	"[--kernel-irqchip IRQCHIP] [--cpu-pm] [--sev-snp]"

/* Makes @machine one with these options; returns 0, or STATUS_TROUBLE after a message. */
int qemu_options(const struct command_line *line, struct qemu_machine *machine);

/* What these options say of a machine; NULL if there is no memory. */
json_t *qemu_options_json(const struct qemu_machine *machine);

/* "split" */
const char *qemu_options_irqchip(enum qemu_irqchip irqchip);

/* Prints all of these, each behind a blank. */
void qemu_options_print_irqchips(void);

#endif /* TOOLS_QEMU_OPTIONS_H */
