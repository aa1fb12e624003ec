// SPDX-License-Identifier: GPL-2.0
/* Host files: they come back as they went, and nothing in one does harm. */
#include <stdlib.h>
#include <linux/bits.h>
#include <kvmcaps/release.h>

#include "complaint.h"
#include "fail.h"
#include "factline.h"
#include "hostfile.h"
#include "redact.h"
#include "simulate.h"
#include "suite.h"

#define HEADER	"CPU 0: # kvmcaps-host 1\n"
#define RELEASE	HEADER "CPU 0: # release 6.12\n"
#define KEY	"CPU 0: # "
#define ZERO	"   0x00000000 0x00: eax=0x00000000 ebx=0x00000000 ecx=0x00000000 edx=0x00000000\n"
#define SMALL	RELEASE "CPU 0:\n" ZERO

static int parse(const char *text, size_t len, struct saved *saved)
{
	char *copy = calloc(1, len + 1);
	const struct input in = { .path = "file", .text = copy, .size = len };
	int err;

	*complaint = '\0';
	assert_non_null(copy);
	memcpy(copy, text, len);
	err = hostfile_parse(&in, saved);
	free(copy);
	return err;
}

static char *write(const struct saved *saved)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(out);
	hostfile_write(saved, out);
	fclose(out);
	return text;
}

static void random_facts(struct kvmcaps_facts *facts)
{
	unsigned int i;

	factline_default(facts);
	facts->release = kvmcaps_release_near(0xffff);
	facts->maker = random_below(KVMCAPS_NR_MAKERS);
	facts->vendor = random_below(KVMCAPS_NR_VENDORS);
	facts->cpu = random_below(1000);
	facts->kernel = random_below(8) << 16 | random_below(256) << 8 | random_below(256);
	facts->phys_bits = random_below(65);
	facts->power = random_bits();
	facts->flags = random_bits();
	facts->assumed = random_bits();
	facts->policy = random_bits() & (BIT(KVMCAPS_NR_POLICIES) - 1);
	facts->xcr0 = random_u64();
	facts->xss = random_u64();
	facts->pmu.version = random_below(6);
	facts->pmu.num_counters_gp = random_below(20);
	facts->pmu.events_mask = random_bits();
	facts->msrs = random_bits();
	for (i = 0; i < KVMCAPS_MAX_MSRS; i++)
		facts->msr[i] = facts->msrs & BIT(i) || random_one_in(2) ? random_u64() : 0;
	for (i = 0; i < KVMCAPS_MAX_WORDS; i++)
		facts->caps[i] = random_bits();
}

static void random_cpu(struct saved *saved, u32 number)
{
	struct saved_cpu *cpu = saved_cpu_add(saved, number);
	u32 i, nr = 1 + random_below(100);

	for (i = 0; i < nr; i++) {
		struct kvmcaps_cpuid regs = {
			random_one_in(2) ? i : 0x80000000 + i, random_below(4),
			random_bits(), random_bits(), random_bits(), random_bits()
		};

		saved_cpu_append(cpu, &regs);
	}
}

static void random_saved(struct saved *saved)
{
	unsigned int i;

	*saved = (struct saved){};
	random_facts(&saved->facts);
	saved_note_add(saved, "tool", "kvmcaps");
	saved_note_add(saved, "cmdline",
		       "a=1 b 0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789 c");
	saved_note_add(saved, "vulnerability.tsa", "Mitigation: what kernels say");
	for (i = 0; i < 1 + random_below(4); i++)
		random_cpu(saved, i * 3);
}

