// SPDX-License-Identifier: GPL-2.0
/* The module comes and goes while threads keep opening its device. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <linux/kvmcaps.h>

#include "answer.h"
#include "hammer.h"
#include "leak.h"
#include "module.h"
#include "tap.h"

#define MAX_TRIES	20000

struct visitor {
	pthread_t thread;
	unsigned int seed;
	unsigned long visits;	/* descriptors opened */
	unsigned long missed;	/* the device was not there */
	unsigned long odd;
	int odd_errno;
	struct answer answer;
};

static const char *path;
static const char *module;
static atomic_bool stop;

/* Again while somebody has the device open. */
static int unload_patiently(unsigned long *refused)
{
	for (int i = 0; i < MAX_TRIES; i++) {
		if (!module_unload())
			return 0;
		if (errno != EWOULDBLOCK && errno != EBUSY)
			return -1;
		++*refused;
		usleep(i % 200);
	}
	return -1;
}

static bool gone(int err)
{
	return err == ENOENT || err == ENXIO || err == ENODEV ||
	       err == EWOULDBLOCK;
}

static void visit(struct visitor *v)
{
	static const unsigned int cmds[] = {
		KVM_GET_SUPPORTED_CPUID, KVM_GET_EMULATED_CPUID
	};
	struct device dev = { path, open(path, O_RDWR | O_CLOEXEC) };
	struct reply r;

	if (dev.fd < 0) {
		v->missed++;
		if (!gone(errno)) {
			v->odd++;
			v->odd_errno = errno;
		}
		return;
	}
	v->visits++;
	r = answer_get(&dev, cmds[rand_r(&v->seed) & 1], &v->answer);
	if (r.ret || !v->answer.nent) {
		v->odd++;
		v->odd_errno = r.err;
	}
	if (rand_r(&v->seed) % 32 == 0)
		device_call(&dev, KVMCAPS_REFRESH, 0);
	close(dev.fd);
}

static unsigned int usec_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Away for longer than here, or a slow kernel would never be left alone. */
static void *run(void *arg)
{
	struct visitor *v = arg;
	unsigned int start, took;

	while (!stop) {
		start = usec_now();
		visit(v);
		took = usec_now() - start;
		usleep(rand_r(&v->seed) % (6000 + 8 * took));
	}
	return NULL;
}

static void report(const struct visitor *visitors, int done, int loads,
		   unsigned long refused)
{
	struct visitor sum = { 0 };

	for (int i = 0; i < NR_THREADS; i++) {
		sum.visits += visitors[i].visits;
		sum.missed += visitors[i].missed;
		sum.odd += visitors[i].odd;
		if (visitors[i].odd)
			sum.odd_errno = visitors[i].odd_errno;
	}
	tap(done == loads, "%d of %d loads, %lu unloads refused while in use",
	    done, loads, refused);
	tap(sum.visits > 0 && !sum.odd,
	    "%lu visits, %lu times not there, %lu odd results%s%s",
	    sum.visits, sum.missed, sum.odd, sum.odd ? ", such as " : "",
	    sum.odd ? errno_name(sum.odd_errno) : "");
}

static void cycle(int loads)
{
	static struct visitor visitors[NR_THREADS];
	unsigned long refused = 0;
	int done = 0;

	memset(visitors, 0, sizeof(visitors));
	stop = false;
	for (int i = 0; i < NR_THREADS; i++) {
		visitors[i].seed = i + 1;
		pthread_create(&visitors[i].thread, NULL, run, &visitors[i]);
	}
	while (done < loads && !unload_patiently(&refused)) {
		/* Visitors must also find nobody at home. */
		usleep(done % 8 * 500);
		if (module_load(module))
			break;
		done++;
		usleep(2000);
	}
	if (done < loads)
		tap_note("stopped by %s", errno_name(errno));
	stop = true;
	for (int i = 0; i < NR_THREADS; i++)
		pthread_join(visitors[i].thread, NULL);
	report(visitors, done, loads, refused);
}

static bool test_in_use(void)
{
	struct device dev;
	struct reply r;
	int ret, err;

	if (!tap(!device_open(&dev, path), "open %s", path))
		return false;
	ret = module_unload();
	err = errno;
	tap(ret && (err == EWOULDBLOCK || err == EBUSY),
	    "no unload while a descriptor is open: %s",
	    ret ? errno_name(err) : "0");
	r = device_call(&dev, KVM_GET_API_VERSION, 0);
	tap(r.ret == KVM_API_VERSION, "it still answers: %s", reply_name(r));
	close(dev.fd);
	ret = module_unload();
	if (!tap(!ret, "unload once it is closed: %s",
		 ret ? errno_name(errno) : "0"))
		return false;
	tap(access(path, F_OK) && errno == ENOENT, "%s is gone", path);
	ret = module_load(module);
	return tap(!ret, "load again: %s", ret ? errno_name(errno) : "0");
}

void reload(const char *device_path, const char *module_path, int loads)
{
	static struct census start, middle, end;
	const int half = loads / 2;
	long grown;

	path = device_path;
	module = module_path;
	if (!test_in_use())
		return;
	census_take(&start);
	cycle(loads - half);
	census_take(&middle);
	cycle(half);
	if (!tap(census_take(&end), "count the kernel's objects"))
		return;
	tap_note("first half:");
	census_growth(&start, &middle, loads / 8);
	tap_note("second half:");
	grown = census_growth(&middle, &end, loads / 8);
	/* A slab comes with all its objects at once, but a leak comes again. */
	if (grown > loads / 8) {
		tap_note("once more:");
		cycle(half);
		census_take(&middle);
		grown = census_growth(&end, &middle, loads / 8);
	}
	tap(grown <= loads / 8, "%d more loads leak nothing: growth %ld <= %d",
	    half, grown, loads / 8);
}
