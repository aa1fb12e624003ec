/* SPDX-License-Identifier: GPL-2.0 */
/* libvirt's names of features, as data. */
#ifndef TOOLS_LIBVIRT_NAME_H
#define TOOLS_LIBVIRT_NAME_H

#include "bitname.h"

extern const struct bitname_reg libvirt_names[];
extern const unsigned int nr_libvirt_names;

/* The model of which QEMU and libvirt presume least, and what it brings along. */
#define LIBVIRT_BASE	"qemu64"

extern const char *const libvirt_base[];
extern const unsigned int nr_libvirt_base;

#endif /* TOOLS_LIBVIRT_NAME_H */