static void check_same(const struct saved *a, const struct saved *b)
{
	unsigned int i;

	assert_memory_equal(&a->facts, &b->facts, sizeof(a->facts));
	assert_int_equal(a->nr_cpus, b->nr_cpus);
	for (i = 0; i < a->nr_cpus; i++) {
		assert_int_equal(a->cpus[i].number, b->cpus[i].number);
		assert_int_equal(a->cpus[i].nr, b->cpus[i].nr);
		assert_int_equal(a->cpus[i].same_as, b->cpus[i].same_as);
		if (a->cpus[i].nr)
			assert_memory_equal(a->cpus[i].cpuid, b->cpus[i].cpuid,
					    a->cpus[i].nr * sizeof(*a->cpus[i].cpuid));
	}
	assert_int_equal(a->nr_notes, b->nr_notes);
	for (i = 0; i < a->nr_notes; i++) {
		assert_string_equal(a->notes[i].key, b->notes[i].key);
		assert_string_equal(a->notes[i].text, b->notes[i].text);
	}
}

static void what_is_written_is_read_back(void **state)
{
	struct saved saved, copy;
	unsigned int i;
	char *text;

	(void)state;
	for (i = 0; i < 60; i++) {
		random_saved(&saved);
		if (random_one_in(2)) {
			random_cpu(&saved, 100);
			saved.cpus[saved.nr_cpus - 1].nr = 0;
			free(saved.cpus[saved.nr_cpus - 1].cpuid);
			saved.cpus[saved.nr_cpus - 1].cpuid = NULL;
			saved.cpus[saved.nr_cpus - 1].same_as = 0;
		}
		text = write(&saved);
		check(!parse(text, strlen(text), &copy), "%s\n%s", complaint, text);
		check_same(&saved, &copy);
		saved_free(&copy);
		saved_free(&saved);
		free(text);
	}
}

/* What cpuid -f takes in one piece. */
static void no_line_is_too_long_for_cpuid(void **state)
{
	struct saved saved;
	const char *line;
	char *text;

	(void)state;
	random_saved(&saved);
	text = write(&saved);
	for (line = text; *line; line += strcspn(line, "\n") + 1)
		check(strcspn(line, "\n") <= 86, "%.*s", (int)strcspn(line, "\n"), line);
	free(text);
	saved_free(&saved);
}

static bool is_number(const char *word, size_t len)
{
	return len && strspn(word, "0123456789") == len;
}

/* Words of a line, of which none may be a number. */
static unsigned int count_names(const struct kvmcaps_facts *facts, unsigned int nr)
{
	unsigned int count = 0;
	struct factline_key room;
	char *text = NULL, *word;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(out);
	factline_print(out, facts, nr);
	fclose(out);
	for (word = text; *word; word += len + (word[len] == ' '), count++) {
		len = strcspn(word, " ");
		check(!is_number(word, len), "%s has '%s'", factline_key(nr, &room), text);
	}
	free(text);
	return count;
}

static void every_fact_has_a_name(void **state)
{
	const struct kvmcaps_facts facts = {
		.flags = BIT(KVMCAPS_NR_FACTS) - 1,
		.assumed = BIT(KVMCAPS_NR_ASSUMPTIONS) - 1,
		.msrs = BIT(KVMCAPS_NR_MSRS) - 1,
	};
	unsigned int i, seen = 0;

	(void)state;
	for (i = 0; i < factline_nr(); i++) {
		struct factline_key room;
		const char *key = factline_key(i, &room);

		if (!strcmp(key, "flags"))
			seen += count_names(&facts, i) == KVMCAPS_NR_FACTS;
		if (!strcmp(key, "assumed"))
			seen += count_names(&facts, i) == KVMCAPS_NR_ASSUMPTIONS;
		if (!strcmp(key, "policy"))
			seen += count_names(&facts, i) == KVMCAPS_NR_POLICIES;
		if (factline_worth(&facts, i) && !strncmp(key, "msr.", 4))
			check(!is_number(key + 4, strlen(key + 4)), "%s", key);
	}
	assert_int_equal(seen, 3);
}

/**
 * struct refusal - a file that makes no sense
 * @text: the file
 * @says: the message
 */
struct refusal {
	const char *text;
	const char *says;
};

