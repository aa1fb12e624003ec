// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>

#include "alloc.h"
#include "ask.h"
#include "fail.h"
#include "qemu/options.h"
#include "query.h"
#include "supported.h"

/* A place in one argument, or leaf, index and register in three. */
static int take_place(const struct command_line *line, struct supported *of)
{
	char **words = line->arguments;
	struct query found[QUERY_MAX];
	unsigned int nr;
	char *place;

	if (line->nr_arguments == 2)
		return command_misuse(line->command, "a register is missing");
	place = line->nr_arguments == 1 ? alloc_copy(words[0]) :
		alloc_text("%s.%s.%s", words[0], words[1], words[2]);
	nr = query_parse(place, found);
	free(place);
	if (nr != 1 || found[0].kind != QUERY_REG)
		return command_misuse(line->command, "no register is called so: 7 0 EBX is one");
	of->function = found[0].function;
	of->index = found[0].index;
	of->reg = found[0].reg;
	return STATUS_GOOD;
}

static int answer(const struct command_line *line, const struct qemu_machine *machine,
		  const struct source *source, struct supported *of)
{
	struct qemu_accel accel;
	int err = qemu_accel_open(&accel, source, machine);

	if (!err) {
		supported_find(of, &accel);
		err = line->values['j'] ? supported_json(of, &accel) : supported_text(of);
	}
	if (err)
		return err;
	return of->value == of->kvm ? STATUS_GOOD : STATUS_DIFFERENT;
}

static int supported_run(const struct command_line *line)
{
	struct qemu_machine machine;
	struct supported of = {};
	struct source source = {};
	int err = qemu_options(line, &machine);

	if (!err)
		err = take_place(line, &of);
	if (!err)
		err = ask_source(line, &source);
	if (!err)
		err = answer(line, &machine, &source, &of);
	source_close(&source);
	return err;
}

static const struct command_option options[] = {
	ASK_DEVICE,
	ASK_HOST,
	ASK_RELEASE,
	ASK_SET,
	ASK_CPU,
	QEMU_OPTION_IRQCHIP,
	QEMU_OPTION_CPU_PM,
	QEMU_OPTION_SEV_SNP,
	{ 'j', "json", NULL, "all about it, for programs" },
	{}
};

const struct command command_supported = {
	.name = "supported",
	.takes = ASK_TAKES "\n"
		 "                         [--cpu N] " QEMU_OPTIONS_TAKE "\n"
		 "                         [--json] FUNCTION INDEX REGISTER",
	.argument = "REGISTER",
	.summary = "Show what QEMU makes of KVM's answer for a register",
	.details = "FUNCTION, INDEX and REGISTER are as in 7 0 EBX, 0xd 1 EAX or 80000001 0 ECX;\n"
		   "one argument will do, 7.0.EBX.\n",
	.options = options,
	.good = "QEMU takes the register as KVM answers it",
	.different = "QEMU changes it",
	.least = 1,
	.most = 3,
	.run = supported_run,
};
