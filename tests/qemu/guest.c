// SPDX-License-Identifier: GPL-2.0
/*
 * A guest that reads its CPUID, as a machine's BIOS: all leaves that there may
 * be, in and out of range, after each change of the CPU's state that KVM takes
 * notice of. What it has read becomes text in its memory, which is a file outside.
 */

#include <linux/const.h>

#include "../guest/array.h"

#define BIT(nr) (_AC(1, U) << (nr))

#define TEXT 0x00200000
/* isa-debug-exit */
#define EXIT_PORT 0xf4
#define EXIT_DONE 0x10

#define CPUID_1_ECX_XSAVE BIT(26)
#define CPUID_1_EDX_APIC BIT(9)
#define CPUID_7_ECX_PKU BIT(3)
#define CPUID_D_1_EAX_XSAVES BIT(3)

#define CR4_OSXSAVE BIT(18)
#define CR4_PKE BIT(22)

#define MSR_APICBASE 0x1b
#define APICBASE_ENABLE BIT(11)
#define MSR_MISC_ENABLE 0x1a0
#define MISC_ENABLE_MWAIT BIT(18)
#define MSR_XSS 0xda0

#define XCR0_X87 1u
#define XCR0_SSE 2u
#define XCR0_AVX 4u

/**
 * struct regs - what CPUID returns
 */
struct regs {
	unsigned int eax;
	unsigned int ebx;
	unsigned int ecx;
	unsigned int edx;
};

/**
 * struct range - leaves to read
 * @first: of them
 * @last: of them; with @counted, that many beyond what the first says is the last
 * @counted: the first leaf has the number of the last
 * @indexes: how many of each leaf
 */
struct range {
	unsigned int first;
	unsigned int last;
	int counted;
	unsigned int indexes;
};

/* Index 1 of each shows whether an index matters there. */
static const struct range ranges[] = {
	{ 0x00000000, 2, 1, 4 },
	{ 0x0000000b, 0x0000000b, 0, 8 },
	{ 0x0000000d, 0x0000000d, 0, 64 },
	{ 0x0000001f, 0x0000001f, 0, 8 },
	{ 0x00000040, 0x00000041, 0, 2 },
	{ 0x20000000, 0x20000000, 0, 2 },
	{ 0x3fffffff, 0x40000012, 0, 2 },
	{ 0x40000080, 0x40000083, 0, 2 },
	{ 0x400000ff, 0x40000103, 0, 2 },
	{ 0x40000200, 0x40000201, 0, 2 },
	{ 0x4fffffff, 0x50000000, 0, 2 },
	{ 0x7fffffff, 0x7fffffff, 0, 2 },
	{ 0x80000000, 2, 1, 2 },
	{ 0x8000001d, 0x8000001d, 0, 8 },
	{ 0x80000020, 0x80000020, 0, 4 },
	{ 0x80000026, 0x80000026, 0, 4 },
	{ 0x80000fff, 0x80000fff, 0, 2 },
	{ 0x80860000, 0x80860001, 0, 2 },
	{ 0x8fffffff, 0x8fffffff, 0, 2 },
	{ 0xbfffffff, 0xc0000005, 0, 2 },
	{ 0xffffffff, 0xffffffff, 0, 2 },
};

static struct regs cpuid(unsigned int function, unsigned int index)
{
	struct regs regs;

	__asm__ volatile("cpuid" : "=a"(regs.eax), "=b"(regs.ebx), "=c"(regs.ecx), "=d"(regs.edx)
			 : "a"(function), "c"(index));
	return regs;
}

static unsigned long long pair(unsigned int low, unsigned int high)
{
	return (unsigned long long)high << 32 | low;
}

static unsigned long long rdmsr(unsigned int msr)
{
	unsigned long long value;

	__asm__ volatile("rdmsr" : "=A"(value) : "c"(msr));
	return value;
}

static void wrmsr(unsigned int msr, unsigned long long value)
{
	__asm__ volatile("wrmsr" :: "c"(msr), "A"(value) : "memory");
}

static void xsetbv(unsigned long long value)
{
	__asm__ volatile("xsetbv" :: "c"(0), "A"(value) : "memory");
}

static void set_cr4(unsigned int bits)
{
	unsigned int cr4;

	__asm__ volatile("movl %%cr4, %0" : "=r"(cr4));
	__asm__ volatile("movl %0, %%cr4" :: "r"(cr4 | bits) : "memory");
}

static char *put(char *at, const char *text)
{
	while (*text)
		*at++ = *text++;
	return at;
}

