// SPDX-License-Identifier: GPL-2.0
/* A synthetic Intel server part. Layout of leaves: SDM volume 2, CPUID. */
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <kunit/test.h>
#include "hosts.h"
#include "intel.h"

static const struct kvmcaps_cpuid part[] = {
	{ 0x0, 0, 0x20, 0x756e6547, 0x6c65746e, 0x49656e69 },
	{ 0x1, 0, 0x000806f8, 0x1d400800, 0x7ffefbff, 0xbfebfbff },
	{ 0x2, 0, 0x00feff01, 0x000000f0, 0, 0 },
	{ 0x3, 0, 0, 0, 0x11112222, 0x33334444 },
	{ 0x4, 0, 0x7c004121, 0x02c0003f, 0x3f, 0 },
	{ 0x4, 1, 0x7c004122, 0x01c0003f, 0x3f, 0 },
	{ 0x4, 2, 0x7c01c143, 0x03c0003f, 0x7ff, 0 },
	{ 0x4, 3, 0x7c0fc163, 0x0380003f, 0x1bfff, 4 },
	{ 0x4, 4, 0, 0, 0, 0 },
	{ 0x5, 0, 0x40, 0x40, 3, 0x2020 },
	{ 0x6, 0, 0x00dfcff7, 2, 0xd, 0 },
	{ 0x7, 0, 2, 0xf3bfbfef, 0xfb417fee, 0xffdd4432 },
	{ 0x7, 1, 0x00001c30, 0, 0, 0 },
	{ 0x7, 2, 0, 0, 0, 0x17 },
	{ 0xa, 0, 0x08300805, 0, 0xf, 0x8603 },
	{ 0xb, 0, 1, 2, 0x100, 0x1d },
	{ 0xb, 1, 7, 0x70, 0x201, 0x1d },
	{ 0xb, 2, 0, 0, 2, 0x1d },
	{ 0xd, 0, 0x602e7, 0x2b00, 0x2b00, 0 },
	{ 0xd, 1, 0x1f, 0x2b00, 0x1900, 0 },
	{ 0xd, 2, 0x100, 0x240, 0, 0 },
	{ 0xd, 5, 0x40, 0x440, 0, 0 },
	{ 0xd, 6, 0x200, 0x480, 0, 0 },
	{ 0xd, 7, 0x400, 0x680, 0, 0 },
	{ 0xd, 8, 0x80, 0, 1, 0 },
	{ 0xd, 9, 0x8, 0xa80, 0, 0 },
	{ 0xd, 11, 0x10, 0, 1, 0 },
	{ 0xd, 12, 0x18, 0, 1, 0 },
	{ 0xd, 17, 0x40, 0xac0, 2, 0 },
	{ 0xd, 18, 0x2000, 0xb00, 6, 0 },
	{ 0xf, 0, 0, 0x6f, 0, 2 },
	{ 0x10, 0, 0, 0xa, 0, 0 },
	{ 0x12, 0, 0x863, 0x3, 0, 0x381f },
	{ 0x12, 1, 0x4f6, 0x55, 0x602e7, 0x7 },
	{ 0x12, 2, 0x70200001, 0x5, 0x7f600001, 0 },
	{ 0x14, 0, 1, 0x5f, 0x7, 0 },
	{ 0x14, 1, 0x02490002, 0x003f3fff, 0, 0 },
	{ 0x15, 0, 2, 0xa8, 0x17d7840, 0 },
	{ 0x16, 0, 0x7d0, 0xed8, 0x64, 0 },
	{ 0x18, 0, 0x8, 0, 0, 0 },
	{ 0x1a, 0, 0x40000001, 0, 0, 0 },
	{ 0x1c, 0, 0x4000000b, 7, 7, 0 },
	{ 0x1d, 0, 1, 0, 0, 0 },
	{ 0x1d, 1, 0x04002000, 0x00080040, 0x10, 0 },
	{ 0x1e, 0, 0, 0x4010, 0, 0 },
	{ 0x1f, 0, 1, 2, 0x100, 0x1d },
	{ 0x1f, 1, 7, 0x70, 0x201, 0x1d },
	{ 0x1f, 2, 0, 0, 2, 0x1d },
	{ 0x20, 0, 0, 1, 0, 0 },
	{ 0x80000000, 0, 0x80000008, 0, 0, 0 },
	{ 0x80000001, 0, 0, 0, 0x121, 0x2c100800 },
	{ 0x80000006, 0, 0, 0, 0x08007040, 0 },
	{ 0x80000007, 0, 0, 0, 0, 0x100 },
	{ 0x80000008, 0, 0x3934, 0x200, 0, 0 },
};

