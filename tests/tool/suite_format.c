// SPDX-License-Identifier: GPL-2.0
/* What people have is read as the machine it comes from, or refused with a line. */
#include <stdlib.h>
#include <linux/kernel.h>

#include "complaint.h"
#include "fail.h"
#include "format.h"
#include "machines.h"
#include "suite.h"

/* In memory of its own, so that a step beyond it is found. */
static struct input input_of(const char *text, size_t size)
{
	char *copy = malloc(size + 1);

	assert_non_null(copy);
	memcpy(copy, text, size);
	copy[size] = '\0';
	return (struct input){ .path = "file", .text = copy, .size = size };
}

static int read_text(const char *text, size_t size, struct saved *saved)
{
	struct input in = input_of(text, size);
	const struct format *format;
	int err = STATUS_TROUBLE;

	*complaint = '\0';
	*saved = (struct saved){};
	format = format_find(&in);
	if (format)
		err = format_read(format, &in, saved);
	input_close(&in);
	return err;
}

static const struct saved_cpu *registers_of(const struct saved *saved, unsigned int nr)
{
	const struct saved_cpu *cpu = &saved->cpus[nr];

	return cpu->same_as < 0 ? cpu : &saved->cpus[cpu->same_as];
}

static void check_cpu(const struct saved *saved, unsigned int nr, const struct machine *machine)
{
	const struct saved_cpu *cpu = registers_of(saved, nr);
	const struct kvmcaps_host *host = machine->hosts[nr];
	u32 i;

	assert_int_equal(saved->cpus[nr].number, nr);
	assert_int_equal(cpu->nr, host->nr_cpuid);
	for (i = 0; i < cpu->nr; i++)
		check(!memcmp(&cpu->cpuid[i], &host->cpuid[i], sizeof(*cpu->cpuid)),
		      "CPU %u, %x.%x: %08x %08x %08x %08x, not %08x %08x %08x %08x", nr,
		      host->cpuid[i].function, host->cpuid[i].index, cpu->cpuid[i].eax,
		      cpu->cpuid[i].ebx, cpu->cpuid[i].ecx, cpu->cpuid[i].edx,
		      host->cpuid[i].eax, host->cpuid[i].ebx, host->cpuid[i].ecx,
		      host->cpuid[i].edx);
}

static const struct machine_style styles[] = {
	{ .write = machine_write_cpuid, .headings = true },
	{ .write = machine_write_cpuid },
	{ .write = machine_write_cpuid, .headings = true, .crlf = true },
	{ .write = machine_write_instlatx, .headings = true, .sign = '-', .behind_leaf = ": " },
	{ .write = machine_write_instlatx, .sign = '-', .behind_leaf = ": ", .crlf = true },
	{ .write = machine_write_instlatx, .sign = '-', .behind_leaf = "  \t", .lower = true },
	{ .write = machine_write_instlatx, .sign = ' ', .behind_leaf = ": ", .counted = true,
	  .plain = true },
	{ .write = machine_write_instlatx, .sign = '-', .behind_leaf = " ", .counted = true,
	  .plain = true, .headings = true },
};

static void a_dump_is_the_machine_it_comes_from(void **state)
{
	struct machine machine;
	struct saved saved;
	unsigned int i, nr;
	size_t size;
	char *text;

	(void)state;
	for (i = 0; i < 400; i++) {
		const struct machine_style *style = &styles[i % ROWS(styles)];

		machine_make(&machine, style->plain);
		text = machine_dump(&machine, style, &size);
		check(!read_text(text, size, &saved), "style %zu: %s\n%s", i % ROWS(styles),
		      complaint, text);
		assert_int_equal(saved.nr_cpus, machine.nr);
		assert_true(saved.dump);
		assert_int_equal(saved.absent, 0);
		for (nr = 0; nr < machine.nr; nr++)
			check_cpu(&saved, nr, &machine);
		saved_free(&saved);
		free(text);
		machine_free(&machine);
	}
}

