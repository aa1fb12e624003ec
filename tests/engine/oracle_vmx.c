// SPDX-License-Identifier: GPL-2.0
/*
 * Loading kvm-intel: setup_vmcs_config(), adjust_vmx_controls(), cpu_has_sgx(),
 * vmx_hardware_setup(), vmx_get_max_ept_level() and vmx_set_cpu_caps() of
 * all releases, as far as CPUID depends on them. Numbers of bits are those of
 * SDM volume 3, appendix A, and of asm/vmxfeatures.h.
 *
 * Where KVM refuses to load, the oracle goes on: for inconsistent controls as
 * with error_on_inconsistent_vmcs_config=0.
 */
#include <linux/bits.h>
#include <linux/kernel.h>
#include "oracle_load.h"

/* Controls that KVM asks for, and those that it takes where they are. */
struct wish {
	u8 msr;
	u32 needed;
	u32 needed_by_64bit;
	u32 welcome;
};

/* KVM_REQUIRED_VMX_* and KVM_OPTIONAL_VMX_* of vmx.h */
static const struct wish primary_wish = {
	KVMCAPS_MSR_VMX_PROCBASED_CTLS,
	BIT(2) | BIT(3) | BIT(7) | BIT(9) | BIT(10) | BIT(11) | BIT(15) | BIT(16) |
	BIT(23) | BIT(24) | BIT(29),
	BIT(19) | BIT(20),
	BIT(12) | BIT(17) | BIT(21) | BIT(22) | BIT(25) | BIT(27) | BIT(28) | BIT(30) |
	BIT(31),
};

/* All that have a name but 22 (execute bits by mode), 28 (ENCLV). */
static const struct wish secondary_wish = {
	KVMCAPS_MSR_VMX_PROCBASED_CTLS2, 0, 0,
	0xffffffff & ~(BIT(21) | BIT(22) | BIT(23) | BIT(27) | BIT(28) | BIT(29)),
};

/* CET's, bit 28 and bit 20, are asked for since 6.18; nobody looks at them before. */
static const struct wish exit_wish = {
	KVMCAPS_MSR_VMX_EXIT_CTLS, BIT(2) | BIT(15), BIT(9),
	BIT(12) | 0x03fc0000 | BIT(28),
};

static const struct wish entry_wish = {
	KVMCAPS_MSR_VMX_ENTRY_CTLS, BIT(2), BIT(9), 0x0007e000 | BIT(20),
};

static const struct wish pin_wish = {
	KVMCAPS_MSR_VMX_PINBASED_CTLS, BIT(0) | BIT(3), 0, BIT(5) | BIT(6) | BIT(7),
};

/* adjust_vmx_controls() */
static u32 controls(struct oracle *kvm, const struct wish *wish)
{
	u64 msr = kvm->facts->msr[wish->msr];
	u32 needed = wish->needed;
	u32 granted;

	if (fact(kvm, KVMCAPS_FACT_X86_64))
		needed |= wish->needed_by_64bit;
	granted = ((needed | wish->welcome) & (u32)(msr >> 32)) | (u32)msr;
	if (needed & ~granted)
		kvm->refuses = true;
	return granted;
}

/* Both or neither: a control of VM entry and one of VM exit. */
static void pair(struct oracle *kvm, u32 entry, u32 exit)
{
	struct oracle_vmcs *vmcs = &kvm->vmcs;

	if (!!(vmcs->entry & entry) == !!(vmcs->exit & exit))
		return;
	kvm->refuses = true;
	vmcs->entry &= ~entry;
	vmcs->exit &= ~exit;
}

static void check_basic(struct oracle *kvm)
{
	u64 basic = kvm->facts->msr[KVMCAPS_MSR_VMX_BASIC];

	/* A region of a page at most, of any address, write-back. */
	if ((basic >> 32 & 0x1fff) > 4096 || (basic >> 50 & 0xf) != 6)
		kvm->refuses = true;
	if (fact(kvm, KVMCAPS_FACT_X86_64) && basic >> 48 & 1)
		kvm->refuses = true;
}

static bool cpu_has_sgx(const struct oracle *kvm)
{
	return oracle_cpuid(kvm, 0, 0).eax >= 0x12 && (oracle_cpuid(kvm, 0x12, 0).eax & 1);
}

static void setup_vmcs_config(struct oracle *kvm)
{
	u64 ept_vpid = kvm->facts->msr[KVMCAPS_MSR_VMX_EPT_VPID_CAP];
	struct oracle_vmcs *vmcs = &kvm->vmcs;

	*vmcs = (struct oracle_vmcs){};
	vmcs->primary = controls(kvm, &primary_wish);
	if (vmcs->primary >> 31)
		vmcs->secondary = controls(kvm, &secondary_wish);
	vmcs->ept = ept_vpid;
	if (!(vmcs->secondary >> 1 & 1) && vmcs->ept) {
		kvm->refuses = true;
		vmcs->ept = 0;
	}
	if (!(vmcs->secondary >> 5 & 1) && ept_vpid >> 32)
		kvm->refuses = true;
	if (!cpu_has_sgx(kvm))
		vmcs->secondary &= ~BIT(15);

	vmcs->exit = controls(kvm, &exit_wish);
	controls(kvm, &pin_wish);
	vmcs->entry = controls(kvm, &entry_wish);
	/* 6.1 to 6.17 leave CET's pair alone. */
	if (oracle_since(kvm, 6, 18))
		pair(kvm, BIT(20), BIT(28));
	/* PERF_GLOBAL_CTRL, PAT, EFER, BNDCFGS, RTIT_CTL */
	pair(kvm, BIT(13), BIT(12));
	pair(kvm, BIT(14), BIT(19));
	pair(kvm, BIT(15), BIT(21));
	pair(kvm, BIT(16), BIT(23));
	pair(kvm, BIT(18), BIT(25));
	check_basic(kvm);
	vmcs->basic = kvm->facts->msr[KVMCAPS_MSR_VMX_BASIC];
	vmcs->misc = kvm->facts->msr[KVMCAPS_MSR_VMX_MISC];
}

