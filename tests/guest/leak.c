// SPDX-License-Identifier: GPL-2.0
#include <fcntl.h>
#include <glob.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cpu.h"
#include "leak.h"
#include "tap.h"

/* All of slabinfo, read in one go. */
static char text[256 * 1024];

static void forget_caches(void)
{
	int fd = open("/proc/sys/vm/drop_caches", O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (write(fd, "3", 1) != 1)
		tap_note("cannot drop caches");
	close(fd);
}

static int open_all(const char *pattern, int *fds)
{
	int nr = 0;
	glob_t g;

	if (glob(pattern, 0, NULL, &g))
		return 0;
	for (size_t i = 0; i < g.gl_pathc && nr < MAX_CACHES; i++) {
		fds[nr] = open(g.gl_pathv[i], O_WRONLY | O_CLOEXEC);
		nr += fds[nr] >= 0;
	}
	globfree(&g);
	return nr;
}

static void close_all(int *fds, int nr)
{
	while (nr)
		close(fds[--nr]);
}

/*
 * Returns the caches' spare objects. The kernel copies what is written into an
 * object of its own, and the slab it takes that from counts as used up: so
 * write a page, because the slabs of large objects hold few.
 */
static void shrink_all(const int *fds, int nr)
{
	static const char page[4096] = "1\n";

	for (int i = 0; i < nr; i++)
		if (write(fds[i], page, sizeof(page)) < 0)
			tap_note("cannot return spare objects");
}

/* What RCU and the rest free meanwhile is spare, too. */
static void settle(void)
{
	static int fds[MAX_CACHES];
	int nr;

	usleep(300000);
	forget_caches();
	nr = open_all("/sys/kernel/slab/*/shrink", fds);
	shrink_all(fds, nr);
	close_all(fds, nr);
}

static bool read_text(int fd)
{
	size_t size = 0;
	ssize_t n;

	if (lseek(fd, 0, SEEK_SET))
		return false;
	do {
		n = read(fd, text + size, sizeof(text) - 1 - size);
		size += n > 0 ? n : 0;
	} while (n > 0);
	text[size] = 0;
	return size > 0;
}

/*
 * Opening a file allocates, and so does the first read: both come before the
 * general caches are shrunk, and nothing between that and the count.
 */
static bool read_slabinfo(void)
{
	static int fds[MAX_CACHES];
	int fd = open("/proc/slabinfo", O_RDONLY | O_CLOEXEC);
	bool good;
	int nr;

	if (fd < 0)
		return false;
	read_text(fd);
	nr = open_all("/sys/kernel/slab/kmalloc-*/shrink", fds);
	shrink_all(fds, nr);
	good = read_text(fd);
	close_all(fds, nr);
	close(fd);
	return good;
}

/*
 * A kernel may spread kmalloc() over copies of its caches, by the address of
 * the caller: kmalloc-rnd-07-64. Only their sum shows a leak.
 */
static void canonical(char *name)
{
	unsigned int copy;
	char rest[40];

	if (sscanf(name, "kmalloc-rnd-%u-%39s", &copy, rest) == 2)
		sprintf(name, "kmalloc-%.20s", rest);
}

static void add(struct census *census, const char *name, long active)
{
	int i = 0;

	while (i < census->nr && strcmp(census->caches[i].name, name))
		i++;
	if (i == MAX_CACHES)
		return;
	if (i == census->nr) {
		census->nr++;
		snprintf(census->caches[i].name,
			 sizeof(census->caches[i].name), "%s", name);
		census->caches[i].active = 0;
	}
	census->caches[i].active += active;
}

static bool count_slabs(struct census *census)
{
	char name[40], *save;
	long active;

	census->nr = 0;
	if (!read_slabinfo())
		return false;
	for (char *line = strtok_r(text, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		if (line[0] == '#' ||
		    sscanf(line, "%39s %ld", name, &active) != 2)
			continue;
		canonical(name);
		add(census, name, active);
	}
	return census->nr > 0;
}

static long count_vmalloc(void)
{
	FILE *f = fopen("/proc/vmallocinfo", "re");
	char line[512];
	long lines = 0;

	if (!f)
		return -1;
	/* A long line comes in pieces. */
	while (fgets(line, sizeof(line), f))
		lines += strchr(line, '\n') && !strstr(line, "unpurged");
	fclose(f);
	return lines;
}

static long active(const struct census *census, const char *name)
{
	for (int i = 0; i < census->nr; i++)
		if (!strcmp(census->caches[i].name, name))
			return census->caches[i].active;
	return 0;
}

/* Noise only adds: of several counts, the smallest is the best. */
static void keep_least(struct census *census, const struct census *other)
{
	for (int i = 0; i < census->nr; i++) {
		long count = active(other, census->caches[i].name);

		if (count < census->caches[i].active)
			census->caches[i].active = count;
	}
	if (other->vmalloc < census->vmalloc)
		census->vmalloc = other->vmalloc;
}

static bool count_all(struct census *census)
{
	settle();
	census->vmalloc = count_vmalloc();
	return count_slabs(census);
}

bool census_take(struct census *census)
{
	static struct census again;
	cpu_set_t everywhere;
	bool good;

	/* Counting leaves used-up slabs where it runs: on one CPU only. */
	sched_getaffinity(0, sizeof(everywhere), &everywhere);
	cpu_pin(0);
	good = count_all(census);
	for (int round = 0; round < 3 && good; round++) {
		good = count_all(&again);
		keep_least(census, &again);
	}
	sched_setaffinity(0, sizeof(everywhere), &everywhere);
	return good;
}

long census_growth(const struct census *before, const struct census *after,
		   long limit)
{
	long most = after->vmalloc - before->vmalloc;
	const char *where = "vmalloc";

	tap_note("vmalloc areas: %ld, then %ld", before->vmalloc,
		 after->vmalloc);
	for (int i = 0; i < after->nr; i++) {
		const char *name = after->caches[i].name;
		long was = active(before, name);
		long grown = after->caches[i].active - was;
		bool general = !strncmp(name, "kmalloc-", 8);

		if (grown > limit || (general && grown > limit / 4))
			tap_note("%s: %ld objects, then %ld", name, was,
				 after->caches[i].active);
		if (general && grown > most) {
			most = grown;
			where = name;
		}
	}
	tap_note("most growth: %s, by %ld", where, most);
	return most;
}
