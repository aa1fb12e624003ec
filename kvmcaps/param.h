/* SPDX-License-Identifier: GPL-2.0 */
/* Module parameters. */
#ifndef _KVMCAPS_PARAM_H
#define _KVMCAPS_PARAM_H

#include <linux/types.h>

int kvmcaps_param_check(void);
u16 kvmcaps_param_release(void);
u16 kvmcaps_param_mode(void);
u32 kvmcaps_param_policy(void);
bool kvmcaps_param_assume(void);

#endif /* _KVMCAPS_PARAM_H */
