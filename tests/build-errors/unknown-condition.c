// SPDX-License-Identifier: GPL-2.0
/* expects: 'KVMCAPS_COND_NPT' undeclared */
#include <kvmcaps/rule.h>

const struct kvmcaps_rule rule = CLEAR(PKU, "", WHEN(UNLESS(NPT)));
