// SPDX-License-Identifier: GPL-2.0
/* Sources: libvirt's cpu.rng, cputypes.rng, and its cpu_map. */
#include <stdio.h>
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "fail.h"
#include "libvirt.h"
#include "libvirt_name.h"
#include "maker.h"
#include "table.h"

int libvirt_cpudata(const struct kvm_cpuid2 *table)
{
	const struct kvm_cpuid_entry2 *e = table->entries;

	puts("<cpudata arch='x86'>");
	for (; e < table->entries + table->nent; e++) {
		printf("  <cpuid eax_in='0x%08x' ecx_in='0x%02x'", e->function, e->index);
		printf(" eax='0x%08x' ebx='0x%08x' ecx='0x%08x' edx='0x%08x'/>\n",
		       e->eax, e->ebx, e->ecx, e->edx);
	}
	puts("</cpudata>");
	return STATUS_GOOD;
}

/* Those that libvirt knows, by the names it has for them. */
#define MAKERS	(BIT(KVMCAPS_MAKER_INTEL) | BIT(KVMCAPS_MAKER_AMD) | BIT(KVMCAPS_MAKER_HYGON))

static void print_vendor(const struct kvm_cpuid2 *offer)
{
	u8 maker = table_maker(offer);

	if (MAKERS & BIT(maker))
		printf("  <vendor>%s</vendor>\n", maker_name(maker));
}

/* Else it would be what QEMU takes for usual. */
static void print_width(const struct kvm_cpuid2 *offer)
{
	const struct kvm_cpuid_entry2 *entry = table_find(offer, 0x80000008, 0);

	if (entry && (entry->eax & 0xff))
		printf("  <maxphysaddr mode='emulate' bits='%u'/>\n", entry->eax & 0xff);
}

static bool is_in_base(const char *name)
{
	unsigned int i;

	for (i = 0; i < nr_libvirt_base; i++) {
		if (!strcmp(libvirt_base[i], name))
			return true;
	}
	return false;
}

/* Bits that some host has. */
static __u32 known_bits(const struct pool *pool, const struct bitname_reg *names)
{
	const struct pool_place *place = pool_find(&pool->supported, names->function,
						   names->index);
	const struct pool_part *part;
	__u32 bits = 0;

	if (!place)
		return 0;
	for (part = place->parts; part < place->parts + place->nr_parts; part++) {
		if (part->field.reg == names->reg && part->field.row->kind == FIELD_BITS)
			bits |= part->most;
	}
	return bits;
}

static void print_names(const struct pool *pool, const struct kvm_cpuid2 *offer,
			const struct bitname_reg *names)
{
	const struct kvm_cpuid_entry2 *entry = table_find(offer, names->function, names->index);
	__u32 offered = entry ? table_entry_reg(entry, names->reg) : 0;
	__u32 known = known_bits(pool, names);
	unsigned int bit;

	for (bit = 0; bit < 32; bit++) {
		if (!names->names[bit])
			continue;
		if (offered & BIT(bit))
			printf("  <feature policy='require' name='%s'/>\n", names->names[bit]);
		else if ((known & BIT(bit)) || is_in_base(names->names[bit]))
			printf("  <feature policy='disable' name='%s'/>\n", names->names[bit]);
	}
}

int libvirt_cpu(const struct pool *pool, const struct kvm_cpuid2 *offer)
{
	unsigned int i;

	puts("<cpu mode='custom' match='exact'>");
	puts("  <model fallback='forbid'>" LIBVIRT_BASE "</model>");
	print_vendor(offer);
	print_width(offer);
	for (i = 0; i < nr_libvirt_names; i++)
		print_names(pool, offer, &libvirt_names[i]);
	puts("</cpu>");
	return STATUS_GOOD;
}
