// SPDX-License-Identifier: GPL-2.0
/*
 * What each KVM release changed, from the engine's tables, as Markdown. Every
 * row that does not count in all releases is news in the first it counts in
 * and, if it ends, in the first without it.
 */
#include <stdio.h>
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>
#include <kvmcaps/decide.h>
#include <kvmcaps/leaf.h>
#include <kvmcaps/pmu.h>

#include "bitname.h"
#include "command.h"
#include "facts.h"
#include "fail.h"
#include "place.h"

enum news {
	NONE,
	BEGINS,
	ENDS,
};

/* Of a row, in a release that is not the first. */
static enum news news_of(u32 in, unsigned int release)
{
	bool now = kvmcaps_release_in(in, 1u << release);
	bool before = kvmcaps_release_in(in, 1u << (release - 1));

	if (now == before)
		return NONE;
	return now ? BEGINS : ENDS;
}

/* A heading that is printed with the first thing below it. */
struct section {
	const char *heading;
	bool open;
};

static void item(struct section *section)
{
	if (!section->open)
		printf("\n%s\n\n", section->heading);
	section->open = true;
	printf("- ");
}

/* As the newest KVM has it; the flags are for place_entry(). */
static u32 flags_of(u32 function, u32 index)
{
	const struct kvmcaps_leaf *leaf =
		kvmcaps_leaf_find(1u << (KVMCAPS_NR_RELEASES - 1), function, index);

	return leaf && leaf->indices != KVMCAPS_INDEX_NONE ? KVM_CPUID_FLAG_SIGNIFCANT_INDEX : 0;
}

static struct place word_bit(unsigned int feature)
{
	const struct kvmcaps_word_info *word = &kvmcaps_words[KVMCAPS_WORD(feature)];
	const struct kvm_cpuid_entry2 entry = {
		.function = word->function,
		.index = word->index,
		.flags = flags_of(word->function, word->index),
	};
	struct place place = place_reg(&entry, word->reg);
	size_t len = strlen(place.name);

	snprintf(place.name + len, sizeof(place.name) - len, "[%u]", feature % 32);
	return place;
}

/* In a word that only KVM keeps, there is no kernel to be asked. */
static const char *says_of(unsigned int feature, enum kvmcaps_class class)
{
	if (class == KVMCAPS_CLASS_F && !kvmcaps_words[KVMCAPS_WORD(feature)].kept)
		return "the CPU enumerates it";
	return kvmcaps_classes[class].says;
}

static void print_feature(unsigned int feature, unsigned int release, struct section *section)
{
	enum kvmcaps_class was = kvmcaps_class_of(feature, 1u << (release - 1));
	enum kvmcaps_class is = kvmcaps_class_of(feature, 1u << release);

	if (was == is)
		return;
	item(section);
	printf("%s (%s): ", kvmcaps_feature_name(feature), word_bit(feature).name);
	if (!is)
		printf("not declared any more\n");
	else if (!was)
		printf("%s, %s\n", kvmcaps_classes[is].name, says_of(feature, is));
	else
		printf("was %s (%s), is %s (%s)\n", kvmcaps_classes[was].name,
		       says_of(feature, was), kvmcaps_classes[is].name, says_of(feature, is));
}

static void print_features(unsigned int release)
{
	struct section section = { .heading = "Features:" };
	unsigned int feature;

	for (feature = 0; feature < NR_KVMCAPS_FEATURES; feature++)
		print_feature(feature, release, &section);
}

static void print_rule(const struct kvmcaps_rule *rule, const char *who, enum news news,
		       struct section *section)
{
	item(section);
	printf("%s %s %s: %s", who, rule->action == KVMCAPS_SET ? "grants" : "denies",
	       kvmcaps_feature_name(rule->feature), rule->why);
	printf(news == ENDS ? " (no longer)\n" : "\n");
}

static void print_rules(unsigned int release)
{
	const struct {
		const char *who;
		const struct kvmcaps_rules *rules;
	} blocks[] = {
		{ "kvm", &kvmcaps_rules_common },
		{ kvmcaps_vendors[KVMCAPS_VENDOR_SVM].module, &kvmcaps_rules_svm },
		{ kvmcaps_vendors[KVMCAPS_VENDOR_VMX].module, &kvmcaps_rules_vmx },
		{ "kvm", &kvmcaps_rules_xss },
	};
	struct section section = { .heading = "Rules:" };
	const struct kvmcaps_rule *rule;
	enum news news;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(blocks); i++) {
		for (rule = blocks[i].rules->rules;
		     rule < blocks[i].rules->rules + blocks[i].rules->nr; rule++) {
			news = news_of(rule->in, release);
			if (news)
				print_rule(rule, blocks[i].who, news, &section);
		}
	}
}

