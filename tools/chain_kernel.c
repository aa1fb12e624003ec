// SPDX-License-Identifier: GPL-2.0
/* What the kernel makes of a feature, and the likely cause if it masks it. */
#include <stdio.h>
#include <linux/kernel.h>

#include "chain.h"

static void add_likely(struct chain *chain, const struct subject *subject)
{
	struct cause cause;

	if (cause_find(subject->host, subject->saved, chain->feature, &cause))
		chain_likely(chain, &cause);
	else if (!saved_note(subject->saved, "cmdline"))
		chain_add(chain, CHAIN_LIKELY,
			  "not known, for the kernel's command line is not");
	else
		chain_add(chain, CHAIN_LIKELY,
			  "how the kernel was built, or a defect it knows; its command line does not say so");
}

/* Some flags Linux clears in the CPU as well, by way of an MSR. */
static void add_hidden(struct chain *chain, const struct subject *subject)
{
	struct cause cause;

	if (!cause_find_hidden(subject->host, subject->saved, chain->feature, &cause))
		return;
	chain->hidden = *cause.remedy;
	chain_add(chain, CHAIN_LIKELY, "the kernel has hidden it in the CPU: %s", cause.text);
	snprintf(chain->remedy, sizeof(chain->remedy), "%s", cause.remedy);
}

/* A word that the kernel keeps. */
static void add_kept(struct chain *chain)
{
	if (chain->kernel)
		chain_add(chain, CHAIN_KERNEL, chain->cpu ? "has it" :
			  "has it, whatever the CPU enumerates");
	else
		chain_add(chain, CHAIN_KERNEL, chain->cpu ? "has masked it" :
			  "does not have it");
}

/* One that only KVM keeps: a flag of the kernel's own may stand for the bit. */
static void add_unkept(struct chain *chain, const struct subject *subject)
{
	bool flag = kvmcaps_host_has(subject->host, chain->feature);

	if (chain->verdict.needs & KVMCAPS_NEED_FLAG)
		chain_add(chain, CHAIN_KERNEL, "%s its own flag for it", flag ? "has set" :
			  "has not set");
	else
		chain_add(chain, CHAIN_KERNEL, "is not asked: it does not keep this register");
}

/*
 * A flag that the kernel would set by itself is missed where the CPU does not
 * have the bit, too.
 */
void chain_kernel(struct chain *chain, const struct subject *subject)
{
	bool kept = kvmcaps_words[KVMCAPS_WORD(chain->feature)].kept;
	bool masked = kept && chain->cpu && !chain->kernel;

	if (kept)
		add_kept(chain);
	else
		add_unkept(chain, subject);
	if (masked || (chain->verdict.missing & KVMCAPS_NEED_FLAG))
		add_likely(chain, subject);
	else if (kept && !chain->cpu && !chain->kernel)
		add_hidden(chain, subject);
}