static char *put_digits(char *at, unsigned int value)
{
	int shift;

	for (shift = 28; shift >= 0; shift -= 4)
		*at++ = "0123456789abcdef"[value >> shift & 15];
	return at;
}

static char *put_hex(char *at, unsigned int value)
{
	*at++ = ' ';
	return put_digits(at, value);
}

static char *put_leaf(char *at, unsigned int function, unsigned int index)
{
	struct regs regs = cpuid(function, index);

	at = put_hex(put_hex(put(at, "cpuid"), function), index);
	at = put_hex(put_hex(put_hex(put_hex(at, regs.eax), regs.ebx), regs.ecx), regs.edx);
	return put(at, "\n");
}

static char *put_range(char *at, const struct range *range)
{
	unsigned int function = range->first, index, last = range->last;

	if (range->counted)
		last += cpuid(function, 0).eax;
	/* Not beyond its class, whatever the first leaf says: the table's are 0x100 at most. */
	if (last - range->first > 0x100)
		last = range->first + 0x100;
	do {
		for (index = 0; index < range->indexes; index++)
			at = put_leaf(at, function, index);
	} while (function++ != last);
	return at;
}

/**
 * struct text - what has been read so far
 * @at: its end
 * @words: what the guest has done, as kvmcaps guest --after has it
 * @end: of @words
 */
struct text {
	char *at;
	char words[256];
	char *end;
};

/* The words and all leaves; the name tells states apart that have the same words. */
static void put_state(struct text *text, const char *name)
{
	unsigned int i;

	text->at = put(put(put(text->at, "state "), name), " ");
	*text->end = '\0';
	text->at = put(put(text->at, text->words), "\n");
	for (i = 0; i < ARRAY_SIZE(ranges); i++)
		text->at = put_range(text->at, &ranges[i]);
}

static void add_word(struct text *text, const char *word)
{
	if (text->end != text->words)
		text->end = put(text->end, ",");
	text->end = put(text->end, word);
}

static void add_number(struct text *text, const char *word, unsigned long long value)
{
	add_word(text, word);
	text->end = put_digits(put_digits(put(text->end, "0x"), value >> 32), value);
}

static void use_states(struct text *text, unsigned long long states)
{
	xsetbv(states);
	add_number(text, "xcr0=", states);
	put_state(text, "xcr0");
}

/* From the least that XCR0 can be to all that CPUID allows, with XSS. */
static void use_xsave(struct text *text)
{
	struct regs can = cpuid(0xd, 0), more = cpuid(0xd, 1);

	set_cr4(CR4_OSXSAVE);
	add_word(text, "osxsave");
	put_state(text, "osxsave");
	if (can.eax & XCR0_SSE)
		use_states(text, XCR0_X87 | XCR0_SSE);
	if (can.eax & XCR0_AVX)
		use_states(text, XCR0_X87 | XCR0_SSE | XCR0_AVX);
	use_states(text, pair(can.eax, can.edx));
	if ((more.eax & CPUID_D_1_EAX_XSAVES) && (more.ecx | more.edx)) {
		wrmsr(MSR_XSS, pair(more.ecx, more.edx));
		add_number(text, "xss=", pair(more.ecx, more.edx));
		put_state(text, "xss");
	}
}

/* Each state stays while the next are entered. */
static void put_states(struct text *text)
{
	unsigned int last = cpuid(0, 0).eax;

	put_state(text, "reset");
	if (last >= 0xd && (cpuid(1, 0).ecx & CPUID_1_ECX_XSAVE))
		use_xsave(text);
	if (last >= 7 && (cpuid(7, 0).ecx & CPUID_7_ECX_PKU)) {
		set_cr4(CR4_PKE);
		add_word(text, "pke");
		put_state(text, "pke");
	}
	/* KVM has no word for it, as it changes nothing for QEMU's guests. */
	wrmsr(MSR_MISC_ENABLE, rdmsr(MSR_MISC_ENABLE) ^ MISC_ENABLE_MWAIT);
	put_state(text, "mwait");
	if (cpuid(1, 0).edx & CPUID_1_EDX_APIC) {
		wrmsr(MSR_APICBASE, rdmsr(MSR_APICBASE) & ~(unsigned long long)APICBASE_ENABLE);
		add_word(text, "no-apic");
		put_state(text, "apic");
	}
}

void guest_main(void)
{
	struct text text;

	text.at = (char *)TEXT;
	text.end = text.words;
	put_states(&text);
	*put(text.at, "end\n") = '\0';
	__asm__ volatile("outb %0, %1" :: "a"((unsigned char)EXIT_DONE), "Nd"(EXIT_PORT));
	for (;;)
		__asm__ volatile("hlt");
}
