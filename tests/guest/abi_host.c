// SPDX-License-Identifier: GPL-2.0
/* The device's own ioctls. */
#include <cpuid.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>

#include "abi.h"
#include "answer.h"
#include "array.h"
#include "host.h"
#include "tap.h"

#define FACTS		sizeof(struct kvmcaps_facts)
#define FILL		0xaa

/* Larger than the device allows, and entries to spare. */
static struct {
	struct kvmcaps_get_host get;
	unsigned char facts[KVMCAPS_MAX_FACTS + 64];
	struct kvmcaps_cpuid cpuid[MAX_CPUID];
} own;

static bool all(const void *memory, size_t size, unsigned char byte)
{
	const unsigned char *p = memory;

	while (size && *p == byte) {
		p++;
		size--;
	}
	return !size;
}

static struct reply ask(const struct device *dev, __u32 facts_size,
			__u32 nr_cpuid)
{
	memset(own.facts, FILL, sizeof(own.facts));
	memset(own.cpuid, FILL, sizeof(own.cpuid));
	own.get.facts_size = facts_size;
	own.get.nr_cpuid = nr_cpuid;
	own.get.facts = (unsigned long)own.facts;
	own.get.cpuid = (unsigned long)own.cpuid;
	return device_call(dev, KVMCAPS_GET_HOST, (unsigned long)&own.get);
}

static bool sizes_reported(const struct host *host)
{
	return own.get.facts_size == host->facts_size &&
	       own.get.nr_cpuid == host->nr_cpuid &&
	       own.get.facts == (unsigned long)own.facts &&
	       own.get.cpuid == (unsigned long)own.cpuid;
}

static void test_facts(const struct host *host)
{
	const struct kvmcaps_facts *f = &host->facts;
	unsigned int a, b, c, d;
	const struct kvmcaps_cpuid *e = host_find(host, 0, 0);

	tap(host->facts_size == FACTS, "facts of %u bytes", host->facts_size);
	tap(host->nr_cpuid > 1 && host->nr_cpuid <= MAX_CPUID,
	    "%u entries of raw CPUID", host->nr_cpuid);
	tap(f->release >= KVMCAPS_RELEASE(6, 1), "release %u.%u",
	    f->release >> 8, f->release & 0xff);
	tap(f->maker <= KVMCAPS_MAKER_ZHAOXIN &&
	    f->vendor < KVMCAPS_NR_VENDORS, "maker %u, vendor %u", f->maker,
	    f->vendor);
	tap(f->kernel > 0x60000, "kernel %#x", f->kernel);
	tap(f->phys_bits >= 32 && f->phys_bits <= 52, "%u physical bits",
	    f->phys_bits);
	tap(!f->reserved0 && !f->reserved1, "reserved members are 0");
	__cpuid(0, a, b, c, d);
	tap(e && e->eax == a && e->ebx == b && e->ecx == c && e->edx == d,
	    "leaf 0 is this CPU's");
}

static void test_facts_size(const struct device *dev, const struct host *host,
			    __u32 size)
{
	const size_t given = size < FACTS ? size : FACTS;
	struct reply r = ask(dev, size, host->nr_cpuid);

	tap(!r.ret && sizes_reported(host), "facts_size %u: %s", size,
	    reply_name(r));
	tap(!memcmp(own.facts, &host->facts, given) &&
	    all(own.facts + given, size - given, 0) &&
	    all(own.facts + size, sizeof(own.facts) - size, FILL),
	    "facts_size %u: %zu bytes of facts, %zu of zero, no more", size,
	    given, size - given);
}

static void test_room(const struct device *dev, const struct host *host,
		      __u32 nr)
{
	const __u32 n = host->nr_cpuid;
	struct reply r = ask(dev, FACTS, nr);

	if (nr < n) {
		tap(r.err == E2BIG, "nr_cpuid %u: %s", nr, reply_name(r));
		tap(sizes_reported(host), "nr_cpuid %u: sizes reported", nr);
		tap(all(own.facts, sizeof(own.facts), FILL) &&
		    all(own.cpuid, sizeof(own.cpuid), FILL),
		    "nr_cpuid %u: nothing else written", nr);
		return;
	}
	tap(!r.ret && sizes_reported(host), "nr_cpuid %u: %s", nr,
	    reply_name(r));
	tap(!memcmp(own.cpuid, host->cpuid, n * sizeof(own.cpuid[0])) &&
	    all(own.cpuid + n, (MAX_CPUID - n) * sizeof(own.cpuid[0]), FILL),
	    "nr_cpuid %u: %u entries, no more", nr, n);
}

static void test_bad(const struct device *dev, const char *name, __u64 facts,
		     __u64 cpuid, __u32 facts_size, __u32 nr_cpuid, int err)
{
	struct kvmcaps_get_host get = {
		.facts_size = facts_size,
		.nr_cpuid = nr_cpuid,
		.facts = facts,
		.cpuid = cpuid,
	};
	struct reply r = device_call(dev, KVMCAPS_GET_HOST,
				     (unsigned long)&get);

	tap(r.ret == -1 && r.err == err, "GET_HOST with %s: %s", name,
	    reply_name(r));
}

