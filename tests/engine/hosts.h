/* SPDX-License-Identifier: GPL-2.0 */
/* Synthetic hosts. */
#ifndef ENGINE_HOSTS_H
#define ENGINE_HOSTS_H

#include <kvmcaps/host.h>

/* Nothing but the release and an SVM vendor: all else is zero or off. */
void host_init(struct kvmcaps_host *host);
/* A register of raw CPUID, which is added as zero if it is not there. */
u32 *host_reg(struct kvmcaps_host *host, u32 function, u32 index, enum kvmcaps_reg reg);
void host_put(struct kvmcaps_host *host, u32 function, u32 index,
	      u32 eax, u32 ebx, u32 ecx, u32 edx);
/* The place of a word in raw CPUID. */
u32 *host_word(struct kvmcaps_host *host, enum kvmcaps_word word);

/* Switch one fact: raw CPUID, the kernel's flag, policy, enum kvmcaps_fact. */
void host_cpu(struct kvmcaps_host *host, unsigned int feature, bool on);
void host_kernel(struct kvmcaps_host *host, unsigned int feature, bool on);
void host_policy(struct kvmcaps_host *host, enum kvmcaps_policy policy, bool on);
void host_fact(struct kvmcaps_host *host, enum kvmcaps_fact fact, bool on);

/* The VMX of a recent part: all controls that KVM can use, EPT of five levels. */
void host_vmx(struct kvmcaps_host *host);

/* Random words, raw and the kernel's; nothing else of CPUID. */
void host_random_words(struct kvmcaps_host *host);
/* One of those that are reproduced. */
void host_random_release(struct kvmcaps_host *host);
/* Random facts but the words; the release stays. */
void host_random_facts(struct kvmcaps_host *host);
/* Facts a kernel cannot contradict: SVM's words of a 32-bit kernel and such. */
void host_make_sane(struct kvmcaps_host *host);

#endif /* ENGINE_HOSTS_H */
