// SPDX-License-Identifier: GPL-2.0
/*
 * count-cpuid DEVICE [[MODULE:]SYMBOL]: whether answers come from memory. The
 * symbol is the only function of the module that executes CPUID.
 */
#include <errno.h>
#include <stdio.h>

#include "answer.h"
#include "cpu.h"
#include "kprobe.h"
#include "tap.h"

#include <linux/kvmcaps.h>

#define CALLS		10000	/* of each kind, over all CPUs */
#define SYMBOL		"kvmcaps:kvmcaps_host_cpuid"

/* How many of the calls were answered. */
static int ask_everywhere(const struct device *dev, const struct cpus *cpus)
{
	static struct answer answer;
	const int share = (CALLS + cpus->nr - 1) / cpus->nr;
	int answered = 0;

	for (int i = 0; i < cpus->nr; i++) {
		if (cpu_pin(cpus->id[i]))
			continue;
		for (int n = 0; n < share; n++) {
			answered += !answer_get(dev, KVM_GET_SUPPORTED_CPUID,
						&answer).ret;
			answered += !answer_get(dev, KVM_GET_EMULATED_CPUID,
						&answer).ret;
		}
	}
	return answered;
}

static void test(const struct device *dev, const struct cpus *cpus)
{
	int answered = ask_everywhere(dev, cpus);
	long hits = kprobe_hits();
	struct reply r;

	tap(answered >= 2 * CALLS, "%d answers on %d CPUs", answered, cpus->nr);
	tap(!hits, "they took %ld CPUID instructions", hits);
	r = device_call(dev, KVMCAPS_REFRESH, 0);
	tap(!r.ret, "REFRESH: %s", reply_name(r));
	hits = kprobe_hits() - hits;
	tap(hits > 0, "it took %ld", hits);
}

int main(int argc, char **argv)
{
	const char *symbol = argc > 2 ? argv[2] : SYMBOL;
	struct cpus cpus;
	struct device dev;

	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: count-cpuid DEVICE [SYMBOL]\n");
		return 2;
	}
	if (device_open(&dev, argv[1]))
		return tap_bail("%s: %s", argv[1], errno_name(errno));
	if (cpus_online(&cpus))
		return tap_bail("sched_getaffinity: %s", errno_name(errno));
	if (kprobe_start(symbol))
		return tap_bail("cannot probe %s: %s", symbol,
				errno_name(errno));
	test(&dev, &cpus);
	kprobe_stop();
	return tap_done();
}
