// SPDX-License-Identifier: GPL-2.0
/* Building synthetic hosts, by hand and at random. */
#include <linux/bug.h>
#include <linux/kernel.h>
#include <kvmcaps/release.h>
#include "hosts.h"
#include "random.h"

static void switch_bit(u32 *word, u32 bit, bool on)
{
	if (on)
		*word |= bit;
	else
		*word &= ~bit;
}

void host_init(struct kvmcaps_host *host)
{
	host->nr_cpuid = 0;
	host->facts = (struct kvmcaps_facts){
		.release = KVMCAPS_RELEASE(6, 12),
		.maker = KVMCAPS_MAKER_AMD,
		.vendor = KVMCAPS_VENDOR_SVM,
		.flags = BIT(KVMCAPS_FACT_X86_64) | BIT(KVMCAPS_FACT_PAE) |
			 BIT(KVMCAPS_FACT_TSC_AUX),
	};
}

static struct kvmcaps_cpuid *entry(struct kvmcaps_host *host, u32 function, u32 index)
{
	struct kvmcaps_cpuid *regs = host->cpuid;

	for (; regs < host->cpuid + host->nr_cpuid; regs++) {
		if (regs->function == function && regs->index == index)
			return regs;
	}
	/* A suite's own mistake: it then loses the last entry, and fails. */
	if (WARN_ON_ONCE(host->nr_cpuid == KVMCAPS_MAX_CPUID))
		regs--;
	else
		host->nr_cpuid++;
	*regs = (struct kvmcaps_cpuid){ .function = function, .index = index };
	return regs;
}

u32 *host_reg(struct kvmcaps_host *host, u32 function, u32 index, enum kvmcaps_reg reg)
{
	struct kvmcaps_cpuid *regs = entry(host, function, index);
	u32 *places[] = { &regs->eax, &regs->ebx, &regs->ecx, &regs->edx };

	return places[reg];
}

void host_put(struct kvmcaps_host *host, u32 function, u32 index,
	      u32 eax, u32 ebx, u32 ecx, u32 edx)
{
	*entry(host, function, index) = (struct kvmcaps_cpuid){
		function, index, eax, ebx, ecx, edx,
	};
}

u32 *host_word(struct kvmcaps_host *host, enum kvmcaps_word word)
{
	const struct kvmcaps_word_info *info = &kvmcaps_words[word];

	return host_reg(host, info->function, info->index, info->reg);
}

void host_cpu(struct kvmcaps_host *host, unsigned int feature, bool on)
{
	switch_bit(host_word(host, KVMCAPS_WORD(feature)), KVMCAPS_BIT(feature), on);
}

void host_kernel(struct kvmcaps_host *host, unsigned int feature, bool on)
{
	switch_bit(&host->facts.caps[KVMCAPS_WORD(feature)], KVMCAPS_BIT(feature), on);
}

void host_policy(struct kvmcaps_host *host, enum kvmcaps_policy policy, bool on)
{
	switch_bit(&host->facts.policy, BIT(policy), on);
}

void host_fact(struct kvmcaps_host *host, enum kvmcaps_fact fact, bool on)
{
	switch_bit(&host->facts.flags, BIT(fact), on);
}

/* Kernels mask what the CPU has, and a few make up what it does not have. */
static u32 kernel_word(u32 raw)
{
	switch (random_below(4)) {
	case 0:
		return random_bits();
	case 1:
		return raw;
	default:
		return raw & random_bits();
	}
}

void host_random_words(struct kvmcaps_host *host)
{
	unsigned int word;

	for (word = 0; word < KVMCAPS_MAX_WORDS; word++) {
		if (word < KVMCAPS_NR_WORDS)
			*host_word(host, word) = random_bits();
		host->facts.caps[word] = kernel_word(word < KVMCAPS_NR_WORDS ?
						     *host_word(host, word) : ~0u);
	}
	*host_reg(host, 0x0, 0, KVMCAPS_EAX) = random_below(0x28);
	*host_reg(host, 0x80000000, 0, KVMCAPS_EAX) = 0x80000000 + random_below(0x28);
	*host_reg(host, 0xc0000000, 0, KVMCAPS_EAX) = 0xc0000000 + random_below(6);
	*host_reg(host, 0x8000001f, 0, KVMCAPS_ECX) = random_below(3) * 0x1ff;
	*host_reg(host, 0x8000001f, 0, KVMCAPS_EDX) = random_below(3);
}

static struct kvmcaps_pmu random_pmu(void)
{
	if (random_one_in(4))
		return (struct kvmcaps_pmu){};
	return (struct kvmcaps_pmu){
		.version = random_below(7),
		.num_counters_gp = random_below(12),
		.num_counters_fixed = random_below(8),
		.bit_width_gp = random_below(65),
		.bit_width_fixed = random_below(65),
		.events_mask_len = random_below(32),
		.events_mask = random_bits(),
		.pebs_ept = random_below(2),
	};
}

