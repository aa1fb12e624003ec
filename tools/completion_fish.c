// SPDX-License-Identifier: GPL-2.0
/* For fish. */
#include <stdio.h>
#include <string.h>

#include "completion.h"
#include "help.h"

static const struct completion_quoting quoting = { "\\", "\\'" };

static const char head[] =
"# fish completion for kvmcaps; made by 'kvmcaps completion fish'\n"
"\n"
"function __kvmcaps_begins\n"
"	test (count (commandline -opc)) -eq 1\n"
"end\n"
"\n"
"function __kvmcaps_uses # COMMAND\n"
"	set -l words (commandline -opc)\n"
"	test (count $words) -gt 1 && test \"$words[2]\" = $argv[1]\n"
"end\n"
"\n"
"function __kvmcaps_cpus\n"
"	string match -rg '/cpu(\\d+)$' /sys/devices/system/cpu/cpu*\n"
"end\n"
"\n"
"function __kvmcaps_behind_at\n"
"	set -l host (string match -r '^.*@' -- (commandline -ct))\n"
"	test -n \"$host\" && string replace -r '^' -- $host (__kvmcaps_words X.Y)\n"
"end\n";

static void print_words(void)
{
	const struct completion_kind *kind;

	printf("\nfunction __kvmcaps_words # KIND\n\tswitch $argv[1]\n");
	for (kind = completion_kinds; kind->name; kind++) {
		if (!kind->print)
			continue;
		printf("\tcase %s\n\t\tprintf '%%s\\n'", kind->name);
		kind->print();
		putchar('\n');
	}
	printf("\tend\nend\n\ncomplete -c kvmcaps -f\n");
}

static void print_source(const struct completion_kind *kind)
{
	switch (kind->source) {
	case COMPLETION_WORDS:
		printf(" -f -a '(__kvmcaps_words %s)'", kind->name);
		break;
	case COMPLETION_LIST:
		printf(" -f -a '(__fish_complete_list , \"__kvmcaps_words %s\")'", kind->name);
		break;
	case COMPLETION_FILES:
		printf(" -F");
		break;
	case COMPLETION_HOSTS:
		printf(" -F -a '(__kvmcaps_behind_at)'");
		break;
	case COMPLETION_CPUS:
		printf(" -f -a '(__kvmcaps_cpus)'");
		break;
	}
}

static void print_value(const char *name)
{
	const struct completion_kind *kind;

	for (kind = completion_kinds; kind->name; kind++) {
		if (!strcmp(kind->name, name))
			print_source(kind);
	}
}

static void print_text(const char *text)
{
	printf(" -d '");
	completion_print(text, &quoting);
	printf("'\n");
}

static void print_begin(const struct command *command)
{
	printf("complete -c kvmcaps -n __kvmcaps_begins -a %s", command->name);
	print_text(command->summary);
	if (!command->option)
		return;
	printf("complete -c kvmcaps -n __kvmcaps_begins -s %c -l %s", command->letter[1],
	       command->option + 2);
	print_text(command->summary);
}

static void print_option(const struct command *command, const struct command_option *option)
{
	printf("complete -c kvmcaps -n '__kvmcaps_uses %s' -s %c -l %s", command->name,
	       option->letter, option->name);
	if (option->value) {
		printf(" -r");
		print_value(option->value);
	}
	print_text(option->help);
}

static void print_command(const struct command *command)
{
	const struct command_option *option;
	const char *argument = completion_argument(command);

	print_begin(command);
	for (option = command->options; option && option->letter; option++)
		print_option(command, option);
	print_option(command, &help_option);
	if (!argument)
		return;
	printf("complete -c kvmcaps -n '__kvmcaps_uses %s'", command->name);
	print_value(argument);
	putchar('\n');
}

void completion_fish(void)
{
	const struct command *const *command;

	fputs(head, stdout);
	print_words();
	for (command = commands; *command; command++)
		print_command(*command);
}
