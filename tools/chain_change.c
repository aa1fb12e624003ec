// SPDX-License-Identifier: GPL-2.0
/* What would have to change for a guest to see a feature, in words. */
#include <stdarg.h>
#include <stdio.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "chain.h"
#include "change.h"
#include "facts.h"

struct sentence {
	char text[300];
	size_t len;
};

static void __printf(2, 3) say(struct sentence *sentence, const char *format, ...)
{
	size_t room = sizeof(sentence->text) - sentence->len;
	va_list args;
	int len;

	len = snprintf(sentence->text + sentence->len, room, "%s", sentence->len ? ", and " : "");
	sentence->len += min_t(size_t, len, room - 1);
	room = sizeof(sentence->text) - sentence->len;
	va_start(args, format);
	len = vsnprintf(sentence->text + sentence->len, room, format, args);
	va_end(args);
	sentence->len += min_t(size_t, len, room - 1);
}

static void say_policy(struct sentence *sentence, const struct subject *subject, u32 policy)
{
	unsigned int i;

	for (i = 0; i < KVMCAPS_NR_POLICIES; i++) {
		if (policy & BIT(i))
			say(sentence, "load KVM with %s=%d", facts_policy_name(i),
			    !(subject->host->facts.policy & BIT(i)));
	}
}

static void say_hardware(struct sentence *sentence, const struct chain *chain,
			 const struct change *change)
{
	if (change->vendor)
		say(sentence, "a host with %s, whose CPU has it",
		    kvmcaps_vendors[change->vendor].module);
	else if (!chain->cpu)
		say(sentence, "a CPU that has it, or firmware that shows it");
	else
		say(sentence, "a host that has what is missing");
}

static void add_nothing(struct chain *chain)
{
	if (chain->verdict.class == KVMCAPS_CLASS_RUNTIME_F)
		chain_add(chain, CHAIN_CHANGE,
			  "nothing: the table never has it, the guest's own CPUID has it at times");
	else
		chain_add(chain, CHAIN_CHANGE, "nothing: no KVM up to %u.%u offers it",
			  kvmcaps_releases[KVMCAPS_NR_RELEASES - 1] >> 8,
			  kvmcaps_releases[KVMCAPS_NR_RELEASES - 1] & 0xff);
}

void chain_change(struct chain *chain, const struct subject *subject)
{
	struct sentence sentence = {};
	struct change change;

	/* Decided on, but lost in the table: the leaf's row has said why. */
	if (chain->verdict.offered)
		return;
	if (!change_find(subject->host, subject->caps, chain->feature, &change)) {
		add_nothing(chain);
		return;
	}
	say_policy(&sentence, subject, change.policy);
	if (change.kernel || chain->hidden)
		say(&sentence, "%s", *chain->remedy ? chain->remedy : "a host kernel that has it");
	if (change.hardware && !chain->hidden)
		say_hardware(&sentence, chain, &change);
	if (change.release)
		say(&sentence, "KVM %u.%u", change.release >> 8, change.release & 0xff);
	chain_add(chain, CHAIN_CHANGE, "%s", sentence.text);
}
