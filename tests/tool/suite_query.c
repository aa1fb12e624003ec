// SPDX-License-Identifier: GPL-2.0
/* What people ask, and what is found in it. */
#include <stdlib.h>
#include <kvmcaps/feature.h>

#include "alias.h"
#include "flagname.h"
#include "query.h"
#include "suite.h"

/**
 * struct row - a text and the place that it means
 * @text: as the user writes it
 * @place: "7.0.EBX[16]", several with blanks between them; "" for none
 */
struct row {
	const char *text;
	const char *place;
};

static void print(char *to, size_t room, const struct query *query)
{
	static const char *const regs[] = { "EAX", "EBX", "ECX", "EDX" };
	size_t len = snprintf(to, room, "%x.%x", query->function, query->index);

	if (query->kind == QUERY_LEAF && !query->has_index)
		len = snprintf(to, room, "%x", query->function);
	if (query->kind != QUERY_LEAF)
		len += snprintf(to + len, room - len, ".%s", regs[query->reg]);
	if (query->kind == QUERY_BIT)
		snprintf(to + len, room - len, "[%u]", query->bit);
}

static void expect(const struct row *row, const struct query *found, unsigned int nr)
{
	char places[1024] = "";
	unsigned int i;

	for (i = 0; i < nr; i++) {
		if (i)
			strcat(places, " ");
		print(places + strlen(places), sizeof(places) - strlen(places), &found[i]);
	}
	check(!strcmp(places, row->place), "'%s' is %s, expected %s", row->text, places,
	      row->place);
}

static void expect_all(const struct row *rows, unsigned int nr,
		       unsigned int (*find)(const char *text, struct query found[QUERY_MAX]))
{
	struct query found[QUERY_MAX];
	unsigned int i;
	char *copy;

	for (i = 0; i < nr; i++) {
		/* Its own memory, for the sanitizer to see what is read beyond it. */
		copy = strdup(rows[i].text);
		expect(&rows[i], found, find(copy, found));
		free(copy);
	}
}

static void places_are_read(void **state)
{
	static const struct row rows[] = {
		{ "7.0.EBX[16]", "7.0.EBX[16]" },
		{ "7.0.ebx.16", "7.0.EBX[16]" },
		{ "0x7.0.EBX[bit 16]", "7.0.EBX[16]" },
		{ "CPUID.(EAX=7,ECX=0):EBX[bit 16]", "7.0.EBX[16]" },
		{ "CPUID.(EAX=7H,ECX=0):EBX[16]", "7.0.EBX[16]" },
		{ "CPUID.(EAX=14H, ECX=0):ECX[31]", "14.0.ECX[31]" },
		{ "cpuid.07h:ebx.hle [bit 4]", "7.0.EBX[4]" },
		{ "CPUID.07H:EBX.hle [bit 4]", "7.0.EBX[4]" },
		{ "CPUID[eax=07h,ecx=00h].EBX.hle [bit 4]", "7.0.EBX[4]" },
		{ "CPUID[eax=80000008h].EBX.wbnoinvd [bit 9]", "80000008.0.EBX[9]" },
		{ "CPUID.01H:ECX.sse4.1 [bit 19]", "1.0.ECX[19]" },
		{ "0x80000008.EBX[12]", "80000008.0.EBX[12]" },
		{ "80000008h.ebx bit 12", "80000008.0.EBX[12]" },
		{ "80000008.EBX[12]", "80000008.0.EBX[12]" },
		{ "7.0.EBX", "7.0.EBX" },
		{ "7:1.EAX", "7.1.EAX" },
		{ "CPUID.DH", "d" },
		{ "CPUID.14.0.ECX", "14.0.ECX" },
		{ "CPUID.0DH", "d" },
		{ "0xd", "d" },
		{ "13", "d" },
		{ "0xd.1", "d.1" },
		{ "0x80000008", "80000008" },
		{ " 0x80000008 ", "80000008" },
		/* The name says which index QEMU has left out. */
		{ "CPUID.07H:EAX.avx-vnni [bit 4]", "7.1.EAX[4]" },
		{ "CPUID.07H:EDX.avx-vnni-int8 [bit 4]", "7.1.EDX[4]" },
		{ "CPUID.07H:EDX.fsrm [bit 4]", "7.0.EDX[4]" },
		{ "CPUID.07H:EBX.hle", "7.0.EBX[4]" },
		/* A name that is not known, or is another bit's, changes nothing. */
		{ "CPUID.07H:EBX.nonsense [bit 4]", "7.0.EBX[4]" },
		{ "CPUID.07H:EBX.avx2 [bit 4]", "7.0.EBX[4]" },
	};

	(void)state;
	expect_all(rows, ROWS(rows), query_parse);
}

