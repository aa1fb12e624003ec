// SPDX-License-Identifier: GPL-2.0
/* Threads that call everything with anything, and check what comes back. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "array.h"
#include "hammer.h"
#include "hotplug.h"
#include "tap.h"
#include "witness.h"

#define RACE_SIZE	(4 * 4096)

struct hammer {
	pthread_t thread;
	unsigned int seed;
	unsigned long calls;
	unsigned long answers;	/* that could be checked */
	unsigned long mixed;	/* that no single CPU had given */
	unsigned long odd;	/* errors that nothing explains */
	int odd_errno;
	struct answer answer;
	struct host host;
};

static struct device device;
static struct witnesses witnesses;
static atomic_bool stop;

/* Pages that come and go, and the same pages seen from a safe place. */
static unsigned char *race;
static unsigned char *alias;
static int race_fd;

static struct reply call(struct hammer *h, unsigned int cmd, unsigned long arg)
{
	h->calls++;
	return device_call(&device, cmd, arg);
}

static void expect(struct hammer *h, bool good, struct reply r)
{
	if (good)
		return;
	h->odd++;
	h->odd_errno = r.err;
}

static unsigned int random_cmd(struct hammer *h)
{
	return rand_r(&h->seed) & 1 ? KVM_GET_SUPPORTED_CPUID :
				      KVM_GET_EMULATED_CPUID;
}

static void ask_well(struct hammer *h)
{
	unsigned int cmd = random_cmd(h);
	struct reply r;

	h->calls++;
	r = answer_get(&device, cmd, &h->answer);
	expect(h, !r.ret, r);
	h->answers++;
	h->mixed += !r.ret && !witnesses_know(&witnesses, cmd, &h->answer);
}

static void ask_tightly(struct hammer *h)
{
	unsigned int cmd = random_cmd(h);
	struct reply r;

	memset(&h->answer, 0, sizeof(h->answer));
	h->answer.nent = rand_r(&h->seed) % ROOM;
	r = call(h, cmd, (unsigned long)&h->answer);
	expect(h, !r.ret || r.err == E2BIG, r);
	if (r.ret)
		return;
	h->answers++;
	h->mixed += !witnesses_know(&witnesses, cmd, &h->answer);
}

static void ask_host(struct hammer *h)
{
	struct reply r;

	h->calls++;
	r = host_get(&device, &h->host);
	expect(h, !r.ret, r);
	h->answers++;
	h->mixed += !r.ret && !witnesses_know_host(&witnesses, &h->host);
}

static void ask_badly(struct hammer *h)
{
	static const unsigned long bad[] = {
		0, 1, 4095, ~0ul, ~7ul, 1ul << (8 * sizeof(long) - 1)
	};
	static const unsigned int cmds[] = {
		KVM_GET_SUPPORTED_CPUID, KVM_GET_EMULATED_CPUID,
		KVMCAPS_GET_HOST
	};
	struct reply r = call(h, cmds[rand_r(&h->seed) % ARRAY_SIZE(cmds)],
			      bad[rand_r(&h->seed) % ARRAY_SIZE(bad)]);

	expect(h, r.err == EFAULT, r);
}

/* Other threads scribble here, and it may vanish at any time. */
static void ask_in_race(struct hammer *h)
{
	size_t at = rand_r(&h->seed) % (RACE_SIZE - HEAD_SIZE);
	__u32 nent = rand_r(&h->seed) % ROOM;
	struct reply r;

	memcpy(alias + at, &nent, sizeof(nent));
	r = call(h, random_cmd(h), (unsigned long)race + at);
	expect(h, !r.ret || r.err == EFAULT || r.err == E2BIG ||
	       r.err == EINVAL, r);
}

static void ask_host_in_race(struct hammer *h)
{
	struct kvmcaps_get_host get = {
		.facts_size = rand_r(&h->seed) % 1024,
		.nr_cpuid = rand_r(&h->seed) % MAX_CPUID,
		.facts = (unsigned long)race + rand_r(&h->seed) % RACE_SIZE,
		.cpuid = (unsigned long)race + rand_r(&h->seed) % RACE_SIZE,
	};
	struct reply r;

	r = call(h, KVMCAPS_GET_HOST, (unsigned long)&get);
	expect(h, !r.ret || r.err == EFAULT || r.err == E2BIG, r);
}

/* Unmaps some of the pages, and brings them back. */
static void remap(struct hammer *h)
{
	off_t page = rand_r(&h->seed) % (RACE_SIZE / 4096) * 4096;
	int access = rand_r(&h->seed) & 1 ? PROT_READ | PROT_WRITE : PROT_READ;

	munmap(race + page, 4096);
	usleep(rand_r(&h->seed) % 50);
	mmap(race + page, 4096, access, MAP_SHARED | MAP_FIXED, race_fd, page);
	/* Clean padding, that EMULATED gets on. */
	memset(alias + page, 0, 4096);
}

