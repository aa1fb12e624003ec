/* SPDX-License-Identifier: GPL-2.0 */
/* Rows of feature MSRs: which bits, when, and why. */
#ifndef TOOLS_KVMMSR_ROW_H
#define TOOLS_KVMMSR_ROW_H

#include <linux/bits.h>
#include <kvmcaps/decide.h>

#include "kvmmsr.h"

#define KVMMSR_TERMS	6

/**
 * struct kvmmsr_row - bits that KVM gives a feature MSR
 * @msr: the MSR
 * @bits: those that it gives
 * @from: of them, those that the host has in this MSR, an enum kvmcaps_msr and
 *	one more; 0 for all
 * @vendors: bit map of enum kvmcaps_vendor: whose KVM does; 0 for both
 * @in: releases that do, a set
 * @terms: if all hold
 * @why: the reason, as the end of "... because"
 *
 * A bit is set if any row gives it.
 */
struct kvmmsr_row {
	u32 msr;
	u64 bits;
	u8 from;
	u8 vendors;
	u32 in;
	struct kvmcaps_term terms[KVMMSR_TERMS];
	const char *why;
};

#define ROW(name, which, reason, ...) \
	{ .msr = KVMMSR_##name, .bits = (which), .why = (reason), ##__VA_ARGS__ }

#define FROM(name)	.from = KVMCAPS_MSR_##name + 1
#define SVM_ONLY	.vendors = BIT(KVMCAPS_VENDOR_SVM)
#define VMX_ONLY	.vendors = BIT(KVMCAPS_VENDOR_VMX)
#define NO_MSR(name, bit) KVMCAPS_TERM(MSR, true, KVMCAPS_MSR_##name * 64 + (bit))

struct kvmmsr_rows {
	const struct kvmmsr_row *rows;
	unsigned int nr;
};

extern const struct kvmmsr_rows kvmmsr_rows_arch;
extern const struct kvmmsr_rows kvmmsr_rows_vmx;

/* What an MSR of the host has; what is assumed of it where it is not recorded. */
u64 kvmmsr_host(const struct kvmcaps_host *host, enum kvmcaps_msr msr);

#endif /* TOOLS_KVMMSR_ROW_H */