void intel_init(struct intel *m)
{
	struct kvmcaps_facts *facts = &m->host.facts;
	unsigned int word;

	m->nr = ARRAY_SIZE(part);
	memcpy(m->cpu, part, sizeof(part));
	host_init(&m->host);
	host_vmx(&m->host);
	facts->maker = KVMCAPS_MAKER_INTEL;
	facts->vendor = KVMCAPS_VENDOR_VMX;
	facts->policy = INTEL_POLICY;
	facts->phys_bits = 46;
	facts->power = 0x100;
	facts->xcr0 = 0x602e7;
	facts->pmu = (struct kvmcaps_pmu){ 5, 8, 3, 48, 48, 8, 0, 1 };
	kvmcaps_host_record(&m->host, intel_cpuid, m);
	for (word = 0; word < KVMCAPS_NR_WORDS; word++)
		facts->caps[word] = kvmcaps_host_word(&m->host, word);
	intel_kernel(m, KVMCAPS_F_ARCH_PERFMON, true);
	intel_kernel(m, KVMCAPS_F_PEBS, true);
	intel_kernel(m, KVMCAPS_F_MSR_IA32_FEAT_CTL, true);
	/* A part with cores of one kind. */
	intel_feature(m, KVMCAPS_F_HYBRID_CPU, false);
	m->kvm = (struct oracle){ .facts = facts, .cpuid = intel_cpuid, .ctx = m };
}

static struct kvmcaps_cpuid *entry(struct intel *m, u32 function, u32 index)
{
	u32 i;

	for (i = 0; i < m->nr; i++) {
		if (m->cpu[i].function == function && m->cpu[i].index == index)
			return &m->cpu[i];
	}
	return NULL;
}

void intel_put(struct intel *m, u32 function, u32 index,
	       u32 eax, u32 ebx, u32 ecx, u32 edx)
{
	struct kvmcaps_cpuid *regs = entry(m, function, index);

	if (!regs) {
		WARN_ON_ONCE(m->nr == INTEL_ENTRIES);
		regs = &m->cpu[m->nr++];
	}
	*regs = (struct kvmcaps_cpuid){ function, index, eax, ebx, ecx, edx };
}

void intel_kernel(struct intel *m, unsigned int feature, bool on)
{
	host_kernel(&m->host, feature, on);
}

void intel_feature(struct intel *m, unsigned int feature, bool on)
{
	const struct oracle_word *word = oracle_word(m->host.facts.release,
						      KVMCAPS_WORD(feature));
	struct kvmcaps_cpuid *regs = entry(m, word->function, word->index);
	u32 *reg = &(&regs->eax)[word->reg];

	*reg = on ? *reg | KVMCAPS_BIT(feature) : *reg & ~KVMCAPS_BIT(feature);
	intel_kernel(m, feature, on);
}

void intel_control(struct intel *m, enum kvmcaps_msr msr, unsigned int bit, bool on)
{
	m->host.facts.msr[msr] &= ~BIT_ULL(bit);
	m->host.facts.msr[msr] |= (u64)on << bit;
}

/* SDM volume 2, CPUID: what is out of range is as the highest basic leaf. */
void intel_cpuid(void *ctx, struct kvmcaps_cpuid *regs)
{
	struct intel *m = ctx;
	u32 max = entry(m, 0, 0)->eax;
	u32 max_extended = entry(m, 0x80000000, 0)->eax;
	struct kvmcaps_cpuid *found;
	u32 function = regs->function;

	if (function < 0x80000000 ? function > max : function > max_extended)
		function = max;
	found = entry(m, function, regs->index);
	/* A leaf without indices does not look at ECX. */
	if (!found && function == 0x6)
		found = entry(m, function, 0);
	regs->eax = found ? found->eax : 0;
	regs->ebx = found ? found->ebx : 0;
	regs->ecx = found ? found->ecx : 0;
	regs->edx = found ? found->edx : 0;
}

void intel_answer(struct kunit *test, struct intel *m, u64 permission)
{
	int theirs;
	u32 i;

	kvmcaps_host_record(&m->host, intel_cpuid, m);
	kvmcaps_decide(&m->host, &m->caps);
	kvmcaps_answer_supported(&m->host, &m->caps,
				 kvmcaps_permitted_xcr0(&m->caps, permission), &m->answer);
	oracle_load(&m->kvm);
	theirs = oracle_supported(&m->kvm, permission, m->entries, KVMCAPS_MAX_ENTRIES);
	KUNIT_ASSERT_EQ(test, (int)m->answer.nent, theirs);
	for (i = 0; i < m->answer.nent; i++)
		KUNIT_ASSERT_MEMEQ_MSG(test, &m->answer.entries[i], &m->entries[i],
				       sizeof(m->entries[i]), "%#x.%u", m->entries[i].function,
				       m->entries[i].index);
}

const struct kvm_cpuid_entry2 *intel_find(const struct intel *m, u32 function, u32 index)
{
	u32 i;

	for (i = 0; i < m->answer.nent; i++) {
		if (m->answer.entries[i].function == function &&
		    m->answer.entries[i].index == index)
			return &m->answer.entries[i];
	}
	return NULL;
}
