// SPDX-License-Identifier: GPL-2.0
/* The size of an XSAVE area. */
#include <linux/kernel.h>
#include <kvmcaps/answer.h>

/* The legacy area and the header are always there. */
#define XSAVE_LEGACY	512
#define XSAVE_HEADER	64
/* x87 and SSE live in the legacy area; bit 63 is no state. */
#define EXTENDED_STATES	(~(BIT_ULL(0) | BIT_ULL(1) | BIT_ULL(63)))
#define ALIGNED		BIT(1)

/**
 * kvmcaps_xstate_bytes() - what XSAVE needs for a set of states
 * @caps: has sizes and offsets
 * @features: the set, numbered as in XCR0 and IA32_XSS
 * @compacted: the format of XSAVEC and XSAVES
 *
 * Source: SDM volume 1, 13.4; xstate_required_size().
 *
 * Return: bytes.
 */
u32 kvmcaps_xstate_bytes(const struct kvmcaps_caps *caps, u64 features, bool compacted)
{
	const struct kvmcaps_xstate *state;
	u32 bytes = XSAVE_LEGACY + XSAVE_HEADER;
	u32 offset;
	unsigned int i;

	features &= EXTENDED_STATES;
	for (i = 0; i < KVMCAPS_NR_XFEATURES; i++) {
		if (!(features & BIT_ULL(i)))
			continue;
		state = &caps->xstate[i];
		offset = state->offset;
		if (compacted)
			offset = state->flags & ALIGNED ? ALIGN(bytes, 64) : bytes;
		bytes = max(bytes, offset + state->size);
	}
	return bytes;
}
