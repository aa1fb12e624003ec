// SPDX-License-Identifier: GPL-2.0
/*
 * Loading KVM: kvm_x86_vendor_init(), kvm_init_pmu_capability(),
 * kvm_set_cpu_caps() or kvm_initialize_cpu_caps(), svm_hardware_setup(),
 * sev_hardware_setup(), svm_set_cpu_caps() and kvm_setup_xss_caps() of all
 * releases, in KVM's order.
 */
#include <linux/kernel.h>
#include "oracle_load.h"

static const struct oracle_word *get_word(const struct oracle *kvm, enum kvmcaps_word word)
{
	return oracle_word(kvm->facts->release, word);
}

/* raw_cpuid_get() looks at the highest leaf first; __kvm_cpu_cap_mask() did not. */
static u32 raw_word(const struct oracle *kvm, enum kvmcaps_word word)
{
	const struct oracle_word *place = get_word(kvm, word);
	struct kvmcaps_cpuid regs = oracle_cpuid(kvm, place->function, place->index);
	const u32 values[] = { regs.eax, regs.ebx, regs.ecx, regs.edx };
	u32 base = place->function / 0x10000 * 0x10000;

	/* It knows three ranges; nobody asks for a word of another. */
	if (oracle_since(kvm, 6, 16) && base % 0x40000000)
		return 0;
	if (oracle_since(kvm, 6, 16) && oracle_cpuid(kvm, base, 0).eax < place->function)
		return 0;
	return values[place->reg];
}

u32 oracle_formula(const struct oracle *kvm, enum kvmcaps_word word)
{
	const struct oracle_word *w = get_word(kvm, word);
	u32 kernel = kvm->facts->caps[word];
	/* SYNTHESIZED_F asks boot_cpu_has() in late releases; in a kept word it always counts. */
	u32 vouched = oracle_since(kvm, 7, 0) ? w->synthesized & kernel : w->synthesized;
	u32 caps = w->f | (w->scattered & kernel) | vouched;

	if (fact(kvm, KVMCAPS_FACT_X86_64))
		caps |= w->x86_64;
	if (w->kept)
		caps &= kernel;
	caps |= w->passthrough;
	caps &= raw_word(kvm, word) | w->synthesized;
	return caps | w->emulated;
}

/* kvm_cpu_cap_mask(), kvm_cpu_cap_init_kvm_defined() */
static void mask_word(struct oracle *kvm, const struct oracle_word *word)
{
	u32 declared = word->f;
	u32 kernel = kvm->facts->caps[word->word];

	if (fact(kvm, KVMCAPS_FACT_X86_64))
		declared |= word->x86_64;
	/* The kernel's number of a scattered flag stands for the same bit here. */
	declared |= word->scattered & kernel;
	if (word->kept)
		declared &= kernel;
	kvm->caps[word->word] = declared & raw_word(kvm, word->word);
}

static void set_speculation(struct oracle *kvm)
{
	bool ibrs = oracle_boot_has(kvm, NAME(IBRS));
	bool ibpb = oracle_boot_has(kvm, NAME(IBPB));
	bool stibp = oracle_boot_has(kvm, NAME(STIBP));
	bool amd_ssbd = oracle_boot_has(kvm, NAME(AMD_SSBD));

	if (oracle_since(kvm, 6, 16))
		set_if(kvm, oracle_boot_has(kvm, NAME(AMD_IBPB_RET)) &&
		       oracle_boot_has(kvm, NAME(AMD_IBPB)) &&
		       oracle_boot_has(kvm, NAME(AMD_IBRS)), NAME(SPEC_CTRL));
	else
		set_if(kvm, ibrs && ibpb, NAME(SPEC_CTRL));
	set_if(kvm, stibp, NAME(INTEL_STIBP));
	set_if(kvm, amd_ssbd, NAME(SPEC_CTRL_SSBD));

	set_if(kvm, ibpb, NAME(AMD_IBPB));
	set_if(kvm, oracle_since(kvm, 6, 16) && ibpb &&
	       oracle_boot_has(kvm, NAME(SPEC_CTRL)) &&
	       !oracle_boot_has(kvm, NAME(BUG_EIBRS_PBRSB)), NAME(AMD_IBPB_RET));
	set_if(kvm, ibrs, NAME(AMD_IBRS));
	set_if(kvm, stibp, NAME(AMD_STIBP));
	set_if(kvm, oracle_boot_has(kvm, NAME(SPEC_CTRL_SSBD)), NAME(AMD_SSBD));
	set_if(kvm, !oracle_boot_has(kvm, NAME(BUG_SPEC_STORE_BYPASS)), NAME(AMD_SSB_NO));
	set_if(kvm, oracle_boot_has(kvm, NAME(LS_CFG_SSBD)) && !amd_ssbd, NAME(VIRT_SSBD));
}

