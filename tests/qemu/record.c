// SPDX-License-Identifier: GPL-2.0
/*
 * A library to preload into a program that uses KVM: appends what it asks and
 * is answered, as far as CPUID and features go, to the file that RECORD names; a line
 * for each call, and one for each entry or MSR behind it. RECORD_TABLE=N has
 * KVM_GET_SUPPORTED_CPUID answer N entries instead of KVM's own number.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <linux/kvm.h>
#include <sys/ioctl.h>

#include "../guest/array.h"

/* As KVM has it; more is cut down to it. */
#define MAX_ENTRIES 256

/* Functions of entries that a synthetic table has beyond KVM's own. */
#define FILLER 0x50000000

/**
 * struct note - a call's part of the record
 * @text: what becomes of it is written at once, for the CPUs' threads write at the same time
 * @length: of @text
 * @out: the stream that fills it
 * @result: what the call returned, as KVM's own functions do
 * @err: errno, which is the caller's to read
 */
struct note {
	char *text;
	size_t length;
	FILE *out;
	int result;
	int err;
};

static int really(int fd, unsigned long request, void *arg)
{
	static int (*call)(int fd, unsigned long request, ...);

	if (!call)
		*(void **)&call = dlsym(RTLD_NEXT, "ioctl");
	return call(fd, request, arg);
}

static void begin(struct note *note, int ret)
{
	note->err = errno;
	note->result = ret < 0 ? -errno : ret;
	note->out = open_memstream(&note->text, &note->length);
	if (!note->out)
		abort();
}