void oracle_setup_vmx(struct oracle *kvm)
{
	const struct oracle_vmcs *vmcs = &kvm->vmcs;

	setup_vmcs_config(kvm);
	/* BNDREGS and BNDCSR go with VM_ENTRY_LOAD_BNDCFGS. */
	if (!(vmcs->entry >> 16 & 1))
		kvm->xcr0 &= ~0x18ull;

	/* Walks of four levels, write-back tables, INVEPT of all contexts. */
	kvm->tdp = policy(kvm, KVMCAPS_POLICY_EPT) && vmcs->secondary >> 1 & 1 &&
		   vmcs->ept >> 6 & 1 && vmcs->ept >> 14 & 1 && vmcs->ept >> 26 & 1;
	kvm->five_levels = kvm->tdp && vmcs->ept >> 7 & 1;
	if (!kvm->tdp && !oracle_boot_has(kvm, NAME(NX)))
		kvm->refuses = true;

	if (!kvm->tdp)
		kvm->allow_smaller_maxphyaddr = true;
	/* VM_ENTRY_LOAD_CET_STATE; unrestricted guests; VMX_BASIC_NO_HW_ERROR_CODE_CC */
	kvm->cet = vmcs->entry >> 20 & 1 && vmcs->basic >> 56 & 1 && kvm->tdp &&
		   policy(kvm, KVMCAPS_POLICY_UNRESTRICTED_GUEST) && vmcs->secondary >> 7 & 1;
	if (oracle_since(kvm, 7, 1) && !policy(kvm, KVMCAPS_POLICY_CET))
		kvm->cet = false;
	/* intel_pmu_is_mediated_pmu_supported(): perf's version, PDCM, full-width writes */
	if (kvm->facts->pmu.version < 4 || !oracle_boot_has(kvm, NAME(PDCM)) ||
	    !(kvm->facts->msr[KVMCAPS_MSR_PERF_CAPABILITIES] >> 13 & 1) ||
	    !(vmcs->entry >> 13 & 1))
		kvm->mediated_pmu = false;

	kvm->sgx = policy(kvm, KVMCAPS_POLICY_SGX) && vmcs->secondary >> 15 & 1;

	/* VMX_MISC_INTEL_PT, SECONDARY_EXEC_PT_USE_GPA, VM_ENTRY_LOAD_IA32_RTIT_CTL */
	kvm->pt_mode = policy(kvm, KVMCAPS_POLICY_PT_MODE);
	if (!kvm->tdp || !kvm->enable_pmu || !(vmcs->misc >> 14 & 1) ||
	    !(vmcs->secondary >> 24 & 1) || !(vmcs->entry >> 18 & 1))
		kvm->pt_mode = false;
}

/* kvm_cpu_cap_check_and_set() */
static void check_and_set(struct oracle *kvm, bool condition, unsigned int feature)
{
	set_if(kvm, condition && oracle_boot_has(kvm, feature), feature);
}

static void clear_sgx(struct oracle *kvm)
{
	clear(kvm, NAME(SGX));
	clear(kvm, NAME(SGX_LC));
	clear(kvm, NAME(SGX1));
	clear(kvm, NAME(SGX2));
	clear(kvm, NAME(SGX_EDECCSSA));
}

void oracle_vmx_caps(struct oracle *kvm)
{
	u32 secondary = kvm->vmcs.secondary;
	bool pebs = oracle_boot_has(kvm, NAME(PEBS)) && kvm->pmu.pebs_ept &&
		    !kvm->mediated_pmu;

	set_if(kvm, policy(kvm, KVMCAPS_POLICY_NESTED), NAME(VMX));
	/* kvm_mpx_supported(): both of its states */
	check_and_set(kvm, (kvm->xcr0 & 0x18) == 0x18, NAME(MPX));
	if (!(secondary >> 12 & 1))
		clear(kvm, NAME(INVPCID));
	check_and_set(kvm, kvm->pt_mode, NAME(INTEL_PT));
	check_and_set(kvm, pebs, NAME(DS));
	check_and_set(kvm, pebs, NAME(DTES64));
	if (!kvm->enable_pmu)
		clear(kvm, NAME(PDCM));
	if (!kvm->sgx)
		clear_sgx(kvm);
	/* vmx_umip_emulated(): exits on the instructions of descriptor tables */
	set_if(kvm, !oracle_boot_has(kvm, NAME(UMIP)) && secondary >> 2 & 1, NAME(UMIP));
	if (!(secondary >> 20 & 1))
		clear(kvm, NAME(XSAVES));
	if (!(secondary >> 3 & 1)) {
		clear(kvm, NAME(RDTSCP));
		clear(kvm, NAME(RDPID));
	}
	check_and_set(kvm, secondary >> 26 & 1, NAME(WAITPKG));
	if (!kvm->cet) {
		clear(kvm, NAME(SHSTK));
		clear(kvm, NAME(IBT));
	}
}
