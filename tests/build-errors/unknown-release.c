// SPDX-License-Identifier: GPL-2.0
/* expects: 'KVMCAPS_REL_6_13' undeclared */
#include <kvmcaps/declare.h>

const struct kvmcaps_decl kvmcaps_decls[NR_KVMCAPS_FEATURES] = {
	F(XMM3, SINCE(6_13)),
};
