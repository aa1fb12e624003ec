/* SPDX-License-Identifier: GPL-2.0 */
#ifndef GUEST_ARRAY_H
#define GUEST_ARRAY_H

#define ARRAY_SIZE(x)	(sizeof(x) / sizeof((x)[0]))

#endif
