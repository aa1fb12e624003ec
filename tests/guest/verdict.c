// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include "verdict.h"

#define MAX_DETAILS	20

void verdict_differ(struct verdict *verdict, const char *text)
{
	if (!verdict->differing++)
		snprintf(verdict->first, sizeof(verdict->first), "%s", text);
	if (verdict->loud && verdict->differing <= MAX_DETAILS)
		printf("differ: %s\n", text);
}

void verdict_judge(struct verdict *verdict, int cpu, const struct trial *trial,
		   const struct outcome *a, const struct outcome *b)
{
	struct difference diff;
	char tried[128], found[240], text[400];

	verdict->calls += 2;
	if (!outcome_differs(a, b, &diff))
		return;
	trial_describe(trial, tried, sizeof(tried));
	outcome_describe(a, b, &diff, found, sizeof(found));
	snprintf(text, sizeof(text), "cpu %d %s: %s", cpu, tried, found);
	verdict_differ(verdict, text);
}

bool verdict_ok(const struct verdict *verdict)
{
	return verdict->cpus > 0 && !verdict->differing &&
	       verdict->entries >= MIN_ENTRIES;
}

void verdict_print(const struct verdict *verdict)
{
	printf("parity: %s cpus=%d entries=%u emulated=%u calls=%lu differing=%lu first=\"%s\"\n",
	       verdict_ok(verdict) ? "ok" : "differ", verdict->cpus,
	       verdict->entries, verdict->emulated, verdict->calls,
	       verdict->differing, verdict->first);
}