/* kvm_cpu_cap_check_and_set() and what is like it */
static void set_where_the_kernel_has(struct oracle *kvm)
{
	static const struct {
		u16 feature;
		u16 since;
	} features[] = {
		{ NAME(SBPB), KVMCAPS_RELEASE(6, 12) },
		{ NAME(IBPB_BRTYPE), KVMCAPS_RELEASE(6, 12) },
		{ NAME(TSA_FILL_NO), KVMCAPS_RELEASE(6, 12) },
		{ NAME(SRSO_NO), KVMCAPS_RELEASE(6, 1) },
		{ NAME(VERW_CLEAR), KVMCAPS_RELEASE(6, 1) },
		{ NAME(TSA_SQ_NO), KVMCAPS_RELEASE(6, 1) },
		{ NAME(TSA_L1_NO), KVMCAPS_RELEASE(6, 1) },
		{ NAME(LFENCE_RDTSC), KVMCAPS_RELEASE(6, 1) },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(features); i++) {
		if (features[i].since <= kvm->facts->release)
			set_if(kvm, oracle_boot_has(kvm, features[i].feature),
			       features[i].feature);
	}
}

/* 6.1 and 6.12 mask words, and set single features afterwards. */
static void mask_and_set(struct oracle *kvm)
{
	unsigned int i;

	for (i = 0; i < KVMCAPS_NR_WORDS; i++)
		mask_word(kvm, get_word(kvm, i));

	set(kvm, NAME(X2APIC));
	set(kvm, NAME(TSC_ADJUST));
	set(kvm, NAME(ARCH_CAPABILITIES));
	set(kvm, NAME(NO_SMM_CTL_MSR));
	set_if(kvm, raw_word(kvm, KVMCAPS_W_7_0_ECX) >> 16 & 1, NAME(LA57));
	set_where_the_kernel_has(kvm);
}

static void clear_cet(struct oracle *kvm)
{
	clear(kvm, NAME(SHSTK));
	clear(kvm, NAME(IBT));
}

static void common_caps(struct oracle *kvm)
{
	unsigned int i;

	if (oracle_since(kvm, 6, 16)) {
		for (i = 0; i < KVMCAPS_NR_WORDS; i++)
			kvm->caps[i] = oracle_formula(kvm, i);
	} else {
		mask_and_set(kvm);
	}
	set_if(kvm, !kvm->tdp && fact(kvm, KVMCAPS_FACT_X86_64), NAME(GBPAGES));
	set_if(kvm, !oracle_boot_has(kvm, NAME(BUG_NULL_SEG)), NAME(NULL_SEL_CLR_BASE));
	set_speculation(kvm);

	if (!kvm->tdp)
		clear(kvm, NAME(SHSTK));
	if (kvm->allow_smaller_maxphyaddr)
		clear_cet(kvm);
	if (!kvm->tdp || !oracle_boot_has(kvm, NAME(OSPKE)))
		clear(kvm, NAME(PKU));
	if (!fact(kvm, KVMCAPS_FACT_TSC_AUX)) {
		clear(kvm, NAME(RDTSCP));
		clear(kvm, NAME(RDPID));
	}
}

/* pmu_ops: MIN_NR_GP_COUNTERS and MAX_NR_GP_COUNTERS, by vendor module; not in 6.1 */
static u32 fewest_counters(const struct oracle *kvm)
{
	if (!oracle_since(kvm, 6, 12))
		return 1;
	return kvm->facts->vendor == KVMCAPS_VENDOR_SVM ? 4 : 1;
}

static u32 most_counters(const struct oracle *kvm)
{
	if (!oracle_since(kvm, 6, 12))
		return ~0u;
	return kvm->facts->vendor == KVMCAPS_VENDOR_SVM ? 6 : 8;
}

