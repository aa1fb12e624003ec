/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Random hosts: how many, and from which seed. The kernel's runner takes both
 * from parameters of the module, that of user space from the environment.
 */
#ifndef _KVMCAPS_KUNIT_ROUNDS_H
#define _KVMCAPS_KUNIT_ROUNDS_H

struct kunit_suite;

/* A suite's suite_init: starts the random numbers and prints their seed. */
int rounds_start(struct kunit_suite *suite);

/* As many of @most rounds as this runner has the time for, at least one. */
unsigned int rounds_most(unsigned int most);

#endif /* _KVMCAPS_KUNIT_ROUNDS_H */
