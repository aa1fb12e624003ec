// SPDX-License-Identifier: GPL-2.0
/* Loading the module, in the caller and in the threads that serve its CPUs. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <linux/kvmcaps.h>

#include "answer.h"
#include "cpu.h"
#include "faults.h"
#include "hotplug.h"
#include "module.h"
#include "tap.h"
#include "walk.h"

static const char *path;
static int module;

/* By CPU. */
static struct cpus cpus;
static struct answer expected[MAX_CPUS];
static int last;

/* 0, or -1 with errno. */
static int ask(int cpu, struct answer *answer)
{
	struct device dev = { path, -1 };
	struct reply r = { -1, 0 };

	if (cpu_pin(cpu) || device_open(&dev, path))
		return -1;
	r = answer_get(&dev, KVM_GET_SUPPORTED_CPUID, answer);
	close(dev.fd);
	cpu_pin(cpus.id[0]);
	errno = r.err;
	return r.ret;
}

static bool is_right(int cpu)
{
	static struct answer answer;

	return !ask(cpu, &answer) && answer_equal(&answer, &expected[cpu]);
}

static bool all_right(void)
{
	bool right = true;

	for (int i = 0; i < cpus.nr; i++)
		right &= is_right(cpus.id[i]);
	return right;
}

static bool mentions(const char *file, const char *word)
{
	FILE *f = fopen(file, "re");
	char line[256];
	bool found = !f;

	while (f && fgets(line, sizeof(line), f))
		if (strstr(line, word))
			found = true;
	if (f)
		fclose(f);
	return found;
}

/* Nothing of the module is left. */
static bool is_gone(void)
{
	return access(path, F_OK) && access("/sys/module/" MODULE, F_OK) &&
	       access("/sys/class/misc/" KVMCAPS_DEVICE, F_OK) &&
	       !mentions("/proc/modules", MODULE " ") &&
	       !mentions("/sys/devices/system/cpu/hotplug/states", MODULE);
}

static struct reply load(void)
{
	return walk_reply(module_insert(module));
}

static bool load_good(struct reply r, enum fault fault)
{
	if (r.ret)
		return fault != FAULT_NONE && walk_errno(r, fault) && is_gone();
	/* The kernel can do without some of what it allocates. */
	return fault != FAULT_USER && all_right() && !module_unload() && is_gone();
}

static void prepare_unload(void)
{
	if (is_gone())
		module_insert(module);
}

static struct reply unload(void)
{
	return walk_reply(module_unload());
}

static bool unload_good(struct reply r, enum fault fault)
{
	if (r.ret)
		return fault != FAULT_NONE && walk_errno(r, fault) && all_right();
	return fault != FAULT_USER && is_gone();
}

static void prepare_online(void)
{
	hotplug_set(last, false);
}

static struct reply online(void)
{
	return walk_reply(hotplug_set(last, true) ? 0 : -1);
}

static bool refresh(void)
{
	struct device dev;
	struct reply r;

	if (device_open(&dev, path))
		return false;
	r = device_call(&dev, KVMCAPS_REFRESH, 0);
	close(dev.fd);
	return !r.ret;
}

/* A CPU without an answer says so, until there is memory again. */
static bool online_good(struct reply r, enum fault fault)
{
	static struct answer answer;

	if (r.ret)
		return fault == FAULT_MEMORY && hotplug_set(last, true) && is_right(last);
	if (is_right(last))
		return fault != FAULT_USER;
	return fault == FAULT_MEMORY && ask(last, &answer) && errno == ENOMEM &&
	       is_right(cpus.id[0]) && refresh() && is_right(last);
}

/* The thread in which the kernel calls whoever waits for a CPU; 0 if not found. */
static pid_t thread_of(int cpu)
{
	char file[300], name[32], comm[32];
	struct dirent *entry;
	pid_t found = 0;
	DIR *dir = opendir("/proc");

	snprintf(name, sizeof(name), "cpuhp/%d\n", cpu);
	while (dir && !found && (entry = readdir(dir))) {
		FILE *f;

		if (!isdigit(entry->d_name[0]))
			continue;
		snprintf(file, sizeof(file), "/proc/%s/comm", entry->d_name);
		f = fopen(file, "re");
		if (!f)
			continue;
		if (fgets(comm, sizeof(comm), f) && !strcmp(comm, name))
			found = atoi(entry->d_name);
		fclose(f);
	}
	if (dir)
		closedir(dir);
	return found;
}

static void walk_thread(struct walk w, int cpu)
{
	char name[80];
	pid_t thread = thread_of(cpu);
	int fd = thread ? fault_open(thread) : -1;

	if (!tap(fd >= 0, "CPU %d has a thread for hotplug", cpu))
		return;
	snprintf(name, sizeof(name), "%s, CPU %d's thread", w.name, cpu);
	w.name = name;
	walk(&w, fd);
	close(fd);
}

static bool learn(void)
{
	bool good = true;

	for (int i = 0; good && i < cpus.nr; i++)
		good = !ask(cpus.id[i], &expected[cpus.id[i]]);
	return good;
}

void faults_loads(const char *device_path, const char *module_path,
		  const struct cpus *online_cpus)
{
	const struct walk loading = { "finit_module", NULL, load, load_good };
	const struct walk unloading = {
		"delete_module", prepare_unload, unload, unload_good
	};
	const struct walk coming = {
		"a CPU comes online", prepare_online, online, online_good
	};
	int fd = fault_open(0);

	path = device_path;
	cpus = *online_cpus;
	last = cpus.id[cpus.nr - 1];
	module = open(module_path, O_RDONLY | O_CLOEXEC);
	if (!tap(fd >= 0 && module >= 0 && learn(), "every CPU's answer without a fault"))
		return;
	tap(!module_unload() && is_gone(), "unloaded, nothing of it is left");
	walk(&loading, fd);
	for (int i = 0; i < cpus.nr; i++)
		walk_thread(loading, cpus.id[i]);
	walk(&unloading, fd);
	tap(!module_insert(module) && all_right(), "loaded again, it is as before");
	walk_thread(coming, last);
	tap(all_right(), "afterwards every CPU's answer is as before");
	close(module);
	close(fd);
}
