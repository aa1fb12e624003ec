// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include "fail.h"
#include "help.h"

#define TROUBLE "  2  trouble, after a message on stderr\n"

const struct command_option help_option = { 'h', "help", NULL, "print this help" };

static void print_option(const struct command_option *option)
{
	char name[64];

	snprintf(name, sizeof(name), "--%s%s%s", option->name, option->value ? " " : "",
		 option->value ? option->value : "");
	printf("  -%c, %-17s %s\n", option->letter, name, option->help);
}

static void print_statuses(const struct command *command)
{
	printf("\nExit status:\n  0  %s\n", command->good ? command->good : "done");
	if (command->different)
		printf("  1  %s\n", command->different);
	fputs(TROUBLE, stdout);
}

int help_command(const struct command *command)
{
	const struct command_option *option;

	printf("Usage: %s %s%s%s\n\n%s.\n", FAIL_PROGRAM, command->name,
	       *command->takes ? " " : "", command->takes, command->summary);
	if (command->details)
		printf("\n%s", command->details);
	printf("\nOptions:\n");
	for (option = command->options; option && option->letter; option++)
		print_option(option);
	print_option(&help_option);
	print_statuses(command);
	return STATUS_GOOD;
}

static void print_all_statuses(void)
{
	const struct command *const *command;

	printf("\nExit status:\n  0  done\n");
	for (command = commands; *command; command++) {
		if ((*command)->different)
			printf("  1  %s: %s\n", (*command)->name, (*command)->different);
	}
	fputs(TROUBLE, stdout);
}

static int help_all(void)
{
	const struct command *const *command;

	printf("Usage: %s COMMAND [OPTION]... [ARGUMENT]...\n\n"
	       "Which CPUID would KVM offer to a guest on this host?\n\n"
	       "Commands:\n", FAIL_PROGRAM);
	for (command = commands; *command; command++)
		printf("  %-10s %s\n", (*command)->name, (*command)->summary);
	printf("\n'%s COMMAND --help' tells more of each.\n", FAIL_PROGRAM);
	print_all_statuses();
	return STATUS_GOOD;
}

static int help_run(const struct command_line *line)
{
	const struct command *command;

	if (!line->nr_arguments)
		return help_all();
	command = command_find(line->arguments[0]);
	if (!command)
		return command_misuse(NULL, "unknown command '%s'", line->arguments[0]);
	return help_command(command);
}

const struct command command_help = {
	.name = "help",
	.option = "--help",
	.letter = "-h",
	.takes = "[COMMAND]",
	.argument = "COMMAND",
	.summary = "Print what the commands do, or all about one of them",
	.most = 1,
	.run = help_run,
};

static int version_run(const struct command_line *line)
{
	(void)line;
	printf("%s %s\n", FAIL_PROGRAM, COMMAND_VERSION);
	return STATUS_GOOD;
}

const struct command command_version = {
	.name = "version",
	.option = "--version",
	.letter = "-V",
	.takes = "",
	.summary = "Print the version",
	.run = version_run,
};