/* It has the first CPU only, and what is zero is not in it. */
static void kcpuid_is_the_machine_it_comes_from(void **state)
{
	struct machine_style style = { .write = machine_write_kcpuid };
	struct machine machine;
	struct saved saved;
	unsigned int i;
	size_t size;
	char *text;

	(void)state;
	for (i = 0; i < 100; i++) {
		style.headings = random_one_in(2);
		machine_make(&machine, true);
		if (!style.headings)
			machine.cpus[0].max_centaur = 0;
		machine_refresh(&machine);
		text = machine_dump(&machine, &style, &size);
		check(!read_text(text, size, &saved), "%s\n%s", complaint, text);
		assert_int_equal(saved.nr_cpus, 1);
		check_cpu(&saved, 0, &machine);
		saved_free(&saved);
		free(text);
		machine_free(&machine);
	}
}

static const struct kvmcaps_cpuid *find(const struct saved_cpu *cpu, u32 function, u32 index)
{
	u32 i;

	for (i = 0; i < cpu->nr; i++) {
		if (cpu->cpuid[i].function == function && cpu->cpuid[i].index == index)
			return &cpu->cpuid[i];
	}
	fail_msg("%x.%x is not there", function, index);
	return NULL;
}

static void check_index_0(const struct saved_cpu *cpu, const struct kvmcaps_host *host)
{
	const struct kvmcaps_cpuid *regs;

	for (regs = host->cpuid; regs < host->cpuid + host->nr_cpuid; regs++) {
		if (!regs->index && regs->function < 0xc0000000)
			assert_memory_equal(find(cpu, regs->function, 0), regs, sizeof(*regs));
	}
}

/* A copy has index 0 of each leaf, and no leaves of Centaur. */
static void a_copy_of_the_device_has_index_0(void **state)
{
	struct machine_style style = { .write = machine_write_device };
	struct machine machine;
	struct saved saved;
	unsigned int i, nr;
	size_t size;
	char *text;

	(void)state;
	for (i = 0; i < 100; i++) {
		style.headings = random_one_in(2);
		machine_make(&machine, true);
		text = machine_dump(&machine, &style, &size);
		check(!read_text(text, size, &saved), "%s", complaint);
		assert_int_equal(saved.nr_cpus, machine.nr);
		for (nr = 0; nr < machine.nr; nr++)
			check_index_0(registers_of(&saved, nr), machine.hosts[nr]);
		saved_free(&saved);
		free(text);
		machine_free(&machine);
	}
}

/* All that is taken of a dump that breaks off is whole. */
static void a_dump_cut_anywhere_is_whole_or_refused(void **state)
{
	struct machine machine;
	struct saved saved;
	size_t size, cut;
	unsigned int i, nr, taken = 0;
	char *text;

	(void)state;
	for (i = 0; i < 2 * ROWS(styles); i++) {
		const struct machine_style *style = &styles[i % ROWS(styles)];

		machine_make(&machine, true);
		/* All leaves are known to be there, and the last has no indices. */
		for (nr = 0; nr < machine.nr; nr++) {
			machine.cpus[nr].max_basic |= 4;
			machine.cpus[nr].max_extended = 0x8000001f;
			machine.cpus[nr].max_centaur = 0;
		}
		machine_refresh(&machine);
		text = machine_dump(&machine, style, &size);
		for (cut = 1; cut < size; cut += 1 + random_below(15)) {
			if (read_text(text, cut, &saved)) {
				check(!strncmp(complaint, "file:", 5), "%s", complaint);
				continue;
			}
			taken++;
			assert_in_range(saved.nr_cpus, 1, machine.nr);
			for (nr = 0; nr < saved.nr_cpus; nr++)
				check_cpu(&saved, nr, &machine);
			saved_free(&saved);
		}
		free(text);
		machine_free(&machine);
	}
	assert_true(taken);
}

