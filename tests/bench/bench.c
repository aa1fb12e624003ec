// SPDX-License-Identifier: GPL-2.0
/*
 * bench MEASURE ARGUMENT...: one number, the median of some rounds, in time of a
 * CPU, so that what else runs on the machine hardly counts.
 *
 *	bench answers FILE...	whole answers a second, for the hosts of files
 *	bench parse FILE...	megabytes a second
 *	bench run COMMAND...	milliseconds of a command, its output thrown away
 *
 * An answer is all that KVM would compute for a host, which is in memory: its
 * masks when it loads, and both tables. Parsing is all between the text in
 * memory and CPUs as they are saved: finding the format, every line, what the
 * CPU answers in gaps, and folding of CPUs that are alike; not the opening of
 * files, nor the model of a kernel.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <linux/kernel.h>
#include <kvmcaps/answer.h>

#include "alloc.h"
#include "fail.h"
#include "format.h"
#include "source.h"

#define ROUNDS	31
/* Rounds of a command, which may take seconds. */
#define RUNS	11
/* Less is too little for the clock. */
#define ROUND_SECONDS	0.02

/**
 * struct work - what is measured
 * @args: files, or a command
 * @nr: how many
 * @sources: hosts of the files
 * @inputs: texts of the files
 */
struct work {
	char **args;
	int nr;
	struct source *sources;
	struct input *inputs;
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *values, unsigned int nr)
{
	qsort(values, nr, sizeof(*values), compare);
	return values[nr / 2];
}

static void open_sources(struct work *work)
{
	const struct source_change change = { .cpu = -1, .like = -1 };
	int i;

	work->sources = alloc_zeroed(work->nr * sizeof(*work->sources));
	for (i = 0; i < work->nr; i++) {
		if (source_open_file(&work->sources[i], work->args[i], &change))
			exit(STATUS_TROUBLE);
	}
}

static void answer_all(struct work *work)
{
	static struct kvmcaps_answer supported, emulated;
	static struct kvmcaps_caps caps;
	const struct kvmcaps_host *host;
	u64 xcr0;
	int i;

	for (i = 0; i < work->nr; i++) {
		host = work->sources[i].host;
		kvmcaps_decide(host, &caps);
		xcr0 = kvmcaps_permitted_xcr0(&caps, ~KVMCAPS_DYNAMIC_XCR0);
		kvmcaps_answer_supported(host, &caps, xcr0, &supported);
		kvmcaps_answer_emulated(host, &caps, &emulated);
	}
}

static void open_inputs(struct work *work)
{
	int i;

	work->inputs = alloc_zeroed(work->nr * sizeof(*work->inputs));
	for (i = 0; i < work->nr; i++) {
		if (input_open(&work->inputs[i], work->args[i]))
			exit(STATUS_TROUBLE);
	}
}

static void parse_all(struct work *work)
{
	const struct format *format;
	struct saved saved;
	int i;

	for (i = 0; i < work->nr; i++) {
		saved = (struct saved){};
		format = format_find(&work->inputs[i]);
		if (!format || format_read(format, &work->inputs[i], &saved))
			exit(STATUS_TROUBLE);
		saved_free(&saved);
	}
}

/* Seconds that @once takes, of so many times: to ask the clock takes time, too. */
static double seconds_of(void (*once)(struct work *work), struct work *work,
			 unsigned int times)
{
	double begin = now();
	unsigned int i;

	for (i = 0; i < times; i++)
		once(work);
	return (now() - begin) / times;
}

static double rounds_of(void (*once)(struct work *work), struct work *work)
{
	double seconds[ROUNDS];
	unsigned int i, times = 1;

	while (seconds_of(once, work, times) * times < ROUND_SECONDS)
		times *= 2;
	for (i = 0; i < ROUNDS; i++)
		seconds[i] = seconds_of(once, work, times);
	return median(seconds, ROUNDS);
}

static double answers(struct work *work)
{
	open_sources(work);
	return work->nr / rounds_of(answer_all, work);
}

static double parse(struct work *work)
{
	double bytes = 0;
	int i;

	open_inputs(work);
	for (i = 0; i < work->nr; i++)
		bytes += work->inputs[i].size;
	return bytes / 1e6 / rounds_of(parse_all, work);
}

static void execute(char **command)
{
	int null = open("/dev/null", O_WRONLY);

	if (null >= 0 && dup2(null, STDOUT_FILENO) >= 0)
		execvp(command[0], command);
	_exit(STATUS_TROUBLE);
}

static double seconds(const struct timeval *t)
{
	return t->tv_sec + t->tv_usec / 1e6;
}

static double run_once(char **command)
{
	struct rusage used;
	int status;
	pid_t pid = fork();

	if (!pid)
		execute(command);
	if (pid < 0 || wait4(pid, &status, 0, &used) != pid || status)
		exit(fail("%s fails", command[0]));
	return seconds(&used.ru_utime) + seconds(&used.ru_stime);
}

static double run(struct work *work)
{
	double taken[RUNS];
	unsigned int i;

	for (i = 0; i < RUNS; i++)
		taken[i] = run_once(work->args);
	return median(taken, RUNS) * 1e3;
}

static const struct measure {
	const char *name;
	double (*take)(struct work *work);
} measures[] = {
	{ "answers", answers },
	{ "parse", parse },
	{ "run", run },
};

int main(int argc, char **argv)
{
	struct work work = { .args = argv + 2, .nr = argc - 2 };
	unsigned int i;

	for (i = 0; work.nr > 0 && i < ARRAY_SIZE(measures); i++) {
		if (strcmp(argv[1], measures[i].name))
			continue;
		printf("%.6f\n", measures[i].take(&work));
		return 0;
	}
	return fail("usage: bench answers|parse|run ARGUMENT...");
}
