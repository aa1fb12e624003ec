// SPDX-License-Identifier: GPL-2.0
/* Formats of other programs for guests and machines: what is refused, and why. */
#include <stdlib.h>
#include <linux/bits.h>
#include <kvmcaps/answer.h>

#include "assume_kernel.h"
#include "complaint.h"
#include "fail.h"
#include "format.h"
#include "jsontext.h"
#include "suite.h"

/**
 * struct row - a file
 * @format: what it is taken for, looks aside
 * @text: what is in it
 * @says: the message; NULL for none
 */
struct row {
	const struct format *format;
	const char *text;
	const char *says;
};

#define XML(text)	"<?xml version='1.0'?>\n<cpudata arch='x86'>\n" text "\n</cpudata>\n"
#define LEAF		"<cpuid eax_in='0x0' ecx_in='0x00' eax='0x0'/>"
#define REGS(eax)	"[{'register':'eax','bitmap':'" eax "'}," REG("ebx") REG("ecx")	\
			"{'register':'edx','bitmap':'0b" ZEROES "'}]"
#define REG(name)	"{'register':'" name "','bitmap':'0b" ZEROES "'},"
#define ZEROES		"00000000000000000000000000000000"
#define ITEM(eax)	"{'leaf':'0x1','subleaf':'0x0','flags':0,'modifiers':" REGS(eax) "}"
#define LIST(items)	"{'cpuid_modifiers':\n[" items "]}"
#define MODEL(props)	"{'return':\n{'model':{'name':'m','props':{" props "}}}}"
#define ONE		"0b1111_0000_11110000_1111000011110000"

