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

/* x86_cpu_filter_features(); returns whether anything was taken away. */
bool qemu_cpu_filter(struct qemu_cpu *cpu, bool verbose);

void qemu_cpu_free(struct qemu_cpu *cpu);

/* Properties that are there, by name. */
bool qemu_cpu_bool(const struct qemu_cpu *cpu, const char *name);
__u64 qemu_cpu_number(const struct qemu_cpu *cpu, const char *name);
const char *qemu_cpu_text(const struct qemu_cpu *cpu, const char *name);

static inline bool qemu_cpu_has(const struct qemu_cpu *cpu, enum qemu_word word, unsigned int bit)
{
	return cpu->features[word] >> bit & 1;
}

#endif /* TOOLS_QEMU_CPU_H */
