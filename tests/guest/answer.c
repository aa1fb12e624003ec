// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include "answer.h"

struct reply answer_get(const struct device *dev, unsigned int cmd,
			struct answer *answer)
{
	memset(answer, 0, sizeof(*answer));
	answer->nent = MAX_ENTRIES;
	return device_call(dev, cmd, (unsigned long)answer);
}

bool answer_equal(const struct answer *a, const struct answer *b)
{
	return a->nent == b->nent && a->nent <= ROOM &&
	       !memcmp(a->entries, b->entries, a->nent * ENTRY_SIZE);
}

void answer_print(const struct answer *answer, const char *title)
{
	printf("%s: %u entries\n", title, answer->nent);
	for (__u32 i = 0; i < answer->nent && i < ROOM; i++) {
		const struct kvm_cpuid_entry2 *e = &answer->entries[i];

		printf("%08x.%x flags %x  eax %08x ebx %08x ecx %08x edx %08x\n",
		       e->function, e->index, e->flags, e->eax, e->ebx, e->ecx,
		       e->edx);
	}
}

const char *answer_kind(unsigned int cmd)
{
	return cmd == KVM_GET_EMULATED_CPUID ? "EMULATED" : "SUPPORTED";
}
