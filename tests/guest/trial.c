// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include "trial.h"

static const unsigned char *template(enum fill fill)
{
	static unsigned char windows[NR_FILLS][WINDOW];
	unsigned char *window = windows[fill];
	struct answer answer;

	if (window[0] == GUARD_BYTE)
		return window;
	memset(&answer, fill == FILL_ZERO ? 0 : 0xaa, sizeof(answer));
	for (int i = 0; i < ROOM && fill == FILL_AA_CLEAN; i++)
		memset(answer.entries[i].padding, 0,
		       sizeof(answer.entries[i].padding));
	memset(window, GUARD_BYTE, WINDOW);
	memcpy(window + GUARD, &answer, sizeof(answer));
	return window;
}

static void prepare(const struct trial *trial)
{
	unsigned char *head = trial->arena->alias + trial->at;
	const size_t padding = offsetof(struct kvm_cpuid_entry2, padding);

	memcpy(head - GUARD, template(trial->fill), WINDOW);
	memcpy(head, &trial->nent, 4);
	memcpy(head + 4, &trial->padding, 4);
	if (trial->stain >= 0)
		head[HEAD_SIZE + trial->stain / 12 * ENTRY_SIZE + padding +
		     trial->stain % 12] = 1 << trial->stain % 8;
}

void trial_run(const struct trial *trial, const struct device *dev,
	       struct outcome *outcome)
{
	const struct arena *arena = trial->arena;
	unsigned long arg = trial->arg;

	if (arena) {
		prepare(trial);
		arg = (unsigned long)arena->view + trial->at;
	}
	outcome->reply = device_call(dev, trial->cmd, arg);
	outcome->has_memory = arena;
	if (arena)
		memcpy(outcome->window, arena->alias + trial->at - GUARD,
		       WINDOW);
}

static const char *cmd_name(unsigned int cmd)
{
	switch (cmd) {
	case KVM_GET_SUPPORTED_CPUID:
		return "SUPPORTED";
	case KVM_GET_EMULATED_CPUID:
		return "EMULATED";
	case KVM_CHECK_EXTENSION:
		return "CHECK_EXTENSION";
	case KVM_GET_API_VERSION:
		return "API_VERSION";
	}
	return "?";
}

void trial_describe(const struct trial *trial, char *text, size_t size)
{
	static const char * const fills[] = { "00", "aa", "aa-clean" };

	const struct arena *arena = trial->arena;

	if (!arena)
		snprintf(text, size, "%s %s arg=%#lx", cmd_name(trial->cmd),
			 trial->what, trial->arg);
	else
		snprintf(text, size,
			 "%s %s %s=%zu nent=%u fill=%s stain=%d",
			 cmd_name(trial->cmd), trial->what,
			 arena->border ? "byte" : "in-page",
			 arena->border ? ARENA_HALF - trial->at :
					 trial->at % 4096,
			 trial->nent, fills[trial->fill], trial->stain);
}