static void test_members(const struct device *dev, __u32 nr)
{
	const __u64 facts = (unsigned long)own.facts;
	const __u64 cpuid = (unsigned long)own.cpuid;
	const __u64 kernel = 0xffff888000000000;

	test_bad(dev, "facts at NULL", 0, cpuid, FACTS, nr, EFAULT);
	test_bad(dev, "facts at 1", 1, cpuid, FACTS, nr, EFAULT);
	test_bad(dev, "facts in the kernel", kernel, cpuid, FACTS, nr, EFAULT);
	test_bad(dev, "facts above 2^32", facts | 1ull << 46, cpuid, FACTS, nr,
		 EFAULT);
	test_bad(dev, "cpuid at NULL", facts, 0, FACTS, nr, EFAULT);
	test_bad(dev, "cpuid in the kernel", facts, kernel, FACTS, nr, EFAULT);
	test_bad(dev, "cpuid above 2^32", facts, cpuid | 1ull << 46, FACTS, nr,
		 EFAULT);
	test_bad(dev, "bad pointers and no room", 0, 0, FACTS, nr - 1, E2BIG);
}

/* Zeroes that meet a hole behind the facts, and more than may be asked for. */
static void test_large_facts(const struct device *dev, __u32 nr)
{
	const __u64 cpuid = (unsigned long)own.cpuid;
	unsigned char *page = mmap(NULL, 8192, PROT_READ | PROT_WRITE,
				   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (!tap(page != MAP_FAILED, "mmap"))
		return;
	munmap(page + 4096, 4096);
	test_bad(dev, "a hole in the rest", (unsigned long)page + 1, cpuid,
		 KVMCAPS_MAX_FACTS, nr, EFAULT);
	test_bad(dev, "one byte too many", (unsigned long)own.facts, cpuid,
		 KVMCAPS_MAX_FACTS + 1, nr, EINVAL);
	test_bad(dev, "facts_size 2^32 - 1", (unsigned long)own.facts, cpuid,
		 ~0u, nr, EINVAL);
	munmap(page, 4096);
}

static void test_argument(const struct device *dev, const struct host *host)
{
	static const unsigned long bad[] = { 0, 1, ~0ul, ~7ul };
	struct kvmcaps_get_host *get;
	struct reply r;

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		r = device_call(dev, KVMCAPS_GET_HOST, bad[i]);
		tap(r.err == EFAULT, "GET_HOST at %#lx: %s", bad[i],
		    reply_name(r));
	}
	get = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (!tap(get != MAP_FAILED, "mmap"))
		return;
	ask(dev, FACTS, host->nr_cpuid);
	*get = own.get;
	mprotect(get, 4096, PROT_READ);
	r = device_call(dev, KVMCAPS_GET_HOST, (unsigned long)get);
	tap(r.err == EFAULT, "GET_HOST in read-only memory: %s",
	    reply_name(r));
	munmap(get, 4096);
	r = device_call(dev, KVMCAPS_GET_HOST, (unsigned long)get);
	tap(r.err == EFAULT, "GET_HOST in unmapped memory: %s", reply_name(r));
}

static void test_refresh(const struct device *dev, const struct host *host)
{
	static struct answer before, after;
	static struct host again;
	struct reply r;

	answer_get(dev, KVM_GET_SUPPORTED_CPUID, &before);
	r = device_call(dev, KVMCAPS_REFRESH, 0);
	tap(!r.ret, "REFRESH again: %s", reply_name(r));
	r = device_call(dev, KVMCAPS_REFRESH, 1);
	tap(r.err == EINVAL, "REFRESH with 1: %s", reply_name(r));
	r = device_call(dev, KVMCAPS_REFRESH, ~0ul);
	tap(r.err == EINVAL, "REFRESH with ~0: %s", reply_name(r));
	answer_get(dev, KVM_GET_SUPPORTED_CPUID, &after);
	tap(answer_equal(&before, &after), "REFRESH leaves the answer");
	host_get(dev, &again);
	tap(host_equal(host, &again), "REFRESH leaves the host's facts");
}

void abi_host(const struct device *dev)
{
	static struct host host;
	/* The facts are those of the CPU that last read them. */
	struct reply refreshed = device_call(dev, KVMCAPS_REFRESH, 0);
	struct reply r = host_get(dev, &host);
	const __u32 sizes[] = { 0, 1, 8, FACTS - 1, FACTS, FACTS + 1,
				FACTS + 64, KVMCAPS_MAX_FACTS };
	const __u32 rooms[] = { 0, 1, host.nr_cpuid - 1, host.nr_cpuid,
				host.nr_cpuid + 1, MAX_CPUID };

	tap(!refreshed.ret, "REFRESH: %s", reply_name(refreshed));
	if (!tap(!r.ret, "GET_HOST: %s", reply_name(r)))
		return;
	test_facts(&host);
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++)
		test_facts_size(dev, &host, sizes[i]);
	for (size_t i = 0; i < ARRAY_SIZE(rooms); i++)
		test_room(dev, &host, rooms[i]);
	test_members(dev, host.nr_cpuid);
	test_large_facts(dev, host.nr_cpuid);
	test_argument(dev, &host);
	test_refresh(dev, &host);
}
