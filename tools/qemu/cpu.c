// SPDX-License-Identifier: GPL-2.0
/* A CPU as its model and KVM make it, and its properties. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <linux/bits.h>
#include <linux/kernel.h>

#include "cpu.h"
#include "supported.h"

bool qemu_cpu_bool(const struct qemu_cpu *cpu, const char *name)
{
	return json_is_true(json_object_get(cpu->props, name));
}

__u64 qemu_cpu_number(const struct qemu_cpu *cpu, const char *name)
{
	return json_integer_value(json_object_get(cpu->props, name));
}

const char *qemu_cpu_text(const struct qemu_cpu *cpu, const char *name)
{
	return json_string_value(json_object_get(cpu->props, name));
}

void qemu_cpu_put(struct qemu_cpu *cpu, const char *name, json_t *value)
{
	json_object_set_new(cpu->props, name, value);
}

void qemu_cpu_warn(struct qemu_cpu *cpu, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	json_array_append_new(cpu->warnings, json_string_nocheck(text));
}

bool qemu_cpu_is_by(const struct qemu_cpu *cpu, const char *vendor)
{
	const char *mine = qemu_cpu_text(cpu, "vendor");

	return mine && !strcmp(mine, vendor);
}

static void put_defaults(struct qemu_cpu *cpu)
{
	const char *name;
	json_t *property;

	json_object_foreach(cpu->registry->properties, name, property)
		json_object_set(cpu->props, name, json_object_get(property, "default"));
}

/* The vendor is the host's in all models but those without a definition. */
static void put_vendor(struct qemu_cpu *cpu)
{
	const struct kvmcaps_cpuid leaf = qemu_accel_host_cpuid(cpu->accel, 0, 0);
	char vendor[13] = "";

	memcpy(vendor, &leaf.ebx, 4);
	memcpy(vendor + 4, &leaf.edx, 4);
	memcpy(vendor + 8, &leaf.ecx, 4);
	qemu_cpu_put(cpu, "vendor", json_stringn_nocheck(vendor, strlen(vendor)));
}

static void put_signature(struct qemu_cpu *cpu)
{
	const struct qemu_part part = qemu_accel_part(cpu->accel);

	qemu_cpu_put(cpu, "family", json_integer(part.family));
	qemu_cpu_put(cpu, "model", json_integer(part.model));
	qemu_cpu_put(cpu, "stepping", json_integer(part.stepping));
}

static void put_brand(struct qemu_cpu *cpu)
{
	char text[49] = "";
	unsigned int i;

	for (i = 0; i < 3; i++) {
		const struct kvmcaps_cpuid leaf = qemu_accel_host_cpuid(cpu->accel,
									0x80000002 + i, 0);

		memcpy(text + i * 16, &leaf.eax, 16);
	}
	qemu_cpu_put(cpu, "model-id", json_stringn_nocheck(text, strlen(text)));
}

#define MCG_LMCE	BIT(27)

/* "max" and "host" are the host as far as a property can tell. */
static void put_host(struct qemu_cpu *cpu)
{
	static const struct {
		const char *name;
		u32 function;
	} least[] = {
		{ "min-level", 0 },
		{ "min-xlevel", 0x80000000 },
		{ "min-xlevel2", 0xC0000000 },
	};
	unsigned int i;

	put_vendor(cpu);
	put_signature(cpu);
	put_brand(cpu);
	qemu_cpu_put(cpu, "host-phys-bits", json_true());
	if (qemu_accel_mce_cap(cpu->accel) & MCG_LMCE)
		qemu_cpu_put(cpu, "lmce", json_true());
	for (i = 0; i < ARRAY_SIZE(least); i++)
		qemu_cpu_put(cpu, least[i].name,
			     json_integer(qemu_supported(cpu->accel, least[i].function, 0,
							 KVMCAPS_EAX)));
}

/* What KVM sets depends on who emulates the interrupt controller. */
static void put_kvm_defaults(struct qemu_cpu *cpu)
{
	const enum qemu_irqchip irqchip = cpu->accel->machine->irqchip;
	const char *name;
	json_t *value;

	json_object_foreach(cpu->registry->kvm_defaults, name, value)
		qemu_cpu_set(cpu, name, json_is_true(value) ? "on" : "off");
	if (irqchip == QEMU_IRQCHIP_OFF)
		qemu_cpu_set(cpu, "x2apic", "off");
	if (irqchip == QEMU_IRQCHIP_SPLIT)
		qemu_cpu_set(cpu, "kvm-msi-ext-dest-id", "on");
}

void qemu_cpu_init(struct qemu_cpu *cpu, const struct qemu_registry *registry,
		   const struct qemu_accel *accel, const struct qemu_model *model)
{
	*cpu = (struct qemu_cpu){
		.registry = registry,
		.accel = accel,
		.model = model,
		.props = json_object(),
		.plus = json_array(),
		.minus = json_array(),
		.warnings = json_array(),
	};
	put_defaults(cpu);
	json_object_update(cpu->props, model->props);
	memcpy(cpu->features, model->words, sizeof(cpu->features));
	if (model->named) {
		put_vendor(cpu);
		put_kvm_defaults(cpu);
	}
	if (model->max)
		put_host(cpu);
}

void qemu_cpu_free(struct qemu_cpu *cpu)
{
	json_decref(cpu->props);
	json_decref(cpu->plus);
	json_decref(cpu->minus);
	json_decref(cpu->warnings);
}
