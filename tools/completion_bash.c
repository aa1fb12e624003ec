// SPDX-License-Identifier: GPL-2.0
/*
 * For bash with the package bash-completion. '=', ':' and '@' end a word for
 * readline, which wants back what follows the last of them.
 */
#include <stdio.h>

#include "completion.h"
#include "help.h"

static const char head[] =
"# bash completion for kvmcaps; made by 'kvmcaps completion bash'\n"
"# shellcheck shell=bash\n";

static const char body[] =
"\n"
"_kvmcaps_value() # KIND WORD\n"
"{\n"
"	local cpus\n"
"\n"
"	case $(_kvmcaps_source \"$1\") in\n"
"	files) _filedir ;;\n"
"	hosts)\n"
"		if [[ $2 == *@* ]]; then\n"
"			mapfile -t COMPREPLY < <(compgen -P \"${2%@*}@\" \\\n"
"				-W \"$(_kvmcaps_words X.Y)\" -- \"${2##*@}\")\n"
"		else\n"
"			_filedir\n"
"		fi\n"
"		;;\n"
"	cpus)\n"
"		cpus=(/sys/devices/system/cpu/cpu[0-9]*)\n"
"		mapfile -t COMPREPLY < <(compgen -W \"${cpus[*]##*/cpu}\" -- \"$2\")\n"
"		;;\n"
"	list)\n"
"		mapfile -t COMPREPLY < <(compgen -P \"${2%\"${2##*,}\"}\" \\\n"
"			-W \"$(_kvmcaps_words \"$1\")\" -- \"${2##*,}\")\n"
"		;;\n"
"	words) mapfile -t COMPREPLY < <(compgen -W \"$(_kvmcaps_words \"$1\")\" -- \"$2\") ;;\n"
"	esac\n"
"}\n"
"\n"
"_kvmcaps()\n"
"{\n"
"	local cur prev words cword split kind breaks=${COMP_WORDBREAKS//[^=:@]/}\n"
"\n"
"	_init_completion -s -n :@ || return\n"
"	if ((cword == 1)); then\n"
"		mapfile -t COMPREPLY < <(compgen -W \"$(_kvmcaps_commands)\" -- \"$cur\")\n"
"		return\n"
"	fi\n"
"	kind=$(_kvmcaps_kind \"${words[1]}\" \"$prev\")\n"
"	if [[ $kind ]]; then\n"
"		_kvmcaps_value \"$kind\" \"$cur\"\n"
"	elif [[ ! ${split#false} && $cur == -* ]]; then\n"
"		mapfile -t COMPREPLY < <(compgen -W \"$(_kvmcaps_options \"${words[1]}\")\" -- \"$cur\")\n"
"	elif [[ ! ${split#false} ]]; then\n"
"		_kvmcaps_value \"$(_kvmcaps_kind \"${words[1]}\" '')\" \"$cur\"\n"
"	fi\n"
"	[[ ! $breaks ]] || COMPREPLY=(\"${COMPREPLY[@]#\"${cur%\"${cur##*[\"$breaks\"]}\"}\"}\")\n"
"} &&\n"
"	complete -F _kvmcaps kvmcaps\n";

static const char *const sources[] = {
	[COMPLETION_WORDS] = "words", [COMPLETION_LIST] = "list",
	[COMPLETION_FILES] = "files", [COMPLETION_HOSTS] = "hosts",
	[COMPLETION_CPUS] = "cpus",
};

static void print_commands(void)
{
	const struct command *const *command;

	printf("\n_kvmcaps_commands()\n{\n\techo '");
	for (command = commands; *command; command++)
		printf("%s%s%s%s%s%s", command == commands ? "" : " ", (*command)->name,
		       (*command)->option ? " " : "",
		       (*command)->option ? (*command)->option : "",
		       (*command)->option ? " " : "",
		       (*command)->option ? (*command)->letter : "");
	printf("'\n}\n");
}

static void print_options(void)
{
	const struct command *const *command;
	const struct command_option *option;

	printf("\n_kvmcaps_options() # COMMAND\n{\n\tcase $1 in\n");
	for (command = commands; *command; command++) {
		printf("\t%s) echo '", (*command)->name);
		for (option = (*command)->options; option && option->letter; option++)
			printf("-%c --%s ", option->letter, option->name);
		printf("-%c --%s' ;;\n", help_option.letter, help_option.name);
	}
	printf("\tesac\n}\n");
}

static void print_kind(const struct command *command)
{
	const struct command_option *option;

	for (option = command->options; option && option->letter; option++) {
		if (option->value)
			printf("\t%s,-%c | %s,--%s) echo '%s' ;;\n", command->name,
			       option->letter, command->name, option->name, option->value);
	}
	if (completion_argument(command))
		printf("\t%s,) echo '%s' ;;\n", command->name, completion_argument(command));
}

static void print_kinds(void)
{
	const struct command *const *command;

	printf("\n_kvmcaps_kind() # COMMAND OPTION\n{\n\tcase $1,$2 in\n");
	for (command = commands; *command; command++)
		print_kind(*command);
	printf("\tesac\n}\n");
}

static void print_sources(void)
{
	const struct completion_kind *kind;

	printf("\n_kvmcaps_source() # KIND\n{\n\tcase $1 in\n");
	for (kind = completion_kinds; kind->name; kind++)
		printf("\t%s) echo %s ;;\n", kind->name, sources[kind->source]);
	printf("\tesac\n}\n");
}

static void print_words(void)
{
	const struct completion_kind *kind;

	printf("\n_kvmcaps_words() # KIND\n{\n\tcase $1 in\n");
	for (kind = completion_kinds; kind->name; kind++) {
		if (!kind->print)
			continue;
		printf("\t%s) echo '", kind->name);
		kind->print();
		printf("' ;;\n");
	}
	printf("\tesac\n}\n");
}

void completion_bash(void)
{
	fputs(head, stdout);
	print_commands();
	print_options();
	print_kinds();
	print_sources();
	print_words();
	fputs(body, stdout);
}
