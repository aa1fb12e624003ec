/* SPDX-License-Identifier: GPL-2.0 */
/* The parts of the device's contract, each a list of tests. */
#ifndef GUEST_ABI_H
#define GUEST_ABI_H

#include "device.h"

void abi_cpuid(const struct device *dev);
void abi_host(const struct device *dev);

#endif
