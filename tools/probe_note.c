// SPDX-License-Identifier: GPL-2.0
/* Notes of a host: what the kernel says of itself and of the CPU. */
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <linux/kernel.h>

#include "alloc.h"
#include "probe.h"
#include "sysfile.h"

#define VULNERABILITIES	"/sys/devices/system/cpu/vulnerabilities"

/* Options whose values matter here; those of others may be secret. */
static const char *const telling[] = {
	"clearcpuid", "setcpuid", "mitigations", "spectre_v2", "spectre_v2_user", "spectre_bhi",
	"spec_store_bypass_disable", "spec_rstack_overflow", "l1tf", "mds",
	"tsx", "tsx_async_abort", "mmio_stale_data", "retbleed", "srbds",
	"gather_data_sampling", "reg_file_data_sampling", "tsa", "vmscape",
	"indirect_target_selection", "ibt", "fred", "pti", "mem_encrypt", "noxsave",
	"noxsaves", "noxsaveopt", "nopku", "nopcid", "noinvpcid", "nofsgsbase", "nosgx",
	"nosmt", "no5lvl", "nousershstk", "nox2apic", "split_lock_detect", "hugepages",
	"amd_iommu", "intel_iommu", "amd_pstate", "intel_pstate", "numa", "mce", "apic",
	"lapic", "rdrand",
};

static bool is_telling(const char *word)
{
	size_t len = strcspn(word, "=");
	unsigned int i;

	if (!word[len] || !strncmp(word, "kvm", 3))
		return true;
	for (i = 0; i < ARRAY_SIZE(telling); i++) {
		if (!strncmp(word, telling[i], len) && !telling[i][len])
			return true;
	}
	return false;
}

static void note_cmdline(struct saved *saved)
{
	char *line = sysfile_read("/proc/cmdline"), *rest = line, *word;

	if (!line) {
		saved_note_add(saved, "unread", "/proc/cmdline;");
		return;
	}
	/* What follows is for init. */
	while ((word = strsep(&rest, " \t\n")) && strcmp(word, "--")) {
		if (*word && is_telling(word))
			saved_note_add(saved, "cmdline", word);
		else if (*word)
			saved_note_printf(saved, "cmdline", "%.*s=...",
					  (int)strcspn(word, "="), word);
	}
	free(line);
}

static void note_uname(struct saved *saved)
{
	struct utsname name;

	if (!uname(&name))
		saved_note_printf(saved, "uname", "%s %s %s %s", name.sysname, name.release,
				  name.version, name.machine);
}

/* Options of the kernel without which it does not use a feature. */
static const char *const configs[] = {
	"X86_5LEVEL", "X86_INTEL_MEMORY_PROTECTION_KEYS", "X86_SGX", "X86_USER_SHADOW_STACK",
	"KVM_INTEL",
};

/* As the file has it: "CONFIG_A=y" or "# CONFIG_A is not set", on a line. */
static void note_option(struct saved *saved, const char *config, const char *option)
{
	char *set = alloc_text("\nCONFIG_%s=", option);
	char *unset = alloc_text("\n# CONFIG_%s is not set", option);
	const char *at = strstr(config, set);

	if (at)
		saved_note_printf(saved, "config", "%s=%c", option, at[strlen(set)]);
	else if (strstr(config, unset))
		saved_note_printf(saved, "config", "%s=n", option);
	free(set);
	free(unset);
}

static void note_config(struct saved *saved)
{
	struct utsname name;
	char *config = uname(&name) ? NULL : sysfile_read("/boot/config-%s", name.release);
	unsigned int i;

	for (i = 0; config && i < ARRAY_SIZE(configs); i++)
		note_option(saved, config, configs[i]);
	free(config);
}

struct cpuinfo_key {
	const char *line;
	const char *key;
};

static const struct cpuinfo_key cpuinfo_keys[] = {
	{ "model name", "cpuinfo.model" },
	{ "microcode", "cpuinfo.microcode" },
	{ "flags", "cpuinfo.flags" },
	{ "vmx flags", "cpuinfo.vmx" },
	{ "bugs", "cpuinfo.bugs" },
	{ "address sizes", "cpuinfo.sizes" },
	{ "power management", "cpuinfo.power" },
};

static void note_cpuinfo_line(struct saved *saved, const char *line)
{
	const char *colon = strchr(line, ':');
	size_t len = colon ? colon - line : 0;
	const char *value = colon ? colon + 1 + strspn(colon + 1, " ") : "";
	unsigned int i;

	while (len && (line[len - 1] == '\t' || line[len - 1] == ' '))
		len--;
	for (i = 0; *value && i < ARRAY_SIZE(cpuinfo_keys); i++) {
		if (!strncmp(line, cpuinfo_keys[i].line, len) && !cpuinfo_keys[i].line[len])
			saved_note_add(saved, cpuinfo_keys[i].key, value);
	}
}

/* Those of the first CPU: the kernel uses nothing that not all of them have. */
static void note_cpuinfo(struct saved *saved)
{
	char *text = sysfile_read("/proc/cpuinfo"), *rest = text, *line;

	if (!text) {
		saved_note_add(saved, "unread", "/proc/cpuinfo;");
		return;
	}
	while ((line = strsep(&rest, "\n")) && *line)
		note_cpuinfo_line(saved, line);
	free(text);
}

static void note_vulnerability(void *ctx, const char *name)
{
	char *text = sysfile_read(VULNERABILITIES "/%s", name);
	char *key = alloc_text("vulnerability.%s", name);

	if (text && *text)
		saved_note_add(ctx, key, text);
	free(key);
	free(text);
}

struct module_ctx {
	struct saved *saved;
	const char *module;
};

static void note_parameter(void *ctx, const char *name)
{
	const struct module_ctx *module = ctx;
	char *text = sysfile_read("/sys/module/%s/parameters/%s", module->module, name);
	char *key = alloc_text("param.%s.%s", module->module, name);

	if (text && *text)
		saved_note_add(module->saved, key, text);
	free(key);
	free(text);
}

static void note_module(struct saved *saved, const char *module)
{
	struct module_ctx ctx = { saved, module };
	char *directory = alloc_text("/sys/module/%s/parameters", module);

	sysfile_list(directory, note_parameter, &ctx);
	free(directory);
}

void probe_notes(struct saved *saved)
{
	note_uname(saved);
	note_cmdline(saved);
	note_config(saved);
	note_cpuinfo(saved);
	sysfile_list(VULNERABILITIES, note_vulnerability, saved);
	note_module(saved, "kvm");
	note_module(saved, "kvm_amd");
	note_module(saved, "kvm_intel");
}