static void ask_constants(struct hammer *h)
{
	struct reply r = call(h, KVM_GET_API_VERSION, 0);

	expect(h, r.ret == KVM_API_VERSION, r);
	r = call(h, KVM_CHECK_EXTENSION, KVM_CAP_EXT_CPUID);
	expect(h, r.ret == 1, r);
	r = call(h, KVM_CREATE_VM, 0);
	expect(h, r.err == ENOTTY, r);
}

static void refresh(struct hammer *h)
{
	struct reply r = call(h, KVMCAPS_REFRESH, 0);

	expect(h, !r.ret, r);
}

/* How often of 256 times each is chosen. */
static const struct {
	int share;
	void (*act)(struct hammer *h);
} acts[] = {
	{ 80, ask_well },
	{ 50, ask_tightly },
	{ 30, ask_host },
	{ 30, ask_badly },
	{ 30, ask_in_race },
	{ 10, ask_host_in_race },
	{ 12, remap },
	{ 10, ask_constants },
	{  4, refresh },
};

static void *run(void *arg)
{
	struct hammer *h = arg;

	while (!stop) {
		int dice = rand_r(&h->seed) % 256;
		size_t i = 0;

		while (dice >= acts[i].share)
			dice -= acts[i++].share;
		acts[i].act(h);
	}
	return NULL;
}

static void report(const struct hammer *hammers, const struct hotplug *hotplug)
{
	struct hammer sum = { 0 };

	for (int i = 0; i < NR_THREADS; i++) {
		sum.calls += hammers[i].calls;
		sum.answers += hammers[i].answers;
		sum.mixed += hammers[i].mixed;
		sum.odd += hammers[i].odd;
		if (hammers[i].odd)
			sum.odd_errno = hammers[i].odd_errno;
	}
	tap(sum.answers > 100 && !sum.mixed,
	    "%lu ioctls: each of %lu answers is one CPU's, whole (%lu are not)",
	    sum.calls, sum.answers, sum.mixed);
	tap(!sum.odd, "%lu results that nothing explains%s%s", sum.odd,
	    sum.odd ? ", such as " : "",
	    sum.odd ? errno_name(sum.odd_errno) : "");
	tap(hotplug->cpus.nr < 2 ||
	    (hotplug->online > 0 && hotplug->online == hotplug->offline),
	    "%d hotplug cycles, %d changes refused", hotplug->online,
	    hotplug->failed);
}

static bool prepare_race(void)
{
	race_fd = memfd_create("race", MFD_CLOEXEC);
	if (race_fd < 0 || ftruncate(race_fd, RACE_SIZE))
		return false;
	alias = mmap(NULL, RACE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED,
		     race_fd, 0);
	/* Entries may reach beyond the pages: nothing else must be there. */
	race = mmap(NULL, 3 * RACE_SIZE, PROT_NONE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return alias != MAP_FAILED && race != MAP_FAILED &&
	       mmap(race, RACE_SIZE, PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_FIXED, race_fd, 0) == race;
}

static bool begin(const char *path)
{
	if (!tap(!device_open(&device, path), "open %s", path))
		return false;
	if (!tap(!witnesses_collect(&witnesses, &device), "record all CPUs"))
		return false;
	tap_note("%d CPUs, %d distinct answers", witnesses.cpus.nr,
		 witnesses_distinct(&witnesses));
	return tap(prepare_race(), "map pages");
}

void storm(const char *path, int seconds)
{
	static struct hammer hammers[NR_THREADS];
	static struct hotplug hotplug = { .stop = &stop };
	static struct witnesses after;
	pthread_t plugger;

	if (!begin(path)) {
		close(device.fd);
		return;
	}
	hotplug.cpus = witnesses.cpus;
	for (int i = 0; i < NR_THREADS; i++) {
		hammers[i].seed = i + 1;
		pthread_create(&hammers[i].thread, NULL, run, &hammers[i]);
	}
	pthread_create(&plugger, NULL, hotplug_run, &hotplug);
	sleep(seconds);
	stop = true;
	for (int i = 0; i < NR_THREADS; i++)
		pthread_join(hammers[i].thread, NULL);
	pthread_join(plugger, NULL);
	report(hammers, &hotplug);
	tap(!witnesses_collect(&after, &device) &&
	    after.cpus.nr == witnesses.cpus.nr &&
	    !memcmp(&after, &witnesses, sizeof(after)),
	    "afterwards all CPUs answer as before");
	close(device.fd);
}
