/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The oracle: KVM of all releases written down a second time, from KVM's
 * behaviour alone. It uses the engine's numbers and structures, but none of
 * its tables and functions.
 */
#ifndef ENGINE_ORACLE_H
#define ENGINE_ORACLE_H

#include <asm/kvm.h>
#include <kvmcaps/host.h>

/**
 * struct oracle_word - one of KVM's words, as it is from a release on
 * @since: the release, KVMCAPS_RELEASE()
 * @word: the project's number of it
 * @name: KVM's
 * @function: leaf, of reverse_cpuid[]
 * @index: index, likewise
 * @reg: register, likewise
 * @kept: in enum cpuid_leafs; else in enum kvm_only_cpuid_leafs
 * @f: features that kvm_set_cpu_caps() declares with F
 * @scattered: with SF
 * @x86_64: with F on 64-bit kernels
 * @passthrough: set afterwards because the CPU has it; PASSTHROUGH_F
 * @synthesized: set afterwards because the kernel has it; SYNTHESIZED_F
 * @emulated: set afterwards whatever the host has; EMULATED_F
 */
struct oracle_word {
	u16 since;
	enum kvmcaps_word word;
	const char *name;
	u32 function;
	u32 index;
	enum kvmcaps_reg reg;
	bool kept;
	u32 f;
	u32 scattered;
	u32 x86_64;
	u32 passthrough;
	u32 synthesized;
	u32 emulated;
};

/* A word in a release; without features where KVM does not know it yet. */
const struct oracle_word *oracle_word(u16 release, enum kvmcaps_word word);

/**
 * struct oracle_vmcs - what setup_vmcs_config() leaves of each control
 * @primary: cpu_based_exec_ctrl
 * @secondary: cpu_based_2nd_exec_ctrl
 * @exit: vmexit_ctrl
 * @entry: vmentry_ctrl
 * @basic: of MSR_IA32_VMX_BASIC
 * @misc: of MSR_IA32_VMX_MISC
 * @ept: of MSR_IA32_VMX_EPT_VPID_CAP
 */
struct oracle_vmcs {
	u32 primary;
	u32 secondary;
	u32 exit;
	u32 entry;
	u64 basic;
	u64 misc;
	u32 ept;
};

/**
 * struct oracle - KVM after its vendor module has loaded
 * @facts: of the host
 * @cpuid: executes CPUID on it
 * @ctx: for @cpuid
 * @caps: kvm_cpu_caps[], of the words that reach a guest
 * @xcr0: kvm_caps.supported_xcr0
 * @xss: kvm_caps.supported_xss
 * @pmu: kvm_pmu_cap
 * @vmcs: vmcs_config and vmx_capability, under kvm-intel
 * @refuses: KVM would not load; the rest is what it would be if it did
 * @five_levels: kvm_mmu_get_max_tdp_level() is 5
 * @tdp: tdp_enabled; the others are module parameters, as setup leaves them
 */
struct oracle {
	const struct kvmcaps_facts *facts;
	kvmcaps_cpuid_fn cpuid;
	void *ctx;
	u32 caps[KVMCAPS_NR_WORDS];
	u64 xcr0;
	u64 xss;
	struct kvmcaps_pmu pmu;
	struct oracle_vmcs vmcs;
	bool refuses;
	bool five_levels;
	bool gmet;
	bool cet;
	bool mediated_pmu;
	bool allow_smaller_maxphyaddr;
	bool pt_mode;
	bool sgx;
	bool tdp;
	bool nrips;
	bool vls;
	bool vgif;
	bool vnmi;
	bool lbrv;
	bool tsc_scaling;
	bool mmio_caching;
	bool enable_pmu;
	bool sev;
	bool sev_es;
	bool sev_snp;
};

/* Loads KVM: @facts, @cpuid and @ctx are given. */
void oracle_load(struct oracle *kvm);

/* DESIGN.md's formula for one word, before any rule. */
u32 oracle_formula(const struct oracle *kvm, enum kvmcaps_word word);

/*
 * KVM_GET_SUPPORTED_CPUID with room for @max entries, from a process that may
 * use @permission in guests: the number of entries, or -1 for E2BIG.
 */
int oracle_supported(const struct oracle *kvm, u64 permission,
		     struct kvm_cpuid_entry2 *entries, u32 max);
int oracle_emulated(const struct oracle *kvm, struct kvm_cpuid_entry2 *entries, u32 max);

static inline bool oracle_since(const struct oracle *kvm, u16 major, u16 minor)
{
	return kvm->facts->release >= KVMCAPS_RELEASE(major, minor);
}

static inline bool oracle_has(const struct oracle *kvm, unsigned int feature)
{
	return kvm->caps[KVMCAPS_WORD(feature)] & KVMCAPS_BIT(feature);
}

static inline bool oracle_boot_has(const struct oracle *kvm, unsigned int feature)
{
	return kvm->facts->caps[KVMCAPS_WORD(feature)] & KVMCAPS_BIT(feature);
}

static inline struct kvmcaps_cpuid oracle_cpuid(const struct oracle *kvm,
						u32 function, u32 index)
{
	struct kvmcaps_cpuid regs = { .function = function, .index = index };

	kvm->cpuid(kvm->ctx, &regs);
	return regs;
}

/* A kvmcaps_cpuid_fn that looks up a host's record, @ctx. */
void oracle_lookup(void *ctx, struct kvmcaps_cpuid *regs);

#endif /* ENGINE_ORACLE_H */
