// SPDX-License-Identifier: GPL-2.0
/* Source: kvm_arch_get_supported_cpuid() and sev_snp_mask_cpuid_features() of QEMU 10.0. */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/kvm.h>
#include <asm/kvm_para.h>
#include <kvmcaps/feature.h>

#include "../kvmmsr.h"
#include "../maker.h"
#include "fixup.h"
#include "supported.h"

/* Bits of CPUID.80000001H:EDX that mean what CPUID.1H:EDX has in the same place. */
#define AMD_ALIASES	0x0183f3ff

static bool has_irqchip(const struct qemu_accel *accel)
{
	return accel->machine->irqchip != QEMU_IRQCHIP_OFF;
}

static bool lacks_irqchip(const struct qemu_accel *accel)
{
	return !has_irqchip(accel);
}

static bool splits_irqchip(const struct qemu_accel *accel)
{
	return accel->machine->irqchip == QEMU_IRQCHIP_SPLIT;
}

static bool has_deadline(const struct qemu_accel *accel)
{
	return has_irqchip(accel) && qemu_accel_extension(accel, KVM_CAP_TSC_DEADLINE_TIMER);
}

static bool hands_mwait_out(const struct qemu_accel *accel)
{
	return accel->machine->cpu_pm &&
	       (qemu_accel_extension(accel, KVM_CAP_X86_DISABLE_EXITS) &
		KVM_X86_DISABLE_EXITS_MWAIT);
}

static bool lacks_arch_capabilities(const struct qemu_accel *accel)
{
	return !qemu_accel_saves_msr(accel, KVMMSR_ARCH_CAPABILITIES);
}

static bool is_sev_snp(const struct qemu_accel *accel)
{
	return accel->machine->sev_snp;
}

/* Haswell; of Haswell-EX only those before stepping 4. */
static bool is_tsx_broken(const struct qemu_accel *accel)
{
	struct kvmcaps_cpuid name = qemu_accel_host_cpuid(accel, 0, 0);
	struct qemu_part part = qemu_accel_part(accel);

	if (maker_of(name.ebx, name.ecx, name.edx) != KVMCAPS_MAKER_INTEL || part.family != 6)
		return false;
	return (part.model == 63 && part.stepping < 4) || part.model == 60 || part.model == 69 ||
	       part.model == 70;
}

#define REFUSED_BY_FIRMWARE	"the firmware lets no SEV-SNP guest have it"

#define BIT_OF(name)	KVMCAPS_BIT(KVMCAPS_F_##name)

