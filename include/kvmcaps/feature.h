/* SPDX-License-Identifier: GPL-2.0 */
/* Numbers and names of features and words. No policy. */
#ifndef _KVMCAPS_FEATURE_H
#define _KVMCAPS_FEATURE_H

#include <linux/types.h>
#include <linux/kvmcaps.h>

/*
 * Every feature by name, KVMCAPS_F_XMM3 and so on: word * 32 + bit. Each is an
 * enum of its own so that feature_list.h is a list of declarations.
 */
#define KVMCAPS_FEATURE(word, name, bit) \
	enum kvmcaps_f_##name { KVMCAPS_F_##name = KVMCAPS_W_##word * 32 + (bit) }
#include <kvmcaps/feature_list.h>

#define NR_KVMCAPS_FEATURES	(KVMCAPS_NR_WORDS * 32)
#define NR_KVMCAPS_FLAGS	(KVMCAPS_MAX_WORDS * 32)

#define KVMCAPS_WORD(feature)	((feature) / 32)
#define KVMCAPS_BIT(feature)	(1u << ((feature) % 32))

/* AMD repeats part of 1.EDX, bit for bit, in 0x80000001.EDX. */
#define KVMCAPS_ALIAS(feature)	\
	(KVMCAPS_W_80000001_EDX * 32 + (feature) % 32)

enum kvmcaps_reg {
	KVMCAPS_EAX,
	KVMCAPS_EBX,
	KVMCAPS_ECX,
	KVMCAPS_EDX,
	KVMCAPS_NR_REGS,
};

/**
 * struct kvmcaps_word_info - where a word is and who keeps it
 * @name: as people write it, 7.0.EBX
 * @function: CPUID leaf
 * @index: its index
 * @reg: enum kvmcaps_reg
 * @kept: the kernel keeps this word as a whole in boot_cpu_data, in every
 *	release that declares a feature of it; else only KVM keeps it
 *
 * Source: reverse_cpuid[] and enum kvm_only_cpuid_leafs in KVM.
 */
struct kvmcaps_word_info {
	const char *name;
	__u32 function;
	__u32 index;
	__u8 reg;
	bool kept;
};

extern const struct kvmcaps_word_info kvmcaps_words[KVMCAPS_NR_WORDS];

const char *kvmcaps_feature_name(unsigned int feature);

#endif /* _KVMCAPS_FEATURE_H */
