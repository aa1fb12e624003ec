// SPDX-License-Identifier: GPL-2.0
/* Facts of a running kernel: linux_model() with all evidence there is. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/utsname.h>
#include <linux/bits.h>
#include <linux/kernel.h>
#include <kvmcaps/decide.h>
#include <kvmcaps/release.h>

#include "alloc.h"
#include "assume_kernel.h"
#include "facts.h"
#include "flagname.h"
#include "linux_model.h"
#include "probe.h"
#include "sysfile.h"

#define OSXSAVE_ECX	BIT(27)

static bool read_msr(void *ctx, u32 msr, u64 *value)
{
	return pread(*(int *)ctx, value, sizeof(*value), msr) == sizeof(*value);
}

static u64 read_xcr0(void)
{
	u32 low, high;

	asm volatile("xgetbv" : "=a" (low), "=d" (high) : "c" (0));
	return low | (u64)high << 32;
}

static u32 kernel_version(void)
{
	unsigned int major = 0, minor = 0, patch = 0;
	struct utsname name;

	if (!uname(&name))
		sscanf(name.release, "%u.%u.%u", &major, &minor, &patch);
	return major << 16 | minor << 8 | (patch < 255 ? patch : 255);
}

/* An absent file says that the kernel was built without; all zeroes, nothing. */
static u8 look_for_sched_info(void)
{
	char *text = sysfile_read("/proc/self/schedstat");
	u8 says = text ? LINUX_YES : LINUX_NO;

	free(text);
	return says;
}

/* Hybrid parts have cpu_core instead; perf has then no capability to hand out. */
static u8 look_for_pmu(void)
{
	return access("/sys/bus/event_source/devices/cpu", F_OK) ? LINUX_NO : LINUX_YES;
}

/* Perf shows how many there are. */
static u8 look_for_lbr(void)
{
	return access("/sys/bus/event_source/devices/cpu/caps/branches", F_OK) ?
	       LINUX_NO : LINUX_YES;
}

static u32 phys_bits(const struct saved *saved)
{
	const char *sizes = saved_note(saved, "cpuinfo.sizes");
	unsigned int bits = 0;

	if (sizes)
		sscanf(sizes, "%u bits physical", &bits);
	return bits;
}

/* A parameter on the command line reaches a module that is loaded later. */
static bool find_on_cmdline(const struct saved *saved, const char *name, const char *module,
			    char *value, size_t size)
{
	const char *at = saved_note(saved, "cmdline");
	char *wanted = alloc_text("%s.%s=", module, name);
	bool found = false;

	for (; at && (at = strstr(at, wanted)); at += strlen(wanted)) {
		snprintf(value, size, "%.*s", (int)strcspn(at + strlen(wanted), " "),
			 at + strlen(wanted));
		found = true;
	}
	free(wanted);
	return found;
}

static bool find_parameter(const struct saved *saved, const char *name, const char *module,
			   char *value, size_t size)
{
	char *key = alloc_text("param.%s.%s", module, name);
	const char *text = saved_note(saved, key);

	free(key);
	if (!text)
		return find_on_cmdline(saved, name, module, value, size);
	snprintf(value, size, "%s", text);
	return true;
}

/* KVM's own parameter has the last word, but for the strictest of the kernel's. */
static bool never_flushes(const struct saved *saved)
{
	const char *cmdline = saved_note(saved, "cmdline");
	char value[32];

	if (find_parameter(saved, "vmentry_l1d_flush", "kvm_intel", value, sizeof(value)) &&
	    strcmp(value, "auto"))
		return !strcmp(value, "never");
	return cmdline && (flagname_in(cmdline, "l1tf=off") ||
			   flagname_in(cmdline, "mitigations=off"));
}

static const char *const vendor_modules[KVMCAPS_NR_VENDORS] = {
	[KVMCAPS_VENDOR_SVM] = "kvm_amd",
	[KVMCAPS_VENDOR_VMX] = "kvm_intel",
};

/* Parameters that exist only where the kernel is built so. */
struct optional {
	const char *name;
	const char *config;
};

static const struct optional optionals[] = {
	{ "sev", "CONFIG_KVM_AMD_SEV=y" },
	{ "sev_es", "CONFIG_KVM_AMD_SEV=y" },
	{ "sev_snp", "CONFIG_KVM_AMD_SEV=y" },
	{ "sgx", "CONFIG_X86_SGX_KVM=y" },
};