static const struct row rows[] = {
	{ &format_cpudata, XML(LEAF), NULL },
	{ &format_cpudata, XML(LEAF "<msr index='0x10a' edx='0x0' eax='0x1'/>"), NULL },
	{ &format_cpudata, "<!-- of some CPU -->\n<cpudata arch='x86'>" LEAF "</cpudata>", NULL },
	{ &format_cpudata, XML(LEAF "<cpuid eax_in='7'/>"), NULL },
	{ &format_cpudata, XML("<cpuid eax_in='7'/>"), "file:5: CPU 0 has no leaf 0" },
	{ &format_cpudata, XML(""), "file:5: CPU 0 has no leaf 0" },
	{ &format_cpudata, XML(LEAF "\n" LEAF), "file:4: leaf 0H, index 0 of CPU 0 is there" },
	{ &format_cpudata, XML("<cpuid ecx_in='0x1'/>"), "file:3: an element without eax_in" },
	{ &format_cpudata, XML("<msr eax='0x1'/>"), "file:3: an element without index" },
	{ &format_cpudata, XML("<cpuid eax_in=''/>"), "file:3: attribute eax_in='' makes no" },
	{ &format_cpudata, XML("<cpuid eax_in='0x'/>"), "attribute eax_in='0x' makes no sense" },
	{ &format_cpudata, XML("<cpuid eax_in='-1'/>"), "attribute eax_in='-1' makes no sense" },
	{ &format_cpudata, XML("<cpuid eax_in='0x100000000'/>"), "makes no sense" },
	{ &format_cpudata, XML("<cpuid eax_in='\x01'/>"), "file:3: XML: not well-formed" },
	{ &format_cpudata, XML("<cpuid eax_in='&#xfc;'/>"), "file:3: attribute eax_in='?" },
	{ &format_cpudata, XML("<cpuid leaf='1'/>"), "attribute leaf='1' makes no sense" },
	{ &format_cpudata, XML("<vendor/>"), "file:3: element 'vendor' does not belong here" },
	{ &format_cpudata, XML("<cpuid eax_in='1'><cpuid/></cpuid>"), "element 'cpuid' does not" },
	{ &format_cpudata, "<cpus/>", "file:1: element 'cpus' does not belong here" },
	{ &format_cpudata, "<cpudata arch='ppc64'/>", "file:1: CPU data of 'ppc64', not of x86" },
	{ &format_cpudata, "<cpudata>\n", "file:2: XML: no element found" },
	{ &format_cpudata, "<!DOCTYPE x [<!ENTITY y 'z'>]>\n" XML(LEAF),
	  "file:1: a document type declaration does not belong here" },

	{ &format_template, LIST(ITEM(ONE)), NULL },
	{ &format_template, "{'guest_cpu_config':" LIST(ITEM(ONE)) "}", NULL },
	{ &format_template, LIST(""), "file:1: no list of leaves in cpuid_modifiers" },
	{ &format_template, "{'cpuid_modifiers':1}", "no list of leaves" },
	{ &format_template, "{", "file:1: JSON: " },
	{ &format_template, "{'cpuid_modifiers':\n[}", "file:2: JSON: " },
	{ &format_template, "{'a':1,'a':2}", "file:1: JSON: duplicate object key" },
	{ &format_template, LIST(ITEM(ONE) ",\n" ITEM(ONE)),
	  "file:3: leaf 0x1, subleaf 0x0 is there twice" },
	{ &format_template, LIST(ITEM("0bx1110000111100001111000011110000")),
	  "file:2: bits marked x stay as the host has them" },
	{ &format_template, LIST(ITEM("0b1")),
	  "file:2: bits left out of a bitmap stay as the host has them" },
	{ &format_template, LIST(ITEM("0b1" ZEROES)), "is no bitmap of 32 bits" },
	{ &format_template, LIST(ITEM("0b2")), "file:2: '0b2' is no bitmap of 32 bits" },
	{ &format_template, LIST(ITEM("0b\\u001b[31m")), "'0b?[31m' is no bitmap" },
	{ &format_template, LIST(ITEM("15")), "file:2: a register without a bitmap" },
	{ &format_template, LIST("{'leaf':1,'subleaf':0,'flags':0,'modifiers':[" REG("eax")
				 "{'register':'edx','bitmap':'0b" ZEROES "'}]}"),
	  "file:2: registers left out stay as the host has them" },
	{ &format_template, LIST("{'leaf':1,'subleaf':0,'flags':0,'modifiers':[]}"),
	  "file:2: registers left out stay as the host has them" },
	{ &format_template, LIST("{'leaf':1,'subleaf':0,'flags':0,'modifiers':[" REG("eax")
				 REG("eax") "1]}"), "no register, or it is there twice: 'eax'" },
	{ &format_template, LIST("{'leaf':1,'subleaf':0,'flags':0,'modifiers':[1]}"),
	  "no register, or it is there twice: ''" },
	{ &format_template, LIST("1"), "file:2: leaf, subleaf and flags are not all numbers" },
	{ &format_template, LIST("{'leaf':'0xg','subleaf':0,'flags':0}"), "not all numbers" },
	{ &format_template, LIST("{'leaf':'','subleaf':0,'flags':0}"), "not all numbers" },
	{ &format_template, LIST("{'leaf':' 1','subleaf':0,'flags':0}"), "not all numbers" },
	{ &format_template, LIST("{'leaf':4294967296,'subleaf':0,'flags':0}"), "not all numbers" },
	{ &format_template, LIST("{'leaf':1.5,'subleaf':0,'flags':0}"), "not all numbers" },
	{ &format_template, LIST("{'leaf':'0x100000000','subleaf':0,'flags':0}"), "not all" },

	{ &format_expansion, MODEL("'pku':true,'lbr-fmt':18446744073709551615"), NULL },
	{ &format_expansion, "{'QMP':{}}\n{'return':{}}\n" MODEL("'family':6"), NULL },
	{ &format_expansion, "{'name':'m','props':{'pku':true}}", NULL },
	{ &format_expansion, MODEL("'level':4294967295,'min-level':13"), NULL },
	{ &format_expansion, "", "file:1: no model with props" },
	{ &format_expansion, "{'return':{'model':{'props':1}}}", "no model with props" },
	{ &format_expansion, "{'return':{}}\n{'return':\n", "file:3: JSON: " },
	{ &format_expansion, MODEL("'family':271"), "file:2: family makes no sense" },
	{ &format_expansion, MODEL("'family':'6'"), "file:2: family makes no sense" },
	{ &format_expansion, MODEL("\n'model':256"), "file:3: model makes no sense" },
	{ &format_expansion, MODEL("'stepping':16"), "stepping makes no sense" },
	{ &format_expansion, MODEL("'phys-bits':65"), "phys-bits makes no sense" },
	{ &format_expansion, MODEL("'min-level':65536"), "min-level makes no sense" },
	{ &format_expansion, MODEL("'level':-1"), "level makes no sense" },
	{ &format_expansion, MODEL("'vendor':'short'"), "vendor makes no sense" },
	{ &format_expansion, MODEL("'vendor':1"), "vendor makes no sense" },
	{ &format_expansion, MODEL("'model-id':'" ZEROES ZEROES "'"), "model-id makes no sense" },
};

