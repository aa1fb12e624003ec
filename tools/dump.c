// SPDX-License-Identifier: GPL-2.0
#include <linux/bits.h>
#include <linux/kernel.h>

#include "dump.h"
#include "fail.h"

#define EXTENDED	0x80000000
#define CENTAUR		0xc0000000
#define SSE2_EDX	BIT(26)

/* Leaves of one range that a host has; see kvmcaps_host_record(). */
#define MAX_LEAVES	0x40

void dump_init(struct dump *dump, const struct input *in, struct saved *saved,
	       enum dump_gaps gaps)
{
	*dump = (struct dump){ .in = in, .saved = saved, .gaps = gaps };
	rawcpu_init(&dump->raw);
}

static bool may_lack(const struct dump *dump, u32 function)
{
	return dump->gaps == DUMP_NO_ZEROES ||
	       (dump->gaps == DUMP_NO_INDICES && rawcpu_indexed(function));
}

static int check_range(const struct dump *dump, unsigned int line, u32 base)
{
	const struct kvmcaps_cpuid *first = rawcpu_find(&dump->raw, base, 0);
	u32 function, last;

	if (!first || first->eax < base)
		return STATUS_GOOD;
	last = min(first->eax, base + MAX_LEAVES - 1);
	for (function = base + 1; function <= last; function++) {
		if (!may_lack(dump, function) && !rawcpu_find(&dump->raw, function, 0))
			return input_fail(dump->in, line,
					  "CPU %u has no leaf %XH, though its highest is %XH",
					  dump->number, function, first->eax);
	}
	return STATUS_GOOD;
}

/* No CPU has SSE2, or leaf 4, and no extended leaves. */
static int check_extended(const struct dump *dump, unsigned int line)
{
	const struct kvmcaps_cpuid *zero = rawcpu_find(&dump->raw, 0, 0);
	const struct kvmcaps_cpuid *one = rawcpu_find(&dump->raw, 1, 0);

	if (rawcpu_find(&dump->raw, EXTENDED, 0) ||
	    (zero->eax < 4 && !(one && (one->edx & SSE2_EDX))))
		return STATUS_GOOD;
	return input_fail(dump->in, line, "CPU %u ends without leaf %XH", dump->number, EXTENDED);
}

static int close_cpu(struct dump *dump, unsigned int line)
{
	if (!dump->open)
		return STATUS_GOOD;
	dump->open = false;
	if (!rawcpu_find(&dump->raw, 0, 0))
		return input_fail(dump->in, line, "CPU %u has no leaf 0", dump->number);
	if (check_range(dump, line, 0) || check_range(dump, line, EXTENDED) ||
	    check_range(dump, line, CENTAUR) || check_extended(dump, line))
		return STATUS_TROUBLE;
	dump->saved->absent |= rawcpu_save(&dump->raw, dump->saved, dump->number);
	return STATUS_GOOD;
}

int dump_cpu(struct dump *dump, unsigned int line, unsigned int number)
{
	unsigned int next = dump->saved->nr_cpus + dump->open;
	const char *refusal;

	if (close_cpu(dump, line - !!line))
		return STATUS_TROUBLE;
	dump->number = number == DUMP_NEXT ? next : number;
	refusal = saved_cpu_refusal(dump->saved, dump->number);
	if (refusal)
		return input_fail(dump->in, line, "CPU %u %s", dump->number, refusal);
	dump->open = true;
	return STATUS_GOOD;
}

int dump_regs(struct dump *dump, unsigned int line, const struct kvmcaps_cpuid *regs)
{
	if (rawcpu_find(&dump->raw, regs->function, regs->index))
		return input_fail(dump->in, line, "leaf %XH, index %u of CPU %u is there twice",
				  regs->function, regs->index, dump->number);
	if (!rawcpu_put(&dump->raw, regs))
		return input_fail(dump->in, line, "CPU %u has more than %u leaves and indices",
				  dump->number, RAWCPU_MAX);
	return STATUS_GOOD;
}

int dump_count(struct dump *dump, unsigned int line, struct kvmcaps_cpuid *regs)
{
	regs->index = 0;
	if (rawcpu_indexed(regs->function))
		regs->index = rawcpu_indices(&dump->raw, regs->function);
	return dump_regs(dump, line, regs);
}

int dump_finish(struct dump *dump, unsigned int line, int err)
{
	if (!err)
		err = close_cpu(dump, line);
	if (!err && !dump->saved->nr_cpus)
		err = input_fail(dump->in, line, "the file ends without a CPU");
	if (err)
		saved_free(dump->saved);
	else
		saved_fold(dump->saved);
	rawcpu_free(&dump->raw);
	return err;
}