static const char *config_of(const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(optionals); i++) {
		if (!strcmp(optionals[i].name, name))
			return optionals[i].config;
	}
	return NULL;
}

/* A loaded module without the parameter, or the kernel's configuration, tells. */
static bool is_built(const char *name, const char *module, const char *config)
{
	const char *wanted = config_of(name);
	char *path;
	bool loaded;

	if (!wanted)
		return true;
	path = alloc_text("/sys/module/%s", module);
	loaded = !access(path, F_OK);
	free(path);
	return !loaded && (!config || strstr(config, wanted));
}

static u32 read_policy(const struct saved *saved, const char *module, const char *config)
{
	u32 policy = facts_usual_policy();
	struct facts_policy parameter;
	char value[32], *setting;
	unsigned int nr;

	for (nr = 0; facts_parameter(policy, nr, &parameter); nr++) {
		if (!(module && find_parameter(saved, parameter.name, module, value,
					       sizeof(value))) &&
		    !find_parameter(saved, parameter.name, "kvm", value, sizeof(value)))
			snprintf(value, sizeof(value), "%d", parameter.usual &&
				 (!module || is_built(parameter.name, module, config)));
		setting = alloc_text("%s=%s", parameter.name, value);
		facts_set_policy(&policy, setting);
		free(setting);
	}
	return policy;
}

static void note_unread(struct saved *saved, int msr_fd, int err, const char *config)
{
	if (msr_fd < 0)
		saved_note_printf(saved, "unread", "MSRs: /dev/cpu/%u/msr: %s;",
				  saved->cpus[0].number, strerror(err));
	if (!config)
		saved_note_add(saved, "unread", "the kernel's configuration;");
}

static void fill_in(struct saved *saved, struct kvmcaps_host *host, int msr_fd,
		    const char *config)
{
	struct kvmcaps_cpuid one;
	struct linux_evidence seen = {
		.kernel = kernel_version(),
		.flags = saved_note(saved, "cpuinfo.flags"),
		.bugs = saved_note(saved, "cpuinfo.bugs"),
		.cmdline = saved_note(saved, "cmdline"),
		.srso = saved_note(saved, "vulnerability.spec_rstack_overflow"),
		.tsa = saved_note(saved, "vulnerability.tsa"),
		.phys_bits = phys_bits(saved),
		.pmu = look_for_pmu(),
		.lbr = look_for_lbr(),
		.never_flushes = never_flushes(saved),
		.sched_info = look_for_sched_info(),
		.read_msr = msr_fd >= 0 ? read_msr : NULL,
		.ctx = &msr_fd,
	};

	saved_host(saved, &saved->cpus[0], host);
	one = kvmcaps_host_cpuid(host, 0x1, 0);
	seen.has_xcr0 = one.ecx & OSXSAVE_ECX;
	seen.xcr0 = seen.has_xcr0 ? read_xcr0() : 0;
	host->facts = (struct kvmcaps_facts){
		.release = kvmcaps_release_near(seen.kernel >> 8),
		.cpu = saved->cpus[0].number,
	};
	linux_model(host, &seen);
	host->facts.policy = read_policy(saved, vendor_modules[host->facts.vendor], config);
	if (host->facts.vendor == KVMCAPS_VENDOR_VMX && msr_fd < 0)
		assume_vmx_controls(&host->facts);
}

void probe_facts(struct saved *saved)
{
	struct kvmcaps_host *host = alloc_zeroed(sizeof(*host));
	struct kvmcaps_caps *scratch = alloc_zeroed(sizeof(*scratch));
	struct utsname name;
	char path[64], *config;
	int msr_fd;

	snprintf(path, sizeof(path), "/dev/cpu/%u/msr", saved->cpus[0].number);
	msr_fd = open(path, O_RDONLY | O_CLOEXEC);
	config = uname(&name) ? NULL : sysfile_read("/boot/config-%s", name.release);
	note_unread(saved, msr_fd, errno, config);
	fill_in(saved, host, msr_fd, config);
	kvmcaps_host_assume(host, scratch);
	saved->facts = host->facts;
	if (msr_fd >= 0)
		close(msr_fd);
	free(config);
	free(scratch);
	free(host);
}