static void names_are_read(void **state)
{
	static const struct row rows[] = {
		{ "AVX512F", "7.0.EBX[16]" },
		{ "avx512f", "7.0.EBX[16]" },
		{ "X86_FEATURE_AVX512F", "7.0.EBX[16]" },
		{ "AVX-512F", "7.0.EBX[16]" },
		{ "pni", "1.0.ECX[0]" },
		{ "sse3", "1.0.ECX[0]" },
		{ "XMM3", "1.0.ECX[0]" },
		{ "sse4.1", "1.0.ECX[19]" },
		{ "sse4_1", "1.0.ECX[19]" },
		{ "pclmuldq", "1.0.ECX[1]" },
		{ "tsc-deadline", "1.0.ECX[24]" },
		{ "arch-capabilities", "7.0.EDX[29]" },
		{ "amd-ssbd", "80000008.0.EBX[24]" },
		{ "amd-no-ssb", "80000008.0.EBX[26]" },
		{ "xsaves", "d.1.EAX[3]" },
		{ "pks", "7.0.ECX[31]" },
		{ "3dnow", "80000001.0.EDX[31]" },
		{ "pdpe1gb", "80000001.0.EDX[26]" },
		{ "invtsc", "80000007.0.EDX[8]" },
		{ "lfence-always-serializing", "80000021.0.EAX[2]" },
		{ "kvm-pv-eoi", "40000001.0.EAX[6]" },
		{ "de", "1.0.EDX[2]" },
		{ "ssbd", "7.0.EDX[31] 80000008.0.EBX[24] 80000008.0.EBX[25]" },
		{ "stibp", "7.0.EDX[27] 80000008.0.EBX[15]" },
	};

	(void)state;
	expect_all(rows, ROWS(rows), query_parse);
}

static void nonsense_is_refused(void **state)
{
	static const struct row rows[] = {
		{ "", "" }, { " ", "" }, { "avx512g", "" }, { "-", "" }, { ".", "" },
		{ "7.0.EBX[32]", "" }, { "7.0.EBX[-1]", "" }, { "7.0.EBX[1", "" },
		{ "7.0.EBX[1] x", "" }, { "7.0.EFX[1]", "" }, { "7.0.EBX[]", "" },
		{ "7.0.EBX.", "" }, { "0x", "" }, { "0x123456789", "" }, { "12345678901", "" },
		{ "CPUID.(EAX=7", "" }, { "CPUID.(EAX=7,ECX=", "" }, { "CPUID.", "" },
		{ "cpuid", "" }, { "rdctl-no", "" },
	};

	(void)state;
	expect_all(rows, ROWS(rows), query_parse);
}

#define QEMU_HOST "qemu-system-x86_64: warning: host doesn't support requested feature: "
#define QEMU_TCG "qemu-kvm: warning: TCG doesn't support requested feature: "
#define LIBVIRT_HOST "error: the CPU is incompatible with host CPU: " \
	"Host CPU does not provide required features: "
#define LIBVIRT_GUEST "operation failed: guest CPU doesn't match specification: " \
	"missing features: "
#define THREE_PLACES "CPUID.07H:EBX.hle [bit 4] and CPUID.07H:EBX.rtm [bit 11] " \
	"and CPUID.07H:EBX.hle [bit 4]"

static void warnings_are_searched(void **state)
{
	static const struct row rows[] = {
		{ QEMU_HOST "CPUID.07H:EBX.hle [bit 4]",
		  "7.0.EBX[4]" },
		{ QEMU_TCG "CPUID.80000001H:ECX.svm [bit 2]",
		  "80000001.0.ECX[2]" },
		{ QEMU_HOST "CPUID[eax=07h,ecx=01h].EAX.avx-vnni [bit 4]",
		  "7.1.EAX[4]" },
		{ LIBVIRT_HOST "hle, rtm, sse4.1",
		  "7.0.EBX[4] 7.0.EBX[11] 1.0.ECX[19]" },
		{ LIBVIRT_GUEST "svm,npt.",
		  "80000001.0.ECX[2] 8000000a.0.EDX[0]" },
		{ "      <feature policy='require' name='amd-stibp'/>", "80000008.0.EBX[15]" },
		{ THREE_PLACES,
		  "7.0.EBX[4] 7.0.EBX[11]" },
		{ QEMU_HOST "MSR(10AH).rdctl-no [bit 0]", "" },
		{ "it is 7 past 12 and nothing is to be found", "" },
		{ "avx2", "7.0.EBX[5]" },
	};

	(void)state;
	expect_all(rows, ROWS(rows), query_search);
}