static void load_pmu(struct oracle *kvm)
{
	const struct kvmcaps_pmu *perf = &kvm->facts->pmu;

	kvm->pmu = (struct kvmcaps_pmu){};
	kvm->enable_pmu = policy(kvm, KVMCAPS_POLICY_ENABLE_PMU) &&
			  !oracle_boot_has(kvm, NAME(HYBRID_CPU)) &&
			  perf->num_counters_gp >= fewest_counters(kvm);
	if (kvm->facts->maker == KVMCAPS_MAKER_INTEL && perf->version == 0)
		kvm->enable_pmu = false;
	if (!kvm->enable_pmu)
		return;

	kvm->mediated_pmu = oracle_since(kvm, 7, 0) &&
			    policy(kvm, KVMCAPS_POLICY_ENABLE_MEDIATED_PMU);
	kvm->pmu = *perf;
	if (kvm->pmu.version > 2)
		kvm->pmu.version = 2;
	if (kvm->pmu.num_counters_gp > most_counters(kvm))
		kvm->pmu.num_counters_gp = most_counters(kvm);
	if (kvm->pmu.num_counters_fixed > 3)
		kvm->pmu.num_counters_fixed = 3;
}

static void setup_sev(struct oracle *kvm)
{
	struct kvmcaps_cpuid leaf = oracle_cpuid(kvm, 0x8000001f, 0);
	bool old = !oracle_since(kvm, 6, 12);

	kvm->sev = policy(kvm, KVMCAPS_POLICY_SEV) && kvm->tdp && (old || kvm->nrips) &&
		   oracle_boot_has(kvm, NAME(SEV)) &&
		   oracle_boot_has(kvm, NAME(DECODEASSISTS)) &&
		   (old || oracle_boot_has(kvm, NAME(FLUSHBYASID))) && leaf.ecx;
	kvm->sev_es = kvm->sev && policy(kvm, KVMCAPS_POLICY_SEV_ES) &&
		      kvm->mmio_caching && oracle_boot_has(kvm, NAME(SEV_ES)) &&
		      (old || kvm->lbrv) && leaf.edx != 1;
	kvm->sev_snp = !old && kvm->sev_es && policy(kvm, KVMCAPS_POLICY_SEV_SNP) &&
		       fact(kvm, KVMCAPS_FACT_HOST_SNP);
}

static void setup_svm(struct oracle *kvm)
{
	/* MPX's states */
	kvm->xcr0 &= ~0x18ull;
	kvm->tsc_scaling = policy(kvm, KVMCAPS_POLICY_TSC_SCALING) &&
			   oracle_boot_has(kvm, NAME(TSCRATEMSR));
	kvm->tdp = policy(kvm, KVMCAPS_POLICY_NPT) && oracle_boot_has(kvm, NAME(NPT)) &&
		   (fact(kvm, KVMCAPS_FACT_X86_64) || fact(kvm, KVMCAPS_FACT_PAE));
	kvm->five_levels = kvm->tdp && fact(kvm, KVMCAPS_FACT_5LEVEL);
	kvm->allow_smaller_maxphyaddr = !kvm->tdp;
	kvm->gmet = oracle_since(kvm, 7, 2) && policy(kvm, KVMCAPS_POLICY_GMET) && kvm->tdp &&
		    oracle_boot_has(kvm, NAME(GMET));
	kvm->nrips = policy(kvm, KVMCAPS_POLICY_NRIPS) && oracle_boot_has(kvm, NAME(NRIPS));
	kvm->lbrv = policy(kvm, KVMCAPS_POLICY_LBRV) && oracle_boot_has(kvm, NAME(LBRV));
	setup_sev(kvm);
	kvm->vls = policy(kvm, KVMCAPS_POLICY_VLS) && kvm->tdp &&
		   oracle_boot_has(kvm, NAME(V_VMSAVE_VMLOAD)) &&
		   fact(kvm, KVMCAPS_FACT_X86_64);
	kvm->vgif = policy(kvm, KVMCAPS_POLICY_VGIF) && oracle_boot_has(kvm, NAME(VGIF));
	kvm->vnmi = kvm->vgif && policy(kvm, KVMCAPS_POLICY_VNMI) &&
		    oracle_boot_has(kvm, NAME(VNMI));
}

static void set_nested(struct oracle *kvm)
{
	set(kvm, NAME(SVM));
	set(kvm, NAME(VMCBCLEAN));
	set_if(kvm, oracle_since(kvm, 6, 12), NAME(FLUSHBYASID));
	set(kvm, NAME(SVME_ADDR_CHK));
	set_if(kvm, kvm->gmet, NAME(GMET));
	set_if(kvm, kvm->nrips, NAME(NRIPS));
	set_if(kvm, kvm->tdp, NAME(NPT));
	set_if(kvm, kvm->tsc_scaling, NAME(TSCRATEMSR));
	set_if(kvm, kvm->vls, NAME(V_VMSAVE_VMLOAD));
	set_if(kvm, kvm->lbrv, NAME(LBRV));
	set_if(kvm, kvm->vgif, NAME(VGIF));
	set_if(kvm, kvm->vnmi && oracle_since(kvm, 6, 12), NAME(VNMI));
	set_if(kvm, oracle_boot_has(kvm, NAME(PAUSEFILTER)), NAME(PAUSEFILTER));
	set_if(kvm, oracle_boot_has(kvm, NAME(PFTHRESHOLD)), NAME(PFTHRESHOLD));
}

