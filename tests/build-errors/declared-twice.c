// SPDX-License-Identifier: GPL-2.0
/* expects: initialized field overwritten */
#include <kvmcaps/declare.h>

const struct kvmcaps_decl kvmcaps_decls[NR_KVMCAPS_FEATURES] = {
	F(XMM3),
	EMULATED_F(XMM3),
};
