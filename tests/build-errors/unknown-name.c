// SPDX-License-Identifier: GPL-2.0
/* expects: 'KVMCAPS_F_AVX3' undeclared */
#include <kvmcaps/declare.h>

const struct kvmcaps_decl kvmcaps_decls[NR_KVMCAPS_FEATURES] = {
	F(AVX3),
};
