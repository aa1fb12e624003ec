/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Classes of declarations, and the witnesses each needs. The macros carry the
 * names of KVM's own, so that the table in declare.c reads like KVM's.
 */
#ifndef _KVMCAPS_DECLARE_H
#define _KVMCAPS_DECLARE_H

#include <linux/bits.h>
#include <linux/build_bug.h>
#include <kvmcaps/feature.h>
#include <kvmcaps/release.h>

/* Who can speak for a feature. */
enum kvmcaps_witness {
	KVMCAPS_WITNESS_CPU,		/* raw CPUID has the bit */
	KVMCAPS_WITNESS_KERNEL,		/* boot_cpu_data has it, where kept */
	KVMCAPS_WITNESS_FLAG,		/* boot_cpu_has() of a scattered flag */
	KVMCAPS_WITNESS_64BIT,		/* a 64-bit kernel */
	KVMCAPS_WITNESS_VENDOR,		/* never here: a vendor rule's word */
	KVMCAPS_WITNESS_RUNTIME,	/* never here: follows the vCPU */
	KVMCAPS_WITNESS_DECL,		/* never: KVM does not declare it */
	KVMCAPS_NR_WITNESSES,
};

/* A class is the set of witnesses it needs. */
#define KVMCAPS_NEED_CPU	BIT(KVMCAPS_WITNESS_CPU)
#define KVMCAPS_NEED_KERNEL	BIT(KVMCAPS_WITNESS_KERNEL)
#define KVMCAPS_NEED_FLAG	BIT(KVMCAPS_WITNESS_FLAG)
#define KVMCAPS_NEED_64BIT	BIT(KVMCAPS_WITNESS_64BIT)
#define KVMCAPS_NEED_VENDOR	BIT(KVMCAPS_WITNESS_VENDOR)
#define KVMCAPS_NEED_RUNTIME	BIT(KVMCAPS_WITNESS_RUNTIME)
#define KVMCAPS_NEED_DECL	BIT(KVMCAPS_WITNESS_DECL)

enum kvmcaps_class {
	KVMCAPS_UNDECLARED,
	KVMCAPS_CLASS_F,
	KVMCAPS_CLASS_SCATTERED_F,
	KVMCAPS_CLASS_X86_64_F,
	KVMCAPS_CLASS_EMULATED_F,
	KVMCAPS_CLASS_SYNTHESIZED_F,
	KVMCAPS_CLASS_UNASKED_F,	/* KVM: SYNTHESIZED_F, in a word of its own */
	KVMCAPS_CLASS_PASSTHROUGH_F,
	KVMCAPS_CLASS_ALIASED_1_EDX_F,
	KVMCAPS_CLASS_VENDOR_F,
	KVMCAPS_CLASS_RUNTIME_F,
	NR_KVMCAPS_CLASSES,
};

/**
 * struct kvmcaps_class_info - what a class means
 * @name: KVM's macro
 * @needs: set of KVMCAPS_NEED_*
 * @says: the same in words
 */
struct kvmcaps_class_info {
	const char *name;
	__u8 needs;
	const char *says;
};

/**
 * struct kvmcaps_decl - how KVM declares one feature
 * @class: enum kvmcaps_class
 * @in: releases with this declaration, a set
 */
struct kvmcaps_decl {
	__u8 class;
	__u32 in;
};

/**
 * struct kvmcaps_other_decl - how KVM declares a feature elsewhere than in the table
 * @feature: the feature
 * @decl: its declaration in releases in which the table's does not count
 */
struct kvmcaps_other_decl {
	__u16 feature;
	struct kvmcaps_decl decl;
};

extern const struct kvmcaps_class_info kvmcaps_classes[NR_KVMCAPS_CLASSES];
extern const struct kvmcaps_decl kvmcaps_decls[NR_KVMCAPS_FEATURES];
extern const struct kvmcaps_other_decl kvmcaps_other_decls[];
extern const unsigned int kvmcaps_nr_other_decls;

#define KVMCAPS_DECL(index, klass, ...) \
	[index] = { .class = KVMCAPS_CLASS_##klass, ##__VA_ARGS__ }

#define F(name, ...)		KVMCAPS_DECL(KVMCAPS_F_##name, F, ##__VA_ARGS__)
#define SCATTERED_F(name, ...)	KVMCAPS_DECL(KVMCAPS_F_##name, SCATTERED_F, ##__VA_ARGS__)
#define X86_64_F(name, ...)	KVMCAPS_DECL(KVMCAPS_F_##name, X86_64_F, ##__VA_ARGS__)
#define EMULATED_F(name, ...)	KVMCAPS_DECL(KVMCAPS_F_##name, EMULATED_F, ##__VA_ARGS__)
#define SYNTHESIZED_F(name, ...) KVMCAPS_DECL(KVMCAPS_F_##name, SYNTHESIZED_F, ##__VA_ARGS__)
#define PASSTHROUGH_F(name, ...) KVMCAPS_DECL(KVMCAPS_F_##name, PASSTHROUGH_F, ##__VA_ARGS__)
#define VENDOR_F(name, ...)	KVMCAPS_DECL(KVMCAPS_F_##name, VENDOR_F, ##__VA_ARGS__)
#define RUNTIME_F(name, ...)	KVMCAPS_DECL(KVMCAPS_F_##name, RUNTIME_F, ##__VA_ARGS__)

/* The alias has the bit number of the feature in 1.EDX; nothing else may. */
#define ALIASED_1_EDX_F(name, ...)					\
	KVMCAPS_DECL(KVMCAPS_ALIAS(KVMCAPS_F_##name) +			\
		     BUILD_BUG_ON_ZERO(KVMCAPS_WORD(KVMCAPS_F_##name) != \
				       KVMCAPS_W_1_EDX),		\
		     ALIASED_1_EDX_F, ##__VA_ARGS__)

#endif /* _KVMCAPS_DECLARE_H */
