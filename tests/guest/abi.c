// SPDX-License-Identifier: GPL-2.0
/* abi DEVICE: whether /dev/kvmcaps keeps its contract; no real KVM needed. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <linux/kvm.h>
#include <linux/kvmcaps.h>

#include "abi.h"
#include "answer.h"
#include "array.h"
#include "cpu.h"
#include "host.h"
#include "tap.h"

#define NOBODY		65534
#define MAX_CAPABILITY	400

static void test_constants(const struct device *dev)
{
	static const unsigned long bad[] = { 1, 12, 1ul << 31, ~0ul };
	int wrong = 0;
	struct reply r = device_call(dev, KVM_GET_API_VERSION, 0);

	tap(r.ret == KVM_API_VERSION, "API version: %s", reply_name(r));
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		r = device_call(dev, KVM_GET_API_VERSION, bad[i]);
		tap(r.err == EINVAL, "API version with %#lx: %s", bad[i],
		    reply_name(r));
	}
	r = device_call(dev, KVM_CHECK_EXTENSION, KVM_CAP_EXT_CPUID);
	tap(r.ret == 1, "KVM_CAP_EXT_CPUID: %s", reply_name(r));
	r = device_call(dev, KVM_CHECK_EXTENSION, KVM_CAP_EXT_EMUL_CPUID);
	tap(r.ret == 1, "KVM_CAP_EXT_EMUL_CPUID: %s", reply_name(r));
	for (int cap = 0; cap <= MAX_CAPABILITY; cap++)
		if (cap != KVM_CAP_EXT_CPUID && cap != KVM_CAP_EXT_EMUL_CPUID)
			wrong += device_call(dev, KVM_CHECK_EXTENSION,
					     cap).ret != 0;
	tap(!wrong, "0 for all other capabilities up to %d", MAX_CAPABILITY);
	r = device_call(dev, KVM_CHECK_EXTENSION, ~0ul);
	tap(!r.ret, "capability ~0: %s", reply_name(r));
}

#define UNKNOWN(cmd)	{ #cmd, cmd }

static const struct {
	const char *name;
	unsigned int cmd;
} unknown[] = {
	UNKNOWN(KVM_CREATE_VM),
	UNKNOWN(KVM_GET_MSR_INDEX_LIST),
	UNKNOWN(KVM_GET_VCPU_MMAP_SIZE),
	UNKNOWN(KVM_GET_MSR_FEATURE_INDEX_LIST),
	UNKNOWN(KVM_GET_MSRS),
	UNKNOWN(KVM_X86_GET_MCE_CAP_SUPPORTED),
	UNKNOWN(KVM_GET_SUPPORTED_HV_CPUID),
	UNKNOWN(KVM_GET_DEVICE_ATTR),
	UNKNOWN(KVM_HAS_DEVICE_ATTR),
	UNKNOWN(KVM_RUN),
	UNKNOWN(KVM_SET_CPUID2),
	UNKNOWN(KVM_GET_CPUID2),
	UNKNOWN(TCGETS),
	/* The device's numbers with another direction, size or magic. */
	UNKNOWN(_IO(KVMIO, 0x05)),
	UNKNOWN(_IOR(KVMIO, 0x05, struct kvm_cpuid2)),
	UNKNOWN(_IOWR(KVMIO, 0x05, struct kvm_cpuid_entry2)),
	UNKNOWN(_IOW(KVMIO, 0x09, struct kvm_cpuid2)),
	UNKNOWN(_IOR(KVMIO, 0x00, int)),
	UNKNOWN(_IO(KVMCAPS_IOC_MAGIC, 0x00)),
	UNKNOWN(_IOW(KVMCAPS_IOC_MAGIC, 0x00, struct kvmcaps_get_host)),
	UNKNOWN(_IOWR(KVMCAPS_IOC_MAGIC, 0x00, struct kvmcaps_facts)),
	UNKNOWN(_IOR(KVMCAPS_IOC_MAGIC, 0x01, int)),
	UNKNOWN(0u),
	UNKNOWN(~0u),
};

