/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory in two halves with different access, for structures that straddle
 * the border. The same pages are mapped twice: a test hands out addresses in
 * the view, and fills and inspects through the alias.
 */
#ifndef GUEST_ARENA_H
#define GUEST_ARENA_H

#include <stdbool.h>

#define ARENA_HALF	(4 * 4096)
#define ARENA_SIZE	(2 * ARENA_HALF)

enum access {
	ACCESS_RW,
	ACCESS_RO,
	ACCESS_NONE,	/* mapped with PROT_NONE */
	ACCESS_HOLE,	/* not mapped */
};

struct arena {
	unsigned char *view;
	unsigned char *alias;
	bool border;	/* the halves differ */
};

/* Writable throughout. 0, or -1 with errno. */
int arena_create(struct arena *arena);

/*
 * The back half is beyond the end of user space. 0, or -1 with errno: EEXIST if
 * something else is there.
 */
int arena_create_last(struct arena *arena);

/*
 * Sets the access of both halves. 0, or -1 with errno. A later mmap() may land
 * in a hole: all arenas must be there before the first one gets a hole.
 */
int arena_limit(struct arena *arena, enum access front, enum access back);

#endif
