// SPDX-License-Identifier: GPL-2.0
/*
 * Module parameters: policy under KVM's names, with KVM's types and defaults,
 * so that a line for kvm-amd or kvm serves kvmcaps too.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <kvmcaps/release.h>
#include <kvmcaps/rule.h>
#include "compat.h"
#include "host_live.h"
#include "param.h"

static int nested = true;

static bool nested_is_number(void)
{
	return kvmcaps_vendor_of[kvmcaps_host_maker()] == KVMCAPS_VENDOR_SVM;
}

/*
 * A number to kvm-amd, a yes or no to kvm-intel, which may have no value: either is
 * understood on every host, and "02", which is both, as its own module reads it.
 */
static int set_nested(const char *text, const struct kernel_param *param)
{
	bool on = true;

	if (text && nested_is_number() && !param_set_int(text, param))
		return 0;
	if (text && kstrtobool(text, &on))
		return param_set_int(text, param);
	nested = on;
	return 0;
}

static const struct kernel_param_ops nested_ops = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = set_nested,
	.get = param_get_int,
};

module_param_cb(nested, &nested_ops, &nested, 0444);
MODULE_PARM_DESC(nested, "kvm-amd, kvm-intel: let guests run guests (default on)");

static bool npt = true;
module_param(npt, bool, 0444);
MODULE_PARM_DESC(npt, "kvm-amd: nested page tables, where the CPU has them (default on)");

static int nrips = true;
module_param(nrips, int, 0444);
MODULE_PARM_DESC(nrips, "kvm-amd: next RIP save, where the CPU has it (default on)");

static int vls = true;
module_param(vls, int, 0444);
MODULE_PARM_DESC(vls, "kvm-amd: virtual VMLOAD and VMSAVE, where the CPU has it (default on)");

static int vgif = true;
module_param(vgif, int, 0444);
MODULE_PARM_DESC(vgif, "kvm-amd: virtual GIF, where the CPU has it (default on)");

static bool vnmi = true;
module_param(vnmi, bool, 0444);
MODULE_PARM_DESC(vnmi, "kvm-amd: virtual NMI, where the CPU has it (default on)");

static int lbrv = true;
module_param(lbrv, int, 0444);
MODULE_PARM_DESC(lbrv, "kvm-amd: LBR virtualization, where the CPU has it (default on)");

static int tsc_scaling = true;
module_param(tsc_scaling, int, 0444);
MODULE_PARM_DESC(tsc_scaling, "kvm-amd: TSC scaling, where the CPU has it (default on)");

static bool enable_pmu = true;
module_param(enable_pmu, bool, 0444);
MODULE_PARM_DESC(enable_pmu, "kvm: virtual PMU, where perf has enough counters (default on)");

static bool mmio_caching = true;
module_param(mmio_caching, bool, 0444);
MODULE_PARM_DESC(mmio_caching, "kvm: MMIO caching, which SEV-ES needs (default on)");

static bool allow_smaller_maxphyaddr;
module_param(allow_smaller_maxphyaddr, bool, 0444);
MODULE_PARM_DESC(allow_smaller_maxphyaddr,
		 "kvm-intel: guests with fewer physical address bits, always without ept; kvm-amd goes by npt instead (default off)");

static bool sev = IS_ENABLED(CONFIG_KVM_AMD_SEV);
module_param(sev, bool, 0444);
MODULE_PARM_DESC(sev, "kvm-amd: SEV guests, where the host can (default on, as the kernel is configured)");

static bool sev_es = IS_ENABLED(CONFIG_KVM_AMD_SEV);
module_param(sev_es, bool, 0444);
MODULE_PARM_DESC(sev_es, "kvm-amd: SEV-ES guests, where the host can (default on, as the kernel is configured)");

static bool sev_snp = IS_ENABLED(CONFIG_KVM_AMD_SEV);
module_param(sev_snp, bool, 0444);
MODULE_PARM_DESC(sev_snp, "kvm-amd: SEV-SNP guests, where the host can (default on, as the kernel is configured)");

static bool ept = true;
module_param(ept, bool, 0444);
MODULE_PARM_DESC(ept, "kvm-intel: extended page tables, where the CPU has them (default on)");

static bool vpid = true;
module_param(vpid, bool, 0444);
MODULE_PARM_DESC(vpid, "kvm-intel: virtual processor ids; changes no CPUID (default on)");

static bool unrestricted_guest = true;
module_param(unrestricted_guest, bool, 0444);
MODULE_PARM_DESC(unrestricted_guest, "kvm-intel: guests in real mode; changes no CPUID (default on)");

static bool enable_apicv = true;
module_param(enable_apicv, bool, 0444);
MODULE_PARM_DESC(enable_apicv, "kvm-intel: APIC virtualization; changes no CPUID (default on)");

static bool sgx = IS_ENABLED(CONFIG_X86_SGX_KVM);
module_param(sgx, bool, 0444);
MODULE_PARM_DESC(sgx, "kvm-intel: SGX, where the host has it (default on, as the kernel is configured)");

static int pt_mode;
module_param(pt_mode, int, 0444);
MODULE_PARM_DESC(pt_mode, "kvm-intel: Intel PT, 0 for the host alone, 1 for guests too, which KVM has only if built as CONFIG_BROKEN (default 0)");

static bool gmet = true;
module_param(gmet, bool, 0444);
MODULE_PARM_DESC(gmet, "kvm-amd, from 7.2 on: guest mode execute trap, where the CPU has it (default on)");

