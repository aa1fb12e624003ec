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
 * struct qemu_feature - a property that is a bit, or a few of them
 * @name: of the property
 * @word: where the bits are
 * @mask: the bits
 */
struct qemu_feature {
	const char *name;
	enum qemu_word word;
	__u64 mask;
};

/**
 * struct qemu_model - a CPU type
 * @name: as -cpu has it
 * @parent: the type that it inherits from; NULL for the abstract one
 * @alias_of: the versioned model that the name stands for; NULL if it is one itself
 * @after: the version before, of which this one changes something; NULL for the first
 * @abstract: there can be no CPU of it
 * @max: starts with all that the host has: "max" and "host"
 * @needs_host: only KVM can have it: "host"
 * @static_model: it never changes: "base"
 * @named: has a definition, so that KVM's defaults and the host's vendor apply to it
 * @deprecated: QEMU says so
 * @migration_safe: a guest of it is the same on every host
 * @words: features that it has, before a host is asked
 * @props: its other properties, those that differ from the abstract type's
 * @caches: its own caches by name, or NULL: see struct vcpu_caches
 */
struct qemu_model {
	const char *name;
	const struct qemu_model *parent;
	const struct qemu_model *alias_of;
	const struct qemu_model *after;
	bool abstract;
	bool max;
	bool needs_host;
	bool static_model;
	bool named;
	bool deprecated;
	bool migration_safe;
	__u64 words[QEMU_NR_WORDS];
	json_t *props;
	const json_t *caches;
};

/**
 * struct qemu_registry - all of it
 * @root: the file
 * @qemu: version of QEMU that it was taken from, "10.0.2"
 * @type: the abstract type
 * @models: in the order of -cpu help, which is query-cpu-definitions' backwards
 * @nr_models: how many
 * @features: by name
 * @nr_features: how many
 * @named: bits that have a name
 * @aliases: other names of features and properties
 * @properties: of every CPU, that are no feature: type and default by name
 * @kvm_defaults: features that KVM sets in each named model
 */
struct qemu_registry {
	json_t *root;
	const char *qemu;
	struct qemu_model type;
	struct qemu_model *models;
	unsigned int nr_models;
	struct qemu_feature *features;
	unsigned int nr_features;
	__u64 named[QEMU_NR_WORDS];
	json_t *aliases;
	json_t *properties;
	json_t *kvm_defaults;
};

/* NULL for the built-in one. Returns 0, or STATUS_TROUBLE after a message. */
int qemu_registry_open(struct qemu_registry *registry, const char *path);
void qemu_registry_close(struct qemu_registry *registry);

const struct qemu_model *qemu_registry_model(const struct qemu_registry *registry,
					     const char *name);

/* What an alias stands for; @name itself if it is none. */
const char *qemu_registry_alias(const struct qemu_registry *registry, const char *name);

/* NULL if no feature is called so; an alias will do. */
const struct qemu_feature *qemu_registry_feature(const struct qemu_registry *registry,
						 const char *name);

/* The name QEMU itself uses of a bit; NULL if it has none. */
const char *qemu_registry_name(const struct qemu_registry *registry, enum qemu_word word,
			       unsigned int bit);

#endif /* TOOLS_QEMU_REGISTRY_H */