/* JSON with its own quotation marks cannot be read here. */
static char *quoted(const struct row *row)
{
	char *text = strdup(row->text), *c;

	assert_non_null(text);
	for (c = text; row->format != &format_cpudata && *c; c++) {
		if (*c == '\'')
			*c = '"';
	}
	return text;
}

static int read_as(const struct format *format, const char *text, size_t size)
{
	const struct input in = { .path = "file", .text = text, .size = size };
	struct saved saved;
	int err;

	*complaint = '\0';
	err = format_read(format, &in, &saved);
	if (!err)
		saved_free(&saved);
	return err;
}

static void files_are_taken_or_refused_with_the_reason(void **state)
{
	const struct row *row;
	char *text;
	int err;

	(void)state;
	for (row = rows; row < rows + ROWS(rows); row++) {
		text = quoted(row);
		err = read_as(row->format, text, strlen(text));
		check(err == (row->says ? STATUS_TROUBLE : 0), "%s\nis %d: %s", text, err,
		      complaint);
		check(!row->says || strstr(complaint, row->says), "%s\nsays: %s", text, complaint);
		check(!row->says || !strncmp(complaint, "file:", 5), "%s", complaint);
		free(text);
	}
}

/* A table of @nr entries, in memory of its own size; free() it. */
static char *bytes(u32 nr, size_t *size)
{
	const u32 head[2] = { nr, 0 };
	char *text;

	*size = sizeof(head) + nr * sizeof(struct kvm_cpuid_entry2);
	text = calloc(1, *size + 1);
	assert_non_null(text);
	memcpy(text, head, sizeof(head));
	return text;
}

static const struct format *looked_at(const char *text, size_t size)
{
	const struct input in = { .path = "file", .text = text, .size = size };

	return format_find(&in);
}

static void bytes_are_known_by_their_size_alone(void **state)
{
	size_t size;
	char *text = bytes(2, &size);

	(void)state;
	assert_ptr_equal(looked_at(text, size), &format_cpuid2);
	assert_int_equal(read_as(&format_cpuid2, text, size), 0);
	assert_null(looked_at(text, size - 1));
	assert_null(looked_at(text, sizeof(struct kvm_cpuid2)));
	text[4] = 1;
	assert_null(looked_at(text, size));
	text[4] = 0;
	text[size - 1] = 1;
	assert_int_equal(read_as(&format_cpuid2, text, size), STATUS_TROUBLE);
	assert_string_equal(complaint, "file: byte 76: the padding of an entry is not zero");
	assert_int_equal(read_as(&format_cpuid2, text, 7), STATUS_TROUBLE);
	free(text);
	text = bytes(KVMCAPS_MAX_ENTRIES + 1, &size);
	assert_int_equal(read_as(&format_cpuid2, text, size), STATUS_TROUBLE);
	assert_string_equal(complaint,
			    "file: byte 0: more than 256 entries, and KVM takes no more");
	free(text);
}

static void formats_are_told_apart(void **state)
{
	const struct row *row;
	char *text;

	(void)state;
	for (row = rows; row < rows + ROWS(rows); row++) {
		text = quoted(row);
		if (!row->says)
			check(looked_at(text, strlen(text)) == row->format, "%s", text);
		free(text);
	}
}

/* Beside what a tree of it would be. */
static void no_json_is_too_large(void **state)
{
	char *text = malloc(JSONTEXT_MAX + 2);

	(void)state;
	assert_non_null(text);
	memset(text, ' ', JSONTEXT_MAX + 1);
	text[0] = '{';
	text[JSONTEXT_MAX + 1] = '\0';
	assert_int_equal(read_as(&format_template, text, JSONTEXT_MAX + 1), STATUS_TROUBLE);
	assert_string_equal(complaint, "file: more than 4 MiB of JSON");
	assert_int_equal(read_as(&format_template, text, JSONTEXT_MAX), STATUS_TROUBLE);
	check(strstr(complaint, "file:1: JSON: "), "%s", complaint);
	free(text);
}

