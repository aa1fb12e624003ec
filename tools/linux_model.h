/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What Linux makes of a CPU, as far as KVM asks: from its CPUID, and from what
 * a running kernel lets user space see, which has the last word.
 */
#ifndef TOOLS_LINUX_MODEL_H
#define TOOLS_LINUX_MODEL_H

#include <kvmcaps/host.h>

#define LINUX_KERNEL(major, minor)	((major) << 16 | (minor) << 8)

/* What the running kernel says of something. */
enum linux_say {
	LINUX_SILENT,
	LINUX_NO,
	LINUX_YES,
};

/**
 * struct linux_evidence - what user space sees of a kernel
 * @kernel: its version: 6.12.3 is 0x060c03
 * @flags: the line of /proc/cpuinfo; NULL if that is not known, and then all
 *	that a current kernel could use of the CPU is in use
 * @bugs: likewise
 * @cmdline: the kernel's command line; NULL if that is not known
 * @srso: the vulnerabilities' spec_rstack_overflow; NULL if that is not known
 * @tsa: likewise, tsa
 * @phys_bits: physical address bits the kernel uses; 0 if that is not known
 * @pmu: perf has a driver for the CPU's PMU
 * @lbr: perf uses the LBRs
 * @never_flushes: KVM was told never to flush the L1D
 * @sched_info: the kernel accounts run delays
 * @has_xcr0: @xcr0 is known
 * @xcr0: XCR0
 * @read_msr: reads an MSR and returns whether that went well; NULL if there is
 *	no way to read any
 * @few_msrs: there is no way to read others than those that @read_msr can
 * @ctx: for @read_msr
 */
struct linux_evidence {
	u32 kernel;
	const char *flags;
	const char *bugs;
	const char *cmdline;
	const char *srso;
	const char *tsa;
	u32 phys_bits;
	u8 pmu;
	u8 lbr;
	bool never_flushes;
	u8 sched_info;
	bool has_xcr0;
	u64 xcr0;
	bool (*read_msr)(void *ctx, u32 msr, u64 *value);
	bool few_msrs;
	void *ctx;
};

/* Those of KVMCAPS_W_BUG that are not known of a host without KVMCAPS_FACT_DEFECTS. */
#define LINUX_NEWER_DEFECTS	(KVMCAPS_BIT(KVMCAPS_F_BUG_CPU_MELTDOWN) | \
				 KVMCAPS_BIT(KVMCAPS_F_BUG_L1TF) | \
				 KVMCAPS_BIT(KVMCAPS_F_BUG_MDS) | \
				 KVMCAPS_BIT(KVMCAPS_F_BUG_TAA) | \
				 KVMCAPS_BIT(KVMCAPS_F_BUG_GDS) | \
				 KVMCAPS_BIT(KVMCAPS_F_BUG_RFDS) | \
				 KVMCAPS_BIT(KVMCAPS_F_BUG_ITS))

/**
 * linux_model() - what a kernel knows of a CPU
 * @host: has CPUID; of its facts, all but release, policy and cpu are replaced
 * @seen: what is known of the kernel
 *
 * Nothing is assumed: that is kvmcaps_host_assume()'s.
 */
void linux_model(struct kvmcaps_host *host, const struct linux_evidence *seen);

/* The number of what is recorded as @msr, an enum kvmcaps_msr. */
u32 linux_msr(unsigned int msr);

#endif /* TOOLS_LINUX_MODEL_H */
