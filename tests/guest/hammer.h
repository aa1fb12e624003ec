/* SPDX-License-Identifier: GPL-2.0 */
/* Phases of the hammer. */
#ifndef GUEST_HAMMER_H
#define GUEST_HAMMER_H

#define NR_THREADS	8

/* All ioctls from all sides for @seconds, while CPUs come and go. */
void storm(const char *path, int seconds);

/*
 * The module comes and goes @loads times under fire; @path is its device and
 * @module its file. It must be loaded before, and is loaded afterwards.
 */
void reload(const char *path, const char *module, int loads);

#endif
