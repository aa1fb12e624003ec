// SPDX-License-Identifier: GPL-2.0
/* Builds: what is wrong with the others is what they say, and nothing else. */
#include <kvmcaps/declare.h>

const struct kvmcaps_decl kvmcaps_decls[NR_KVMCAPS_FEATURES] = {
	F(XMM3),
	ALIASED_1_EDX_F(FPU),
	F(AVX2, SINCE(6_12)),
};