static bool finds(const char *name, unsigned int feature)
{
	const struct kvmcaps_word_info *info = &kvmcaps_words[KVMCAPS_WORD(feature)];
	struct query found[QUERY_MAX];
	unsigned int i, nr = query_parse(name, found);

	for (i = 0; i < nr; i++) {
		if (found[i].kind == QUERY_BIT && found[i].function == info->function &&
		    found[i].index == info->index && found[i].reg == info->reg &&
		    found[i].bit == feature % 32)
			return true;
	}
	return false;
}

static void every_feature_is_found_by_its_names(void **state)
{
	char flag[FLAGNAME_SIZE];
	unsigned int feature;
	const char *name;

	(void)state;
	for (feature = 0; feature < NR_KVMCAPS_FEATURES; feature++) {
		name = kvmcaps_feature_name(feature);
		if (!name)
			continue;
		check(finds(name, feature), "%s is not found", name);
		check(!flagname(feature, FLAGNAME_ANY_KERNEL, flag) || finds(flag, feature),
		      "%s is not found by %s", name, flag);
	}
}

static void aliases_are_new_names(void **state)
{
	struct query found[QUERY_MAX];
	char name[QUERY_NAME];
	unsigned int i, j;

	(void)state;
	for (i = 0; i < nr_aliases; i++) {
		query_normalize(aliases[i].name, strlen(aliases[i].name), name);
		check(!strcmp(name, aliases[i].name), "%s is not normal", aliases[i].name);
		check(query_parse(aliases[i].name, found), "%s is not found", aliases[i].name);
		for (j = 0; j < i; j++)
			check(strcmp(aliases[i].name, aliases[j].name) ||
			      aliases[i].function != aliases[j].function ||
			      aliases[i].index != aliases[j].index ||
			      aliases[i].reg != aliases[j].reg ||
			      aliases[i].bit != aliases[j].bit, "%s is there twice",
			      aliases[i].name);
	}
}

static void nearest_names_are_near(void **state)
{
	static const struct row rows[] = {
		{ "avx512g", "AVX512F" }, { "smpe", "SMEP" }, { "rdtspc", "RDTSCP" },
		{ "pcid0", "PCID" }, { "arch-capabilites", "ARCH_CAPABILITIES" },
	};
	struct query_near near;
	unsigned int i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		near = query_near(rows[i].text);
		near.names[strcspn(near.names, ",")] = '\0';
		check(!strcmp(near.names, rows[i].place), "like %s is %s", rows[i].text,
		      near.names);
	}
	assert_string_equal(query_near("qqqqqqqqqqqq").names, "");
}

#define ROUNDS	2000

/* Pieces of what is read, in any order: nothing is read beyond a text. */
static void anything_can_be_asked(void **state)
{
	static const char *const pieces[] = {
		"CPUID", ".", "(", "EAX=", "7", "07H", ",", "ECX=", "0", ")", ":", "EBX", "[",
		"bit ", "16", "]", "hle", "sse4.1", "0x", "80000008", "-", "_", " ", "x86_feature_",
		"avx", "\t", "h", "d", "99999999999", "\xff", "ssbd", "[eax=",
	};
	struct query found[QUERY_MAX];
	char text[256], *copy;
	unsigned int i, j, nr;

	(void)state;
	for (i = 0; i < ROUNDS; i++) {
		*text = '\0';
		for (j = random_below(12); j; j--)
			strcat(text, pieces[random_below(ROWS(pieces))]);
		copy = strdup(text);
		nr = query_search(copy, found);
		check(nr <= QUERY_MAX, "%u meanings of '%s'", nr, copy);
		for (j = 0; j < nr; j++)
			check(found[j].reg < KVMCAPS_NR_REGS && found[j].bit < 32,
			      "'%s' is no place", copy);
		query_near(copy);
		free(copy);
	}
}

int main(void)
{
	const struct cmocka_test tests[] = {
		cmocka_unit_test(places_are_read),
		cmocka_unit_test(names_are_read),
		cmocka_unit_test(nonsense_is_refused),
		cmocka_unit_test(warnings_are_searched),
		cmocka_unit_test(every_feature_is_found_by_its_names),
		cmocka_unit_test(aliases_are_new_names),
		cmocka_unit_test(nearest_names_are_near),
		cmocka_unit_test(anything_can_be_asked),
	};

	random_start();
	return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
