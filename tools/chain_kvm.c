// SPDX-License-Identifier: GPL-2.0
/* How KVM declares a feature, and since when. */
#include <stdio.h>
#include <linux/kernel.h>

#include "chain.h"
#include "facts.h"

struct runtime {
	u16 feature;
	const char *says;
};

/* RUNTIME_F: what a running vCPU has to do. */
static const struct runtime runtimes[] = {
	{ KVMCAPS_F_OSXSAVE, "while the guest has CR4.OSXSAVE on" },
	{ KVMCAPS_F_OSPKE, "while the guest has CR4.PKE on" },
	{ KVMCAPS_F_MWAIT, "while the guest's IA32_MISC_ENABLE has it on, and both run as NOPs" },
};

/* The nearest release behind @from that declares it; KVMCAPS_NR_RELEASES if none. */
static unsigned int next_declaring(unsigned int feature, unsigned int from)
{
	unsigned int nr;

	for (nr = from; nr < KVMCAPS_NR_RELEASES; nr++) {
		if (kvmcaps_class_of(feature, 1u << nr) != KVMCAPS_UNDECLARED)
			break;
	}
	return nr;
}

/* The first release of the run of those that declare it which @nr is in. */
static unsigned int declared_since(unsigned int feature, unsigned int nr)
{
	while (nr && kvmcaps_class_of(feature, 1u << (nr - 1)) != KVMCAPS_UNDECLARED)
		nr--;
	return nr;
}

static void add_undeclared(struct chain *chain, const struct subject *subject)
{
	unsigned int now = kvmcaps_release_nr(subject->host->facts.release);
	unsigned int later = next_declaring(chain->feature, now);

	if (later < KVMCAPS_NR_RELEASES)
		chain_add(chain, CHAIN_KVM, "does not declare it in %s; since %s it does, as %s",
			  facts_release_at(now).name, facts_release_at(later).name,
			  kvmcaps_classes[kvmcaps_class_of(chain->feature, 1u << later)].name);
	else if (next_declaring(chain->feature, 0) < KVMCAPS_NR_RELEASES)
		chain_add(chain, CHAIN_KVM, "does not declare it any more in %s",
			  facts_release_at(now).name);
	else
		chain_add(chain, CHAIN_KVM, "declares it in no release up to %s",
			  facts_release_at(KVMCAPS_NR_RELEASES - 1).name);
}

/* In a word that only KVM keeps, there is no kernel to be asked. */
static const char *says(const struct chain *chain)
{
	if (chain->verdict.class == KVMCAPS_CLASS_F &&
	    !kvmcaps_words[KVMCAPS_WORD(chain->feature)].kept)
		return "the CPU enumerates it";
	return kvmcaps_classes[chain->verdict.class].says;
}

static void add_declared(struct chain *chain, const struct subject *subject)
{
	unsigned int now = kvmcaps_release_nr(subject->host->facts.release);
	unsigned int since = declared_since(chain->feature, now);

	chain_add(chain, CHAIN_KVM, "declares it as %s, since %s%s: %s",
		  kvmcaps_classes[chain->verdict.class].name, facts_release_at(since).name,
		  since ? "" : " or earlier", says(chain));
}

static void add_runtime(struct chain *chain)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(runtimes); i++) {
		if (runtimes[i].feature == chain->feature)
			chain_add(chain, CHAIN_KVM, "a running vCPU shows it %s",
				  runtimes[i].says);
	}
}

void chain_kvm(struct chain *chain, const struct subject *subject)
{
	if (chain->verdict.class == KVMCAPS_UNDECLARED)
		add_undeclared(chain, subject);
	else
		add_declared(chain, subject);
	if (chain->verdict.class == KVMCAPS_CLASS_RUNTIME_F)
		add_runtime(chain);
}
