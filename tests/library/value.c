// SPDX-License-Identifier: GPL-2.0
/*
 * value PATH FUNCTION INDEX: the four registers of an entry, of a device or else
 * of a saved host; built with nothing but what an installed libkvmcaps brings.
 */
#include <stdio.h>
#include <stdlib.h>
#include <libkvmcaps.h>

static int print(const struct kvm_cpuid2 *table, char **place)
{
	__u32 function = strtoul(place[0], NULL, 0), index = strtoul(place[1], NULL, 0);

	printf("%08x %08x %08x %08x\n",
	       libkvmcaps_value(table, function, index, LIBKVMCAPS_EAX),
	       libkvmcaps_value(table, function, index, LIBKVMCAPS_EBX),
	       libkvmcaps_value(table, function, index, LIBKVMCAPS_ECX),
	       libkvmcaps_value(table, function, index, LIBKVMCAPS_EDX));
	return libkvmcaps_entry(table, function, index) ? 0 : 1;
}

static int complain(const struct libkvmcaps_error *error)
{
	fprintf(stderr, "%s\n", error->text);
	return 2;
}

int main(int argc, char **argv)
{
	const struct kvm_cpuid2 *table;
	struct libkvmcaps_device *device;
	struct libkvmcaps_error error;
	struct libkvmcaps_host *host;
	int status;

	if (argc != 4)
		return 2;
	if (!libkvmcaps_device_open(&device, argv[1], NULL)) {
		if (libkvmcaps_device_table(device, LIBKVMCAPS_SUPPORTED, &table, &error))
			return complain(&error);
		status = print(table, argv + 2);
		libkvmcaps_device_close(device);
		return status;
	}
	if (libkvmcaps_host_open(&host, argv[1], NULL, NULL, -1, &error))
		return complain(&error);
	status = print(libkvmcaps_host_table(host, LIBKVMCAPS_SUPPORTED), argv + 2);
	libkvmcaps_host_close(host);
	return status;
}
