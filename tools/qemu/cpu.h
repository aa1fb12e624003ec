/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A CPU of a guest in the making: a model, what the user changed of it, what it
 * depends on, and what the host does not have. QEMU's X86CPU up to the point
 * where it has features; its CPUID is vcpu.h's.
 */
#ifndef TOOLS_QEMU_CPU_H
#define TOOLS_QEMU_CPU_H

#include "accel.h"
#include "registry.h"

/**
 * struct qemu_cpu - a CPU
 * @registry: of its model
 * @accel: the host
 * @model: what it was made from
 * @features: words that it has
 * @user: bits that the user set or cleared
 * @filtered: bits that it was to have and cannot
 * @props: all properties that are no feature, by name: true or false, integer, string
 * @plus: features that were asked for with a plus, which QEMU looks at last
 * @minus: and those with a minus
 * @warnings: array of strings, as QEMU would print them, without "warning: "
 */
struct qemu_cpu {
	const struct qemu_registry *registry;
	const struct qemu_accel *accel;
	const struct qemu_model *model;
	__u64 features[QEMU_NR_WORDS];
	__u64 user[QEMU_NR_WORDS];
	__u64 filtered[QEMU_NR_WORDS];
	json_t *props;
	json_t *plus;
	json_t *minus;
	json_t *warnings;
};

/*
 * The steps, in this order: init, parse (or none), expand, filter. Where they
 * return a value it is 0, or STATUS_TROUBLE after a message in QEMU's terms.
 */
void qemu_cpu_init(struct qemu_cpu *cpu, const struct qemu_registry *registry,
		   const struct qemu_accel *accel, const struct qemu_model *model);

/* One property or feature, the value as text; fails as QEMU does if it is unknown or bad. */
int qemu_cpu_set(struct qemu_cpu *cpu, const char *name, const char *value);

/* What follows -cpu MODEL: "+avx,-sse,pmu=on,..."; +name and -name have the last word. */
int qemu_cpu_parse(struct qemu_cpu *cpu, const char *features);

/* What depends on something missing goes, levels rise: x86_cpu_expand_features(). */
int qemu_cpu_expand(struct qemu_cpu *cpu);

/* What KVM cannot do goes: x86_cpu_filter_features(). Returns whether anything did. */
bool qemu_cpu_filter(struct qemu_cpu *cpu, bool verbose);

void qemu_cpu_free(struct qemu_cpu *cpu);

/*
 * Takes @bits away and remembers that they are wanted. With @why, which is what
 * QEMU says before it names them, it warns of each.
 */
void qemu_cpu_lose(struct qemu_cpu *cpu, enum qemu_word word, __u64 bits, const char *why);

/* What QEMU calls a bit that is missing: a state of XSAVE's by whose it is. NULL without a name. */
const char *qemu_cpu_missing(const struct qemu_cpu *cpu, enum qemu_word word, unsigned int bit);

/* By the text in leaf 0. */
bool qemu_cpu_is_by(const struct qemu_cpu *cpu, const char *vendor);

void __printf(2, 3) qemu_cpu_warn(struct qemu_cpu *cpu, const char *format, ...);

/* Properties by name; of those that are not there, false, 0 and NULL. */
bool qemu_cpu_bool(const struct qemu_cpu *cpu, const char *name);
__u64 qemu_cpu_number(const struct qemu_cpu *cpu, const char *name);
const char *qemu_cpu_text(const struct qemu_cpu *cpu, const char *name);
void qemu_cpu_put(struct qemu_cpu *cpu, const char *name, json_t *value);

static inline bool qemu_cpu_has(const struct qemu_cpu *cpu, enum qemu_word word, unsigned int bit)
{
	return cpu->features[word] >> bit & 1;
}

#endif /* TOOLS_QEMU_CPU_H */