/* More of anything than KVM takes. */
static void no_table_is_too_long(void **state)
{
	char *text = strdup("{\"cpuid_modifiers\":["), *longer, item[512];
	unsigned int i;

	(void)state;
	for (i = 0; i <= KVMCAPS_MAX_ENTRIES; i++) {
		struct row row = { &format_template, ITEM(ONE), NULL };
		char *one = quoted(&row);

		snprintf(item, sizeof(item), "%s{\"leaf\":\"%u\",%s", i ? "," : "", i,
			 strchr(one, ',') + 1);
		assert_true(asprintf(&longer, "%s%s", text, item) > 0);
		free(one);
		free(text);
		text = longer;
	}
	assert_true(asprintf(&longer, "%s]}", text) > 0);
	assert_int_equal(read_as(&format_template, longer, strlen(longer)), STATUS_TROUBLE);
	assert_string_equal(complaint, "file:1: more than 256 leaves, and KVM takes no more");
	free(text);
	free(longer);
}

/* With RDPID, and so with MSR_TSC_AUX. */
#define INTEL	"<cpuid eax_in='0' eax='7' ebx='0x756e6547' "				\
		"ecx='0x6c65746e' edx='0x49656e69'/>"						\
		"<cpuid eax_in='1'/><cpuid eax_in='2'/><cpuid eax_in='3'/><cpuid eax_in='5'/>"	\
		"<cpuid eax_in='6'/><cpuid eax_in='7' ecx='0x400000'/>"				\
		"<cpuid eax_in='0x80000000'/>"
#define ARCH_CAPABILITIES	"<msr index='0x10a' edx='0x1' eax='0x2'/>"

static void msrs_of_a_machine_reach_its_kernel(void **state)
{
	const char *text = XML(INTEL ARCH_CAPABILITIES);
	const struct input in = { .path = "file", .text = text, .size = strlen(text) };
	struct kvmcaps_host *host = calloc(1, sizeof(*host));
	struct saved saved;

	(void)state;
	assert_non_null(host);
	assert_int_equal(format_read(&format_cpudata, &in, &saved), 0);
	saved_host(&saved, &saved.cpus[0], host);
	assume_kernel(host, KVMCAPS_RELEASE(6, 18));
	assert_int_equal(host->facts.msrs, BIT(KVMCAPS_MSR_ARCH_CAPABILITIES));
	assert_true(host->facts.msr[KVMCAPS_MSR_ARCH_CAPABILITIES] == 0x100000002);
	/* The others are as unknown as ever, and not missing. */
	assert_true(host->facts.flags & BIT(KVMCAPS_FACT_TSC_AUX));
	assert_true(host->facts.assumed & BIT(KVMCAPS_ASSUME_VMX_CONTROLS));
	saved_free(&saved);
	free(host);
}

static void change(char *text, size_t size)
{
	unsigned int i;

	for (i = 0; i < 1 + random_below(6); i++) {
		if (random_one_in(2))
			text[random_below(size)] = random_u64();
		else
			text[random_below(size)] = "{}[]\"',:<>/=0x\n"[random_below(15)];
	}
}

static void changed_and_cut_files_do_no_harm(void **state)
{
	const struct row *row;
	unsigned int i;
	size_t size;
	char *text;

	(void)state;
	for (i = 0; i < 3000; i++) {
		row = &rows[random_below(ROWS(rows))];
		text = quoted(row);
		size = strlen(text) ? random_below(strlen(text) + 1) : 0;
		text[size] = '\0';
		if (size)
			change(text, size);
		if (read_as(row->format, text, size))
			check(!strncmp(complaint, "file:", 5), "%s", complaint);
		free(text);
	}
}

static const struct cmocka_test tests[] = {
	cmocka_unit_test(files_are_taken_or_refused_with_the_reason),
	cmocka_unit_test(bytes_are_known_by_their_size_alone),
	cmocka_unit_test(formats_are_told_apart),
	cmocka_unit_test(no_json_is_too_large),
	cmocka_unit_test(no_table_is_too_long),
	cmocka_unit_test(msrs_of_a_machine_reach_its_kernel),
	cmocka_unit_test(changed_and_cut_files_do_no_harm),
};

int main(void)
{
	random_start();
	return cmocka_run_group_tests_name("tableformat", tests, NULL, NULL);
}
