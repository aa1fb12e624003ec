// SPDX-License-Identifier: GPL-2.0
/* Raw CPUID: the instruction on the CPU itself, or its device. */
#include <cpuid.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <linux/kernel.h>

#include "alloc.h"
#include "fail.h"
#include "probe.h"
#include "sysfile.h"

static void cpuid_insn(void *unused, struct kvmcaps_cpuid *regs)
{
	(void)unused;
	__cpuid_count(regs->function, regs->index, regs->eax, regs->ebx, regs->ecx, regs->edx);
}

/* The device takes leaf and index as a position. */
static void cpuid_device(void *ctx, struct kvmcaps_cpuid *regs)
{
	off_t at = regs->function | (off_t)regs->index << 32;
	u32 out[KVMCAPS_NR_REGS] = {};

	if (pread(*(int *)ctx, out, sizeof(out), at) != sizeof(out))
		memset(out, 0, sizeof(out));
	regs->eax = out[KVMCAPS_EAX];
	regs->ebx = out[KVMCAPS_EBX];
	regs->ecx = out[KVMCAPS_ECX];
	regs->edx = out[KVMCAPS_EDX];
}

static bool stay_on(u32 number)
{
	size_t size = CPU_ALLOC_SIZE(number + 1);
	cpu_set_t *set = CPU_ALLOC(number + 1);
	int err = -1;

	if (set) {
		CPU_ZERO_S(size, set);
		CPU_SET_S(number, size, set);
		err = sched_setaffinity(0, size, set);
		CPU_FREE(set);
	}
	return !err;
}

static bool record_by_device(struct kvmcaps_host *host, u32 number)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/dev/cpu/%u/cpuid", number);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	kvmcaps_host_record(host, cpuid_device, &fd);
	close(fd);
	return true;
}

static void probe_cpu(struct saved *saved, struct kvmcaps_host *host, u32 number)
{
	struct saved_cpu *cpu;
	u32 i;

	if (stay_on(number)) {
		kvmcaps_host_record(host, cpuid_insn, NULL);
	} else if (!record_by_device(host, number)) {
		saved_note_printf(saved, "unread", "CPUID of CPU %u: %s;", number,
				  strerror(errno));
		return;
	}
	cpu = saved_cpu_add(saved, number);
	for (i = 0; i < host->nr_cpuid; i++)
		saved_cpu_append(cpu, &host->cpuid[i]);
}

/* Ranges with commas between them, as Linux lists CPUs: 0-3,7 */
static void probe_list(struct saved *saved, struct kvmcaps_host *host, const char *list)
{
	unsigned long first, last;
	char *end;

	while (*list >= '0' && *list <= '9') {
		first = strtoul(list, &end, 10);
		last = first;
		if (*end == '-')
			last = strtoul(end + 1, &end, 10);
		for (; first <= last && saved->nr_cpus < SAVED_MAX_CPUS; first++)
			probe_cpu(saved, host, first);
		list = *end == ',' ? end + 1 : end;
	}
}

int probe_cpus(struct saved *saved, int only)
{
	struct kvmcaps_host *host = alloc_zeroed(sizeof(*host));
	char *list = only < 0 ? sysfile_read("/sys/devices/system/cpu/online") : NULL;
	cpu_set_t before;
	bool whole = !sched_getaffinity(0, sizeof(before), &before);

	if (only >= 0)
		probe_cpu(saved, host, only);
	else
		probe_list(saved, host, list ? list : "0");
	if (whole)
		sched_setaffinity(0, sizeof(before), &before);
	free(list);
	free(host);
	if (saved->nr_cpus)
		return STATUS_GOOD;
	if (only >= 0)
		return fail("cannot run on CPU %d, nor read /dev/cpu/%d/cpuid", only, only);
	return fail("cannot run on any CPU, nor read its CPUID");
}
