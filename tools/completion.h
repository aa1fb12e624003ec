/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Completion scripts for shells, made from the tables of commands and options.
 * What completes a value follows from what the tables call it: "FILE", "N".
 */
#ifndef TOOLS_COMPLETION_H
#define TOOLS_COMPLETION_H

#include "command.h"

/* Who knows the candidates. */
enum completion_source {
	COMPLETION_WORDS,	/* this program */
	COMPLETION_LIST,	/* it too, for each of several with commas between them */
	COMPLETION_FILES,	/* the shell */
	COMPLETION_HOSTS,	/* the shell, and this program what comes behind an @ */
	COMPLETION_CPUS,	/* the kernel */
};

/**
 * struct completion_kind - a kind of value
 * @name: what the tables call it
 * @source: enum completion_source
 * @print: prints the words, each behind a blank; NULL if there are none
 */
struct completion_kind {
	const char *name;
	enum completion_source source;
	void (*print)(void);
};

/* A row without a name ends them. */
extern const struct completion_kind completion_kinds[];

/* What an argument of @command is called; NULL if it takes none. */
const char *completion_argument(const struct command *command);

/**
 * struct completion_quoting - how a shell writes a text between single quotes
 * @escaped: characters that need a backslash
 * @quote: what stands for a single quote
 */
struct completion_quoting {
	const char *escaped;
	const char *quote;
};

/* Prints a text that is free to have quotes and brackets. */
void completion_print(const char *text, const struct completion_quoting *quoting);

/* These print the scripts, each in a file of its own. */
void completion_bash(void);
void completion_zsh(void);
void completion_fish(void);

#endif /* TOOLS_COMPLETION_H */
