// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>

#include "ask.h"
#include "fail.h"
#include "outfile.h"
#include "probe.h"
#include "report.h"

static int check(const struct command_line *line)
{
	if (!line->values['o'])
		return command_misuse(line->command, "--html FILE is missing");
	if (line->nr_arguments && (line->values['d'] || line->values['H'] || line->values['R']))
		return command_misuse(line->command,
				      "--device, --host and --release go without '%s'",
				      line->arguments[0]);
	return STATUS_GOOD;
}

/* A device is this machine's; what a file says of its kernel is in the file. */
static int prepare(struct report_side *side, bool is_file)
{
	struct source *source = &side->source;

	if (!source->caps)
		return fail("%s tells no facts to explain by; try " DEVICE_KVMCAPS
			    " or a host file", source->name);
	if (!is_file)
		probe_notes(&source->saved);
	side->subject = chain_subject(source);
	return STATUS_GOOD;
}

static int open_named(const struct command_line *line, struct report *report)
{
	struct source sources[REPORT_MAX_SIDES] = {};
	int err = ask_named(line, sources);
	unsigned int i;

	report->nr = line->nr_arguments;
	for (i = 0; i < report->nr; i++) {
		report->sides[i].source = sources[i];
		if (!err)
			err = prepare(&report->sides[i], source_is_file(line->arguments[i]));
	}
	return err;
}

static int open_asked(const struct command_line *line, struct report *report)
{
	int err = ask_source(line, &report->sides[0].source);

	report->nr = 1;
	return err ? err : prepare(&report->sides[0], line->values['H']);
}

static int write_page(const char *path, const struct report *report)
{
	json_t *data = report_json(report);
	size_t size = 0;
	char *page = data ? report_page(data, &size) : NULL;
	int err;

	if (page)
		err = outfile_write(path, page, size);
	else
		err = fail("cannot make a page of this: out of memory, or a name is not UTF-8");
	json_decref(data);
	free(page);
	return err;
}

static int report_run(const struct command_line *line)
{
	struct report report = {};
	int err = check(line);
	unsigned int i;

	if (!err)
		err = line->nr_arguments ? open_named(line, &report) : open_asked(line, &report);
	if (!err)
		err = write_page(line->values['o'], &report);
	for (i = 0; i < report.nr; i++)
		source_close(&report.sides[i].source);
	return err;
}

static const struct command_option options[] = {
	{ 'o', "html", "FILE", "write the page there, - for standard output" },
	ASK_DEVICE,
	ASK_HOST,
	ASK_RELEASE,
	ASK_SET,
	{ 'c', "cpu", "N", "the CPU of a file that answers (default: the first)" },
	{}
};

const struct command command_report = {
	.name = "report",
	.takes = "--html FILE [--device PATH | --host FILE] [--release X.Y]\n"
		 "                      [--set POLICY] [--cpu N] [A [B]]",
	.summary = "Write a page with every bit, and who said no to it",
	.details = "The page is one file that needs no network. A and B are as of compare; two of\n"
		   "them stand side by side, with what differs.\n",
	.options = options,
	.most = REPORT_MAX_SIDES,
	.run = report_run,
};