static void test_unknown(const struct device *dev)
{
	static struct answer argument;
	const unsigned long arg = (unsigned long)&argument;
	int wrong = 0;

	for (size_t i = 0; i < ARRAY_SIZE(unknown); i++) {
		struct reply r = device_call(dev, unknown[i].cmd, arg);

		tap(r.ret == -1 && r.err == ENOTTY, "%s: %s", unknown[i].name,
		    reply_name(r));
	}
	for (int nr = 2; nr < 256; nr++) {
		wrong += device_call(dev, _IO(KVMCAPS_IOC_MAGIC, nr),
				     arg).err != ENOTTY;
		wrong += device_call(dev, _IOWR(KVMCAPS_IOC_MAGIC, nr,
						struct kvmcaps_get_host),
				     arg).err != ENOTTY;
	}
	tap(!wrong, "ENOTTY for all other numbers of the device's own magic");
}

static void test_file(const struct device *dev)
{
	const char *path = dev->path;
	struct device ro = { path, open(path, O_RDONLY | O_CLOEXEC) };
	static struct answer answer;
	struct reply r;
	struct stat st = { 0 };
	char byte = 0;
	void *map;

	fstat(dev->fd, &st);
	tap(st.st_mode == (S_IFCHR | 0666), "mode %o", st.st_mode);
	r = answer_get(&ro, KVM_GET_SUPPORTED_CPUID, &answer);
	tap(!r.ret, "opened read-only, it answers: %s", reply_name(r));
	close(ro.fd);
	tap(read(dev->fd, &byte, 1) < 0 && errno == EINVAL, "read: EINVAL");
	tap(write(dev->fd, &byte, 1) < 0 && errno == EINVAL, "write: EINVAL");
	map = mmap(NULL, 4096, PROT_READ, MAP_SHARED, dev->fd, 0);
	tap(map == MAP_FAILED && errno == ENODEV, "mmap: ENODEV");
	lseek(dev->fd, 4096, SEEK_SET);
	lseek(dev->fd, 0, SEEK_END);
	r = answer_get(dev, KVM_GET_SUPPORTED_CPUID, &answer);
	tap(!r.ret, "after lseek, it answers: %s", reply_name(r));
}

/* What somebody without privileges meets: a bit for each failure. */
static int unprivileged(const char *path)
{
	static struct answer answer;
	static struct host host;
	struct device dev;
	int wrong = 0;

	if (setgid(NOBODY) || setuid(NOBODY))
		return 1;
	if (device_open(&dev, path))
		return 2;
	if (answer_get(&dev, KVM_GET_SUPPORTED_CPUID, &answer).ret)
		wrong |= 4;
	if (host_get(&dev, &host).ret)
		wrong |= 8;
	if (device_call(&dev, KVMCAPS_REFRESH, 0).err != EPERM)
		wrong |= 16;
	return wrong;
}

static void test_nobody(const char *path)
{
	int status = -1;
	pid_t pid;
	int wrong;

	pid = fork();
	if (!pid)
		_exit(unprivileged(path));
	if (pid > 0)
		waitpid(pid, &status, 0);
	wrong = WIFEXITED(status) ? WEXITSTATUS(status) : 0xff;
	tap(!(wrong & 1), "become nobody");
	tap(!(wrong & 3), "nobody may open it");
	tap(!(wrong & 7), "nobody gets an answer");
	tap(!(wrong & 11), "nobody gets the host's facts");
	tap(!(wrong & 19), "nobody may not refresh: EPERM");
}

int main(int argc, char **argv)
{
	struct cpus cpus;
	struct device dev;

	if (argc != 2) {
		fprintf(stderr, "usage: abi DEVICE\n");
		return 2;
	}
	/* On one CPU: answers follow it. */
	if (cpus_online(&cpus) || cpu_pin(cpus.id[cpus.nr - 1]))
		return tap_bail("cannot pin: %s", errno_name(errno));
	if (device_open(&dev, argv[1]))
		return tap_bail("%s: %s", argv[1], errno_name(errno));
	test_constants(&dev);
	test_unknown(&dev);
	test_file(&dev);
	abi_cpuid(&dev);
	abi_host(&dev);
	test_nobody(argv[1]);
	return tap_done();
}
