// SPDX-License-Identifier: GPL-2.0
/*
 * faults DEVICE [MODULE.ko]: whether every failure of an allocation and of a copy,
 * one at a time, is reported as what it is, and leaves nothing behind.
 */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>
#include <sys/mman.h>

#include "cpu.h"
#include "device.h"
#include "fault.h"
#include "faults.h"
#include "tap.h"

int main(int argc, char **argv)
{
	struct cpus cpus;
	struct device dev;

	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: faults DEVICE [MODULE.ko]\n");
		return 2;
	}
	/* What this program itself touches must not be absent: that has sites. */
	if (cpus_online(&cpus) || cpu_pin(cpus.id[0]) || mlockall(MCL_CURRENT))
		return tap_bail("cannot stay put: %s", errno_name(errno));
	if (fault_setup())
		return tap_bail("no faults to inject: %s", errno_name(errno));
	if (device_open(&dev, argv[1]))
		return tap_bail("%s: %s", argv[1], errno_name(errno));
	faults_calls(&dev);
	close(dev.fd);
	if (argc > 2)
		faults_loads(argv[1], argv[2], &cpus);
	return tap_done();
}
