/* SPDX-License-Identifier: GPL-2.0 */
/*
 * QEMU's CPU types as data: generated from a real QEMU, of which the file has
 * the version, and built into the tool.
 */
#ifndef TOOLS_QEMU_REGISTRY_H
#define TOOLS_QEMU_REGISTRY_H

#include <jansson.h>

#include "word.h"

/**
 * struct qemu_feature - a name of a bit; a bit can have several
 * @name: the property, with '-' and not '_'
 * @word: where the bit is
 * @bit: its number there
 */
struct qemu_feature {
	const char *name;
	enum qemu_word word;
	unsigned int bit;
};

/**
 * struct qemu_model - a CPU type
 * @name: as -cpu has it
 * @parent: the type that it inherits from; NULL for the abstract one
 * @alias_of: the versioned model that the name stands for; NULL if it is one itself
 * @abstract: there can be no CPU of it
 * @max: starts with all that the host has: "max" and "host"
 * @needs_host: only KVM can have it: "host"
 * @static_model: it never changes: "base"
 * @named: has a definition, so that KVM's defaults and the host's vendor apply to it
 * @deprecated: QEMU says so
 * @words: features that it has, before a host is asked
 * @props: its other properties, those that differ from @parent's
 * @caches: leaves of its own caches, or NULL: see the registry's file
 */
struct qemu_model {
	const char *name;
	const struct qemu_model *parent;
	const struct qemu_model *alias_of;
	bool abstract;
	bool max;
	bool needs_host;
	bool static_model;
	bool named;
	bool deprecated;
	__u64 words[QEMU_NR_WORDS];
	const json_t *props;
	const json_t *caches;
};

/**
 * struct qemu_registry - all of it
 * @qemu: version of QEMU that it was taken from, "10.0.2"
 * @models: sorted as query-cpu-definitions has them
 * @nr_models: how many
 * @features: names of bits
 * @nr_features: how many
 * @kvm_defaults: properties that KVM sets in each named model
 */
struct qemu_registry {
	const char *qemu;
	struct qemu_model *models;
	unsigned int nr_models;
	struct qemu_feature *features;
	unsigned int nr_features;
	const json_t *kvm_defaults;
	json_t *root;
};

/* NULL for the built-in one. Returns 0, or STATUS_TROUBLE after a message. */
int qemu_registry_open(struct qemu_registry *registry, const char *path);
void qemu_registry_close(struct qemu_registry *registry);

const struct qemu_model *qemu_registry_model(const struct qemu_registry *registry,
					     const char *name);

/* '_' is as good as '-'. NULL if no bit is called so. */
const struct qemu_feature *qemu_registry_feature(const struct qemu_registry *registry,
						 const char *name);

/* The name QEMU itself uses of a bit; NULL if it has none. */
const char *qemu_registry_name(const struct qemu_registry *registry, enum qemu_word word,
			       unsigned int bit);

#endif /* TOOLS_QEMU_REGISTRY_H */
