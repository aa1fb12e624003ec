/* SPDX-License-Identifier: GPL-2.0 */
/* From the CPU to the guest: who says what of a feature, one clause each, in order. */
#ifndef TOOLS_CHAIN_H
#define TOOLS_CHAIN_H

#include <kvmcaps/decide.h>
#include <linux/kvm.h>

#include "cause.h"
#include "printf.h"
#include "saved.h"

/**
 * struct subject - whose answer is explained
 * @host: facts, and CPUID of the CPU that answers
 * @caps: decided on it
 * @table: what is offered
 * @saved: its file, and what is known of its kernel besides
 */
struct subject {
	const struct kvmcaps_host *host;
	const struct kvmcaps_caps *caps;
	const struct kvm_cpuid2 *table;
	const struct saved *saved;
};

enum chain_layer {
	CHAIN_CPU,
	CHAIN_KERNEL,
	CHAIN_LIKELY,
	CHAIN_KVM,
	CHAIN_RULE,
	CHAIN_TABLE,
	CHAIN_CHANGE,
	CHAIN_ASSUMED,
	CHAIN_NR_LAYERS,
};

/* What a layer is called, "CPU"; and for programs, "cpu". */
extern const char *const chain_labels[CHAIN_NR_LAYERS];
extern const char *const chain_keys[CHAIN_NR_LAYERS];

#define CHAIN_MAX_STEPS		16

/**
 * struct chain_step - one clause
 * @layer: enum chain_layer
 * @text: the clause, without the feature's name
 */
struct chain_step {
	u8 layer;
	char text[400];
};

/**
 * struct chain - all about one feature
 * @feature: below NR_KVMCAPS_FEATURES
 * @verdict: the engine's
 * @cpu: the CPU enumerates it
 * @kernel: the kernel has it, or does not keep its word
 * @hidden: the CPU would enumerate it, had the kernel not made it stop, it seems
 * @offered: it is in the table
 * @remedy: what undoes the first likely cause that was found; "" for nothing
 * @steps: the clauses
 * @nr: how many
 */
struct chain {
	unsigned int feature;
	struct kvmcaps_verdict verdict;
	bool cpu;
	bool kernel;
	bool hidden;
	bool offered;
	char remedy[120];
	struct chain_step steps[CHAIN_MAX_STEPS];
	unsigned int nr;
};

struct source;

/* A source that has facts. What is known of its kernel is in its file. */
struct subject chain_subject(const struct source *source);

/* Without steps; chain_build() adds them. */
void chain_begin(struct chain *chain, const struct subject *subject, unsigned int feature);
void chain_build(struct chain *chain, const struct subject *subject);

/* In one clause, which says if it rests on an assumption. */
struct chain_step chain_brief(const struct chain *chain, const struct subject *subject);

/* Adds a clause. */
void __printf(3, 4) chain_add(struct chain *chain, enum chain_layer layer,
			      const char *format, ...);

/* Adds a likely cause. */
void chain_likely(struct chain *chain, const struct cause *cause);

/* Parts of chain_build(), each in a file of its own. */
void chain_kernel(struct chain *chain, const struct subject *subject);
void chain_kvm(struct chain *chain, const struct subject *subject);
void chain_rules(struct chain *chain, const struct subject *subject);
void chain_table(struct chain *chain, const struct subject *subject);
void chain_change(struct chain *chain, const struct subject *subject);
void chain_assumed(struct chain *chain, const struct subject *subject);

#endif /* TOOLS_CHAIN_H */