static bool cet = true;
module_param(cet, bool, 0444);
MODULE_PARM_DESC(cet, "kvm-intel, from 7.1 on: control-flow enforcement, where VMX has it (default on)");

static bool enable_mediated_pmu;
module_param(enable_mediated_pmu, bool, 0444);
MODULE_PARM_DESC(enable_mediated_pmu, "kvm-amd, kvm-intel, from 7.0 on: guests have the PMU to themselves, where perf lets them (default off)");

static bool mbec = true;
module_param(mbec, bool, 0444);
MODULE_PARM_DESC(mbec, "kvm-intel, from 7.2 on: mode-based execute control; changes no CPUID (default on)");

static bool assume = true;
module_param(assume, bool, 0444);
MODULE_PARM_DESC(assume, "answer also where KVM itself would not load; 0: refuse to load there too (default on)");

static char *release = "";
module_param(release, charp, 0444);
MODULE_PARM_DESC(release, "KVM release to answer as, 6.12 for example (default: the running kernel's)");

static ushort mode = 0666;
module_param(mode, ushort, 0444);
MODULE_PARM_DESC(mode, "access mode of /dev/kvmcaps (default 0666: CPUID is no secret, and programs for KVM open it read-write)");

/* What @release stands for; 0 if that is no reproduced release. */
static u16 parse_release(void)
{
	unsigned int major, minor;
	unsigned int i;
	char rest;

	if (!*release)
		return kvmcaps_release_near(KVMCAPS_RUNNING_RELEASE);
	if (sscanf(release, "%u.%u%c", &major, &minor, &rest) != 2 ||
	    major > 0xff || minor > 0xff)
		return 0;
	for (i = 0; i < KVMCAPS_NR_RELEASES; i++) {
		if (kvmcaps_releases[i] == KVMCAPS_RELEASE(major, minor))
			return kvmcaps_releases[i];
	}
	return 0;
}

/**
 * kvmcaps_param_check() - refuse parameters that mean nothing
 *
 * Return: 0, or -EINVAL after a line that says why.
 */
int kvmcaps_param_check(void)
{
	u16 newest = kvmcaps_releases[KVMCAPS_NR_RELEASES - 1];

	if (mode & ~0777) {
		pr_err("mode=%#o is not an access mode\n", mode);
		return -EINVAL;
	}
	if (pt_mode != 0 && pt_mode != 1) {
		pr_err("pt_mode=%d is neither 0 nor 1\n", pt_mode);
		return -EINVAL;
	}
	if (!parse_release()) {
		pr_err("release=%s is not reproduced; the newest that is: %u.%u\n",
		       release, newest >> 8, newest & 0xff);
		return -EINVAL;
	}
	return 0;
}

/**
 * kvmcaps_param_release() - the release to answer as
 *
 * Return: KVMCAPS_RELEASE().
 */
u16 kvmcaps_param_release(void)
{
	return parse_release();
}

/**
 * kvmcaps_param_mode() - access mode of the device
 *
 * Return: permission bits.
 */
u16 kvmcaps_param_mode(void)
{
	return mode;
}

/**
 * kvmcaps_param_assume() - whether to answer where KVM would not load
 *
 * Return: whether.
 */
bool kvmcaps_param_assume(void)
{
	return assume;
}

/**
 * kvmcaps_param_policy() - KVM's parameters that are on
 *
 * Return: bit map of enum kvmcaps_policy.
 */
u32 kvmcaps_param_policy(void)
{
	const bool on[KVMCAPS_NR_POLICIES] = {
		[KVMCAPS_POLICY_NESTED] = nested,
		[KVMCAPS_POLICY_NPT] = npt,
		[KVMCAPS_POLICY_NRIPS] = nrips,
		[KVMCAPS_POLICY_VLS] = vls,
		[KVMCAPS_POLICY_VGIF] = vgif,
		[KVMCAPS_POLICY_VNMI] = vnmi,
		[KVMCAPS_POLICY_LBRV] = lbrv,
		[KVMCAPS_POLICY_TSC_SCALING] = tsc_scaling,
		[KVMCAPS_POLICY_ENABLE_PMU] = enable_pmu,
		[KVMCAPS_POLICY_MMIO_CACHING] = mmio_caching,
		[KVMCAPS_POLICY_ALLOW_SMALLER_MAXPHYADDR] = allow_smaller_maxphyaddr,
		[KVMCAPS_POLICY_SEV] = sev,
		[KVMCAPS_POLICY_SEV_ES] = sev_es,
		[KVMCAPS_POLICY_SEV_SNP] = sev_snp,
		[KVMCAPS_POLICY_EPT] = ept,
		[KVMCAPS_POLICY_VPID] = vpid,
		[KVMCAPS_POLICY_UNRESTRICTED_GUEST] = unrestricted_guest,
		[KVMCAPS_POLICY_ENABLE_APICV] = enable_apicv,
		[KVMCAPS_POLICY_SGX] = sgx,
		[KVMCAPS_POLICY_PT_MODE] = pt_mode,
		[KVMCAPS_POLICY_GMET] = gmet,
		[KVMCAPS_POLICY_CET] = cet,
		[KVMCAPS_POLICY_ENABLE_MEDIATED_PMU] = enable_mediated_pmu,
		[KVMCAPS_POLICY_MBEC] = mbec,
	};
	u32 map = 0;
	unsigned int i;

	for (i = 0; i < KVMCAPS_NR_POLICIES; i++)
		map |= on[i] ? BIT(i) : 0;
	return map;
}
