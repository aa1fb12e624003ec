/* SPDX-License-Identifier: GPL-2.0 */
/* /dev/kvmcaps. */
#ifndef _KVMCAPS_CHARDEV_H
#define _KVMCAPS_CHARDEV_H

#include <linux/fs.h>

extern const struct file_operations kvmcaps_fops;

int kvmcaps_chardev_init(void);
void kvmcaps_chardev_exit(void);

#endif /* _KVMCAPS_CHARDEV_H */
