/* SPDX-License-Identifier: GPL-2.0 */
/* Whether the comparison would notice. */
#ifndef GUEST_SELFTEST_H
#define GUEST_SELFTEST_H

/* The number of falsified answers that went unnoticed. */
int selftest(void);

#endif
