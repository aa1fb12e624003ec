/* SPDX-License-Identifier: GPL-2.0 */
/*
 * libkvmcaps: the CPUID that KVM offers to guests, of a device that speaks KVM's
 * ioctls, /dev/kvm or /dev/kvmcaps, or of a saved host without any device.
 *
 * Functions that return int return 0 or more, or a negative errno. None of them
 * prints anything or ends the program. All can be called from any thread, for
 * one object from several at a time; but for those that close an object, which
 * must be the last.
 */
#ifndef LIBKVMCAPS_H
#define LIBKVMCAPS_H

#include <linux/kvm.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

/**
 * struct libkvmcaps_error - what went wrong, for people
 * @text: one line without its end, that names device or file, line and reason
 *
 * Functions that take one fill it in only if they fail. It can be NULL.
 */
struct libkvmcaps_error {
	char text[1024];
};

/**
 * enum libkvmcaps_table - the tables that KVM answers with
 * @LIBKVMCAPS_SUPPORTED: KVM_GET_SUPPORTED_CPUID
 * @LIBKVMCAPS_EMULATED: KVM_GET_EMULATED_CPUID
 */
enum libkvmcaps_table {
	LIBKVMCAPS_SUPPORTED,
	LIBKVMCAPS_EMULATED,
};

/**
 * enum libkvmcaps_register - a register of CPUID
 * @LIBKVMCAPS_EAX: EAX
 * @LIBKVMCAPS_EBX: EBX
 * @LIBKVMCAPS_ECX: ECX
 * @LIBKVMCAPS_EDX: EDX
 */
enum libkvmcaps_register {
	LIBKVMCAPS_EAX,
	LIBKVMCAPS_EBX,
	LIBKVMCAPS_ECX,
	LIBKVMCAPS_EDX,
};

/* An open device, and a host out of a file. */
struct libkvmcaps_device;
struct libkvmcaps_host;

/**
 * libkvmcaps_device_open() - open a device that speaks KVM's CPUID ioctls
 * @device: becomes the device, or NULL on error
 * @path: its path
 * @error: what went wrong, or NULL
 *
 * Return: 0; -ENOTTY if it is no such device; what open() or
 * KVM_GET_API_VERSION failed with.
 */
int libkvmcaps_device_open(struct libkvmcaps_device **device, const char *path,
			   struct libkvmcaps_error *error);

/**
 * libkvmcaps_device_close() - close a device, with all tables that it has handed out
 * @device: the device, or NULL
 */
void libkvmcaps_device_close(struct libkvmcaps_device *device);

/**
 * libkvmcaps_device_fd() - the file descriptor, for ioctls of one's own
 * @device: the device
 *
 * Return: the descriptor, which stays the device's.
 */
int libkvmcaps_device_fd(const struct libkvmcaps_device *device);

/**
 * libkvmcaps_device_api_version() - KVM_GET_API_VERSION
 * @device: the device
 *
 * Return: 12, or a negative errno.
 */
int libkvmcaps_device_api_version(const struct libkvmcaps_device *device);

/**
 * libkvmcaps_device_check_extension() - KVM_CHECK_EXTENSION
 * @device: the device
 * @extension: KVM_CAP_*
 *
 * Return: 0 if KVM does not have it, else 1 or more; or a negative errno.
 */
int libkvmcaps_device_check_extension(const struct libkvmcaps_device *device,
				      unsigned int extension);

/**
 * libkvmcaps_device_table() - one of the tables that a device answers with
 * @device: the device
 * @which: which table
 * @table: becomes the table, which stays the device's, or NULL on error
 * @error: what went wrong, or NULL
 *
 * Asks as QEMU does: with room for one entry first, and for twice as many as
 * long as KVM says E2BIG or fills all of the room. The first answer is kept.
 *
 * Return: 0; -E2BIG if the table has no end; -EPROTO if it claims more entries
 * than it has; -ENOMEM; what the ioctl failed with.
 */
int libkvmcaps_device_table(struct libkvmcaps_device *device, enum libkvmcaps_table which,
			    const struct kvm_cpuid2 **table, struct libkvmcaps_error *error);

/**
 * libkvmcaps_host_open() - what KVM would answer on a host out of a file
 * @host: becomes the host, or NULL on error
 * @path: a file that kvmcaps capture has written, or any dump of CPUID that
 *	kvmcaps(1) reads; "-" is standard input
 * @release: the release of KVM that answers, "6.12"; NULL for the file's, or the
 *	newest if that is a dump
 * @policy: parameters of KVM's modules, "npt=0,nested=0"; NULL for the file's
 * @cpu: number of the CPU that answers; -1 for the first
 * @error: what went wrong, or NULL
 *
 * Return: 0; -EINVAL if the file is of no known format or not whole, or release,
 * policy or CPU are not known; -ENOMEM, and then some memory may stay in use;
 * what opening or reading the file failed with.
 */
int libkvmcaps_host_open(struct libkvmcaps_host **host, const char *path, const char *release,
			 const char *policy, int cpu, struct libkvmcaps_error *error);

/**
 * libkvmcaps_host_close() - let a host go, with its tables
 * @host: the host, or NULL
 */
void libkvmcaps_host_close(struct libkvmcaps_host *host);

/**
 * libkvmcaps_host_table() - one of the tables that KVM would answer with
 * @host: the host
 * @which: which table
 *
 * Return: the table, which stays the host's.
 */
const struct kvm_cpuid2 *libkvmcaps_host_table(const struct libkvmcaps_host *host,
					       enum libkvmcaps_table which);

/**
 * libkvmcaps_entry() - look an entry up
 * @table: a table
 * @function: leaf
 * @index: index of the leaf; 0 where it does not count
 *
 * Return: the first such entry, or NULL.
 */
const struct kvm_cpuid_entry2 *libkvmcaps_entry(const struct kvm_cpuid2 *table,
						__u32 function, __u32 index);

/**
 * libkvmcaps_value() - look a register up
 * @table: a table
 * @function: leaf
 * @index: index of the leaf; 0 where it does not count
 * @reg: register
 *
 * Return: the register; 0 if the table does not have the entry.
 */
__u32 libkvmcaps_value(const struct kvm_cpuid2 *table, __u32 function, __u32 index,
		       enum libkvmcaps_register reg);

/**
 * libkvmcaps_version() - the library's version
 *
 * Return: "0.1"
 */
const char *libkvmcaps_version(void);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif /* LIBKVMCAPS_H */
