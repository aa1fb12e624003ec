/* SPDX-License-Identifier: GPL-2.0 */
/* What the CPUID instruction of a guest reads: KVM's side of KVM_SET_CPUID2's table. */
#ifndef TOOLS_QEMU_RUNTIME_H
#define TOOLS_QEMU_RUNTIME_H

#include <linux/kvm.h>

#include "accel.h"

/**
 * struct runtime - what a vCPU's CPUID depends on besides the table
 * @osxsave: CR4.OSXSAVE
 * @pke: CR4.PKE
 * @apic: IA32_APIC_BASE's enable bit
 * @tsx_clear: IA32_TSX_CTRL's TSX_CPUID_CLEAR
 * @hlt: HLT does not leave the guest
 * @xcr0: XCR0
 * @xss: IA32_XSS
 */
struct runtime {
	bool osxsave;
	bool pke;
	bool apic;
	bool tsx_clear;
	bool hlt;
	u64 xcr0;
	u64 xss;
};

/* As after a reset. */
void runtime_init(struct runtime *runtime);

/*
 * Takes in what the guest has done, "osxsave,pke,xcr0=0x7". Returns 0, or
 * STATUS_TROUBLE after a message: so of what a CPU with @table cannot do.
 */
int runtime_parse(struct runtime *runtime, const char *text, const struct kvm_cpuid2 *table);

/* Prints the words of it, each behind a blank. */
void runtime_print_words(void);

/* Writes into @table what KVM keeps there; @accel: the host, for its release and sizes. */
void runtime_update(const struct runtime *runtime, const struct qemu_accel *accel,
		    struct kvm_cpuid2 *table);

/* Executes CPUID; @table is up to date. */
struct kvmcaps_cpuid runtime_cpuid(const struct runtime *runtime, const struct qemu_accel *accel,
				   const struct kvm_cpuid2 *table, u32 function, u32 index);

#endif /* TOOLS_QEMU_RUNTIME_H */
