// SPDX-License-Identifier: GPL-2.0
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <linux/bits.h>

#include "ask.h"
#include "explain.h"
#include "fail.h"
#include "probe.h"
#include "table.h"

static int check(const struct command_line *line)
{
	bool list = line->values['a'] || line->values['m'] || line->values['x'];

	if (!!line->values['a'] + !!line->values['m'] + !!line->values['x'] > 1)
		return command_misuse(line->command,
				      "--all, --missing and --extra exclude each other");
	if (list && line->nr_arguments)
		return command_misuse(line->command, "unexpected argument '%s'",
				      line->arguments[0]);
	if (line->values['l'] && !list)
		return command_misuse(line->command,
				      "--long goes with --all, --missing or --extra");
	if (!list && !line->nr_arguments && isatty(STDIN_FILENO))
		return command_misuse(line->command, "a feature or a place is missing");
	return STATUS_GOOD;
}

static bool reads_lines(const struct command_line *line)
{
	return !line->nr_arguments ||
	       (line->nr_arguments == 1 && !strcmp(line->arguments[0], "-"));
}

static int gather(const struct command_line *line, struct explain_list *list)
{
	if (line->values['a'] || line->values['m'] || line->values['x'])
		return STATUS_GOOD;
	if (!reads_lines(line))
		return explain_arguments(list, line->arguments, line->nr_arguments);
	if (line->values['H'] && !strcmp(line->values['H'], "-"))
		return command_misuse(line->command,
				      "standard input cannot be the host and the queries");
	return explain_lines(list);
}

/* Features with a name; of those that differ, the ones without too. */
static bool is_listed(const struct command_line *line, const struct subject *subject,
		      const struct query *query, const struct chain *chain)
{
	if (line->values['m'])
		return chain->cpu && !chain->offered;
	if (line->values['x'])
		return !chain->cpu && chain->offered;
	return strncmp(explain_name(subject, query).name, "bit ", strlen("bit "));
}

static void add_listed(const struct command_line *line, const struct subject *subject,
		       struct explain_list *list)
{
	struct chain chain;
	struct query query;
	unsigned int feature;

	for (feature = 0; feature < NR_KVMCAPS_FEATURES; feature++) {
		query = query_of_feature(feature);
		chain_begin(&chain, subject, feature);
		if (is_listed(line, subject, &query, &chain))
			explain_add(list, &query, NULL, NULL, !line->values['l']);
	}
}

static int print(const struct command_line *line, const struct source *source,
		 struct explain_list *list)
{
	const struct subject subject = chain_subject(source);

	if (!subject.caps)
		return fail("%s tells no facts to explain by; try " DEVICE_KVMCAPS
			    " or a host file", source->name);
	if (line->values['a'] || line->values['m'] || line->values['x'])
		add_listed(line, &subject, list);
	return line->values['j'] ? explain_json(list, &subject) : explain_text(list, &subject);
}

/* A device is this machine's; what a file says of its kernel is in the file. */
static int answer(const struct command_line *line, struct explain_list *list)
{
	struct source source = {};
	int err = ask_source(line, &source);

	if (!err && !line->values['H'])
		probe_notes(&source.saved);
	if (!err)
		err = print(line, &source, list);
	source_close(&source);
	return err;
}

static int explain_run(const struct command_line *line)
{
	struct explain_list list = {};
	int err = check(line), unknown = STATUS_GOOD;

	if (!err)
		unknown = gather(line, &list);
	/* Of several lines, those that make sense are explained. */
	if (!err && (!unknown || list.nr))
		err = answer(line, &list);
	explain_free(&list);
	return err ? err : unknown;
}

static const struct command_option options[] = {
	ASK_DEVICE,
	ASK_HOST,
	ASK_RELEASE,
	ASK_SET,
	ASK_CPU,
	{ 'a', "all", NULL, "every feature with a name, in short" },
	{ 'm', "missing", NULL, "every bit that the CPU has and a guest does not, in short" },
	{ 'x', "extra", NULL, "every bit that a guest has and the CPU does not, in short" },
	{ 'l', "long", NULL, "with one of these: all about each" },
	{ 'j', "json", NULL, "all about each, for programs" },
	{}
};

const struct command command_explain = {
	.name = "explain",
	.takes = "[--device PATH | --host FILE] [--release X.Y]\n"
		 "                       [--set POLICY] [--cpu N] [--json]\n"
		 "                       QUERY... | - | [--long] --all | --missing | --extra",
	.argument = "QUERY",
	.summary = "Explain why a guest does, or does not, see a feature",
	.details = "QUERY is a feature by any name, AVX512F, pni or amd-ssbd; a place,\n"
		   "7.0.EBX[16], 7.0.EBX or 0xd; or a warning of QEMU or libvirt. With -, or\n"
		   "without one, queries are the lines of standard input.\n",
	.options = options,
	.most = INT_MAX,
	.run = explain_run,
};
