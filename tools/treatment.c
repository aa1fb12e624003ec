// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <linux/kernel.h>
#include <kvmcaps/leaf.h>

#include "place.h"
#include "table.h"
#include "term.h"
#include "treatment.h"

static void say_op(struct treatment_reg *reg, const struct kvmcaps_op *op)
{
	switch (op->kind) {
	case KVMCAPS_OP_PASS:
		snprintf(reg->says, sizeof(reg->says), "as the CPU has it");
		break;
	case KVMCAPS_OP_WORD:
		snprintf(reg->says, sizeof(reg->says), "the features that KVM decides on, %s",
			 kvmcaps_words[op->arg].name);
		break;
	case KVMCAPS_OP_AND:
		snprintf(reg->says, sizeof(reg->says), "bits 0x%x of the CPU's", op->arg);
		break;
	case KVMCAPS_OP_MIN:
		snprintf(reg->says, sizeof(reg->says), "the CPU's, but 0x%x at most", op->arg);
		break;
	case KVMCAPS_OP_CONST:
		snprintf(reg->says, sizeof(reg->says), "0x%x, whatever the CPU has", op->arg);
		break;
	default:
		snprintf(reg->says, sizeof(reg->says), "zero, whatever the CPU has");
	}
}

/* What an operation alone would give; a difference is the doing of the row's function. */
static bool is_plain(const struct treatment_reg *reg, const struct kvmcaps_op *op,
		     const struct kvmcaps_caps *caps)
{
	switch (op->kind) {
	case KVMCAPS_OP_PASS:
		return reg->guest == reg->cpu;
	case KVMCAPS_OP_WORD:
		return reg->guest == caps->mask[op->arg];
	case KVMCAPS_OP_AND:
		return reg->guest == (reg->cpu & op->arg);
	case KVMCAPS_OP_MIN:
		return reg->guest == min(reg->cpu, op->arg);
	default:
		return reg->guest == (op->kind == KVMCAPS_OP_CONST ? op->arg : 0);
	}
}

static void say_reg(struct treatment *treatment, const struct subject *subject,
		    const struct kvmcaps_leaf *leaf, unsigned int nr)
{
	struct treatment_reg *reg = &treatment->regs[nr];

	say_op(reg, &leaf->op[nr]);
	if (leaf->fix && !is_plain(reg, &leaf->op[nr], subject->caps))
		snprintf(reg->says, sizeof(reg->says), "computed by KVM");
}

/* What only the CPU and the release decide on is not assumed. */
static bool is_assumed(const struct subject *subject, const struct kvmcaps_leaf *leaf,
		       unsigned int nr)
{
	return subject->saved && subject->saved->dump &&
	       (leaf->terms[0].kind || leaf->fix || leaf->op[nr].kind == KVMCAPS_OP_WORD);
}

static void say_leaf(struct treatment *treatment, const struct subject *subject,
		     const struct kvmcaps_leaf *leaf, const struct term_list *failing)
{
	const struct kvm_cpuid_entry2 *first = table_find(subject->table,
							  treatment->function & 0xffff0000, 0);

	if (failing->nr) {
		snprintf(treatment->says, sizeof(treatment->says), "all zero, because %s",
			 term_state(subject->host, subject->caps, &failing->terms[0]).text);
	} else if (treatment->offered) {
		snprintf(treatment->says, sizeof(treatment->says), "%s",
			 leaf->why ? leaf->why : "");
	} else if (first && treatment->function > first->eax) {
		snprintf(treatment->says, sizeof(treatment->says),
			 "not in the table, which ends at leaf %XH", first->eax);
	} else {
		snprintf(treatment->says, sizeof(treatment->says), "not in the table%s%s",
			 leaf->why ? ": " : "", leaf->why ? leaf->why : "");
	}
}

void treatment_make(struct treatment *treatment, const struct subject *subject,
		    __u32 function, __u32 index)
{
	const struct kvmcaps_leaf *leaf = kvmcaps_leaf_find(subject->caps->release, function,
							    index);
	const struct kvm_cpuid_entry2 *entry = table_find(subject->table, function, index);
	struct kvmcaps_cpuid raw = kvmcaps_host_cpuid(subject->host, function, index);
	struct term_list failing = {};
	unsigned int nr;

	*treatment = (struct treatment){
		.function = function,
		.index = index,
		.indexed = index || leaf->indices != KVMCAPS_INDEX_NONE,
		.offered = entry,
	};
	term_failing(subject->host, subject->caps, leaf->terms, ARRAY_SIZE(leaf->terms), &failing);
	say_leaf(treatment, subject, leaf, &failing);
	for (nr = 0; nr < KVMCAPS_NR_REGS; nr++) {
		treatment->regs[nr].cpu = kvmcaps_cpuid_reg(&raw, nr);
		treatment->regs[nr].guest = entry ? table_entry_reg(entry, nr) : 0;
		treatment->regs[nr].assumed = is_assumed(subject, leaf, nr);
		if (entry && !failing.nr)
			say_reg(treatment, subject, leaf, nr);
		else
			snprintf(treatment->regs[nr].says, sizeof(treatment->regs[nr].says),
				 "zero");
	}
}
