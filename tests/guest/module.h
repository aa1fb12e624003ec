/* SPDX-License-Identifier: GPL-2.0 */
/* The module itself, coming and going. */
#ifndef GUEST_MODULE_H
#define GUEST_MODULE_H

#define MODULE		"kvmcaps"

/* Loads what is open as @fd. 0, or -1 with errno. */
int module_insert(int fd);

/* Loads the file @path. 0, or -1 with errno. */
int module_load(const char *path);

/* 0, or -1 with errno; never waits for those who use it. */
int module_unload(void);

#endif
