/* SPDX-License-Identifier: GPL-2.0 */
/* A kernel for a machine of which only CPUID is known. */
#ifndef TOOLS_ASSUME_KERNEL_H
#define TOOLS_ASSUME_KERNEL_H

#include <kvmcaps/host.h>

/**
 * assume_kernel() - what a kernel would know of a CPU, and KVM's defaults
 * @host: has CPUID, and maybe MSRs; of its facts, all but these and cpu are replaced
 * @release: of the kernel and its KVM, KVMCAPS_RELEASE()
 *
 * The kernel is of 64 bits, was told nothing on its command line, and uses all
 * that it can of the CPU. VMX has all controls, unless there are its MSRs.
 */
void assume_kernel(struct kvmcaps_host *host, u16 release);

/* All that KVM can use of VMX, in place of MSRs that cannot be read. */
void assume_vmx_controls(struct kvmcaps_facts *facts);

/* For struct linux_evidence: those that @known, struct kvmcaps_facts, has. */
bool assume_known_msr(void *known, u32 msr, u64 *value);

#endif /* TOOLS_ASSUME_KERNEL_H */