#define ROW(function, index, reg, does, bits, when, reason)		\
	{ function, index, KVMCAPS_##reg, QEMU_FIXUP_##does, bits, when, reason }

const struct qemu_fixup qemu_fixups[] = {
	ROW(0x1, QEMU_ANY_INDEX, EDX, ADDS,
	    BIT_OF(MTRR) | BIT_OF(PAT) | BIT_OF(MCE) | BIT_OF(MCA), NULL,
	    "KVM had it long before it said so, in 2.6.30"),
	ROW(0x1, QEMU_ANY_INDEX, EDX, ADDS, BIT_OF(HT), NULL,
	    "it is QEMU that knows whether a guest has several CPUs"),
	ROW(0x1, QEMU_ANY_INDEX, ECX, ADDS, BIT_OF(HYPERVISOR), NULL,
	    "a guest runs on a hypervisor"),
	ROW(0x1, QEMU_ANY_INDEX, ECX, ADDS, BIT_OF(TSC_DEADLINE_TIMER), has_deadline,
	    "the local APIC is KVM's, and KVM says that it has such a timer"),
	ROW(0x1, QEMU_ANY_INDEX, ECX, TAKES, BIT_OF(X2APIC), lacks_irqchip,
	    "without KVM's local APIC there is none with that mode"),
	ROW(0x1, QEMU_ANY_INDEX, ECX, ADDS, BIT_OF(MWAIT), hands_mwait_out,
	    "with cpu-pm=on, KVM can let guests execute it on this host"),
	ROW(0x6, QEMU_ANY_INDEX, EAX, ADDS, BIT_OF(ARAT), NULL,
	    "a virtual APIC's timer never stops"),
	ROW(0x7, 0, EBX, ADDS_HOST, BIT_OF(ERMS), NULL,
	    "the CPU has it, and it only says what is fast"),
	ROW(0x7, 0, EBX, TAKES, BIT_OF(RTM) | BIT_OF(HLE), is_tsx_broken,
	    "transactions go wrong on this Haswell"),
	ROW(0x7, 0, EDX, ADDS_HOST, BIT_OF(FSRM), NULL,
	    "the CPU has it, and it only says what is fast"),
	ROW(0x7, 0, EDX, TAKES, BIT_OF(ARCH_CAPABILITIES), lacks_arch_capabilities,
	    "this KVM does not save the MSR that it stands for"),
	ROW(0x7, 1, EAX, ADDS_HOST, BIT_OF(FZRM) | BIT_OF(FSRS) | BIT_OF(FSRC), NULL,
	    "the CPU has it, and it only says what is fast"),
	ROW(0x7, 2, EDX, ADDS_HOST, BIT_OF(MCDT_NO), NULL,
	    "the CPU has it, and it only says what does not go wrong"),
	ROW(0xd, 0, EAX, IS_XCR0, ~0u, NULL,
	    "all that KVM could save counts, as QEMU can ask for permission"),
	ROW(0xd, 0, EDX, IS_XCR0_HIGH, ~0u, NULL,
	    "all that KVM could save counts, as QEMU can ask for permission"),
	ROW(0x80000001, QEMU_ANY_INDEX, ECX, ADDS, BIT_OF(TOPOEXT), NULL,
	    "models that have it are to run on an older KVM too"),
	ROW(0x80000001, QEMU_ANY_INDEX, EDX, ADDS_1_EDX, AMD_ALIASES, NULL,
	    "CPUID.1H:EDX has it, and AMD's CPUs say so in both places"),
	ROW(0x80000007, QEMU_ANY_INDEX, EBX, ADDS, BIT_OF(OVERFLOW_RECOV) | BIT_OF(SUCCOR), NULL,
	    "QEMU passes machine checks on as AMD's CPUs have them"),
	ROW(0x40000001, QEMU_ANY_INDEX, EAX, TAKES, BIT(KVM_FEATURE_PV_UNHALT), lacks_irqchip,
	    "only KVM's local APIC wakes a CPU that way"),
	ROW(0x40000001, QEMU_ANY_INDEX, EAX, ADDS, BIT(KVM_FEATURE_MSI_EXT_DEST_ID),
	    splits_irqchip, "with kernel-irqchip=split, the I/O APIC is QEMU's and can do it"),
	ROW(0x40000001, QEMU_ANY_INDEX, EDX, ADDS, BIT(KVM_HINTS_REALTIME), NULL,
	    "it is for whoever starts the guest to know whether its CPUs are its own"),
	ROW(0x1, QEMU_ANY_INDEX, ECX, TAKES, BIT_OF(TSC_DEADLINE_TIMER), is_sev_snp,
	    REFUSED_BY_FIRMWARE),
	ROW(0x7, 0, EBX, TAKES, BIT_OF(TSC_ADJUST), is_sev_snp, REFUSED_BY_FIRMWARE),
	ROW(0x7, 0, EDX, TAKES,
	    BIT_OF(SPEC_CTRL) | BIT_OF(INTEL_STIBP) | BIT_OF(FLUSH_L1D) |
	    BIT_OF(ARCH_CAPABILITIES) | BIT_OF(CORE_CAPABILITIES) | BIT_OF(SPEC_CTRL_SSBD),
	    is_sev_snp, REFUSED_BY_FIRMWARE),
	ROW(0x80000008, QEMU_ANY_INDEX, EBX, TAKES, BIT_OF(VIRT_SSBD), is_sev_snp,
	    REFUSED_BY_FIRMWARE),
};

const unsigned int qemu_nr_fixups = ARRAY_SIZE(qemu_fixups);

bool qemu_fixup_is_for(const struct qemu_fixup *fixup, const struct qemu_accel *accel,
		       u32 function, u32 index, unsigned int reg)
{
	return fixup->function == function && fixup->reg == reg &&
	       (fixup->index == QEMU_ANY_INDEX || fixup->index == index) &&
	       (!fixup->when || fixup->when(accel));
}

static u32 host_bits(const struct qemu_fixup *fixup, const struct qemu_accel *accel)
{
	struct kvmcaps_cpuid regs = qemu_accel_host_cpuid(accel, fixup->function, fixup->index);

	return kvmcaps_cpuid_reg(&regs, fixup->reg) & fixup->bits;
}

/* What KVM says without it, if it does not know it. */
static u32 xcr0_bits(const struct qemu_accel *accel, unsigned int shift, u32 value)
{
	u64 states;

	return qemu_accel_xcomp_guest_supp(accel, &states) ? states >> shift : value;
}

u32 qemu_fixup_apply(const struct qemu_fixup *fixup, const struct qemu_accel *accel, u32 value)
{
	switch (fixup->does) {
	case QEMU_FIXUP_ADDS:
		return value | fixup->bits;
	case QEMU_FIXUP_TAKES:
		return value & ~fixup->bits;
	case QEMU_FIXUP_ADDS_HOST:
		return value | host_bits(fixup, accel);
	case QEMU_FIXUP_ADDS_1_EDX:
		return value | (qemu_supported(accel, 1, 0, KVMCAPS_EDX) & fixup->bits);
	case QEMU_FIXUP_IS_XCR0:
		return xcr0_bits(accel, 0, value);
	case QEMU_FIXUP_IS_XCR0_HIGH:
		return xcr0_bits(accel, 32, value);
	default:
		return value;
	}
}
