// SPDX-License-Identifier: GPL-2.0
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "array.h"
#include "fault.h"

#define DEBUGFS		"/sys/kernel/debug/"

/* Where the kernel says which kind of site has failed. */
static int kmsg;

static const struct {
	const char *file;
	const char *value;
} settings[] = {
	{ "failslab/ignore-gfp-wait", "N" },
	{ "failslab/cache-filter", "N" },
	{ "fail_page_alloc/ignore-gfp-wait", "N" },
	{ "fail_page_alloc/ignore-gfp-highmem", "N" },
	{ "fail_page_alloc/min-order", "0" },
	{ "fail_usercopy/verbose", "1" },
	{ "fail_usercopy/verbose_ratelimit_interval_ms", "0" },
	{ "failslab/verbose", "0" },
	{ "fail_page_alloc/verbose", "0" },
};

static int set(const char *file, const char *value)
{
	char path[80];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), DEBUGFS "%s", file);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	n = write(fd, value, strlen(value));
	close(fd);
	return n < 0 ? -1 : 0;
}

int fault_setup(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(settings); i++)
		if (set(settings[i].file, settings[i].value))
			return -1;
	kmsg = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	return kmsg < 0 ? -1 : 0;
}

int fault_open(pid_t thread)
{
	char path[40] = "/proc/thread-self/fail-nth";

	if (thread)
		snprintf(path, sizeof(path), "/proc/%d/fail-nth", thread);
	return open(path, O_RDWR | O_CLOEXEC);
}

void fault_arm(int fd, unsigned int site)
{
	char text[12];

	lseek(kmsg, 0, SEEK_END);
	snprintf(text, sizeof(text), "%u", site);
	if (pwrite(fd, text, strlen(text), 0) < 0)
		abort();
}

/* Since it was armed. Reading it may be what fails. */
static bool has_fired(int fd)
{
	char text[12] = "";

	return pread(fd, text, sizeof(text) - 1, 0) > 0 && !atoi(text);
}

static bool is_copy(void)
{
	char record[1024];
	bool found = false;
	ssize_t n;

	while ((n = read(kmsg, record, sizeof(record) - 1)) > 0) {
		record[n] = 0;
		if (strstr(record, "name fail_usercopy"))
			found = true;
	}
	return found;
}

enum fault fault_disarm(int fd)
{
	if (has_fired(fd))
		return is_copy() ? FAULT_USER : FAULT_MEMORY;
	/* This, too, has sites. */
	while (pwrite(fd, "0", 1, 0) < 0)
		;
	return FAULT_NONE;
}