static const struct refusal refusals[] = {
	{ "\n", "file:1: a host file begins with 'CPU N: # kvmcaps-host 1'" },
	{ "hello\n", "file:1: a host file begins with" },
	{ "CPU 0:\n" ZERO, "file:1: a host file begins with" },
	{ "CPU 0: # release 6.12\n", "file:1: a host file begins with" },
	{ "CPU 0: # kvmcaps-host 2\n",
	  "file:1: a host file of format 2; this kvmcaps reads 1 only" },
	{ "CPU 0: # kvmcaps-host x\n", "file:1: a host file begins with" },
	{ HEADER, "file:2: the file ends without a release" },
	{ RELEASE, "file:3: the file ends without a CPU" },
	{ RELEASE "CPU 0:\n", "file:4: the file ends with CPU 0 without registers" },
	{ RELEASE ZERO, "file:3: registers before a line 'CPU N:'" },
	{ RELEASE "CPU 0:\n   0x0 nonsense\n", "file:4: not a line of registers" },
	{ RELEASE "CPU 0:\n   0x0 0x0: eax=0x100000000 ebx=0x0 ecx=0x0 edx=0x0\n",
	  "file:4: not a line of registers" },
	{ RELEASE "CPU 0:\n   0x0 0x0: eax=0x0 ebx=0x0 ecx=0x0 edx=0x0 more\n",
	  "file:4: not a line of registers" },
	{ RELEASE "CPU 0:\n   0x-1 0x0: eax=0x0 ebx=0x0 ecx=0x0 edx=0x0\n",
	  "file:4: not a line of registers" },
	{ RELEASE "CPU 0x0:\n", "file:3: not a line 'CPU N:' or" },
	{ RELEASE "CPU -1:\n", "file:3: not a line 'CPU N:' or" },
	{ RELEASE "CPU 99999999999:\n", "file:3: not a line 'CPU N:' or" },
	{ RELEASE "CPU 0: what\n", "file:3: not a line 'CPU N:' or" },
	{ RELEASE KEY "\n", "file:3: nothing behind ''" },
	{ RELEASE KEY " \t\n", "file:3: '' is unknown to this version" },
	{ RELEASE KEY "+ \t\n", "file:3: '' is unknown to this version" },
	{ RELEASE "CPU 0: # release\n", "file:3: nothing behind 'release'" },
	{ SMALL "CPU 0:\n" ZERO, "file:5: CPU 0 is there twice" },
	{ SMALL "CPU 1: # same-as 2\n",
	  "file:5: CPU 2, which is said to be the same, has no registers above" },
	{ SMALL "CPU 1: # same-as 0\nCPU 2: # same-as 1\n", "file:6: CPU 1, which is said" },
	{ SMALL "CPU 1: # same-as x\n", "file:5: 'x' is no number of a CPU" },
	{ SMALL "CPU 1: # same-as 0\n" ZERO, "file:6: registers before a line" },
	{ SMALL "CPU 0: # xcr0 7\n", "file:5: 'xcr0' comes after the registers" },
	{ RELEASE "CPU 0: # no.such 1\n", "file:3: 'no.such' is unknown to this version" },
	{ HEADER "CPU 0: # release 6\n", "file:2: release cannot be '6'" },
	{ HEADER "CPU 0: # release 6.300\n", "file:2: release cannot be '6.300'" },
	{ RELEASE "CPU 0: # maker me\n", "file:3: maker cannot be 'me'" },
	{ RELEASE "CPU 0: # module 7\n", "file:3: module cannot be '7'" },
	{ RELEASE "CPU 0: # phys_bits 70000\n", "file:3: phys_bits cannot be '70000'" },
	{ RELEASE "CPU 0: # phys_bits -1\n", "file:3: phys_bits cannot be '-1'" },
	{ RELEASE "CPU 0: # flags pae nonsense\n", "file:3: flags cannot be 'nonsense'" },
	{ RELEASE "CPU 0: # flags 32\n", "file:3: flags cannot be '32'" },
	{ RELEASE "CPU 0: # policy npt\n", "file:3: policy cannot be 'npt'" },
	{ RELEASE "CPU 0: # policy npt=2\n", "file:3: policy cannot be 'npt=2'" },
	{ RELEASE "CPU 0: # policy n\033[31m=2\n", "file:3: policy cannot be 'n?[31m=2'" },
	{ RELEASE "CPU 0: # word.0x1.0.ECX SSE3\n", "file:3: word.0x1.0.ECX cannot be 'SSE3'" },
	{ RELEASE "CPU 0: # xcr0 0x10000000000000000\n", "file:3: xcr0 cannot be" },
	{ RELEASE "CPU 0:", "file:3: the file ends in the middle of a line" },
};

