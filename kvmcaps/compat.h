/* SPDX-License-Identifier: GPL-2.0 */
/* Every kernel-version test of the project: the newest kernel's names on older ones. */
#ifndef _KVMCAPS_COMPAT_H
#define _KVMCAPS_COMPAT_H

#include <linux/sched.h>
#include <linux/version.h>
#include <asm/msr.h>
#include <asm/processor.h>

/* LINUX_VERSION_CODE and its release, as facts. */
#define KVMCAPS_RUNNING_KERNEL	LINUX_VERSION_CODE
#define KVMCAPS_RUNNING_RELEASE	\
	KVMCAPS_RELEASE(LINUX_VERSION_MAJOR, LINUX_VERSION_PATCHLEVEL)

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 16, 0)
#define rdmsrq_safe(msr, value)	rdmsrl_safe(msr, value)
#define wrmsrq_safe(msr, value)	wrmsrl_safe(msr, value)
#define x86_task_fpu(task)	(&(task)->thread.fpu)
#endif

#endif /* _KVMCAPS_COMPAT_H */
