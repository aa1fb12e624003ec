// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "hex.h"
#include "regline.h"

void regline_print(FILE *out, const struct kvmcaps_cpuid *regs)
{
	fprintf(out, "   0x%08x 0x%02x: eax=0x%08x ebx=0x%08x ecx=0x%08x edx=0x%08x\n",
		regs->function, regs->index, regs->eax, regs->ebx, regs->ecx, regs->edx);
}

/* What comes before a number, and the number; NULL is passed on. */
static const char *take(const char *at, const char *end, const char *prefix, size_t len,
			u32 *value)
{
	if (!at || (size_t)(end - at) < len || memcmp(at, prefix, len))
		return NULL;
	return hex_take(at + len, end, value);
}

#define TAKE(at, end, prefix, value) \
	take(at, end, prefix, sizeof(prefix) - 1, value)

bool regline_parse(const char *text, size_t len, struct kvmcaps_cpuid *regs)
{
	const char *end = text + len;

	text = TAKE(text, end, "   0x", &regs->function);
	text = TAKE(text, end, " 0x", &regs->index);
	text = TAKE(text, end, ": eax=0x", &regs->eax);
	text = TAKE(text, end, " ebx=0x", &regs->ebx);
	text = TAKE(text, end, " ecx=0x", &regs->ecx);
	text = TAKE(text, end, " edx=0x", &regs->edx);
	return text == end;
}
