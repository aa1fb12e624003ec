// SPDX-License-Identifier: GPL-2.0
/*
 * The CPUs are those of the engine's suites, with what those leave open: their
 * makers' names, and zeroes behind the last index of a leaf.
 */
#include <stdlib.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "machines.h"
#include "suite.h"

#define EXTENDED	0x80000000
#define CENTAUR		0xc0000000

static const char intel[] = "GenuntelineI";
static const char amd[] = "AuthcAMDenti";

/* Leaves of which each index has registers of its own: SDM and APM, CPUID. */
static bool is_indexed(u32 function)
{
	static const u32 leaves[] = {
		0x4, 0x7, 0xb, 0xd, 0xf, 0x10, 0x12, 0x14, 0x17, 0x18, 0x1a, 0x1b, 0x1d,
		0x1e, 0x1f, 0x20, 0x23, 0x24, 0x8000001d, 0x80000020, 0x80000026,
	};
	unsigned int i;

	for (i = 0; i < ROWS(leaves); i++) {
		if (leaves[i] == function)
			return true;
	}
	return false;
}

static u32 limit_of(const struct cpu *cpu, u32 function)
{
	return function >= CENTAUR ? cpu->max_centaur :
	       function >= EXTENDED ? cpu->max_extended : cpu->max_basic;
}

static void clear(struct kvmcaps_cpuid *regs)
{
	*regs = (struct kvmcaps_cpuid){ .function = regs->function, .index = regs->index };
}

static void name(const struct cpu *cpu, struct kvmcaps_cpuid *regs)
{
	memcpy(&regs->ebx, cpu->intel ? intel : amd, 12);
}

/* A topology has levels 0 to 2, and then tells the index and the id. */
static void shape_levels(struct cpu *cpu, struct kvmcaps_cpuid *regs)
{
	struct kvmcaps_cpuid first = { .function = regs->function };

	if (!regs->index) {
		regs->ebx |= 1;
		return;
	}
	cpu_cpuid(cpu, &first);
	regs->edx = first.edx;
	regs->ecx = regs->index < 3 ? (regs->index + 1) << 8 | regs->index : regs->index;
	if (regs->index < 3)
		return;
	regs->eax = 0;
	regs->ebx = 0;
}

static void shape(struct cpu *cpu, u32 function, struct kvmcaps_cpuid *regs)
{
	switch (function) {
	case 0x0:
		name(cpu, regs);
		break;
	case EXTENDED:
		clear(regs);
		regs->eax = cpu->max_extended;
		if (!cpu->intel)
			name(cpu, regs);
		break;
	case 0x4:
	case 0x8000001d:
		if (!(regs->eax & 0x1f))
			clear(regs);
		break;
	case 0x7:
	case 0x14:
	case 0x17:
	case 0x18:
	case 0x1d:
	case 0x1e:
	case 0x20:
	case 0x24:
		if (!regs->index)
			regs->eax = cpu->indices;
		if (regs->index > cpu->indices)
			clear(regs);
		break;
	case 0x1a:
	case 0x1b:
		if (regs->index)
			clear(regs);
		break;
	case 0xb:
	case 0x1f:
	case 0x80000026:
		shape_levels(cpu, regs);
		break;
	case 0x12:
		if (regs->index > 1 && !(regs->eax & 0xf))
			clear(regs);
		break;
	}
}

static void execute(void *ctx, struct kvmcaps_cpuid *regs)
{
	struct cpu *cpu = ctx;
	bool beyond = regs->function > limit_of(cpu, regs->function);
	u32 function = beyond ? cpu->max_basic : regs->function;
	struct kvmcaps_cpuid copy = {
		.function = function, .index = is_indexed(function) ? regs->index : 0,
	};

	if (beyond && !cpu->intel)
		return;
	cpu_cpuid(cpu, &copy);
	shape(cpu, function, &copy);
	copy.function = regs->function;
	copy.index = regs->index;
	*regs = copy;
}

