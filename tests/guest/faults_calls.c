// SPDX-License-Identifier: GPL-2.0
/* The calls of an open device, and opening it. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "answer.h"
#include "array.h"
#include "faults.h"
#include "host.h"
#include "tap.h"
#include "walk.h"

#define PAGE		4096
#define FILL		0xaa

static const struct device *device;

/* What each call gives when nothing fails. */
static struct answer supported;
static struct answer emulated;
static struct host host;

/* Where calls write: either present, or not but for the answer's header. */
static unsigned char *memory;
#define MEMORY_SIZE	(16 * PAGE)
static unsigned char fill;
static struct kvmcaps_get_host get;

/* Its entries begin with a page. */
static struct answer *answer_place(void)
{
	return (struct answer *)(memory + PAGE - HEAD_SIZE);
}

static struct host *host_place(void)
{
	return (struct host *)memory;
}

static void make_absent(void)
{
	fill = 0;
	mmap(memory, MEMORY_SIZE, PROT_READ | PROT_WRITE,
	     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
}

static void make_present(unsigned char byte)
{
	fill = byte;
	memset(memory, byte, MEMORY_SIZE);
}

static void set_room(void)
{
	answer_place()->nent = MAX_ENTRIES;
}

static void prepare_supported(void)
{
	make_present(FILL);
	set_room();
}

static void prepare_emulated(void)
{
	/* KVM wants clean padding. */
	make_present(0);
	set_room();
}

static void prepare_absent(void)
{
	make_absent();
	set_room();
}

static struct reply get_supported(void)
{
	return device_call(device, KVM_GET_SUPPORTED_CPUID,
			   (unsigned long)answer_place());
}

static struct reply get_emulated(void)
{
	return device_call(device, KVM_GET_EMULATED_CPUID,
			   (unsigned long)answer_place());
}

/* How much of what was expected is there; behind it nothing was touched. */
static bool is_written(const void *there, const void *expected, size_t size,
		       size_t room, bool whole)
{
	const unsigned char *p = there;
	const unsigned char *q = expected;
	size_t done = 0;

	while (done < size && p[done] == q[done])
		done++;
	if (whole && done < size)
		return false;
	while (done < room && p[done] == fill)
		done++;
	return done == room;
}

static bool answer_good(struct reply r, const struct answer *expected)
{
	const struct answer *there = answer_place();

	return there->nent == (r.ret ? MAX_ENTRIES : expected->nent) &&
	       is_written(there->entries, expected->entries,
			  expected->nent * ENTRY_SIZE, sizeof(there->entries),
			  !r.ret);
}

/* No call for an answer allocates, unless user memory has to be waited for. */
static bool supported_good(struct reply r, enum fault fault)
{
	if (!answer_good(r, &supported))
		return false;
	return fault == FAULT_NONE ? !r.ret : r.err == EFAULT;
}

static bool absent_good(struct reply r, enum fault fault)
{
	return answer_good(r, &supported) &&
	       (r.ret ? fault != FAULT_NONE && r.err == EFAULT : fault != FAULT_USER);
}

/* KVM takes padding that it cannot read for one that is not clean. */
static bool emulated_good(struct reply r, enum fault fault)
{
	if (!answer_good(r, &emulated))
		return false;
	return fault == FAULT_NONE ? !r.ret :
	       fault == FAULT_USER && (r.err == EFAULT || r.err == EINVAL);
}

static void prepare_host(void)
{
	struct host *there = host_place();

	get.facts_size = sizeof(there->facts);
	get.nr_cpuid = MAX_CPUID;
	get.facts = (unsigned long)&there->facts;
	get.cpuid = (unsigned long)there->cpuid;
}

static void prepare_host_present(void)
{
	make_present(FILL);
	prepare_host();
}

static void prepare_host_absent(void)
{
	make_absent();
	prepare_host();
}

static struct reply call_get_host(void)
{
	return device_call(device, KVMCAPS_GET_HOST, (unsigned long)&get);
}

static bool host_good(struct reply r, enum fault fault)
{
	const struct host *there = host_place();
	const size_t size = host.nr_cpuid * sizeof(host.cpuid[0]);

	if (get.nr_cpuid != (r.ret ? MAX_CPUID : host.nr_cpuid) ||
	    !is_written(&there->facts, &host.facts, sizeof(host.facts),
			sizeof(host.facts), !r.ret) ||
	    !is_written(there->cpuid, host.cpuid, size, sizeof(there->cpuid),
			!r.ret))
		return false;
	return r.ret ? fault != FAULT_NONE && r.err == EFAULT : fault != FAULT_USER;
}

static struct reply call_refresh(void)
{
	return device_call(device, KVMCAPS_REFRESH, 0);
}

/* Whether it has succeeded or not, the answers are what they were. */
static bool refresh_good(struct reply r, enum fault fault)
{
	static struct answer answer;
	static struct host now;

	if (answer_get(device, KVM_GET_SUPPORTED_CPUID, &answer).ret ||
	    !answer_equal(&answer, &supported) || host_get(device, &now).ret ||
	    !host_equal(&now, &host))
		return false;
	return r.ret ? fault == FAULT_MEMORY && r.err == ENOMEM : fault != FAULT_USER;
}

static struct reply call_open(void)
{
	return walk_reply(open(device->path, O_RDWR | O_CLOEXEC));
}

static bool open_good(struct reply r, enum fault fault)
{
	struct device opened = { device->path, r.ret };

	if (r.ret < 0)
		return fault != FAULT_NONE && walk_errno(r, fault);
	r = device_call(&opened, KVM_GET_API_VERSION, 0);
	close(opened.fd);
	return r.ret == KVM_API_VERSION && fault != FAULT_USER;
}

static struct reply call_version(void)
{
	return device_call(device, KVM_GET_API_VERSION, 0);
}

static bool version_good(struct reply r, enum fault fault)
{
	return r.ret == KVM_API_VERSION && fault == FAULT_NONE;
}

static struct reply call_extension(void)
{
	return device_call(device, KVM_CHECK_EXTENSION, KVM_CAP_EXT_CPUID);
}

static bool extension_good(struct reply r, enum fault fault)
{
	return r.ret == 1 && fault == FAULT_NONE;
}

static const struct walk walks[] = {
	{ "open", NULL, call_open, open_good },
	{ "KVM_GET_API_VERSION", NULL, call_version, version_good },
	{ "KVM_CHECK_EXTENSION", NULL, call_extension, extension_good },
	{ "KVM_GET_SUPPORTED_CPUID", prepare_supported, get_supported, supported_good },
	{ "KVM_GET_SUPPORTED_CPUID, memory absent", prepare_absent, get_supported,
	  absent_good },
	{ "KVM_GET_EMULATED_CPUID", prepare_emulated, get_emulated, emulated_good },
	{ "KVMCAPS_GET_HOST", prepare_host_present, call_get_host, host_good },
	{ "KVMCAPS_GET_HOST, memory absent", prepare_host_absent, call_get_host,
	  host_good },
	{ "KVMCAPS_REFRESH", NULL, call_refresh, refresh_good },
};

/* Facts are those of the CPU that last read them: this one. */
static bool learn(void)
{
	return !device_call(device, KVMCAPS_REFRESH, 0).ret &&
	       !answer_get(device, KVM_GET_SUPPORTED_CPUID, &supported).ret &&
	       !answer_get(device, KVM_GET_EMULATED_CPUID, &emulated).ret &&
	       !host_get(device, &host).ret;
}

void faults_calls(const struct device *dev)
{
	int fd = fault_open(0);

	device = dev;
	memory = mmap(NULL, MEMORY_SIZE, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (!tap(fd >= 0 && memory != MAP_FAILED && learn(),
		 "the answers without a fault"))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(walks); i++)
		walk(&walks[i], fd);
	close(fd);
}
