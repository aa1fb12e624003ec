// SPDX-License-Identifier: GPL-2.0
#include "supported.h"

u64 qemu_supported_word(const struct qemu_accel *accel, enum qemu_word word)
{
	const struct qemu_word_info *info = &qemu_words[word];

	return info->msr ? qemu_supported_msr(accel, info->msr) :
	       qemu_supported(accel, info->function, info->index, info->reg);
}
