/* SPDX-License-Identifier: GPL-2.0 */
/* QEMU's CPU models on one host: which are usable, and what each of the others misses. */
#ifndef TOOLS_MODELS_H
#define TOOLS_MODELS_H

#include "chain.h"
#include "qemu/cpu.h"

/**
 * struct models_miss - a bit that a model has and a guest here cannot have
 * @word: where it is
 * @bit: its number
 * @name: what QEMU calls it; of a state of XSAVE's, the feature that it belongs to
 */
struct models_miss {
	enum qemu_word word;
	unsigned int bit;
	const char *name;
};

/**
 * struct models_one - a model
 * @model: it
 * @cpu: of it, expanded and filtered
 * @expansion: of it, before it was filtered
 * @misses: all bits that it misses, in QEMU's order
 * @nr: how many
 */
struct models_one {
	const struct qemu_model *model;
	struct qemu_cpu cpu;
	json_t *expansion;
	struct models_miss *misses;
	unsigned int nr;
};

/**
 * struct models - some models on a host
 * @registry: QEMU's
 * @accel: the host
 * @all: the models
 * @nr: how many
 */
struct models {
	struct qemu_registry registry;
	struct qemu_accel accel;
	struct models_one *all;
	unsigned int nr;
};

/* Makes a CPU of each; @name: of the only one, or NULL. */
int models_make(struct models *models, const char *name);
void models_free(struct models *models);

/* Why a guest cannot have a bit, in one clause. */
struct chain_step models_why(const struct models_one *one, const struct models_miss *miss);

/* The engine's feature, if there is one and its verdict is why; else -1. */
int models_feature(const struct models_one *one, const struct models_miss *miss);

/* Features of a word that have a name. */
json_t *models_names(const struct qemu_registry *registry, enum qemu_word word, __u64 bits);

/* Features that KVM's defaults add to a model or take from it. */
json_t *models_defaults(const struct models_one *one, bool added);

/* These print and return an exit status: of all, or of the only one in detail. */
int models_text_list(const struct models *models);
int models_text_one(const struct models *models);
int models_json(const struct models *models, bool detailed);

#endif /* TOOLS_MODELS_H */