static void bad_files_are_refused_with_line_and_reason(void **state)
{
	struct saved saved;
	unsigned int i;

	(void)state;
	for (i = 0; i < ROWS(refusals); i++) {
		assert_int_equal(parse(refusals[i].text, strlen(refusals[i].text), &saved),
				 STATUS_TROUBLE);
		check(strstr(complaint, refusals[i].says), "row %u says: %s", i, complaint);
	}
	assert_int_equal(parse(SMALL, strlen(SMALL), &saved), 0);
	saved_free(&saved);
}

static void files_that_are_not_text_are_refused(void **state)
{
	static const char nul[] = RELEASE "CPU 0: # uname a\0b\n";
	char *text = malloc(100000);
	struct saved saved;

	(void)state;
	assert_int_equal(parse(nul, sizeof(nul) - 1, &saved), STATUS_TROUBLE);
	check(strstr(complaint, "file:3: a line that is too long, or not text"), "%s", complaint);
	memset(text, 'x', 100000);
	assert_int_equal(parse(text, 100000, &saved), STATUS_TROUBLE);
	check(strstr(complaint, "file:1: a line that is too long"), "%s", complaint);
	free(text);
}

static void more_leaves_than_a_host_has_are_refused(void **state)
{
	char *text = malloc(sizeof(RELEASE) + 7 + (KVMCAPS_MAX_CPUID + 1) * sizeof(ZERO));
	struct saved saved;
	char *end = text;
	unsigned int i;

	(void)state;
	assert_non_null(text);
	end = stpcpy(end, RELEASE "CPU 0:\n");
	for (i = 0; i < KVMCAPS_MAX_CPUID; i++)
		end = stpcpy(end, ZERO);
	assert_int_equal(parse(text, end - text, &saved), 0);
	saved_free(&saved);
	end = stpcpy(end, ZERO);
	assert_int_equal(parse(text, end - text, &saved), STATUS_TROUBLE);
	check(strstr(complaint, "CPU 0 has more than 2048 leaves"), "%s", complaint);
	free(text);
}

/* Asks the engine as show does, whatever the facts are. */
static void answer(const struct saved *saved)
{
	const struct source_change change = { .cpu = -1, .like = -1 };
	struct source source = { .name = "file" };

	source.host = calloc(1, sizeof(*source.host));
	source.caps = calloc(1, sizeof(*source.caps));
	assert_true(source.host && source.caps);
	saved_host(saved, &saved->cpus[0], source.host);
	assert_int_equal(simulate_change(source.host, "file", &change), 0);
	kvmcaps_decide(source.host, source.caps);
	if (!simulate_answer(&source, &source.tables)) {
		assert_true(source.tables.supported->nent <= 256);
		free(source.tables.supported);
		free(source.tables.emulated);
	}
	free(source.host);
	free(source.caps);
}

static void files_cut_anywhere_do_no_harm(void **state)
{
	struct saved saved, copy;
	size_t len, cut;
	char *text;

	(void)state;
	random_saved(&saved);
	text = write(&saved);
	len = strlen(text);
	for (cut = 1; cut < len; cut += 1 + random_below(3)) {
		if (!parse(text, cut, &copy))
			saved_free(&copy);
		else
			check(!strncmp(complaint, "file:", 5), "%s", complaint);
	}
	free(text);
	saved_free(&saved);
}