static void end(struct note *note)
{
	int fd = open(getenv("RECORD"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);

	fclose(note->out);
	if (fd < 0 || write(fd, note->text, note->length) != (ssize_t)note->length)
		abort();
	close(fd);
	free(note->text);
	errno = note->err;
}

/* "system", "vm", "vcpu:N" or nothing: the kernel names them all but the first. */
static void subject(int fd, char *name, size_t size)
{
	char path[32], target[48];
	ssize_t length;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	length = readlink(path, target, sizeof(target) - 1);
	target[length < 0 ? 0 : length] = '\0';
	name[0] = '\0';
	if (!strcmp(target, "/dev/kvm"))
		snprintf(name, size, "system");
	else if (!strncmp(target, "anon_inode:kvm-", 15))
		snprintf(name, size, "%s", target + 15);
}

static void put_table(FILE *out, const struct kvm_cpuid2 *table)
{
	const struct kvm_cpuid_entry2 *entry;

	for (entry = table->entries; entry < table->entries + table->nent; entry++)
		fprintf(out, "entry %08x %08x %x %08x %08x %08x %08x %x %x %x\n",
			entry->function, entry->index, entry->flags,
			entry->eax, entry->ebx, entry->ecx, entry->edx,
			entry->padding[0], entry->padding[1], entry->padding[2]);
}

/* KVM's own table, cut or filled up to as many entries as are wanted. */
static int synthetic(int fd, struct kvm_cpuid2 *table, unsigned int wanted)
{
	struct kvm_cpuid2 *own = calloc(1, sizeof(*own) + MAX_ENTRIES * sizeof(own->entries[0]));
	unsigned int i;
	int ret;

	if (!own)
		abort();
	own->nent = MAX_ENTRIES;
	ret = really(fd, KVM_GET_SUPPORTED_CPUID, own);
	if (!ret && table->nent < wanted) {
		ret = -1;
		errno = E2BIG;
	}
	for (i = 0; !ret && i < wanted; i++) {
		table->entries[i] = own->entries[i];
		if (i >= own->nent)
			table->entries[i].function = FILLER + i;
	}
	if (!ret)
		table->nent = wanted;
	free(own);
	return ret;
}

static int get_cpuid(int fd, unsigned long request, void *arg, const char *who)
{
	const char *wanted = getenv("RECORD_TABLE");
	struct kvm_cpuid2 *table = arg;
	unsigned int room = table->nent;
	struct note note;
	int ret;

	if (wanted && request == KVM_GET_SUPPORTED_CPUID)
		ret = synthetic(fd, table, atoi(wanted));
	else
		ret = really(fd, request, arg);
	begin(&note, ret);
	fprintf(note.out, "%s %s nent %u -> %d nent %u\n", who,
		request == KVM_GET_SUPPORTED_CPUID ? "supported-cpuid" : "emulated-cpuid",
		room, note.result, table->nent);
	if (!ret)
		put_table(note.out, table);
	end(&note);
	return ret;
}

static int set_cpuid(int fd, unsigned long request, void *arg, const char *who)
{
	const struct kvm_cpuid2 *table = arg;
	int ret = really(fd, request, arg);
	struct note note;

	begin(&note, ret);
	fprintf(note.out, "%s set-cpuid2 nent %u -> %d\n", who, table->nent, note.result);
	put_table(note.out, table);
	end(&note);
	return ret;
}

/* Of a CPU, they are its state and not what KVM can do. */
static int get_msrs(int fd, unsigned long request, void *arg, const char *who)
{
	const struct kvm_msrs *msrs = arg;
	int i, ret = really(fd, request, arg);
	struct note note;

	if (strcmp(who, "system"))
		return ret;
	begin(&note, ret);
	fprintf(note.out, "%s feature-msrs nmsrs %u -> %d\n", who, msrs->nmsrs, note.result);
	for (i = 0; i < ret; i++)
		fprintf(note.out, "msr %08x %016llx\n", msrs->entries[i].index,
			msrs->entries[i].data);
	end(&note);
	return ret;
}

static int msr_list(int fd, unsigned long request, void *arg, const char *who)
{
	const struct kvm_msr_list *list = arg;
	unsigned int i, room = list->nmsrs;
	int ret = really(fd, request, arg);
	struct note note;

	begin(&note, ret);
	fprintf(note.out, "%s %s nmsrs %u -> %d nmsrs %u\n", who,
		request == KVM_GET_MSR_INDEX_LIST ? "msr-list" : "feature-msr-list",
		room, note.result, list->nmsrs);
	for (i = 0; !ret && i < list->nmsrs; i++)
		fprintf(note.out, "index %08x\n", list->indices[i]);
	end(&note);
	return ret;
}

static int check_extension(int fd, unsigned long request, void *arg, const char *who)
{
	int ret = really(fd, request, arg);
	struct note note;

	begin(&note, ret);
	fprintf(note.out, "%s extension %lu -> %d\n", who, (unsigned long)arg, note.result);
	end(&note);
	return ret;
}

static int enable_cap(int fd, unsigned long request, void *arg, const char *who)
{
	const struct kvm_enable_cap *cap = arg;
	int ret = really(fd, request, arg);
	struct note note;

	begin(&note, ret);
	fprintf(note.out, "%s enable-cap %u %llx %llx %llx %llx -> %d\n", who, cap->cap,
		cap->args[0], cap->args[1], cap->args[2], cap->args[3], note.result);
	end(&note);
	return ret;
}

static int device_attr(int fd, unsigned long request, void *arg, const char *who)
{
	const struct kvm_device_attr *attr = arg;
	int ret = really(fd, request, arg);
	struct note note;

	if (strcmp(who, "system"))
		return ret;
	begin(&note, ret);
	fprintf(note.out, "%s device-attr %u %llu -> %d", who, attr->group, attr->attr,
		note.result);
	if (!ret)
		fprintf(note.out, " value %016llx", *(unsigned long long *)attr->addr);
	fputc('\n', note.out);
	end(&note);
	return ret;
}

static int mce_cap(int fd, unsigned long request, void *arg, const char *who)
{
	int ret = really(fd, request, arg);
	struct note note;

	begin(&note, ret);
	fprintf(note.out, "%s mce-cap -> %d value %016llx\n", who, note.result,
		*(unsigned long long *)arg);
	end(&note);
	return ret;
}

static const struct {
	unsigned long request;
	int (*call)(int fd, unsigned long request, void *arg, const char *who);
} recorded[] = {
	{ KVM_GET_SUPPORTED_CPUID, get_cpuid },
	{ KVM_GET_EMULATED_CPUID, get_cpuid },
	{ KVM_SET_CPUID2, set_cpuid },
	{ KVM_GET_MSRS, get_msrs },
	{ KVM_GET_MSR_INDEX_LIST, msr_list },
	{ KVM_GET_MSR_FEATURE_INDEX_LIST, msr_list },
	{ KVM_CHECK_EXTENSION, check_extension },
	{ KVM_ENABLE_CAP, enable_cap },
	{ KVM_GET_DEVICE_ATTR, device_attr },
	{ KVM_X86_GET_MCE_CAP_SUPPORTED, mce_cap },
};

/* As libc's; the third argument is there whatever the request, for KVM's all have one. */
int ioctl(int fd, unsigned long request, ...)
{
	unsigned int i;
	char who[48];
	va_list args;
	void *arg;

	va_start(args, request);
	arg = va_arg(args, void *);
	va_end(args);
	for (i = 0; getenv("RECORD") && i < ARRAY_SIZE(recorded); i++) {
		if (recorded[i].request != request)
			continue;
		subject(fd, who, sizeof(who));
		if (who[0])
			return recorded[i].call(fd, request, arg, who);
	}
	return really(fd, request, arg);
}
