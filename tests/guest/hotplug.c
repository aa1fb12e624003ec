// SPDX-License-Identifier: GPL-2.0
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "hotplug.h"

bool hotplug_set(int cpu, bool online)
{
	char path[64];
	bool good;
	int fd;

	snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%d/online",
		 cpu);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	good = write(fd, online ? "1" : "0", 1) == 1;
	close(fd);
	return good;
}

void *hotplug_run(void *arg)
{
	struct hotplug *hotplug = arg;
	unsigned int turn = 0;

	while (!*hotplug->stop && hotplug->cpus.nr > 1) {
		int cpu = hotplug->cpus.id[1 + turn++ %
					   (hotplug->cpus.nr - 1)];

		if (hotplug_set(cpu, false))
			hotplug->offline++;
		else
			hotplug->failed++;
		usleep(turn * 997 % 20000);
		if (hotplug_set(cpu, true))
			hotplug->online++;
		else
			hotplug->failed++;
		usleep(turn * 991 % 20000);
	}
	return NULL;
}
