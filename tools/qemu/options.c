// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>
#include <linux/kernel.h>

#include "../fail.h"
#include "options.h"

static const char *const irqchips[] = {
	[QEMU_IRQCHIP_ON]	= "on",
	[QEMU_IRQCHIP_SPLIT]	= "split",
	[QEMU_IRQCHIP_OFF]	= "off",
};

const char *qemu_options_irqchip(enum qemu_irqchip irqchip)
{
	return irqchips[irqchip];
}

void qemu_options_print_irqchips(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(irqchips); i++)
		printf(" %s", irqchips[i]);
}

static int take_irqchip(const struct command_line *line, struct qemu_machine *machine)
{
	unsigned int i;

	if (!line->values['k'])
		return STATUS_GOOD;
	for (i = 0; i < ARRAY_SIZE(irqchips); i++) {
		if (strcmp(irqchips[i], line->values['k']))
			continue;
		machine->irqchip = i;
		return STATUS_GOOD;
	}
	return command_misuse(line->command, "--kernel-irqchip is on, split or off, not '%s'",
			      line->values['k']);
}

int qemu_options(const struct command_line *line, struct qemu_machine *machine)
{
	qemu_machine_init(machine);
	machine->cpu_pm = line->values['p'];
	machine->sev_snp = line->values['S'];
	return take_irqchip(line, machine);
}

json_t *qemu_options_json(const struct qemu_machine *machine)
{
	return json_pack("{s:s, s:b, s:b}",
			 "kernel_irqchip", qemu_options_irqchip(machine->irqchip),
			 "cpu_pm", machine->cpu_pm,
			 "sev_snp", machine->sev_snp);
}
