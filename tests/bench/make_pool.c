// SPDX-License-Identifier: GPL-2.0
/*
 * make_pool TEMPLATE NUMBER DIR: writes host files DIR/host-00000 and so on, as
 * a pool of one model has them: no two are the same, and now and then one lacks
 * a feature.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/bits.h>

#include "hostfile.h"
#include "random.h"

/* Thermal thresholds, which no guest sees. */
#define UNSEEN	0x6

static void make_different(struct saved *saved, u32 number)
{
	struct saved_cpu *cpu = &saved->cpus[0];
	u32 i, word = random_below(KVMCAPS_NR_WORDS);

	for (i = 0; i < cpu->nr; i++) {
		if (cpu->cpuid[i].function == UNSEEN)
			cpu->cpuid[i].ebx = number;
	}
	if (random_one_in(50))
		saved->facts.caps[word] &= ~BIT(random_below(32));
}

static int write_host(const char *path, const struct saved *saved)
{
	FILE *out = fopen(path, "w");

	if (!out)
		return 1;
	hostfile_write(saved, out);
	return fclose(out) != 0;
}

static int read_host(const char *path, struct saved *saved)
{
	struct input in;
	int err = input_open(&in, path);

	if (err)
		return err;
	err = hostfile_parse(&in, saved);
	input_close(&in);
	return err;
}

int main(int argc, char **argv)
{
	u32 number, count = argc > 3 ? atoi(argv[2]) : 0;
	struct saved saved = {};
	char path[4096];
	u32 caps[KVMCAPS_MAX_WORDS];

	random_start();
	if (!count || read_host(argv[1], &saved))
		return 1;
	memcpy(caps, saved.facts.caps, sizeof(caps));
	for (number = 0; number < count; number++) {
		memcpy(saved.facts.caps, caps, sizeof(caps));
		make_different(&saved, number);
		snprintf(path, sizeof(path), "%s/host-%05u", argv[3], number);
		if (write_host(path, &saved))
			return 1;
	}
	saved_free(&saved);
	return 0;
}
