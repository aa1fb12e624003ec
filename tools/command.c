// SPDX-License-Identifier: GPL-2.0
#include <getopt.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/kernel.h>

#include "command.h"
#include "fail.h"
#include "help.h"

#define MAX_OPTIONS	24

static bool is_called(const struct command *command, const char *name)
{
	if (!strcmp(name, command->name))
		return true;
	return command->option &&
	       (!strcmp(name, command->option) || !strcmp(name, command->letter));
}

const struct command *command_find(const char *name)
{
	const struct command *const *command;

	for (command = commands; *command; command++) {
		if (is_called(*command, name))
			return *command;
	}
	return NULL;
}

int command_misuse(const struct command *command, const char *format, ...)
{
	char what[256];
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	return fail("%s; see '%s%s%s --help'", what, FAIL_PROGRAM,
		    command ? " " : "", command ? command->name : "");
}

bool command_number(const char *text, unsigned int *number)
{
	unsigned long value;
	char *end;

	if (*text < '0' || *text > '9')
		return false;
	value = strtoul(text, &end, 10);
	*number = value;
	return !*end && value <= INT_MAX;
}

/* getopt's two forms of an option table, which always has --help. */
struct forms {
	char letters[2 * MAX_OPTIONS + 4];
	struct option names[MAX_OPTIONS + 2];
};

static void add_form(struct forms *forms, unsigned int nr, const struct command_option *row)
{
	char *end = forms->letters + strlen(forms->letters);

	forms->names[nr] = (struct option){
		.name = row->name,
		.has_arg = row->value ? required_argument : no_argument,
		.val = row->letter,
	};
	*end++ = row->letter;
	if (row->value)
		*end = ':';
}

/* A leading ':' has getopt tell a missing value from an unknown option. */
static struct forms make_forms(const struct command_option *row)
{
	struct forms forms = { .letters = ":" };
	unsigned int nr = 0;

	add_form(&forms, nr++, &help_option);
	for (; row && row->letter && nr <= MAX_OPTIONS; row++)
		add_form(&forms, nr++, row);
	return forms;
}

/*
 * getopt leaves the letter in optopt, 0 for a long form that it does not know.
 * It has passed the word, but not if more letters follow an unknown one.
 */
static int misuse_option(const struct command *command, const struct forms *forms,
			 int result, char **argv)
{
	const char *word = argv[optind - 1];

	if (result == ':')
		return command_misuse(command, "option '%s' needs a value", word);
	if (!optopt)
		return command_misuse(command, "unknown option '%s'", word);
	if (strchr(forms->letters, optopt))
		return command_misuse(command, "option '%s' takes no value", word);
	return command_misuse(command, "unknown option '-%c'", optopt);
}

static int parse(struct command_line *line, int argc, char **argv)
{
	struct forms forms = make_forms(line->command->options);
	int letter;

	opterr = 0;
	while ((letter = getopt_long(argc, argv, forms.letters, forms.names, NULL)) != -1) {
		if (letter == '?' || letter == ':')
			return misuse_option(line->command, &forms, letter, argv);
		line->values[letter] = optarg ? optarg : "";
	}
	line->arguments = argv + optind;
	line->nr_arguments = argc - optind;
	return STATUS_GOOD;
}

static int check_arguments(const struct command_line *line)
{
	const struct command *command = line->command;

	if (line->nr_arguments > command->most)
		return command_misuse(command, "unexpected argument '%s'",
				      line->arguments[command->most]);
	if (line->nr_arguments < command->least)
		return command_misuse(command, "%s needs %d argument%s", command->name,
				      command->least, command->least == 1 ? "" : "s");
	return STATUS_GOOD;
}

int command_run(int argc, char **argv)
{
	struct command_line line = {};
	int err;

	if (argc < 2)
		return command_misuse(NULL, "no command given");
	line.command = command_find(argv[1]);
	if (!line.command)
		return command_misuse(NULL, "unknown %s '%s'",
				      *argv[1] == '-' ? "option" : "command", argv[1]);

	err = parse(&line, argc - 1, argv + 1);
	if (err)
		return err;
	if (line.values[(int)help_option.letter])
		return help_command(line.command);
	err = check_arguments(&line);
	return err ? err : line.command->run(&line);
}
