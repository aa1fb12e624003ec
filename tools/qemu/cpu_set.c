// SPDX-License-Identifier: GPL-2.0
/* Properties from text, as QEMU takes them from a command line. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "../alloc.h"
#include "../fail.h"
#include "cpu.h"

/**
 * struct number_type - what a number can be
 * @name: QEMU's name of the type
 * @bits: that it has
 * @is_signed: whether it can be below zero
 */
struct number_type {
	const char *name;
	unsigned int bits;
	bool is_signed;
};

static const struct number_type number_types[] = {
	{ "uint8", 8, false },
	{ "uint16", 16, false },
	{ "uint32", 32, false },
	{ "uint64", 64, false },
	{ "int32", 32, true },
	{ "int", 64, true },
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

static int bad_value(const struct qemu_cpu *cpu, const char *name, const char *value,
		     const char *wanted)
{
	return fail("CPU model '%s': property '%s' is '%s': it must be %s", cpu->model->name, name,
		    value, wanted);
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
	u64 most = type->bits == 64 ? ~0ULL : (1ULL << type->bits) - 1;
	char *end;

	errno = 0;
	if (type->is_signed) {
		*value = strtoll(text, &end, 0);
		if (type->bits < 64 && (*value < -(1LL << (type->bits - 1)) ||
					*value >= 1LL << (type->bits - 1)))
			return false;
	} else {
		*value = strtoull(text, &end, 0);
		if ((u64)*value > most)
			return false;
	}
	return !errno && end != text && !*end;
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

static bool within_limit(const char *name, long long value)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(number_limits); i++) {
		if (!strcmp(number_limits[i].name, name))
			return (u64)value <= number_limits[i].most;
	}
	return true;
}

static int set_number(struct qemu_cpu *cpu, const char *name, const char *value,
		      const struct number_type *type)
{
	long long number;

	if (!parse_number(type, value, &number) || !within_limit(name, number))
		return bad_value(cpu, name, value, "a number that fits");
	/* QEMU keeps kHz. */
	if (!strcmp(name, "tsc-frequency"))
		number -= number % 1000;
	qemu_cpu_put(cpu, name, json_integer(number));
	return STATUS_GOOD;
}

static int set_text(struct qemu_cpu *cpu, const char *name, const char *value, const char *type)
{
	bool on;

	if (!strcmp(name, "vendor") && strlen(value) != 12)
		return bad_value(cpu, name, value, "12 characters");
	if (type && !strcmp(type, "OnOffAuto") && strcmp(value, "auto") && !parse_bool(value, &on))
		return bad_value(cpu, name, value, "on, off or auto");
	qemu_cpu_put(cpu, name, json_string_nocheck(value));
	return STATUS_GOOD;
}

static int set_feature(struct qemu_cpu *cpu, const struct qemu_feature *feature,
		       const char *value)
{
	bool on;

	if (!parse_bool(value, &on))
		return bad_value(cpu, feature->name, value, "on or off");
	if (on)
		cpu->features[feature->word] |= feature->mask;
	else
		cpu->features[feature->word] &= ~feature->mask;
	cpu->user[feature->word] |= feature->mask;
	return STATUS_GOOD;
}

static int set_property(struct qemu_cpu *cpu, const char *name, const char *value)
{
	const json_t *was = json_object_get(cpu->props, name);
	const json_t *known = json_object_get(cpu->registry->properties, name);
	const char *type = json_string_value(json_object_get(known, "type"));
	const struct number_type *number = number_type(type);
	bool on;

	if (number)
		return set_number(cpu, name, value, number);
	if (!json_is_boolean(was))
		return set_text(cpu, name, value, type);
	if (!parse_bool(value, &on))
		return bad_value(cpu, name, value, "on or off");
	qemu_cpu_put(cpu, name, json_boolean(on));
	return STATUS_GOOD;
}

int qemu_cpu_set(struct qemu_cpu *cpu, const char *name, const char *value)
{
	const char *own = qemu_registry_alias(cpu->registry, name);
	const struct qemu_feature *feature = qemu_registry_feature(cpu->registry, own);

	if (feature)
		return set_feature(cpu, feature, value);
	if (json_object_get(cpu->props, own))
		return set_property(cpu, own, value);
	return fail("CPU model '%s' has no property '%s'", cpu->model->name, name);
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
static int parse_setting(struct qemu_cpu *cpu, char *setting, bool *both)
{
	char *value = strchr(setting, '='), number[32], *c;

	if (value)
		*value++ = '\0';
	for (c = setting; (c = strchr(c, '_')); )
		*c = '-';
	warn_of_both(cpu, setting, value ? value : "on", both);
	if (strcmp(setting, "tsc-freq"))
		return qemu_cpu_set(cpu, setting, value ? value : "on");
	if (!parse_frequency(value ? value : "on", number, sizeof(number)))
		return bad_value(cpu, setting, value ? value : "on", "a frequency");
	return qemu_cpu_set(cpu, "tsc-frequency", number);
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
