/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Fields of the registers that KVM offers, and how they compare between hosts:
 * what a guest that was given one value misses where there is another.
 */
#ifndef TOOLS_FIELD_H
#define TOOLS_FIELD_H

#include <stdbool.h>
#include <linux/kvm.h>

/**
 * enum field_kind - when a guest of one host misses nothing on another
 * @FIELD_EQUAL: the value is the same, or the guest's is 0: it was given
 *	nothing. All such fields of an entry count as one value
 * @FIELD_BITS: each bit that the guest was given is there
 * @FIELD_INVERTED: no bit is there that the guest was not given: such a bit
 *	says that something is gone
 * @FIELD_LIMIT: the number is not smaller
 * @FIELD_IGNORED: always
 */
enum field_kind {
	FIELD_EQUAL,
	FIELD_BITS,
	FIELD_INVERTED,
	FIELD_LIMIT,
	FIELD_IGNORED,
};

/**
 * struct field - a row of the table
 * @function: CPUID leaf
 * @index: its index, FIELD_ANY_INDEX for those without a row
 * @regs: bit map of enum kvmcaps_reg: the registers in which it is
 * @mask: where in them
 * @kind: enum field_kind
 * @what: what it is, for people
 * @why: the reason of @kind, in one clause
 */
struct field {
	__u32 function;
	__u32 index;
	__u8 regs;
	__u8 kind;
	__u32 mask;
	const char *what;
	const char *why;
};

#define FIELD_ANY_INDEX	(~0u)
/* Parts that one register can have, and an entry. */
#define FIELD_MAX_PARTS	6
#define FIELD_MAX_OF_ENTRY	(4 * FIELD_MAX_PARTS)

/**
 * struct field_part - a field in one register
 * @row: of the table
 * @reg: enum kvmcaps_reg
 * @mask: bits of the register; those of @row, or what rows leave
 */
struct field_part {
	const struct field *row;
	unsigned int reg;
	__u32 mask;
};

extern const struct field fields[];
extern const unsigned int nr_fields;

/*
 * What no row of the table says: a register of features has ordinary bits; one
 * of which nothing is known must stay as it is.
 */
extern const struct field field_feature;
extern const struct field field_unknown;

/* Takes a register of a leaf and index to parts, and returns how many. */
unsigned int field_parts(__u32 function, __u32 index, unsigned int reg,
			 struct field_part parts[FIELD_MAX_PARTS]);

/* The same of all four registers. */
unsigned int field_parts_of_entry(__u32 function, __u32 index,
				  struct field_part parts[FIELD_MAX_OF_ENTRY]);

/*
 * The value of a part: a number, or a map of bits at their place in which each
 * set bit is something that a guest can have. @entry: NULL for an absent one,
 * which reads as zero.
 */
__u32 field_value(const struct field_part *part, const struct kvm_cpuid_entry2 *entry);

/* Puts a value back into an entry. */
void field_put(const struct field_part *part, struct kvm_cpuid_entry2 *entry, __u32 value);

static inline bool field_is_bits(const struct field_part *part)
{
	return part->row->kind == FIELD_BITS || part->row->kind == FIELD_INVERTED;
}

#endif /* TOOLS_FIELD_H */
