/* SPDX-License-Identifier: GPL-2.0 */
/* Parts of faults. */
#ifndef GUEST_FAULTS_H
#define GUEST_FAULTS_H

#include "cpu.h"
#include "device.h"

/*
 * All of the device's calls, with their memory present and absent. It is open
 * and the caller on one CPU, by whose answers results are judged.
 */
void faults_calls(const struct device *dev);

/*
 * The file @module is loaded and unloaded, and a CPU comes online with it. It is
 * loaded before and afterwards; the caller runs on the first of the CPUs.
 */
void faults_loads(const char *path, const char *module, const struct cpus *cpus);

#endif
