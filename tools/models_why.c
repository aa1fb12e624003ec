// SPDX-License-Identifier: GPL-2.0
/* Why a guest of QEMU cannot have a bit of a model. */
#include <stdarg.h>
#include <stdio.h>

#include "blame.h"
#include "models.h"
#include "qemu/cpu_xsave.h"
#include "qemu/supported.h"
#include "reason.h"
#include "supported.h"

static struct chain_step __printf(1, 2) clause(const char *format, ...)
{
	struct chain_step step = {};
	va_list args;

	va_start(args, format);
	vsnprintf(step.text, sizeof(step.text), format, args);
	va_end(args);
	return step;
}

/* A state of XSAVE's is missing if the feature is. */
static struct models_miss owner(const struct models_miss *miss)
{
	struct models_miss of = *miss;

	cpu_xsave_owner(&of.word, &of.bit);
	return of;
}

static struct chain_step why_msr(const struct models_one *one, const struct models_miss *miss)
{
	u32 msr = qemu_words[miss->word].msr;
	u64 value;

	if (!qemu_accel_feature_msr(one->cpu.accel, msr, &value))
		return clause("KVM has no MSR %XH for guests here", msr);
	return clause("KVM's MSR %XH does not have bit %u", msr, miss->bit);
}

/* The step of QEMU that took the bit from what KVM has, if one did. */
static const struct qemu_fixup *taker(const struct models_one *one,
				      const struct models_miss *miss)
{
	const struct qemu_word_info *info = &qemu_words[miss->word];
	struct supported of = {
		.function = info->function,
		.index = info->index,
		.reg = info->reg,
	};

	supported_find(&of, one->cpu.accel);
	return of.kvm >> miss->bit & 1 ? of.why[miss->bit] : NULL;
}

static bool has_facts(const struct models_one *one)
{
	return one->cpu.accel->source->caps;
}

int models_feature(const struct models_one *one, const struct models_miss *missing)
{
	struct models_miss miss = owner(missing);
	const struct qemu_word_info *info = &qemu_words[miss.word];

	if (info->msr || !has_facts(one) || taker(one, &miss) ||
	    qemu_supported_word(one->cpu.accel, miss.word) >> miss.bit & 1)
		return -1;
	return reason_find_feature(info->function, info->index, info->reg, miss.bit);
}

struct chain_step models_why(const struct models_one *one, const struct models_miss *missing)
{
	struct models_miss miss = owner(missing);
	const struct qemu_fixup *fixup;
	int feature;

	if (qemu_words[miss.word].msr)
		return why_msr(one, &miss);
	if (qemu_supported_word(one->cpu.accel, miss.word) >> miss.bit & 1)
		return clause("KVM has less of it than QEMU shows to a guest");
	fixup = taker(one, &miss);
	if (fixup)
		return clause("QEMU takes it away: %s", fixup->reason);
	feature = models_feature(one, &miss);
	if (feature >= 0)
		return blame_feature(one->cpu.accel->source, feature);
	return clause("%s", has_facts(one) ? "KVM does not know it" : "KVM does not offer it");
}
