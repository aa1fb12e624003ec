/* SPDX-License-Identifier: GPL-2.0 */
/* Every kernel-version test of the project: the newest kernel's names on older ones. */
#ifndef _KVMCAPS_COMPAT_H
#define _KVMCAPS_COMPAT_H

#include <linux/cc_platform.h>
#include <linux/mm.h>
#include <linux/perf_event.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/version.h>
#include <asm/cpufeature.h>
#include <asm/msr.h>
#include <asm/perf_event.h>
#include <asm/processor.h>

/* LINUX_VERSION_CODE and its release, as facts. */
#define KVMCAPS_RUNNING_KERNEL	LINUX_VERSION_CODE
#define KVMCAPS_RUNNING_RELEASE	\
	KVMCAPS_RELEASE(LINUX_VERSION_MAJOR, LINUX_VERSION_PATCHLEVEL)

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 19, 0)
#define KVMCAPS_PERF_TELLS		true
#define kvmcaps_perf_tells(capability)	(perf_get_x86_pmu_capability(capability), true)
#define kvmcaps_perf_tells_lbr(lbr)	(x86_perf_get_lbr(lbr), true)
#else
/* Both are exported to KVM alone. */
#define KVMCAPS_PERF_TELLS		false
#define kvmcaps_perf_tells(capability)	((void)(capability), false)
#define kvmcaps_perf_tells_lbr(lbr)	((void)(lbr), false)
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 16, 0)
#define rdmsrq_safe(msr, value)	rdmsrl_safe(msr, value)
#define wrmsrq_safe(msr, value)	wrmsrl_safe(msr, value)
#define kvmcaps_task_fpu(task)	(&(task)->thread.fpu)
#else
#include <asm/cpuid/api.h>
/* x86_task_fpu(), which some configurations make a function of the kernel's own. */
#define kvmcaps_task_fpu(task)	((struct fpu *)((task) + 1))
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 9, 0)
/* No platform has what it has no name for. */
#define CC_ATTR_HOST_SEV_SNP	((enum cc_attr)~0)
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 7, 0)
static inline void *kvmemdup(const void *from, size_t size, gfp_t gfp)
{
	void *copy = kvmalloc(size, gfp);

	return copy ? memcpy(copy, from, size) : NULL;
}
#endif

/* Kernels from before a defect was known. */
#ifndef X86_BUG_GDS
#define X86_BUG_GDS	0x8000
#endif
#ifndef X86_BUG_RFDS
#define X86_BUG_RFDS	0x8000
#endif
#ifndef X86_BUG_ITS
#define X86_BUG_ITS	0x8000
#endif

/* Without the macro, kernel_flag.h says where hardware has the feature. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
/* Intel's virtual NMI, and not a feature of CPUID. */
#undef X86_FEATURE_VNMI
#endif

/* Set by the kernel too: where it looks for the flag, wherever that is. */
enum { KVMCAPS_KERNEL_LFENCE_RDTSC = X86_FEATURE_LFENCE_RDTSC };
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
#undef X86_FEATURE_LFENCE_RDTSC
#endif

#endif /* _KVMCAPS_COMPAT_H */