static void random_cpu(struct cpu *cpu, bool plain)
{
	cpu_random(cpu);
	cpu->max_extended = EXTENDED + 1 + random_below(0x28);
	cpu->caches %= 6;
	if (!plain)
		return;
	cpu->max_basic = 1 + cpu->max_basic % 0xe;
	cpu->max_extended = EXTENDED + 1 + random_below(0x1f);
	cpu->xstates = 3 | (BIT(random_below(20)) - 1);
	cpu->supervisor = 0;
}

void machine_make(struct machine *machine, bool plain)
{
	struct cpu first;
	unsigned int i;

	machine->nr = 1 + random_below(MACHINE_MAX_CPUS);
	random_cpu(&first, plain);
	for (i = 0; i < machine->nr; i++) {
		machine->cpus[i] = first;
		if (random_one_in(2))
			machine->cpus[i].seed = random_u64();
		machine->hosts[i] = calloc(1, sizeof(struct kvmcaps_host));
		assert_non_null(machine->hosts[i]);
	}
	machine_refresh(machine);
}

void machine_refresh(struct machine *machine)
{
	unsigned int i;

	for (i = 0; i < machine->nr; i++)
		kvmcaps_host_record(machine->hosts[i], execute, &machine->cpus[i]);
}

void machine_free(struct machine *machine)
{
	unsigned int i;

	for (i = 0; i < machine->nr; i++)
		free(machine->hosts[i]);
}

static bool is_zero(const struct kvmcaps_cpuid *regs)
{
	return !(regs->eax | regs->ebx | regs->ecx | regs->edx);
}

/*
 * Lines that a dump has: what is not beyond the highest leaf nor behind the
 * last index; but some have the end of a topology.
 */
static bool is_line(const struct cpu *cpu, const struct kvmcaps_cpuid *regs)
{
	if (regs->function > limit_of(cpu, regs->function))
		return false;
	if (regs->function == 0xb || regs->function == 0x1f || regs->function == 0x80000026)
		return regs->index < 3 || random_one_in(2);
	return !is_zero(regs) || (regs->function != 0x4 && regs->function != 0x12 &&
				  regs->function != 0x8000001d);
}

void machine_write_cpuid(FILE *out, const struct machine *machine,
			 const struct machine_style *style)
{
	const struct kvmcaps_cpuid *regs;
	unsigned int i;
	u32 nr;

	for (i = 0; i < machine->nr; i++) {
		if (style->headings)
			fprintf(out, "CPU %u:\n", i);
		else
			fprintf(out, "CPU:\n");
		for (nr = 0; nr < machine->hosts[i]->nr_cpuid; nr++) {
			regs = &machine->hosts[i]->cpuid[nr];
			if (!is_line(&machine->cpus[i], regs))
				continue;
			fprintf(out, "   0x%08x 0x%02x: eax=0x%08x ebx=0x%08x",
				regs->function, regs->index, regs->eax, regs->ebx);
			fprintf(out, " ecx=0x%08x edx=0x%08x\n", regs->ecx, regs->edx);
		}
	}
}

static void write_instlatx_line(FILE *out, const struct kvmcaps_cpuid *regs,
				const struct machine_style *style)
{
	static const char *const remarks[] = { "", " ", " [SSE]", " [L1D: 32 KB]", " [??]" };
	char line[128];
	int len;

	len = snprintf(line, sizeof(line), "%08X%s%08X%c%08X%c%08X%c%08X", regs->function,
		       style->behind_leaf, regs->eax, style->sign, regs->ebx, style->sign,
		       regs->ecx, style->sign, regs->edx);
	for (; style->lower && len--;)
		line[len] |= line[len] >= 'A' && line[len] <= 'F' ? 0x20 : 0;
	fprintf(out, "CPUID %s", line);
	if (is_indexed(regs->function) && !style->counted)
		fprintf(out, " [SL %02X]", regs->index);
	fprintf(out, "%s\n", remarks[random_below(ROWS(remarks))]);
}

