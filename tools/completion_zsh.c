// SPDX-License-Identifier: GPL-2.0
/* For zsh and its compsys, as a file _kvmcaps in its function path. */
#include <limits.h>
#include <stdio.h>

#include "completion.h"
#include "help.h"

/* In a specification of _arguments, and in one of _describe. */
static const struct completion_quoting argument = { "\\[]:", "'\\''" };
static const struct completion_quoting item = { "\\:", "'\\''" };

static const char head[] =
"#compdef kvmcaps\n"
"# zsh completion for kvmcaps; made by 'kvmcaps completion zsh'\n";

static const char tail[] =
"	esac\n"
"}\n"
"\n"
"if [[ $funcstack[1] == _kvmcaps ]]; then\n"
"	_kvmcaps \"$@\"\n"
"else\n"
"	compdef _kvmcaps kvmcaps\n"
"fi\n";

/* Behind what compset has taken off, @found is completed. */
static const char *const sources[] = {
	[COMPLETION_WORDS] = "compadd -a found",
	[COMPLETION_LIST] = "compset -P '*,'; compadd -S '' -a found",
	[COMPLETION_FILES] = "_files",
	[COMPLETION_HOSTS] = "if compset -P '*@'; then _kvmcaps_value X.Y; else _files; fi",
	[COMPLETION_CPUS] =
		"found=(/sys/devices/system/cpu/cpu<->(N)); found=(${found##*/cpu}); compadd -a found",
};

static void print_values(void)
{
	const struct completion_kind *kind;

	printf("\n_kvmcaps_value() # KIND\n{\n\tlocal -a found\n\n\tcase $1 in\n");
	for (kind = completion_kinds; kind->name; kind++) {
		printf("\t%s) ", kind->name);
		if (kind->print) {
			printf("found=(");
			kind->print();
			printf(" ); ");
		}
		printf("%s ;;\n", sources[kind->source]);
	}
	printf("\tesac\n}\n");
}

static void print_item(const char *name, const char *text)
{
	printf("\t\t\t'%s:", name);
	completion_print(text, &item);
	printf("'\n");
}

static void print_commands(void)
{
	const struct command *const *command;

	printf("\n_kvmcaps()\n{\n\tlocal -a items\n\n\tif ((CURRENT == 2)); then\n\t\titems=(\n");
	for (command = commands; *command; command++)
		print_item((*command)->name, (*command)->summary);
	printf("\t\t)\n\t\t_describe command items\n\t\titems=(\n");
	for (command = commands; *command; command++) {
		if (!(*command)->option)
			continue;
		print_item((*command)->option, (*command)->summary);
		print_item((*command)->letter, (*command)->summary);
	}
	printf("\t\t)\n\t\t_describe -o option items\n\t\treturn\n\tfi\n"
	       "\tshift words\n\t((CURRENT--))\n\tcase $words[1] in\n");
}

static void print_option(const struct command_option *option)
{
	printf(" \\\n\t\t\t'(-%c --%s)'{-%c%s,--%s%s}'[", option->letter, option->name,
	       option->letter, option->value ? "+" : "", option->name,
	       option->value ? "=" : "");
	completion_print(option->help, &argument);
	putchar(']');
	if (option->value)
		printf(":%s: _kvmcaps_value %s", option->value, option->value);
	putchar('\'');
}

static void print_arguments(const struct command *command)
{
	const char *kind = completion_argument(command);
	int nr;

	if (command->most == INT_MAX)
		printf(" \\\n\t\t\t'*:%s: _kvmcaps_value %s'", kind, kind);
	for (nr = 1; command->most != INT_MAX && nr <= command->most; nr++)
		printf(" \\\n\t\t\t'%d:%s: _kvmcaps_value %s'", nr, kind, kind);
}

static void print_command(const struct command *command)
{
	const struct command_option *option;

	printf("\t%s)\n\t\t_arguments -s", command->name);
	for (option = command->options; option && option->letter; option++)
		print_option(option);
	print_option(&help_option);
	print_arguments(command);
	printf("\n\t\t;;\n");
}

void completion_zsh(void)
{
	const struct command *const *command;

	fputs(head, stdout);
	print_values();
	print_commands();
	for (command = commands; *command; command++)
		print_command(*command);
	fputs(tail, stdout);
}
