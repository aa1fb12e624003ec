// SPDX-License-Identifier: GPL-2.0
/*
 * libvirt's <cpudata>: the CPUID of a machine as cpuid(1) prints it, which its
 * tests keep in this form, and MSRs.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <expat.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "dump.h"
#include "fail.h"
#include "format.h"
#include "hex.h"
#include "linux_model.h"

/**
 * struct cpudata - a file being read
 * @xml: its parser
 * @depth: of elements
 * @dump: what comes out
 * @err: something was wrong, and has been said
 */
struct cpudata {
	XML_Parser xml;
	unsigned int depth;
	struct dump dump;
	int err;
};

static unsigned int line(const struct cpudata *data)
{
	return XML_GetCurrentLineNumber(data->xml);
}

static void stop(struct cpudata *data, int err)
{
	if (!err)
		return;
	data->err = err;
	XML_StopParser(data->xml, XML_FALSE);
}

/* A parser that is stopped may call once more: the first message is the one. */
static void __printf(2, 3) refuse(struct cpudata *data, const char *format, ...)
{
	char why[128];
	va_list args;

	if (data->err)
		return;
	va_start(args, format);
	vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	stop(data, input_fail(data->dump.in, line(data), "%s", why));
}

static struct input_quote quote(const char *text)
{
	return input_quote(text, strlen(text));
}

static bool number(const char *text, u32 *to)
{
	const char *end = text + strlen(text);

	if (text[0] == '0' && text[1] == 'x')
		text += 2;
	return hex_take(text, end, to) == end;
}

/**
 * struct attribute - one that an element may have
 * @name: its name
 * @offset: of a u32 in which it is kept
 * @needed: the element makes no sense without it; others are 0
 */
struct attribute {
	const char *name;
	size_t offset;
	bool needed;
};

#define REG(reg)	{ #reg, offsetof(struct kvmcaps_cpuid, reg), false }

static const struct attribute cpuid_attributes[] = {
	{ "eax_in", offsetof(struct kvmcaps_cpuid, function), true },
	{ "ecx_in", offsetof(struct kvmcaps_cpuid, index), false },
	REG(eax), REG(ebx), REG(ecx), REG(edx),
};

/* Kept in the same way, though not for long. */
static const struct attribute msr_attributes[] = {
	{ "index", offsetof(struct kvmcaps_cpuid, function), true },
	REG(eax), REG(edx),
};

static const struct attribute *find(const struct attribute *rows, size_t nr, const char *name)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		if (!strcmp(rows[i].name, name))
			return &rows[i];
	}
	return NULL;
}

static bool take(struct cpudata *data, const char **attributes, const struct attribute *rows,
		 size_t nr, struct kvmcaps_cpuid *regs)
{
	const struct attribute *row;
	bool complete = false;

	*regs = (struct kvmcaps_cpuid){};
	for (; *attributes; attributes += 2) {
		row = find(rows, nr, attributes[0]);
		if (!row || !number(attributes[1], (u32 *)((char *)regs + row->offset))) {
			refuse(data, "attribute %s='%s' makes no sense", quote(attributes[0]).text,
			       quote(attributes[1]).text);
			return false;
		}
		complete |= row->needed;
	}
	if (!complete)
		refuse(data, "an element without %s", rows[0].name);
	return complete;
}

static void take_cpuid(struct cpudata *data, const char **attributes)
{
	struct kvmcaps_cpuid regs;

	if (!take(data, attributes, cpuid_attributes, ARRAY_SIZE(cpuid_attributes), &regs))
		return;
	stop(data, dump_regs(&data->dump, line(data), &regs));
}

static void take_msr(struct cpudata *data, const char **attributes)
{
	struct kvmcaps_facts *facts = &data->dump.saved->facts;
	struct kvmcaps_cpuid msr;
	unsigned int i;

	if (!take(data, attributes, msr_attributes, ARRAY_SIZE(msr_attributes), &msr))
		return;
	for (i = 0; i < KVMCAPS_NR_MSRS; i++) {
		if (linux_msr(i) != msr.function)
			continue;
		facts->msrs |= BIT(i);
		facts->msr[i] = (u64)msr.edx << 32 | msr.eax;
	}
}

static void take_root(struct cpudata *data, const char **attributes)
{
	for (; *attributes; attributes += 2) {
		if (!strcmp(attributes[0], "arch") && strcmp(attributes[1], "x86"))
			refuse(data, "CPU data of '%s', not of x86", quote(attributes[1]).text);
	}
}

struct element {
	const char *name;
	unsigned int depth;
	void (*take)(struct cpudata *data, const char **attributes);
};

static const struct element elements[] = {
	{ "cpudata", 0, take_root },
	{ "cpuid", 1, take_cpuid },
	{ "msr", 1, take_msr },
};

static void XMLCALL begin(void *ctx, const char *name, const char **attributes)
{
	const struct element *row;
	struct cpudata *data = ctx;

	if (data->err)
		return;
	for (row = elements; row < elements + ARRAY_SIZE(elements); row++) {
		if (row->depth == data->depth && !strcmp(row->name, name)) {
			data->depth++;
			row->take(data, attributes);
			return;
		}
	}
	refuse(data, "element '%s' does not belong here", quote(name).text);
}

static void XMLCALL end(void *ctx, const char *name)
{
	struct cpudata *data = ctx;

	(void)name;
	data->depth--;
}

/* What a document declares can grow without bounds, and this needs none of it. */
static void XMLCALL declare(void *ctx, const char *name, const char *sysid, const char *pubid,
			    int internal)
{
	(void)name;
	(void)sysid;
	(void)pubid;
	(void)internal;
	refuse(ctx, "a document type declaration does not belong here");
}

static void parse(struct cpudata *data, const struct input *in)
{
	XML_SetUserData(data->xml, data);
	XML_SetElementHandler(data->xml, begin, end);
	XML_SetStartDoctypeDeclHandler(data->xml, declare);
	if (XML_Parse(data->xml, in->text, in->size, XML_TRUE) != XML_STATUS_OK)
		refuse(data, "XML: %s", XML_ErrorString(XML_GetErrorCode(data->xml)));
}

static int read_dump(const struct input *in, struct saved *saved)
{
	struct cpudata data = { .xml = XML_ParserCreate(NULL) };

	if (!data.xml)
		return input_fail(in, 0, "out of memory");
	dump_init(&data.dump, in, saved, DUMP_NO_INDICES);
	data.err = dump_cpu(&data.dump, 0, 0);
	if (!data.err)
		parse(&data, in);
	data.err = dump_finish(&data.dump, line(&data), data.err);
	XML_ParserFree(data.xml);
	return data.err;
}

/* Comments and an XML declaration may come before it. */
static bool looks(const struct input *in)
{
	return in->text[strspn(in->text, " \t\r\n")] == '<' &&
	       memmem(in->text, in->size, "<cpudata", strlen("<cpudata"));
}

const struct format format_cpudata = {
	.name = "libvirt's <cpudata>",
	.kind = FORMAT_DUMP,
	.looks = looks,
	.read = read_dump,
};
