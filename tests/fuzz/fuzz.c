// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <kvmcaps/answer.h>

#include "fail.h"
#include "fuzz.h"
#include "simulate.h"

/* The last message, and how many since they were last asked for. */
static char message[1024];
static struct fail_sink sink = { .text = message, .size = sizeof(message) };

/* From the start on. */
static void __attribute__((constructor)) begin(void)
{
	fail_to(&sink);
}

static bool is_printable(const char *text)
{
	for (; *text; text++) {
		if (*text < ' ' || *text > '~')
			return false;
	}
	return true;
}

char *fuzz_text(const u8 *data, size_t size)
{
	char *text = malloc(size + 1);

	fuzz_expect(text, "there is memory");
	if (size)
		memcpy(text, data, size);
	text[size] = '\0';
	return text;
}

struct input fuzz_input(const u8 *data, size_t size)
{
	return (struct input){ .path = FUZZ_NAME, .text = fuzz_text(data, size), .size = size };
}

void fuzz_expect(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "not true: %s\nmessage: %s\n", what, message);
	abort();
}

void fuzz_expect_message(int err, const char *prefix)
{
	fuzz_expect(!err || err == STATUS_TROUBLE, "a status is one of two");
	fuzz_expect(sink.nr == (err ? 1 : 0), "an error is one message");
	sink.nr = 0;
	if (!err || !prefix)
		return;
	fuzz_expect(!strncmp(message, prefix, strlen(prefix)), "a message says where");
	fuzz_expect(is_printable(message), "a message is fit for a terminal");
}

static int change(const struct saved *saved, struct kvmcaps_host *host)
{
	const struct source_change none = { .cpu = -1, .like = -1 };
	int err = saved->dump ? simulate_kernel(host, FUZZ_NAME, &none) : STATUS_GOOD;

	return err ? err : simulate_change(host, FUZZ_NAME, &none);
}

static void compute(const struct saved *saved)
{
	struct source source = { .name = FUZZ_NAME };
	int err;

	source.host = calloc(1, sizeof(*source.host));
	source.caps = calloc(1, sizeof(*source.caps));
	fuzz_expect(source.host && source.caps, "there is memory");
	fuzz_expect(saved->nr_cpus, "a host has a CPU");
	saved_host(saved, &saved->cpus[0], source.host);
	fuzz_expect_message(change(saved, source.host), FUZZ_NAME ":");
	kvmcaps_decide(source.host, source.caps);
	err = simulate_answer(&source, &source.tables);
	fuzz_expect_message(err, FUZZ_NAME ": KVM's answer would have more than");
	table_pair_free(&source.tables);
	free(source.host);
	free(source.caps);
}

static void read_table(const struct format *format, const struct input *in)
{
	struct kvm_cpuid2 *table = NULL;
	int err = format->table(in, &table);

	fuzz_expect_message(err, FUZZ_NAME ":");
	fuzz_expect(err || table->nent <= KVMCAPS_MAX_ENTRIES, "a table is one that KVM takes");
	if (!err)
		free(table);
}

void fuzz_read(const struct format *format, const struct input *in)
{
	struct saved saved;
	int err;

	if (format->kind == FORMAT_TABLE)
		read_table(format, in);
	err = format_read(format, in, &saved);
	fuzz_expect_message(err, FUZZ_NAME ":");
	if (err)
		return;
	compute(&saved);
	saved_free(&saved);
}
