/* SPDX-License-Identifier: GPL-2.0 */
/* What the module serves, as a caller finds it. */
#ifndef _KVMCAPS_KUNIT_SERVED_H
#define _KVMCAPS_KUNIT_SERVED_H

struct kvmcaps_answer;

/* To KVM_GET_SUPPORTED_CPUID, on the CPU that runs this. Return: 0, or that call's error. */
int served_answer(struct kvmcaps_answer *answer);

#endif /* _KVMCAPS_KUNIT_SERVED_H */
