/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernel's number of every feature, on every kernel. Include it before any
 * of the kernel's headers: a feature that this kernel knows is a macro there,
 * which has precedence over the enumerator here. Where the kernel keeps a word
 * as hardware has it, a feature that it does not know has its place all the
 * same; elsewhere it has none.
 */
#ifndef _KVMCAPS_KERNEL_FLAG_H
#define _KVMCAPS_KERNEL_FLAG_H

#include <linux/kvmcaps.h>

/* Of words that the kernel keeps; CPUID_... in its own headers. */
enum {
	KERNEL_WORD_1_EDX		= 0,
	KERNEL_WORD_80000001_EDX	= 1,
	KERNEL_WORD_80860001_EDX	= 2,
	KERNEL_WORD_1_ECX		= 4,
	KERNEL_WORD_C0000001_EDX	= 5,
	KERNEL_WORD_80000001_ECX	= 6,
	KERNEL_WORD_7_0_EBX		= 9,
	KERNEL_WORD_D_1_EAX		= 10,
	KERNEL_WORD_7_1_EAX		= 12,
	KERNEL_WORD_80000008_EBX	= 13,
	KERNEL_WORD_6_EAX		= 14,
	KERNEL_WORD_8000000A_EDX	= 15,
	KERNEL_WORD_7_0_ECX		= 16,
	/* Features only, since 7.0 among others that hardware has elsewhere. */
	KERNEL_WORD_80000007_EBX	= 17,
	KERNEL_WORD_7_0_EDX		= 18,
	KERNEL_WORD_8000001F_EAX	= 19,
	KERNEL_WORD_80000021_EAX	= 20,
};

/* For a number that the kernel does not have, the project's own beyond these. */
#define KVMCAPS_NO_FLAG	0x8000

#define KVMCAPS_FEATURE(word, name, bit) \
	enum kernel_flag_##name { X86_FEATURE_##name = KERNEL_WORD_##word * 32 + (bit) }
#define KVMCAPS_OTHER_FEATURE(word, name, bit) \
	enum kernel_flag_##name { \
		X86_FEATURE_##name = KVMCAPS_NO_FLAG + KVMCAPS_W_##word * 32 + (bit) \
	}
#include <kvmcaps/feature_list.h>

#endif /* _KVMCAPS_KERNEL_FLAG_H */
