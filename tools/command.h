/* SPDX-License-Identifier: GPL-2.0 */
/* Subcommands as data: what they are called, what they take, what they do. */
#ifndef TOOLS_COMMAND_H
#define TOOLS_COMMAND_H

#include <stdbool.h>

#include "printf.h"

#define COMMAND_VERSION	"0.1"

/**
 * struct command_option - one row of a command's options; { } ends them
 * @letter: short form, and key in struct command_line
 * @name: long form
 * @value: what its value is called; NULL if it takes none
 * @help: one line
 */
struct command_option {
	char letter;
	const char *name;
	const char *value;
	const char *help;
};

/**
 * struct command_line - what the user gave
 * @command: the command
 * @values: by letter: an option's value, "" if it takes none; NULL if not given
 * @arguments: the rest
 * @nr_arguments: how many
 */
struct command_line {
	const struct command *command;
	const char *values[128];
	char **arguments;
	int nr_arguments;
};

/**
 * struct command - a subcommand
 * @name: what the user types
 * @option: the same as an option of the tool; NULL if there is none
 * @letter: the same in its short form
 * @takes: its options and arguments, for the usage line
 * @argument: what completes an argument, see completion_kinds; NULL for hosts
 * @summary: one line
 * @details: more lines for its help, ends with a newline
 * @options: its options; NULL for none
 * @good: what exit status 0 says; NULL if no more than that it is done
 * @different: what exit status 1 says; NULL if it never returns that
 * @least: arguments it needs
 * @most: arguments it takes
 * @run: does it and returns an exit status
 */
struct command {
	const char *name;
	const char *option;
	const char *letter;
	const char *takes;
	const char *argument;
	const char *summary;
	const char *details;
	const struct command_option *options;
	const char *good;
	const char *different;
	int least;
	int most;
	int (*run)(const struct command_line *line);
};

/* The table in kvmcaps.c; NULL ends it. */
extern const struct command *const commands[];

extern const struct command command_show;
extern const struct command command_compare;
extern const struct command command_baseline;
extern const struct command command_explain;
extern const struct command command_report;
extern const struct command command_supported;
extern const struct command command_models;
extern const struct command command_guest;
extern const struct command command_capture;
extern const struct command command_releases;
extern const struct command command_completion;
extern const struct command command_help;
extern const struct command command_version;

/* NULL if no command is called so. */
const struct command *command_find(const char *name);

/* Runs the command that the arguments name; returns an exit status. */
int command_run(int argc, char **argv);

/* Takes in a number of up to 31 bits; false if it is none. */
bool command_number(const char *text, unsigned int *number);

/* A command line that makes no sense: says so, and where help is. */
int __printf(2, 3) command_misuse(const struct command *command, const char *format, ...);

#endif /* TOOLS_COMMAND_H */
