/* SPDX-License-Identifier: GPL-2.0 */
/* A synthetic Intel server part with what no emulator has, and its answers. */
#ifndef ENGINE_INTEL_H
#define ENGINE_INTEL_H

#include <kvmcaps/answer.h>
#include "oracle.h"

#define INTEL_ENTRIES	96

struct kunit;

/* Module parameters of kvm-intel that are on by default, and pt_mode=1. */
#define INTEL_POLICY	(BIT(KVMCAPS_POLICY_NESTED) | BIT(KVMCAPS_POLICY_EPT) | \
			 BIT(KVMCAPS_POLICY_VPID) | BIT(KVMCAPS_POLICY_ENABLE_PMU) | \
			 BIT(KVMCAPS_POLICY_SGX) | BIT(KVMCAPS_POLICY_PT_MODE))

/**
 * struct intel - one machine
 * @cpu: what CPUID returns in range; beyond, the last basic leaf's registers
 * @nr: entries of @cpu
 * @host: facts; its CPUID is recorded from @cpu
 * @caps: decided by the engine
 * @answer: the engine's table
 * @kvm: the oracle
 * @entries: the oracle's table
 */
struct intel {
	struct kvmcaps_cpuid cpu[INTEL_ENTRIES];
	u32 nr;
	struct kvmcaps_host host;
	struct kvmcaps_caps caps;
	struct kvmcaps_answer answer;
	struct oracle kvm;
	struct kvm_cpuid_entry2 entries[KVMCAPS_MAX_ENTRIES];
};

/* The whole part: Sapphire Rapids' leaves, SGX, PT, AMX, PEBS. */
void intel_init(struct intel *m);
/* One index of a leaf, replaced or added. */
void intel_put(struct intel *m, u32 function, u32 index,
	       u32 eax, u32 ebx, u32 ecx, u32 edx);
/* A feature: of the CPU and the kernel, or of the kernel alone. */
void intel_feature(struct intel *m, unsigned int feature, bool on);
void intel_kernel(struct intel *m, unsigned int feature, bool on);
void intel_control(struct intel *m, enum kvmcaps_msr msr, unsigned int bit, bool on);
/* A kvmcaps_cpuid_fn; @ctx is a struct intel. */
void intel_cpuid(void *ctx, struct kvmcaps_cpuid *regs);
/* Records, decides, answers; the table is the oracle's too, or the test ends. */
void intel_answer(struct kunit *test, struct intel *m, u64 permission);
/* An entry of the table, NULL if it is not there. */
const struct kvm_cpuid_entry2 *intel_find(const struct intel *m, u32 function, u32 index);

#endif /* ENGINE_INTEL_H */
