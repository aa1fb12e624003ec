// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>

#include "ask.h"
#include "fail.h"
#include "models.h"
#include "qemu/options.h"

static int print(const struct command_line *line, const struct models *models)
{
	if (line->values['j'])
		return models_json(models, line->nr_arguments);
	return line->nr_arguments ? models_text_one(models) : models_text_list(models);
}

static int with_registry(const struct command_line *line, struct models *models)
{
	int err = qemu_registry_open(&models->registry, line->values['g']);

	if (err)
		return err;
	err = models_make(models, line->nr_arguments ? line->arguments[0] : NULL);
	if (!err)
		err = print(line, models);
	models_free(models);
	qemu_registry_close(&models->registry);
	return err;
}

static int models_run(const struct command_line *line)
{
	struct qemu_machine machine;
	struct models models = {};
	struct source source = {};
	int err = qemu_options(line, &machine);

	if (!err)
		err = ask_source(line, &source);
	if (!err)
		err = qemu_accel_open(&models.accel, &source, &machine);
	if (!err)
		err = with_registry(line, &models);
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
	{ 'g', "registry", "FILE", "models of another QEMU, from scripts/qemu-registry" },
	{ 'j', "json", NULL, "everything, for programs" },
	{}
};

const struct command command_models = {
	.name = "models",
	.takes = ASK_TAKES "\n"
		 "                      [--cpu N] " QEMU_OPTIONS_TAKE "\n"
		 "                      [--registry FILE] [--json] [MODEL]",
	.argument = "MODEL",
	.summary = "Show which of QEMU's CPU models a guest can have here, and why not the others",
	.details = "Without MODEL, all of them: usable or not, what each misses, and why a guest\n"
		   "cannot have that. With it, all about that one.\n",
	.options = options,
	.good = "MODEL is usable",
	.different = "it is not: QEMU would leave features out, or refuse with enforce",
	.most = 1,
	.run = models_run,
};
