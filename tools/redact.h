/* SPDX-License-Identifier: GPL-2.0 */
/* Registers that tell one machine or one CPU from others of its kind. */
#ifndef TOOLS_REDACT_H
#define TOOLS_REDACT_H

#include "saved.h"

/* Bits of a register that redaction clears. */
u32 redact_mask(u32 function, u32 index, unsigned int reg);

void redact(struct saved *saved);

#endif /* TOOLS_REDACT_H */
