/* SPDX-License-Identifier: GPL-2.0 */
/* The defects that Linux finds in a CPU and KVM tells guests of, by the part. */
#ifndef TOOLS_LINUX_DEFECT_H
#define TOOLS_LINUX_DEFECT_H

#include "linux_model.h"

/* Bits of the word KVMCAPS_W_BUG; @host has its flags. */
u32 linux_defects(const struct kvmcaps_host *host, const struct linux_evidence *seen);

#endif /* TOOLS_LINUX_DEFECT_H */