static void svm_caps(struct oracle *kvm)
{
	if (policy(kvm, KVMCAPS_POLICY_NESTED))
		set_nested(kvm);

	set_if(kvm, oracle_boot_has(kvm, NAME(LS_CFG_SSBD)) ||
	       oracle_boot_has(kvm, NAME(AMD_SSBD)), NAME(VIRT_SSBD));

	if (kvm->enable_pmu && !oracle_since(kvm, 6, 12)) {
		set_if(kvm, oracle_boot_has(kvm, NAME(PERFCTR_CORE)), NAME(PERFCTR_CORE));
	} else if (kvm->enable_pmu) {
		if (kvm->pmu.num_counters_gp < 6)
			kvm->pmu.num_counters_gp = min(kvm->pmu.num_counters_gp, 4u);
		else
			set_if(kvm, oracle_boot_has(kvm, NAME(PERFCTR_CORE)),
			       NAME(PERFCTR_CORE));
		if (kvm->pmu.version != 2 || !oracle_has(kvm, NAME(PERFCTR_CORE)))
			clear(kvm, NAME(PERFMON_V2));
	}

	if (oracle_since(kvm, 6, 12)) {
		set_if(kvm, kvm->sev, NAME(SEV));
		set_if(kvm, kvm->sev_es, NAME(SEV_ES));
		set_if(kvm, kvm->sev_snp, NAME(SEV_SNP));
	} else {
		if (!kvm->sev)
			clear(kvm, NAME(SEV));
		if (!kvm->sev_es)
			clear(kvm, NAME(SEV_ES));
	}
	clear(kvm, NAME(BUS_LOCK_DETECT));
	clear(kvm, NAME(MSR_IMM));
	clear(kvm, NAME(IBT));
}

/* kvm_setup_xss_caps(); before it, KVM supported no state of IA32_XSS. */
static void setup_xss(struct oracle *kvm)
{
	const u64 cet = 0x1800;

	kvm->xss = oracle_since(kvm, 6, 18) ? kvm->facts->xss & cet : 0;
	if (!oracle_has(kvm, NAME(XSAVES)))
		kvm->xss = 0;
	if (!oracle_has(kvm, NAME(SHSTK)) && !oracle_has(kvm, NAME(IBT)))
		kvm->xss = 0;
	if (kvm->xss != cet) {
		clear_cet(kvm);
		kvm->xss = 0;
	}
}

void oracle_load(struct oracle *kvm)
{
	/* x87, SSE, AVX, MPX, AVX-512, PKRU, AMX */
	kvm->xcr0 = kvm->facts->xcr0 & 0x602ff;
	kvm->allow_smaller_maxphyaddr = policy(kvm, KVMCAPS_POLICY_ALLOW_SMALLER_MAXPHYADDR);
	kvm->mediated_pmu = false;
	kvm->mmio_caching = policy(kvm, KVMCAPS_POLICY_MMIO_CACHING) &&
			    fact(kvm, KVMCAPS_FACT_MMIO_MASK);
	load_pmu(kvm);
	kvm->refuses = false;
	kvm->five_levels = false;
	/* Nobody's parameter: without a vendor module there is no KVM to ask. */
	kvm->tdp = policy(kvm, KVMCAPS_POLICY_NPT) && policy(kvm, KVMCAPS_POLICY_EPT);
	if (kvm->facts->vendor == KVMCAPS_VENDOR_SVM)
		setup_svm(kvm);
	if (kvm->facts->vendor == KVMCAPS_VENDOR_VMX)
		oracle_setup_vmx(kvm);
	common_caps(kvm);
	if (kvm->facts->vendor == KVMCAPS_VENDOR_SVM)
		svm_caps(kvm);
	if (kvm->facts->vendor == KVMCAPS_VENDOR_VMX)
		oracle_vmx_caps(kvm);
	setup_xss(kvm);
}

void oracle_lookup(void *ctx, struct kvmcaps_cpuid *regs)
{
	const struct kvmcaps_host *host = ctx;
	u32 i;

	for (i = 0; i < host->nr_cpuid; i++) {
		if (host->cpuid[i].function == regs->function &&
		    host->cpuid[i].index == regs->index) {
			*regs = host->cpuid[i];
			return;
		}
	}
}
