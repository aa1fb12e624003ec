// SPDX-License-Identifier: GPL-2.0
#include <sys/mman.h>
#include <unistd.h>

#include "arena.h"

static int limit_half(void *half, enum access access)
{
	switch (access) {
	case ACCESS_RW:
		return 0;
	case ACCESS_RO:
		return mprotect(half, ARENA_HALF, PROT_READ);
	case ACCESS_NONE:
		return mprotect(half, ARENA_HALF, PROT_NONE);
	case ACCESS_HOLE:
		return munmap(half, ARENA_HALF);
	}
	return -1;
}

/* The first address that user space cannot have. */
#ifdef __x86_64__
#define USER_END	0x7ffffffff000ul
#else
#define USER_END	0xffffe000ul
#endif

static int create(struct arena *arena, void *where, size_t size, int flags)
{
	int fd = memfd_create("arena", MFD_CLOEXEC);
	void *alias = MAP_FAILED;
	void *view = MAP_FAILED;

	if (fd < 0)
		return -1;
	flags |= MAP_SHARED | MAP_POPULATE;
	if (!ftruncate(fd, ARENA_SIZE)) {
		alias = mmap(NULL, ARENA_SIZE, PROT_READ | PROT_WRITE,
			     MAP_SHARED | MAP_POPULATE, fd, 0);
		view = mmap(where, size, PROT_READ | PROT_WRITE, flags, fd, 0);
	}
	close(fd);
	if (alias == MAP_FAILED || view == MAP_FAILED)
		return -1;
	arena->alias = alias;
	arena->view = view;
	return 0;
}

int arena_create(struct arena *arena)
{
	return create(arena, NULL, ARENA_SIZE, 0);
}

int arena_create_last(struct arena *arena)
{
	arena->border = true;
	return create(arena, (void *)(USER_END - ARENA_HALF), ARENA_HALF,
		      MAP_FIXED_NOREPLACE);
}

int arena_limit(struct arena *arena, enum access front, enum access back)
{
	arena->border = front != back;
	if (limit_half(arena->view, front))
		return -1;
	return limit_half(arena->view + ARENA_HALF, back);
}