static void changed_dumps_do_no_harm(void **state)
{
	static const struct machine_style kcpuid = { .write = machine_write_kcpuid };
	static const struct machine_style device = { .write = machine_write_device };
	const struct machine_style *style;
	struct machine machine;
	struct saved saved;
	unsigned int i, n;
	size_t size;
	char *text;

	(void)state;
	for (i = 0; i < 600; i++) {
		style = &styles[i % ROWS(styles)];
		if (random_one_in(3))
			style = random_one_in(2) ? &kcpuid : &device;
		machine_make(&machine, true);
		text = machine_dump(&machine, style, &size);
		for (n = 1 + random_below(6); n--;)
			text[random_below(size)] = random_one_in(2) ? (char)random_u64() :
						   "\n 0f8:-[]"[random_below(9)];
		if (read_text(text, size, &saved))
			check(!strncmp(complaint, "file:", 5), "%s", complaint);
		else
			saved_free(&saved);
		free(text);
		machine_free(&machine);
	}
}

/* What AMD's K5 had, of 1996: two leaves. */
#define K5_0	"00000001-68747541-444D4163-69746E65"
#define K5_1	"00000501-00000000-00000000-000003BF"
#define K5	"CPUID 00000000: " K5_0 "\nCPUID 00000001: " K5_1 "\n"

#define ZERO	"eax=0x00000001 ebx=0x68747541 ecx=0x444d4163 edx=0x69746e65\n"
#define ONE	"eax=0x00000501 ebx=0x00000000 ecx=0x00000000 edx=0x000003bf\n"
#define R_K5	"   0x00000000 0x00: " ZERO "   0x00000001 0x00: " ONE

#define K_K5	"Basic Leafs :\n================\n" \
		"0x00000000: EAX=0x00000001, EBX=0x68747541, ECX=0x444d4163, EDX=0x69746e65\n" \
		"0x00000001: EAX=0x00000501, EBX=0x00000000, ECX=0x00000000, EDX=0x000003bf\n"
#define K_ANY	"EAX=0x00000001, EBX=0x00000001, ECX=0x00000001, EDX=0x00000001\n"

static const struct {
	const char *text;
	const char *format;
} examples[] = {
	{ K5, "AIDA64's, as of InstLatx64" },
	{ "\n\n------[ Versions ]------\n" K5, "AIDA64's, as of InstLatx64" },
	{ "CPU Type: K5\nCPUID Manufacturer : AuthenticAMD\n" K5, "AIDA64's, as of InstLatx64" },
	{ "CPU 0:\n" R_K5, "'cpuid -r'" },
	{ "\nCPU:\n" R_K5, "'cpuid -r'" },
	{ K_K5, "'kcpuid -r'" },
	{ "Standard Leafs :\n", "'kcpuid -r'" },
	{ "CPU 0: # kvmcaps-host 1\n", "a host file of 'kvmcaps capture'" },
};

static void a_format_is_found_by_looking(void **state)
{
	const struct format *format;
	struct input in;
	unsigned int i;

	(void)state;
	for (i = 0; i < ROWS(examples); i++) {
		in = input_of(examples[i].text, strlen(examples[i].text));
		format = format_find(&in);
		check(format && !strcmp(format->name, examples[i].format), "row %u is %s", i,
		      format ? format->name : complaint);
		input_close(&in);
	}
}

static const char *const strangers[] = {
	"hello\n", "\n", " ", "CPU", "CPU 0", "CPU x:\n", "CPU: no\n", "0x", "0x00000000: ",
	"CPUID Manufacturer : AuthenticAMD\n", "CPUID ABCDEF Name\n", "----\n", "Leafs :\n",
};

