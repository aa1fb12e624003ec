// SPDX-License-Identifier: GPL-2.0
/* expects: array index in initializer exceeds array bounds */
#include <kvmcaps/declare.h>

const struct kvmcaps_decl kvmcaps_decls[NR_KVMCAPS_FEATURES] = {
	F(IBRS),
};