/* Half of the hosts are Intel's. */
static u8 random_vendor(void)
{
	static const u8 vendors[] = {
		KVMCAPS_VENDOR_NONE, KVMCAPS_VENDOR_SVM, KVMCAPS_VENDOR_SVM,
		KVMCAPS_VENDOR_SVM, KVMCAPS_VENDOR_VMX, KVMCAPS_VENDOR_VMX,
		KVMCAPS_VENDOR_VMX, KVMCAPS_VENDOR_VMX,
	};

	return vendors[random_below(ARRAY_SIZE(vendors))];
}

void host_vmx(struct kvmcaps_host *host)
{
	static const u64 msr[KVMCAPS_NR_MSRS] = {
		[KVMCAPS_MSR_FEAT_CTL]		= 0x5,
		[KVMCAPS_MSR_PERF_CAPABILITIES]	= 0x2000,
		[KVMCAPS_MSR_VMX_BASIC]		= 0x01da040000000012,
		[KVMCAPS_MSR_VMX_PINBASED_CTLS]	= 0x000000ff00000016,
		[KVMCAPS_MSR_VMX_PROCBASED_CTLS] = 0xffffffff0401e172,
		[KVMCAPS_MSR_VMX_PROCBASED_CTLS2] = 0xffffffff00000000,
		[KVMCAPS_MSR_VMX_PROCBASED_CTLS3] = 0x10,
		[KVMCAPS_MSR_VMX_EXIT_CTLS]	= 0x13ffffff00036dff,
		[KVMCAPS_MSR_VMX_ENTRY_CTLS]	= 0x0017ffff000011ff,
		[KVMCAPS_MSR_VMX_MISC]		= 0x000000007004c1e7,
		[KVMCAPS_MSR_VMX_EPT_VPID_CAP]	= 0x00000f01063341c1,
		[KVMCAPS_MSR_VMX_CR0_FIXED1]	= 0xffffffff,
		[KVMCAPS_MSR_VMX_CR4_FIXED1]	= 0x01ff37ff,
		[KVMCAPS_MSR_UCODE_REV]		= 0x2b00000000000000,
	};
	unsigned int i;

	host->facts.msrs = BIT(KVMCAPS_NR_MSRS) - 1;
	for (i = 0; i < KVMCAPS_NR_MSRS; i++)
		host->facts.msr[i] = msr[i];
}

/* MSRs of a part that lacks a few controls, or such as no part has. */
static void random_msrs(struct kvmcaps_host *host)
{
	unsigned int lacks = random_below(6);
	unsigned int i;

	host_vmx(host);
	if (random_one_in(3)) {
		for (i = 0; i < KVMCAPS_NR_MSRS; i++)
			host->facts.msr[i] = (u64)random_bits() << 32 | random_bits();
		return;
	}
	for (i = 0; i < lacks; i++)
		host->facts.msr[random_below(KVMCAPS_NR_MSRS)] &= ~BIT_ULL(random_below(64));
}

void host_random_release(struct kvmcaps_host *host)
{
	host->facts.release = kvmcaps_releases[random_below(KVMCAPS_NR_RELEASES)];
}

void host_random_facts(struct kvmcaps_host *host)
{
	struct kvmcaps_facts *facts = &host->facts;

	facts->maker = random_below(KVMCAPS_NR_MAKERS);
	facts->vendor = random_vendor();
	facts->phys_bits = 32 + random_below(21);
	facts->power = random_bits();
	facts->flags = random_u64() | random_u64();
	facts->policy = random_u64() | random_u64();
	facts->xcr0 = random_u64();
	facts->xss = random_u64();
	facts->pmu = random_pmu();
	random_msrs(host);
}

/* A control that must be 1 can be 1. Source: SDM volume 3, A.2 to A.5. */
static void make_msrs_sane(struct kvmcaps_facts *facts)
{
	static const u8 controls[] = {
		KVMCAPS_MSR_VMX_PINBASED_CTLS, KVMCAPS_MSR_VMX_PROCBASED_CTLS,
		KVMCAPS_MSR_VMX_PROCBASED_CTLS2, KVMCAPS_MSR_VMX_EXIT_CTLS,
		KVMCAPS_MSR_VMX_ENTRY_CTLS,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(controls); i++)
		facts->msr[controls[i]] |= facts->msr[controls[i]] << 32;
}

void host_make_sane(struct kvmcaps_host *host)
{
	make_msrs_sane(&host->facts);
	/* early_detect_mem_encrypt() of a 32-bit kernel clears them. */
	if (host->facts.flags & BIT(KVMCAPS_FACT_X86_64)) {
		host_fact(host, KVMCAPS_FACT_PAE, true);
	} else {
		host_fact(host, KVMCAPS_FACT_5LEVEL, false);
		host_kernel(host, KVMCAPS_F_SEV, false);
		host_kernel(host, KVMCAPS_F_SEV_ES, false);
	}
}