static void what_is_not_known_is_refused_with_what_is(void **state)
{
	struct saved saved;
	unsigned int i;

	(void)state;
	for (i = 0; i < ROWS(strangers); i++) {
		assert_int_equal(read_text(strangers[i], strlen(strangers[i]), &saved),
				 STATUS_TROUBLE);
		check(strstr(complaint, "file: no known format; known are: a host file") &&
		      strstr(complaint, "'cpuid -r'") && strstr(complaint, "InstLatx64"),
		      "row %u says: %s", i, complaint);
	}
	assert_int_equal(read_text("", 0, &saved), STATUS_TROUBLE);
	check(strstr(complaint, "file: it is empty; known are:"), "%s", complaint);
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

#define NO_END	"the file ends in the middle of a line"
#define NO_REGS	"not a line of registers, as 'cpuid -r' prints them"
#define NO_KREGS "not a line of registers, as 'kcpuid -r' prints them"

static const struct refusal refusals[] = {
	{ "CPU 0:\n", "file:1: CPU 0 has no leaf 0" },
	{ "CPU 0:\n   0x00000001 0x00: " ONE, "file:2: CPU 0 has no leaf 0" },
	{ "CPU 0:\n   0x00000000 0x00: " ZERO,
	  "file:2: CPU 0 has no leaf 1H, though its highest is 1H" },
	{ "CPU 0:\n" R_K5 "CPU 0:\n" R_K5, "file:4: CPU 0 is there twice" },
	{ "CPU 65536:\n" R_K5, "file:1: CPU 65536 has a number that no CPU has" },
	{ "CPU 99999999999999999999:\n" R_K5, "has a number that no CPU has" },
	{ "CPU 0:\n" R_K5 "CPU 1:\n   0x00000000 0x00: " ZERO "\nCPU 2:\n" R_K5,
	  "file:6: CPU 1 has no leaf 1H" },
	{ "CPU 0:\n" R_K5 "   0x00000001 0x00: " ONE,
	  "file:4: leaf 1H, index 0 of CPU 0 is there twice" },
	{ "CPU 0:\n" R_K5 "nonsense\n", "file:4: " NO_REGS },
	{ "CPU 0:\n   vendor_id = \"AuthenticAMD\"\n", "file:2: " NO_REGS },
	{ "CPU 0:\n" R_K5 "   0x00000002 0x00: eax=0x0 ebx=0x0 ecx=0x0\n", "file:4: " NO_REGS },
	{ "CPU 0:\n" R_K5 "   0x00000002 0x00: eax=0x100000000 ebx=0x0 ecx=0x0 edx=0x0\n",
	  "file:4: " NO_REGS },
	{ "CPU 0:\n" R_K5 "CPU 1", "file:4: " NO_END },
	{ "CPU 0:\n   0x00000000 0x00: " ZERO "   0x00000001 0x00: eax=0x1", "file:3: " NO_END },
	/* No CPU with SSE2, bit 26, or with leaf 4 is without extended leaves. */
	{ "CPU 0:\n   0x00000000 0x00: " ZERO
	  "   0x00000001 0x00: eax=0x0 ebx=0x0 ecx=0x0 edx=0x04000000\n",
	  "file:3: CPU 0 ends without leaf 80000000H" },

	{ K_K5 "nonsense\n", "file:5: " NO_KREGS },
	{ K_K5 "0x00000002: EAX=0x1\n", "file:5: " NO_KREGS },
	{ K_K5 "0x00000004: subleafs:\n   : " K_ANY, "file:6: " NO_KREGS },
	{ K_K5 "0x00000004: subleafs:\n  0: " K_ANY "  0: " K_ANY,
	  "file:7: leaf 4H, index 0 of CPU 0 is there twice" },
	{ K_K5 "  0: " K_ANY, "file:5: an index without a line '0xLEAF: subleafs:' above" },
	{ K_K5 "0x00000004: sub", "file:5: " NO_END },
	{ "Basic Leafs :\n", "file:1: CPU 0 has no leaf 0" },

	{ "------[ Versions ]------\n", "file:1: the file ends without a CPU" },
	{ "CPUID 00000001: " K5_1 "\n", "file:1: a CPU that does not begin with leaf 0" },
	{ "CPUID 00000000: " K5_0 "\n", "file:1: CPU 0 has no leaf 1H, though its highest is 1H" },
	{ K5 "CPUID 00000002: 00000000-00000000-00000000\n",
	  "file:3: no registers of a leaf: 'CPUID 00000002: 00000000-00000000-00000000'" },
	{ K5 "CPUID 00000002: 00000000-00000000-00000000-0000000\n", "file:3: no registers" },
	{ K5 "CPUID 00000002: 00000000-00000000-00000000-000000000\n", "file:3: no registers" },
	{ K5 "CPUID 00000002: 00000000-00000000-00000000-0000000G\n", "file:3: no registers" },
	{ K5 "CPUID 00000002: 00000000-00000000-00000000-00000000[SL 00]\n",
	  "file:3: no registers" },
	{ K5 "CPUID 00000002: 00000000-00000000-00000000-00000000 [SL x]\n",
	  "file:3: no registers" },
	{ K5 "CPUID 00000002: 00000000-00000000-00000000-00000000 [SL 0", "file:3: no registers" },
	{ K5 "CPUID C0000000: C0000001-00000000-00000000-00000000\n",
	  "file:3: CPU 0 has no leaf C0000001H, though its highest is C0000001H" },
	{ K5 "CPUID 0000", "file:3: no registers of a leaf: 'CPUID 0000'" },
	{ K5 "CPUID 00000002: \033[31m\n",
	  "file:3: no registers of a leaf: 'CPUID 00000002: ?[31m'" },
	{ K5 "CPUID 00000001: " K5_1 "\n", "file:3: leaf 1H, index 0 of CPU 0 is there twice" },
	{ K5 "CPUID 0000000D: " K5_1 " [SL 01]\nCPUID 0000000D: " K5_1 " [SL 01]\n",
	  "file:4: leaf DH, index 1 of CPU 0 is there twice" },
	{ K5 "CPUID 0000000D: " K5_1, "file:3: " NO_END },
	{ K5 "CPUID 00000000: " K5_0 "\n\n", "file:4: CPU 1 has no leaf 1H" },
	{ "------[ Logical CPU #0 ]------\n\n" K5 "\n------[ Logical CPU #1 ]------\n\n",
	  "file:6: a CPU without registers" },
	{ "------[ Logical CPU #0 ]------\n\n" K5 "\n------[ Logical CPU #0 ]------\n\n" K5,
	  "file:8: CPU 0 is there twice" },
	{ "------[ Logical CPU #0 ]------\n\n" K5 "\n------[ Logical CPU #1 ]------\n\n"
	  "CPUID 00000001: " K5_1 "\n", "file:8: a CPU that does not begin with leaf 0" },
};

static void bad_dumps_are_refused_with_line_and_reason(void **state)
{
	struct saved saved;
	unsigned int i;

	(void)state;
	for (i = 0; i < ROWS(refusals); i++) {
		if (!read_text(refusals[i].text, strlen(refusals[i].text), &saved))
			fail_msg("row %u is taken", i);
		check(strstr(complaint, refusals[i].says), "row %u says: %s", i, complaint);
	}
}

/* The K5's two leaves are all that those examples need. */
static void two_leaves_are_a_machine(void **state)
{
	static const char *const texts[] = { K5, "CPU 0:\n" R_K5, K_K5 };
	const struct kvmcaps_cpuid *regs;
	struct saved saved;
	unsigned int i;

	(void)state;
	for (i = 0; i < ROWS(texts); i++) {
		check(!read_text(texts[i], strlen(texts[i]), &saved), "%s", complaint);
		regs = find(&saved.cpus[0], 1, 0);
		assert_int_equal(regs->eax, 0x501);
		assert_int_equal(regs->edx, 0x3bf);
		saved_free(&saved);
	}
}

static void put32(char **at, u32 value)
{
	memcpy(*at, &value, sizeof(value));
	*at += sizeof(value);
}

static void put_record(char **at, u32 eax, u32 ebx, u32 ecx, u32 edx)
{
	put32(at, eax);
	put32(at, ebx);
	put32(at, ecx);
	put32(at, edx);
}

static void bad_copies_are_refused(void **state)
{
	char image[256], *at = image;
	struct saved saved;

	(void)state;
	put_record(&at, 2, 0x756e6547, 0x6c65746e, 0x49656e69);
	put_record(&at, 0x601, 0, 0, 1 << 26);
	assert_int_equal(read_text(image, at - image, &saved), STATUS_TROUBLE);
	check(strstr(complaint, "file: CPU 0 has no leaf 2H, though its highest is 2H"), "%s",
	      complaint);
	put_record(&at, 1, 2, 3, 4);
	assert_int_equal(read_text(image, at - image, &saved), STATUS_TROUBLE);
	check(strstr(complaint, "file: CPU 0 ends without leaf 80000000H"), "%s", complaint);
	put_record(&at, 0x80000001, 0, 0, 0);
	assert_int_equal(read_text(image, at - image, &saved), STATUS_TROUBLE);
	check(strstr(complaint, "file: CPU 0 has no leaf 80000001H"), "%s", complaint);
	put_record(&at, 5, 6, 7, 8);
	assert_int_equal(read_text(image, at - image - 1, &saved), STATUS_TROUBLE);
	check(strstr(complaint, "file: the copy of a device ends in the middle of a record"),
	      "%s", complaint);
	assert_int_equal(read_text(image, at - image, &saved), 0);
	assert_int_equal(find(&saved.cpus[0], 0x80000001, 0)->edx, 8);
	saved_free(&saved);
}

static void what_a_dump_lacks_is_known(void **state)
{
	static const char text[] =
		"CPUID 00000000: 00000007-756E6547-6C65746E-49656E69\n"
		"CPUID 00000001: 00000000-00000000-00000000-00000000\n"
		"CPUID 00000002: 00000000-00000000-00000000-00000000\n"
		"CPUID 00000003: 00000000-00000000-00000000-00000000\n"
		"CPUID 00000005: 00000000-00000000-00000000-00000000\n"
		"CPUID 00000006: 00000000-00000000-00000000-00000000\n"
		"CPUID 00000007: 00000002-00000000-00000000-00000000 [SL 00]\n"
		"CPUID 00000007: 00000001-00000000-00000000-00000000 [SL 01]\n"
		"CPUID 80000000: 80000000-00000000-00000000-00000000\n";
	struct saved saved;

	(void)state;
	check(!read_text(text, strlen(text), &saved), "%s", complaint);
	assert_int_equal(saved.absent, 1 << KVMCAPS_W_7_2_EDX);
	saved_free(&saved);
}

static void more_than_a_machine_has_is_refused(void **state)
{
	const size_t room = (SAVED_MAX_CPUS + 1) * (sizeof(R_K5) + 16);
	char *text = malloc(room), *end = text;
	struct saved saved;
	unsigned int i;

	(void)state;
	assert_non_null(text);
	for (i = 0; i < SAVED_MAX_CPUS; i++)
		end += snprintf(end, text + room - end, "CPU %u:\n%s", i, R_K5);
	check(!read_text(text, end - text, &saved), "%s", complaint);
	assert_int_equal(saved.nr_cpus, SAVED_MAX_CPUS);
	assert_int_equal(saved.cpus[SAVED_MAX_CPUS - 1].same_as, 0);
	assert_ptr_equal(saved_cpu_find(&saved, 77), &saved.cpus[77]);
	assert_null(saved_cpu_find(&saved, SAVED_MAX_CPUS));
	saved_free(&saved);
	end += snprintf(end, text + room - end, "CPU %u:\n%s", i, R_K5);
	assert_int_equal(read_text(text, end - text, &saved), STATUS_TROUBLE);
	check(strstr(complaint, "CPU 16384 is one too many"), "%s", complaint);

	end = stpcpy(text, "CPU 0:\n" R_K5);
	for (i = 2; i < KVMCAPS_MAX_CPUID + 1; i++)
		end += sprintf(end, "   0x%08x 0x00: %s", i, ONE);
	assert_int_equal(read_text(text, end - text, &saved), STATUS_TROUBLE);
	check(strstr(complaint, "CPU 0 has more than 2048 leaves and indices"), "%s", complaint);
	free(text);
}

static int make_table(const struct input *in, struct kvm_cpuid2 **table)
{
	struct kvm_cpuid_entry2 entries[] = {
		{ 0x80000001, 0, 0, 5, 6, 7, 8 },
		{ 7, 0, 1, 0, 9, 0, 0 },
		{ 0, 0, 0, 7, 0x756e6547, 0x6c65746e, 0x49656e69 },
		{ 0x80000000, 0, 0, 0x80000001, 0, 0, 0 },
	};

	(void)in;
	*table = calloc(1, sizeof(**table) + sizeof(entries));
	assert_non_null(*table);
	(*table)->nent = ROWS(entries);
	memcpy((*table)->entries, entries, sizeof(entries));
	return 0;
}

/* What is not in it is zero there; nothing is missing. */
static void a_table_is_the_machine_that_its_guest_sees(void **state)
{
	static const struct format format = { .kind = FORMAT_TABLE, .table = make_table };
	struct saved saved;

	(void)state;
	assert_int_equal(format_read(&format, &(struct input){}, &saved), 0);
	assert_true(saved.dump);
	assert_int_equal(saved.nr_cpus, 1);
	assert_int_equal(find(&saved.cpus[0], 7, 0)->ebx, 9);
	assert_int_equal(find(&saved.cpus[0], 0x80000001, 0)->edx, 8);
	assert_int_equal(find(&saved.cpus[0], 1, 0)->edx, 0);
	/* Beyond its highest, an Intel CPU answers as for that. */
	assert_int_equal(find(&saved.cpus[0], 0x80000008, 0)->ebx, 9);
	saved_free(&saved);
}

/* Transmeta's name begins like Intel's. */
static void only_intels_cpus_answer_beyond_their_leaves(void **state)
{
	static const struct {
		const char *ecx_edx;
		u32 ebx;
	} rows[] = {
		{ "ecx=0x6c65746e edx=0x49656e69", 0x8 },	/* GenuineIntel */
		{ "ecx=0x3638784d edx=0x54656e69", 0 },		/* GenuineTMx86 */
	};
	struct saved saved;
	unsigned int i;
	char text[512];

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		snprintf(text, sizeof(text),
			 "CPU 0:\n   0x00000000 0x00: eax=0x00000001 ebx=0x756e6547 %s\n"
			 "   0x00000001 0x00: eax=0x00000005 ebx=0x00000008 ecx=0x00000000 edx=0x00000000\n"
			 "   0x80000000 0x00: eax=0x80000000 ebx=0x00000000 ecx=0x00000000 edx=0x00000000\n",
			 rows[i].ecx_edx);
		check(!read_text(text, strlen(text), &saved), "%s", complaint);
		assert_int_equal(find(&saved.cpus[0], 0x80000008, 0)->ebx, rows[i].ebx);
		saved_free(&saved);
	}
}

