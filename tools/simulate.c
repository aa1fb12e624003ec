// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/bits.h>
#include <kvmcaps/answer.h>
#include <kvmcaps/release.h>

#include "alloc.h"
#include "assume_kernel.h"
#include "facts.h"
#include "fail.h"
#include "linux_upgrade.h"
#include "simulate.h"

/* What kvmcaps_host_assume() adds to facts stays, and it cannot tell again. */
#define LASTING	(BIT(KVMCAPS_ASSUME_SVM_FEATURES) | BIT(KVMCAPS_ASSUME_VMX_CONTROLS))

/* The newest of all is the nearest to the last that a number can name. */
static u16 newest_release(void)
{
	return kvmcaps_release_near(0xffff);
}

static int set_release(struct kvmcaps_facts *facts, const char *name, const char *text)
{
	unsigned int major, minor;
	u16 newest = newest_release();
	char rest;

	if (sscanf(text, "%3u.%3u%c", &major, &minor, &rest) == 2 && major < 256 &&
	    minor < 256 &&
	    kvmcaps_release_near(KVMCAPS_RELEASE(major, minor)) == KVMCAPS_RELEASE(major, minor)) {
		facts->release = KVMCAPS_RELEASE(major, minor);
		return STATUS_GOOD;
	}
	return fail("%s: KVM '%s' is not reproduced; the newest that is: %u.%u", name, text,
		    newest >> 8, newest & 0xff);
}

static int set_policies(struct kvmcaps_facts *facts, const char *text)
{
	char *copy = alloc_copy(text), *rest = copy, *word;
	int err = STATUS_GOOD;
	u32 policy = facts->policy;

	while (!err && (word = strsep(&rest, ","))) {
		if (!facts_set_policy(&policy, word))
			err = fail("--set: '%s' is no parameter of KVM with 0 or 1, such as npt=0",
				   word);
	}
	facts->policy = policy;
	free(copy);
	return err;
}

int simulate_kernel(struct kvmcaps_host *host, const char *name,
		    const struct source_change *change)
{
	host->facts.release = newest_release();
	if (change->release && set_release(&host->facts, name, change->release))
		return STATUS_TROUBLE;
	assume_kernel(host, host->facts.release);
	return STATUS_GOOD;
}

int simulate_change(struct kvmcaps_host *host, const char *name,
		    const struct source_change *change)
{
	struct kvmcaps_caps *scratch;

	if (change->release && set_release(&host->facts, name, change->release))
		return STATUS_TROUBLE;
	/* The kernel comes with its KVM. */
	if (change->release && host->facts.kernel >> 8 != host->facts.release)
		linux_upgrade(host, (u32)host->facts.release << 8);
	if (change->policy && set_policies(&host->facts, change->policy))
		return STATUS_TROUBLE;
	host->facts.release = kvmcaps_release_near(host->facts.release);

	scratch = alloc_zeroed(sizeof(*scratch));
	host->facts.assumed &= LASTING;
	kvmcaps_host_assume(host, scratch);
	free(scratch);
	return STATUS_GOOD;
}

void simulate_serve(struct kvmcaps_host *host, const struct saved *saved,
		    const struct saved_cpu *cpu)
{
	struct kvmcaps_facts facts = host->facts;

	saved_host(saved, cpu, host);
	facts.cpu = cpu->number;
	host->facts = facts;
}

static struct kvm_cpuid2 *table_of(const struct kvmcaps_answer *answer)
{
	size_t size = answer->nent * sizeof(answer->entries[0]);
	struct kvm_cpuid2 *table = alloc_zeroed(sizeof(*table) + size);

	table->nent = answer->nent;
	memcpy(table->entries, answer->entries, size);
	return table;
}

int simulate_answer(const struct source *source, struct table_pair *tables)
{
	u64 xcr0 = kvmcaps_permitted_xcr0(source->caps, ~KVMCAPS_DYNAMIC_XCR0);
	struct kvmcaps_answer *answer = alloc_zeroed(sizeof(*answer));
	bool fits;

	kvmcaps_answer_supported(source->host, source->caps, xcr0, answer);
	fits = answer->room <= KVMCAPS_MAX_ENTRIES;
	if (fits) {
		tables->supported = table_of(answer);
		kvmcaps_answer_emulated(source->host, source->caps, answer);
		tables->emulated = table_of(answer);
	}
	free(answer);
	return fits ? STATUS_GOOD :
	       fail("%s: KVM's answer would have more than %u entries, and every call fails",
		    source->name, KVMCAPS_MAX_ENTRIES);
}
