// SPDX-License-Identifier: GPL-2.0
/* Properties from text, as QEMU takes them from a command line. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "../alloc.h"
#include "../fail.h"
#include "cpu.h"

#define TYPE_SUFFIX	"-x86_64-cpu"

/**
 * struct number_type - what a number can be
 * @name: QEMU's name of the type
 * @text: what QEMU calls what a text must be to be one
 * @range: and what it must fit into
 * @bits: that it has
 * @is_signed: whether it can be below zero
 */
struct number_type {
	const char *name;
	const char *text;
	const char *range;
	unsigned int bits;
	bool is_signed;
};

static const struct number_type number_types[] = {
	{ "uint8", "uint64", "uint8_t", 8, false },
	{ "uint16", "uint64", "uint16_t", 16, false },
	{ "uint32", "uint64", "uint32_t", 32, false },
	{ "uint64", "uint64", "uint64", 64, false },
	{ "int32", "int64", "int32_t", 32, true },
	{ "int", "int64", "int64", 64, true },
};

/**
 * struct number_limit - what a property can be at most, besides what its type says
 * @name: the property
 * @most: its bound
 */
struct number_limit {
	const char *name;
	u64 most;
};

static const struct number_limit number_limits[] = {
	{ "family", 0xFF + 0xF },
	{ "model", 0xFF },
	{ "stepping", 0xF },
	{ "tsc-frequency", INT64_MAX },
};

/**
 * struct setting - what is to be set
 * @name: of the property
 * @value: its text
 * @global: it stands behind the model, so that QEMU says so in errors
 */
struct setting {
	const char *name;
	const char *value;
	bool global;
};

static int __printf(3, 4) refuse(const struct qemu_cpu *cpu, const struct setting *setting,
				 const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (!setting->global)
		return fail("%s", text);
	return fail("can't apply global %s" TYPE_SUFFIX ".%s=%s: %s", cpu->model->name,
		    setting->name, setting->value, text);
}

static int refuse_type(const struct qemu_cpu *cpu, const struct setting *setting,
		       const char *type)
{
	return refuse(cpu, setting, "Parameter '%s' expects %s", setting->name, type);
}

static bool parse_bool(const char *text, bool *value)
{
	static const char *const words[] = {
		"on", "yes", "true", "y", "off", "no", "false", "n",
	};
	unsigned int i;

	for (i = 0; i < 8; i++) {
		if (strcmp(text, words[i]))
			continue;
		*value = i < 4;
		return true;
	}
	return false;
}

/* As strtol() and strtoul() with base 0: also hexadecimal and octal, and below zero. */
static bool parse_number(const struct number_type *type, const char *text, long long *value)
{
	char *end;

	errno = 0;
	*value = type->is_signed ? strtoll(text, &end, 0) : (long long)strtoull(text, &end, 0);
	return !errno && end != text && !*end;
}

static bool fits(const struct number_type *type, long long value)
{
	if (type->bits == 64)
		return true;
	if (type->is_signed)
		return value >= -(1LL << (type->bits - 1)) && value < 1LL << (type->bits - 1);
	return (u64)value < 1ULL << type->bits;
}

static const struct number_type *number_type(const char *type)
{
	unsigned int i;

	for (i = 0; type && i < ARRAY_SIZE(number_types); i++) {
		if (!strcmp(number_types[i].name, type))
			return &number_types[i];
	}
	return NULL;
}

static const struct number_limit *limit_of(const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(number_limits); i++) {
		if (!strcmp(number_limits[i].name, name))
			return &number_limits[i];
	}
	return NULL;
}

#define LBR_MASK	0x3F

static int check_number(const struct qemu_cpu *cpu, const struct setting *setting,
			long long number)
{
	const struct number_limit *limit = limit_of(setting->name);

	if (limit && (u64)number > limit->most)
		return refuse(cpu, setting, "parameter '%s' can be at most %llu", setting->name,
			      (unsigned long long)limit->most);
	if (!strcmp(setting->name, "lbr-fmt") && (u64)number > LBR_MASK)
		return refuse(cpu, setting, "Property value for '%s' has bits outside mask '0x%x'",
			      setting->name, LBR_MASK);
	return STATUS_GOOD;
}

static int set_number(struct qemu_cpu *cpu, const struct setting *setting,
		      const struct number_type *type)
{
	long long number;

	if (!parse_number(type, setting->value, &number))
		return refuse_type(cpu, setting, type->text);
	if (!fits(type, number))
		return refuse_type(cpu, setting, type->range);
	if (check_number(cpu, setting, number))
		return STATUS_TROUBLE;
	/* QEMU keeps kHz. */
	if (!strcmp(setting->name, "tsc-frequency"))
		number -= number % 1000;
	qemu_cpu_put(cpu, setting->name, json_integer(number));
	return STATUS_GOOD;
}

#define VENDOR_SIZE	12

