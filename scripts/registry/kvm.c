// SPDX-License-Identifier: GPL-2.0
/*
 * A KVM that has nothing to offer, to be loaded into QEMU before its libraries:
 * what QEMU's accelerator of that name adds to CPU models shows, on a machine
 * that has no KVM. Guests do not run on it. With KVMCAPS_TABLE=FILE, it offers
 * what is in that struct kvm_cpuid2.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <linux/kvm.h>

#define PUBLIC		__attribute__((visibility("default")))
#define ARRAY_SIZE(a)	(sizeof(a) / sizeof(*(a)))

/* What the state of a vCPU shares with QEMU, and more than that. */
#define SHARED_SIZE	0x100000
#define VCPU_SIZE	(3 * 4096)

/* The one feature MSR that it has, for QEMU wants one: the revision of microcode. */
static const unsigned int feature_msrs[] = { 0x8b };

/* ARCH_CAPABILITIES, VMX_PROCBASED_CTLS2, UMWAIT_CONTROL, for QEMU asks if they are there. */
static const unsigned int msrs[] = { 0x10a, 0x48b, 0xe1 };

/* Later than the headers of Debian 12. */
#define CAP_USER_MEMORY2	231
#define CAP_MEMORY_ATTRIBUTES	233
#define CAP_GUEST_MEMFD		234

/* By file descriptor. */
static bool is_kvm[4096];

static int new_file(void)
{
	int fd = memfd_create("kvm", MFD_CLOEXEC);

	if (fd >= (int)ARRAY_SIZE(is_kvm) || (fd >= 0 && ftruncate(fd, SHARED_SIZE))) {
		close(fd);
		errno = EMFILE;
		return -1;
	}
	if (fd >= 0)
		is_kvm[fd] = true;
	return fd;
}

static int open_by(const char *symbol, const char *path, int flags, mode_t mode)
{
	__typeof__(open) *real = dlsym(RTLD_NEXT, symbol);

	return strcmp(path, "/dev/kvm") ? real(path, flags, mode) : new_file();
}

PUBLIC int open(const char *path, int flags, ...)
{
	va_list args;
	mode_t mode;

	va_start(args, flags);
	mode = va_arg(args, mode_t);
	va_end(args);
	return open_by("open", path, flags, mode);
}

PUBLIC int open64(const char *path, int flags, ...)
{
	va_list args;
	mode_t mode;

	va_start(args, flags);
	mode = va_arg(args, mode_t);
	va_end(args);
	return open_by("open64", path, flags, mode);
}

/* What a checked open() of the library is compiled to. */
PUBLIC int __open64_2(const char *path, int flags)
{
	return open_by("open64", path, flags, 0);
}

PUBLIC int close(int fd)
{
	__typeof__(close) *real = dlsym(RTLD_NEXT, "close");

	if (fd >= 0 && fd < (int)ARRAY_SIZE(is_kvm))
		is_kvm[fd] = false;
	return real(fd);
}

/* More entries KVM has for nobody. */
#define MAX_ENTRIES	256

struct table {
	struct kvm_cpuid2 cpuid;
	struct kvm_cpuid_entry2 entries[MAX_ENTRIES];
};

static struct table table;

static __attribute__((constructor)) void read_table(void)
{
	const char *path = getenv("KVMCAPS_TABLE");
	FILE *file = path ? fopen(path, "r") : NULL;

	if (!path)
		return;
	if (!file || !fread(&table.cpuid, sizeof(table.cpuid), 1, file) ||
	    table.cpuid.nent > MAX_ENTRIES ||
	    fread(table.entries, sizeof(*table.entries), table.cpuid.nent, file) !=
	    table.cpuid.nent) {
		fprintf(stderr, "%s is no table of CPUID\n", path);
		exit(2);
	}
	fclose(file);
}

static int get_table(struct kvm_cpuid2 *cpuid)
{
	const unsigned int room = cpuid->nent;

	if (room < table.cpuid.nent) {
		errno = E2BIG;
		return -1;
	}
	cpuid->nent = table.cpuid.nent;
	memcpy(cpuid->entries, table.entries, table.cpuid.nent * sizeof(*table.entries));
	return 0;
}

