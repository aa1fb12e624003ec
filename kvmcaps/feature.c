// SPDX-License-Identifier: GPL-2.0
/* Names of features, places of words. */
#include <kvmcaps/feature.h>

/* Who keeps a word; see kept. */
enum { KERNEL, KVM };

#define WORD(w, f, i, r, keeper) \
	[KVMCAPS_W_##w] = { .function = (f), .index = (i), \
		.reg = KVMCAPS_##r, .kept = (keeper) == KERNEL, .name = #f "." #i "." #r }

const struct kvmcaps_word_info kvmcaps_words[KVMCAPS_NR_WORDS] = {
	WORD(1_EDX,		0x1,		0, EDX, KERNEL),
	WORD(1_ECX,		0x1,		0, ECX, KERNEL),
	WORD(6_EAX,		0x6,		0, EAX, KERNEL),
	WORD(7_0_EBX,		0x7,		0, EBX, KERNEL),
	WORD(7_0_ECX,		0x7,		0, ECX, KERNEL),
	WORD(7_0_EDX,		0x7,		0, EDX, KERNEL),
	WORD(7_1_EAX,		0x7,		1, EAX, KERNEL),
	WORD(7_1_EDX,		0x7,		1, EDX, KVM),
	WORD(7_2_EDX,		0x7,		2, EDX, KVM),
	WORD(D_1_EAX,		0xd,		1, EAX, KERNEL),
	WORD(12_0_EAX,		0x12,		0, EAX, KVM),
	WORD(24_0_EBX,		0x24,		0, EBX, KVM),
	WORD(80000001_ECX,	0x80000001,	0, ECX, KERNEL),
	WORD(80000001_EDX,	0x80000001,	0, EDX, KERNEL),
	WORD(80000007_EBX,	0x80000007,	0, EBX, KERNEL),
	WORD(80000007_EDX,	0x80000007,	0, EDX, KVM),
	WORD(80000008_EBX,	0x80000008,	0, EBX, KERNEL),
	WORD(8000000A_EDX,	0x8000000a,	0, EDX, KERNEL),
	WORD(8000001F_EAX,	0x8000001f,	0, EAX, KERNEL),
	WORD(80000021_EAX,	0x80000021,	0, EAX, KERNEL),
	WORD(80000021_ECX,	0x80000021,	0, ECX, KVM),
	WORD(80000022_EAX,	0x80000022,	0, EAX, KVM),
	WORD(80860001_EDX,	0x80860001,	0, EDX, KERNEL),
	WORD(C0000001_EDX,	0xc0000001,	0, EDX, KERNEL),
	WORD(7_1_ECX,		0x7,		1, ECX, KVM),
	WORD(1E_1_EAX,		0x1e,		1, EAX, KVM),
	WORD(24_1_ECX,		0x24,		1, ECX, KVM),
};

/**
 * kvmcaps_feature_name() - what people call a feature
 * @feature: below NR_KVMCAPS_FLAGS
 *
 * Return: its name as in cpufeatures.h; NULL for a bit without one.
 */
const char *kvmcaps_feature_name(unsigned int feature)
{
	switch (feature) {
#define KVMCAPS_FEATURE(word, name, bit) \
	case KVMCAPS_W_##word * 32 + (bit): return #name
#include <kvmcaps/feature_list.h>
	default:
		return NULL;
	}
}