static void lines_end_in_two_ways_or_not(void **state)
{
	struct input in = input_of("one\r\n\ntwo\r\r\nx", 13);
	struct input_line line = {};
	static const struct {
		const char *text;
		bool ended;
	} lines[] = { { "one", true }, { "", true }, { "two\r", true }, { "x", false } };
	unsigned int i;

	(void)state;
	for (i = 0; i < ROWS(lines); i++) {
		assert_true(input_next(&in, &line));
		assert_int_equal(line.number, i + 1);
		assert_int_equal(line.len, strlen(lines[i].text));
		assert_memory_equal(line.text, lines[i].text, line.len);
		assert_int_equal(line.ended, lines[i].ended);
		assert_int_equal(input_number(&in, line.text), i + 1);
	}
	assert_false(input_next(&in, &line));
	input_close(&in);
}

static const struct cmocka_test tests[] = {
	cmocka_unit_test(a_dump_is_the_machine_it_comes_from),
	cmocka_unit_test(kcpuid_is_the_machine_it_comes_from),
	cmocka_unit_test(a_copy_of_the_device_has_index_0),
	cmocka_unit_test(a_dump_cut_anywhere_is_whole_or_refused),
	cmocka_unit_test(changed_dumps_do_no_harm),
	cmocka_unit_test(a_format_is_found_by_looking),
	cmocka_unit_test(what_is_not_known_is_refused_with_what_is),
	cmocka_unit_test(bad_dumps_are_refused_with_line_and_reason),
	cmocka_unit_test(two_leaves_are_a_machine),
	cmocka_unit_test(bad_copies_are_refused),
	cmocka_unit_test(what_a_dump_lacks_is_known),
	cmocka_unit_test(more_than_a_machine_has_is_refused),
	cmocka_unit_test(a_table_is_the_machine_that_its_guest_sees),
	cmocka_unit_test(only_intels_cpus_answer_beyond_their_leaves),
	cmocka_unit_test(lines_end_in_two_ways_or_not),
};

int main(void)
{
	random_start();
	return cmocka_run_group_tests_name("format", tests, NULL, NULL);
}
