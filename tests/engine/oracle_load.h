/* SPDX-License-Identifier: GPL-2.0 */
/* What both halves of the oracle's loading use. */
#ifndef ENGINE_ORACLE_LOAD_H
#define ENGINE_ORACLE_LOAD_H

#include "oracle.h"

#define NAME(name) KVMCAPS_F_##name

static inline bool policy(const struct oracle *kvm, enum kvmcaps_policy number)
{
	return kvm->facts->policy >> number & 1;
}

static inline bool fact(const struct oracle *kvm, enum kvmcaps_fact number)
{
	return kvm->facts->flags >> number & 1;
}

static inline void set(struct oracle *kvm, unsigned int feature)
{
	kvm->caps[KVMCAPS_WORD(feature)] |= KVMCAPS_BIT(feature);
}

static inline void set_if(struct oracle *kvm, bool condition, unsigned int feature)
{
	if (condition)
		set(kvm, feature);
}

static inline void clear(struct oracle *kvm, unsigned int feature)
{
	kvm->caps[KVMCAPS_WORD(feature)] &= ~KVMCAPS_BIT(feature);
}

/* vmx_hardware_setup(), vmx_set_cpu_caps() without what it calls first */
void oracle_setup_vmx(struct oracle *kvm);
void oracle_vmx_caps(struct oracle *kvm);

#endif /* ENGINE_ORACLE_LOAD_H */
