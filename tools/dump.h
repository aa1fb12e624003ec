/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A machine's dump being read, CPU after CPU, whatever its format; and the
 * rules for what of it is missing, and what is there twice.
 */
#ifndef TOOLS_DUMP_H
#define TOOLS_DUMP_H

#include "input.h"
#include "rawcpu.h"
#include "saved.h"

/* The next CPU has the next number. */
#define DUMP_NEXT	(~0u)

/**
 * enum dump_gaps - leaves that a format leaves out, below the highest
 * @DUMP_WHOLE: none
 * @DUMP_NO_INDICES: those with an index, where the CPU has no index of them
 * @DUMP_NO_ZEROES: all that are zero
 */
enum dump_gaps {
	DUMP_WHOLE,
	DUMP_NO_INDICES,
	DUMP_NO_ZEROES,
};

/**
 * struct dump - where reading is
 * @in: the file
 * @saved: what has been read
 * @gaps: enum dump_gaps
 * @raw: the CPU under way
 * @number: its number
 * @open: there is one
 */
struct dump {
	const struct input *in;
	struct saved *saved;
	enum dump_gaps gaps;
	struct rawcpu raw;
	unsigned int number;
	bool open;
};

void dump_init(struct dump *dump, const struct input *in, struct saved *saved,
	       enum dump_gaps gaps);

/* These return 0, or STATUS_TROUBLE after a message with @line. */

/* The CPU under way is complete, and another begins. */
int dump_cpu(struct dump *dump, unsigned int line, unsigned int number);
int dump_regs(struct dump *dump, unsigned int line, const struct kvmcaps_cpuid *regs);

/*
 * The same for a line that does not tell the index: those of one leaf are
 * counted.
 */
int dump_count(struct dump *dump, unsigned int line, struct kvmcaps_cpuid *regs);

/*
 * The end of the file, or of what could be read of it, as @err says; passes
 * that on, and frees all but what was read well.
 */
int dump_finish(struct dump *dump, unsigned int line, int err);

#endif /* TOOLS_DUMP_H */
