// SPDX-License-Identifier: GPL-2.0
/* expects: negative width in bit-field */
#include <kvmcaps/declare.h>

const struct kvmcaps_decl kvmcaps_decls[NR_KVMCAPS_FEATURES] = {
	ALIASED_1_EDX_F(AVX2),
};