static void mutate(char *text, size_t len)
{
	unsigned int i;

	for (i = 0; i < 1 + random_below(8); i++) {
		if (random_one_in(2))
			text[random_below(len)] = "\n #:=x0123456789abcdef,.-_"[random_below(24)];
		else
			text[random_below(len)] = random_u64();
	}
}

static void changed_files_do_no_harm(void **state)
{
	struct saved saved, copy;
	unsigned int i, good = 0;
	char *text;

	(void)state;
	for (i = 0; i < 700; i++) {
		random_saved(&saved);
		text = write(&saved);
		mutate(text, strlen(text));
		if (!parse(text, strlen(text), &copy)) {
			good++;
			answer(&copy);
			saved_free(&copy);
		}
		free(text);
		saved_free(&saved);
	}
	check(good > 5, "only %u files were taken", good);
}

/* The engine's host has each leaf and index once, whatever the file has. */
static void of_two_entries_the_first_counts(void **state)
{
	static const u32 functions[] = { 0x0, 0x7, 0x1, 0x7, 0x80000000, 0x0, 0x1, 0x2 };
	static const u32 kept[] = { 0, 1, 2, 4, 7 };
	static struct kvmcaps_host host;
	struct saved saved = {};
	struct saved_cpu *cpu;
	u32 i;

	(void)state;
	cpu = saved_cpu_add(&saved, 0);
	for (i = 0; i < ROWS(functions); i++)
		saved_cpu_append(cpu, &(struct kvmcaps_cpuid){ functions[i], .eax = i });
	saved_cpu_append(cpu, &(struct kvmcaps_cpuid){ 0x7, 1, .eax = i });
	saved_host(&saved, cpu, &host);
	assert_int_equal(host.nr_cpuid, ROWS(kept) + 1);
	for (i = 0; i < ROWS(kept); i++)
		assert_int_equal(host.cpuid[i].eax, kept[i]);
	assert_int_equal(host.cpuid[i].index, 1);
	saved_free(&saved);
}

static void redaction_clears_what_it_says_only(void **state)
{
	struct kvmcaps_cpuid regs = { 0xb, 1, ~0u, ~0u, ~0u, ~0u };
	struct saved saved = {};

	(void)state;
	saved_cpu_append(saved_cpu_add(&saved, 0), &regs);
	redact(&saved);
	assert_true(saved.redacted);
	assert_int_equal(saved.cpus[0].cpuid[0].edx, 0);
	assert_int_equal(saved.cpus[0].cpuid[0].ecx, ~0u);
	assert_int_equal(redact_mask(0x1, 0, KVMCAPS_EBX), 0xff000000);
	assert_int_equal(redact_mask(0x1, 0, KVMCAPS_ECX), 0);
	assert_int_equal(redact_mask(0x7, 0, KVMCAPS_EBX), 0);
	saved_free(&saved);
}

static const struct cmocka_test tests[] = {
	cmocka_unit_test(what_is_written_is_read_back),
	cmocka_unit_test(no_line_is_too_long_for_cpuid),
	cmocka_unit_test(every_fact_has_a_name),
	cmocka_unit_test(bad_files_are_refused_with_line_and_reason),
	cmocka_unit_test(files_that_are_not_text_are_refused),
	cmocka_unit_test(more_leaves_than_a_host_has_are_refused),
	cmocka_unit_test(files_cut_anywhere_do_no_harm),
	cmocka_unit_test(changed_files_do_no_harm),
	cmocka_unit_test(of_two_entries_the_first_counts),
	cmocka_unit_test(redaction_clears_what_it_says_only),
};

int main(void)
{
	random_start();
	return cmocka_run_group_tests_name("hostfile", tests, NULL, NULL);
}
