// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "kprobe.h"

#define TRACEFS	"/sys/kernel/tracing"
#define GROUP	"kvmcaps_guest"
#define EVENT	"hit"

static int put(const char *path, int flags, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC | flags);
	ssize_t n;
	int err;

	if (fd < 0)
		return -1;
	n = write(fd, text, strlen(text));
	err = errno;
	close(fd);
	errno = err;
	return n < 0 ? -1 : 0;
}

static int enable(const char *value)
{
	return put(TRACEFS "/events/" GROUP "/" EVENT "/enable", 0, value);
}

int kprobe_start(const char *symbol)
{
	char definition[256];

	if (access(TRACEFS "/kprobe_events", W_OK) &&
	    mount("tracefs", TRACEFS, "tracefs", 0, NULL))
		return -1;
	kprobe_stop();
	snprintf(definition, sizeof(definition), "p:" GROUP "/" EVENT " %s\n",
		 symbol);
	if (put(TRACEFS "/kprobe_events", O_APPEND, definition))
		return -1;
	return enable("1");
}

long kprobe_hits(void)
{
	FILE *f = fopen(TRACEFS "/kprobe_profile", "re");
	char line[256], name[64];
	long hits, missed, total = -1;

	if (!f)
		return -1;
	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "%63s %ld %ld", name, &hits, &missed) == 3 &&
		    !strcmp(name, EVENT))
			total = hits + missed;
	fclose(f);
	return total;
}

void kprobe_stop(void)
{
	enable("0");
	put(TRACEFS "/kprobe_events", O_APPEND, "-:" GROUP "/" EVENT "\n");
}