/* What a guest's XSAVE can have, all of it permitted: the only attribute that there is. */
static int get_attribute(const struct kvm_device_attr *attribute)
{
	__u64 *states = (__u64 *)(unsigned long)attribute->addr;
	unsigned int i;

	*states = 0;
	for (i = 0; i < table.cpuid.nent; i++) {
		if (table.entries[i].function == 0xd && !table.entries[i].index)
			*states = table.entries[i].eax | (__u64)table.entries[i].edx << 32;
	}
	return 0;
}

/**
 * struct extension - an answer to KVM_CHECK_EXTENSION
 * @number: of the extension
 * @value: what it has
 */
struct extension {
	unsigned long number;
	int value;
};

/* Of all others, one. */
static const struct extension extensions[] = {
	{ KVM_CAP_NR_VCPUS, 255 },
	{ KVM_CAP_MAX_VCPUS, 255 },
	{ KVM_CAP_MAX_VCPU_ID, 255 },
	{ KVM_CAP_NR_MEMSLOTS, 509 },
	{ KVM_CAP_MCE, 32 },
	{ KVM_CAP_XSAVE2, 4096 },
	{ KVM_CAP_COALESCED_MMIO, 0 },
	{ KVM_CAP_DIRTY_LOG_RING, 0 },
	{ KVM_CAP_DIRTY_LOG_RING_ACQ_REL, 0 },
	{ KVM_CAP_XEN_HVM, 0 },
	{ CAP_USER_MEMORY2, 0 },
	{ CAP_MEMORY_ATTRIBUTES, 0 },
	{ CAP_GUEST_MEMFD, 0 },
};

static int check_extension(unsigned long number)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(extensions); i++) {
		if (extensions[i].number == number)
			return extensions[i].value;
	}
	return 1;
}

static int list_msrs(struct kvm_msr_list *list, const unsigned int *numbers, unsigned int nr)
{
	const unsigned int room = list->nmsrs;

	list->nmsrs = nr;
	if (room < nr) {
		errno = E2BIG;
		return -1;
	}
	memcpy(list->indices, numbers, nr * sizeof(*numbers));
	return 0;
}

static int get_msrs(struct kvm_msrs *asked)
{
	unsigned int i;

	for (i = 0; i < asked->nmsrs; i++)
		asked->entries[i].data = 0;
	return asked->nmsrs;
}

static int answer(unsigned long request, void *argument)
{
	switch (request) {
	case KVM_GET_API_VERSION:
		return KVM_API_VERSION;
	case KVM_CHECK_EXTENSION:
		return check_extension((unsigned long)argument);
	case KVM_CREATE_VM:
	case KVM_CREATE_VCPU:
		return new_file();
	case KVM_GET_VCPU_MMAP_SIZE:
		return VCPU_SIZE;
	case KVM_GET_SUPPORTED_CPUID:
		return get_table(argument);
	case KVM_GET_DEVICE_ATTR:
		return get_attribute(argument);
	case KVM_GET_MSR_INDEX_LIST:
		return list_msrs(argument, msrs, ARRAY_SIZE(msrs));
	case KVM_GET_MSR_FEATURE_INDEX_LIST:
		return list_msrs(argument, feature_msrs, ARRAY_SIZE(feature_msrs));
	case KVM_GET_MSRS:
		return get_msrs(argument);
	default:
		return 0;
	}
}

PUBLIC int ioctl(int fd, unsigned long request, ...)
{
	__typeof__(ioctl) *real = dlsym(RTLD_NEXT, "ioctl");
	void *argument;
	va_list args;

	va_start(args, request);
	argument = va_arg(args, void *);
	va_end(args);
	if (fd >= 0 && fd < (int)ARRAY_SIZE(is_kvm) && is_kvm[fd])
		return answer(request, argument);
	return real(fd, request, argument);
}
