/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A host: every fact an answer may depend on. Plain data, so that a live
 * machine, a saved file and a test are the same thing to the engine.
 */
#ifndef _KVMCAPS_HOST_H
#define _KVMCAPS_HOST_H

#include <kvmcaps/feature.h>

/* Indices that are recorded of one leaf: one more than an answer can hold. */
#define KVMCAPS_MAX_INDICES	257
/*
 * Recorded CPUID results of one host. Ordinary hosts have about 150; this is
 * more than the most that host_record.c can find on any.
 */
#define KVMCAPS_MAX_CPUID	2048

struct kvmcaps_caps;

/**
 * struct kvmcaps_host - facts and raw CPUID of one CPU of one machine
 * @facts: see <linux/kvmcaps.h>
 * @nr_cpuid: used entries of @cpuid
 * @cpuid: raw CPUID, each leaf and index once; what is not in it reads as zero
 */
struct kvmcaps_host {
	struct kvmcaps_facts facts;
	u32 nr_cpuid;
	struct kvmcaps_cpuid cpuid[KVMCAPS_MAX_CPUID];
};

/**
 * typedef kvmcaps_cpuid_fn - executes CPUID, or looks it up in a record
 * @ctx: the caller's
 * @regs: function and index going in, the registers coming out
 */
typedef void (*kvmcaps_cpuid_fn)(void *ctx, struct kvmcaps_cpuid *regs);

void kvmcaps_host_record(struct kvmcaps_host *host, kvmcaps_cpuid_fn cpuid,
			 void *ctx);
struct kvmcaps_cpuid kvmcaps_host_cpuid(const struct kvmcaps_host *host,
					u32 function, u32 index);
struct kvmcaps_cpuid kvmcaps_host_cpuid_near(const struct kvmcaps_host *host, u32 *near,
					     u32 function, u32 index);
u32 kvmcaps_host_word_near(const struct kvmcaps_host *host, u32 *near,
			   enum kvmcaps_word word);
u32 kvmcaps_host_word(const struct kvmcaps_host *host, enum kvmcaps_word word);
void kvmcaps_host_assume(struct kvmcaps_host *host, struct kvmcaps_caps *scratch);

/* What each assumption says, by enum kvmcaps_assumption. */
extern const char *const kvmcaps_assumptions[KVMCAPS_NR_ASSUMPTIONS];

/**
 * kvmcaps_host_has() - boot_cpu_has(), and boot_cpu_has_bug() for BUG_*
 * @host: the host
 * @feature: enum kvmcaps_feature
 *
 * Return: whether the host's kernel has the flag.
 */
static inline bool kvmcaps_host_has(const struct kvmcaps_host *host,
				    unsigned int feature)
{
	return host->facts.caps[KVMCAPS_WORD(feature)] & KVMCAPS_BIT(feature);
}

static inline u32 kvmcaps_cpuid_reg(const struct kvmcaps_cpuid *regs,
				    enum kvmcaps_reg reg)
{
	return (&regs->eax)[reg];
}

#endif /* _KVMCAPS_HOST_H */
