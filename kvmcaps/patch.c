// SPDX-License-Identifier: GPL-2.0
/* Making patches. */
#include <linux/kernel.h>
#include <kvmcaps/patch.h>

static bool same_place(const struct kvm_cpuid_entry2 *a, const struct kvm_cpuid_entry2 *b)
{
	return a->function == b->function && a->index == b->index && a->flags == b->flags;
}

/**
 * kvmcaps_patch_make() - find the registers in which two tables differ
 * @base: a table
 * @mine: another, of as many entries
 * @nent: how many
 * @patches: filled in, ordered by place
 * @room: patches it can take
 *
 * Return: number of patches; -1 if the tables are not of one shape, or differ
 * in more registers than there is room for.
 */
int kvmcaps_patch_make(const struct kvm_cpuid_entry2 *base,
		       const struct kvm_cpuid_entry2 *mine, u32 nent,
		       struct kvmcaps_patch *patches, unsigned int room)
{
	const u32 *was, *is;
	unsigned int nr = 0;
	u32 i, reg;

	for (i = 0; i < nent; i++) {
		if (!same_place(&base[i], &mine[i]))
			return -1;
		was = &base[i].eax;
		is = &mine[i].eax;
		for (reg = 0; reg < KVMCAPS_NR_REGS; reg++) {
			if (was[reg] == is[reg])
				continue;
			if (nr == room)
				return -1;
			patches[nr++] = (struct kvmcaps_patch){
				.entry = i, .reg = reg, .value = is[reg],
			};
		}
	}
	return nr;
}