void machine_write_instlatx(FILE *out, const struct machine *machine,
			    const struct machine_style *style)
{
	const struct kvmcaps_cpuid *regs;
	unsigned int i;
	u32 nr;

	if (style->headings)
		fprintf(out, "------[ Versions ]------\n\nCPUID CPU Name : made up\n");
	for (i = 0; i < machine->nr; i++) {
		if (style->headings)
			fprintf(out, "\n------[ CPUID Registers / Logical CPU #%u ]------\n\n",
				i);
		for (nr = 0; nr < machine->hosts[i]->nr_cpuid; nr++) {
			regs = &machine->hosts[i]->cpuid[nr];
			if (is_line(&machine->cpus[i], regs))
				write_instlatx_line(out, regs, style);
		}
	}
	if (style->headings)
		fprintf(out, "\n------[ MSR Registers / Logical CPU #0 ]------\n\n"
			"MSR 0000001B: 0000-0000-FEE0-0900\n");
}

/* As kcpuid.c of Linux 6.16 has it: 0xb has two indices there, 0x1f six. */
static bool has_subleafs(u32 function)
{
	return is_indexed(function) && function != 0x1a && function != 0x1e &&
	       function != 0x20 && function != 0x24;
}

static void write_kcpuid_regs(FILE *out, const struct kvmcaps_cpuid *regs)
{
	fprintf(out, ": EAX=0x%08x, EBX=0x%08x, ECX=0x%08x, EDX=0x%08x\n", regs->eax, regs->ebx,
		regs->ecx, regs->edx);
}

static void write_kcpuid_range(FILE *out, const struct machine *machine, const char *title,
			       u32 base, u32 limit)
{
	const struct kvmcaps_host *host = machine->hosts[0];
	const struct kvmcaps_cpuid *regs;

	fprintf(out, "%s Leafs :\n================\n", title);
	for (regs = host->cpuid; regs < host->cpuid + host->nr_cpuid; regs++) {
		if (regs->function < base || regs->function > limit || is_zero(regs))
			continue;
		if (!has_subleafs(regs->function)) {
			if (regs->index)
				continue;
			fprintf(out, "0x%08x", regs->function);
		} else {
			if (!regs->index)
				fprintf(out, "0x%08x: subleafs:\n", regs->function);
			fprintf(out, " %2d", regs->index);
		}
		write_kcpuid_regs(out, regs);
	}
}

void machine_write_kcpuid(FILE *out, const struct machine *machine,
			  const struct machine_style *style)
{
	write_kcpuid_range(out, machine, style->headings ? "Standard" : "Basic", 0,
			   machine->cpus[0].max_basic);
	write_kcpuid_range(out, machine, "Extended", EXTENDED, machine->cpus[0].max_extended);
	if (style->headings)
		write_kcpuid_range(out, machine, "Centaur", CENTAUR,
				   machine->cpus[0].max_centaur);
}

static void write_records(FILE *out, const struct cpu *cpu, u32 base, unsigned int nr)
{
	struct kvmcaps_cpuid regs;
	unsigned int i;

	for (i = 0; i < nr; i++) {
		regs = (struct kvmcaps_cpuid){ .function = base + i };
		execute((void *)cpu, &regs);
		fwrite(&regs.eax, 16, 1, out);
	}
}

void machine_write_device(FILE *out, const struct machine *machine,
			  const struct machine_style *style)
{
	unsigned int i, more = style->headings ? 7 : 1;

	for (i = 0; i < machine->nr; i++) {
		write_records(out, &machine->cpus[i], 0, machine->cpus[i].max_basic + more);
		write_records(out, &machine->cpus[i], EXTENDED,
			      (machine->cpus[i].max_extended & 0xffff) + more);
	}
}

static char *end_as_windows(char *text, size_t *size)
{
	char *copy = malloc(2 * *size + 1), *to = copy;
	const char *from;

	assert_non_null(copy);
	for (from = text; from < text + *size; from++) {
		if (*from == '\n')
			*to++ = '\r';
		*to++ = *from;
	}
	*to = '\0';
	*size = to - copy;
	free(text);
	return copy;
}

char *machine_dump(const struct machine *machine, const struct machine_style *style,
		   size_t *size)
{
	char *text = NULL;
	FILE *out = open_memstream(&text, size);

	assert_non_null(out);
	style->write(out, machine, style);
	fclose(out);
	return style->crlf ? end_as_windows(text, size) : text;
}