static void print_conditions(unsigned int release)
{
	struct section section = { .heading = "Conditions:" };
	const struct kvmcaps_condition *row = kvmcaps_conditions;

	for (; row < kvmcaps_conditions + kvmcaps_nr_conditions; row++) {
		if (news_of(row->in, release) != BEGINS)
			continue;
		item(&section);
		printf("%s\n", row->says);
	}
}

static void print_op(const struct kvmcaps_op *op)
{
	switch (op->kind) {
	case KVMCAPS_OP_PASS:
		printf("as the CPU has it");
		break;
	case KVMCAPS_OP_WORD:
		printf("its features");
		break;
	case KVMCAPS_OP_AND:
		printf("bits %#x of the CPU's", op->arg);
		break;
	case KVMCAPS_OP_MIN:
		printf("%#x at most", op->arg);
		break;
	default:
		printf("%#x", op->kind == KVMCAPS_OP_CONST ? op->arg : 0);
	}
}

static void print_leaf(const struct kvmcaps_leaf *leaf, struct section *section)
{
	bool any = leaf->index == KVMCAPS_ANY_INDEX;
	const struct kvm_cpuid_entry2 entry = {
		.function = leaf->function,
		.index = any ? 0 : leaf->index,
		.flags = any ? 0 : flags_of(leaf->function, leaf->index),
	};
	unsigned int reg;

	item(section);
	printf("%s:", place_entry(&entry).name);
	for (reg = 0; reg < KVMCAPS_NR_REGS; reg++) {
		printf("%s %s ", reg ? "," : "", place_reg_names[reg]);
		print_op(&leaf->op[reg]);
	}
	if (leaf->why)
		printf("; %s", leaf->why);
	putchar('\n');
}

static void print_leaves(unsigned int release)
{
	struct section section = { .heading = "Leaves, before what is computed:" };
	const struct kvmcaps_range *range = kvmcaps_ranges;
	const struct kvmcaps_leaf *leaf;

	for (leaf = kvmcaps_leaves; leaf < kvmcaps_leaves + kvmcaps_nr_leaves; leaf++) {
		if (news_of(leaf->in, release) == BEGINS)
			print_leaf(leaf, &section);
	}
	for (; range < kvmcaps_ranges + kvmcaps_nr_ranges; range++) {
		if (news_of(range->in, release) != BEGINS)
			continue;
		item(&section);
		printf("CPUID.%XH and beyond: handed out on more makers' CPUs\n", range->base);
	}
}

static void print_limits(unsigned int release)
{
	struct section section = { .heading = "Counters:" };
	const struct kvmcaps_pmu_limits *row = kvmcaps_pmu_limits;
	unsigned int vendor;

	for (; row < kvmcaps_pmu_limits + kvmcaps_nr_pmu_limits; row++) {
		for (vendor = KVMCAPS_VENDOR_SVM; vendor < KVMCAPS_NR_VENDORS; vendor++) {
			if (!(row->vendors & BIT(vendor)) || news_of(row->in, release) != BEGINS)
				continue;
			item(&section);
			printf("%s needs %u at least and hands out %u at most%s\n",
			       kvmcaps_vendors[vendor].module, row->fewest, row->most,
			       row->steps ? ", four or six" : "");
		}
	}
}

static int releases_run(const struct command_line *line)
{
	unsigned int release;

	(void)line;
	printf("<!-- %s: GPL-2.0 -->\n"
	       "# What each KVM release changed\n\n"
	       "Made by `kvmcaps releases` from the tables that the answers are made of; do\n"
	       "not edit. A release is that of its newest stable kernel, with what was ported\n"
	       "back to it. Between two that are listed, a change belongs to the later one.\n\n"
	       "## %s\n\nThe oldest that is reproduced.\n", "SPDX-License-Identifier",
	       facts_release_at(0).name);
	for (release = 1; release < KVMCAPS_NR_RELEASES; release++) {
		printf("\n## %s\n", facts_release_at(release).name);
		print_features(release);
		print_rules(release);
		print_conditions(release);
		print_leaves(release);
		print_limits(release);
	}
	return STATUS_GOOD;
}

const struct command command_releases = {
	.name = "releases",
	.takes = "",
	.summary = "Print what each KVM release changed",
	.run = releases_run,
};
