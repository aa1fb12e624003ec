/* SPDX-License-Identifier: GPL-2.0 */
/* The kernel of a recorded host. */
#ifndef CORPUS_MODEL_H
#define CORPUS_MODEL_H

#include <kvmcaps/host.h>

/**
 * model_kernel() - what a kernel would know of a CPU
 * @host: has CPUID; its facts are replaced
 * @knobs: words that change the model, with blanks between them; see model.c
 * @release: of the kernel and its KVM, KVMCAPS_RELEASE()
 *
 * The kernel is of 64 bits, with all of the CPU in use, VMX and
 * SVM with all they have, and KVM's parameters as KVM has them by default.
 */
void model_kernel(struct kvmcaps_host *host, const char *knobs, u16 release);

#endif /* CORPUS_MODEL_H */