static int set_text(struct qemu_cpu *cpu, const struct setting *setting, const char *type)
{
	bool on;

	if (!strcmp(setting->name, "vendor") && strlen(setting->value) != VENDOR_SIZE)
		return refuse(cpu, setting,
			      "value of property 'vendor' must consist of exactly %d characters",
			      VENDOR_SIZE);
	if (type && !strcmp(type, "OnOffAuto") && strcmp(setting->value, "auto") &&
	    !parse_bool(setting->value, &on))
		return refuse(cpu, setting, "Parameter '%s' does not accept value '%s'",
			      setting->name, setting->value);
	qemu_cpu_put(cpu, setting->name, json_string_nocheck(setting->value));
	return STATUS_GOOD;
}

static int set_feature(struct qemu_cpu *cpu, const struct setting *setting,
		       const struct qemu_feature *feature)
{
	bool on;

	if (!parse_bool(setting->value, &on))
		return refuse_type(cpu, setting, "'on' or 'off'");
	if (on)
		cpu->features[feature->word] |= feature->mask;
	else
		cpu->features[feature->word] &= ~feature->mask;
	cpu->user[feature->word] |= feature->mask;
	return STATUS_GOOD;
}

static int set_property(struct qemu_cpu *cpu, const struct setting *setting)
{
	const json_t *was = json_object_get(cpu->props, setting->name);
	const json_t *known = json_object_get(cpu->registry->properties, setting->name);
	const char *type = json_string_value(json_object_get(known, "type"));
	const struct number_type *number = number_type(type);
	bool on;

	if (number)
		return set_number(cpu, setting, number);
	if (!json_is_boolean(was))
		return set_text(cpu, setting, type);
	if (!parse_bool(setting->value, &on))
		return refuse_type(cpu, setting, "'on' or 'off'");
	qemu_cpu_put(cpu, setting->name, json_boolean(on));
	return STATUS_GOOD;
}

static int set(struct qemu_cpu *cpu, const struct setting *given)
{
	const struct setting setting = {
		.name = qemu_registry_alias(cpu->registry, given->name),
		.value = given->value,
		.global = given->global,
	};
	const struct qemu_feature *feature = qemu_registry_feature(cpu->registry, setting.name);

	if (feature)
		return set_feature(cpu, &setting, feature);
	if (json_object_get(cpu->props, setting.name))
		return set_property(cpu, &setting);
	return refuse(cpu, given, "Property '%s" TYPE_SUFFIX ".%s' not found", cpu->model->name,
		      given->name);
}

int qemu_cpu_set(struct qemu_cpu *cpu, const char *name, const char *value)
{
	return set(cpu, &(struct setting){ .name = name, .value = value });
}

static bool is_in(const json_t *array, const char *name)
{
	size_t i;

	for (i = 0; i < json_array_size(array); i++) {
		if (!strcmp(json_string_value(json_array_get(array, i)), name))
			return true;
	}
	return false;
}

static void warn_of_both(struct qemu_cpu *cpu, const char *name, const char *value, bool *both)
{
	static const char signs[] = "+-";
	const json_t *const before[] = { cpu->plus, cpu->minus };
	unsigned int i;

	for (i = 0; i < 2; i++) {
		if (!is_in(before[i], name))
			continue;
		qemu_cpu_warn(cpu, "Ambiguous CPU model string. Don't mix both \"%c%s\" and \"%s=%s\"",
			      signs[i], name, name, value);
		*both = true;
	}
}

/* What tsc-freq= takes besides numbers: 2.5G, in powers of 1000. */
static bool parse_frequency(const char *text, char *number, size_t size)
{
	static const char units[] = "BKMGTPE";
	const char *unit;
	double value;
	char *end;

	value = strtod(text, &end);
	if (end == text || value < 0)
		return false;
	if (*end) {
		unit = strchr(units, *end >= 'a' ? *end - 'a' + 'A' : *end);
		if (!unit || end[1])
			return false;
		for (; unit > units; unit--)
			value *= 1000;
	}
	if (value >= (double)INT64_MAX)
		return false;
	snprintf(number, size, "%lld", (long long)value);
	return true;
}

/* name, or name=value, in which '_' is as good as '-' */
static int parse_setting(struct qemu_cpu *cpu, char *text, bool *both)
{
	struct setting setting = { .name = text, .value = "on", .global = true };
	char *value = strchr(text, '='), number[32], *c;

	if (value) {
		*value++ = '\0';
		setting.value = value;
	}
	for (c = text; (c = strchr(c, '_')); )
		*c = '-';
	warn_of_both(cpu, text, setting.value, both);
	if (strcmp(text, "tsc-freq"))
		return set(cpu, &setting);
	if (!parse_frequency(setting.value, number, sizeof(number)))
		return fail("bad numerical value %s", setting.value);
	setting.name = "tsc-frequency";
	setting.value = number;
	return set(cpu, &setting);
}

int qemu_cpu_parse(struct qemu_cpu *cpu, const char *features)
{
	char *text = alloc_copy(features), *rest = text, *one;
	int err = STATUS_GOOD;
	bool both = false;

	while (!err && (one = strsep(&rest, ","))) {
		if (*one == '+' || *one == '-')
			json_array_append_new(*one == '+' ? cpu->plus : cpu->minus,
					      json_string_nocheck(one + 1));
		else if (*one)
			err = parse_setting(cpu, one, &both);
	}
	if (both)
		qemu_cpu_warn(cpu, "Compatibility of ambiguous CPU model strings won't be kept on future QEMU versions");
	free(text);
	return err;
}
