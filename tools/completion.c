// SPDX-License-Identifier: GPL-2.0
/* Kinds of values, and the command that prints a shell's script. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>
#include <kvmcaps/feature.h>
#include <kvmcaps/release.h>

#include "alias.h"
#include "completion.h"
#include "facts.h"
#include "fail.h"
#include "flagname.h"
#include "place.h"
#include "qemu/options.h"
#include "qemu/registry_print.h"
#include "qemu/runtime.h"

struct shell {
	const char *name;
	void (*print)(void);
};

static const struct shell shells[] = {
	{ "bash", completion_bash },
	{ "zsh", completion_zsh },
	{ "fish", completion_fish },
};

static void print_releases(void)
{
	unsigned int i;

	for (i = 0; i < KVMCAPS_NR_RELEASES; i++)
		printf(" %s", facts_release_at(i).name);
}

static void print_policies(void)
{
	unsigned int i;

	for (i = 0; i < KVMCAPS_NR_POLICIES; i++)
		printf(" %s=0 %s=1", facts_policy_name(i), facts_policy_name(i));
}

/* One's own case is completed, too: the names of Linux's source are in capitals. */
static void print_feature(unsigned int feature)
{
	const char *name = kvmcaps_feature_name(feature);
	char flag[FLAGNAME_SIZE];
	unsigned int i;

	if (!name)
		return;
	printf(" %s ", name);
	if (flagname(feature, FLAGNAME_ANY_KERNEL, flag))
		printf("%s", flag);
	else
		for (i = 0; name[i]; i++)
			putchar(tolower((unsigned char)name[i]));
}

static void print_queries(void)
{
	unsigned int i;

	for (i = 0; i < NR_KVMCAPS_FEATURES; i++)
		print_feature(i);
	for (i = 0; i < nr_aliases; i++)
		printf(" %s", aliases[i].name);
}

/* Registers whose bits have names; any other can be written likewise. */
static void print_registers(void)
{
	const struct kvmcaps_word_info *info = kvmcaps_words;

	for (; info < kvmcaps_words + KVMCAPS_NR_WORDS; info++)
		printf(" 0x%x.%u.%s", info->function, info->index, place_reg_names[info->reg]);
}

static void print_commands(void)
{
	const struct command *const *command;

	for (command = commands; *command; command++)
		printf(" %s", (*command)->name);
}

static void print_switch(void)
{
	printf(" on off");
}

static void print_shells(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(shells); i++)
		printf(" %s", shells[i].name);
}

const struct completion_kind completion_kinds[] = {
	{ "FILE", COMPLETION_FILES, NULL },
	{ "PATH", COMPLETION_FILES, NULL },
	{ "HOST", COMPLETION_HOSTS, NULL },
	{ "N", COMPLETION_CPUS, NULL },
	{ "X.Y", COMPLETION_WORDS, print_releases },
	{ "POLICY", COMPLETION_LIST, print_policies },
	{ "QUERY", COMPLETION_WORDS, print_queries },
	{ "REGISTER", COMPLETION_WORDS, print_registers },
	{ "MODEL", COMPLETION_WORDS, qemu_registry_print_models },
	{ "IRQCHIP", COMPLETION_WORDS, qemu_options_print_irqchips },
	{ "SMP", COMPLETION_LIST, qemu_machine_print_smp },
	{ "CPU", COMPLETION_LIST, qemu_registry_print_cpu },
	{ "ON", COMPLETION_WORDS, print_switch },
	{ "STATE", COMPLETION_LIST, runtime_print_words },
	{ "COMMAND", COMPLETION_WORDS, print_commands },
	{ "SHELL", COMPLETION_WORDS, print_shells },
	{}
};

const char *completion_argument(const struct command *command)
{
	if (!command->most)
		return NULL;
	return command->argument ? command->argument : "HOST";
}

void completion_print(const char *text, const struct completion_quoting *quoting)
{
	for (; *text; text++) {
		if (*text == '\'')
			printf("%s", quoting->quote);
		else
			printf("%s%c", strchr(quoting->escaped, *text) ? "\\" : "", *text);
	}
}

static int completion_run(const struct command_line *line)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(shells); i++) {
		if (!strcmp(shells[i].name, line->arguments[0])) {
			shells[i].print();
			return STATUS_GOOD;
		}
	}
	return command_misuse(line->command, "no completion for the shell '%s'",
			      line->arguments[0]);
}

const struct command command_completion = {
	.name = "completion",
	.takes = "bash | zsh | fish",
	.argument = "SHELL",
	.summary = "Print the completion script of a shell",
	.details = "'make install' puts the scripts where the shells look. By hand, for bash:\n"
		   "  source <(kvmcaps completion bash)\n",
	.least = 1,
	.most = 1,
	.run = completion_run,
};
