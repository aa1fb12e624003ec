// SPDX-License-Identifier: GPL-2.0
/*
 * Rules of kvm-intel. There are none yet, so that on an Intel host the answer
 * is that of KVM's common code; kvmcaps_host_assume() marks it as such.
 */
#include <kvmcaps/rule.h>

const struct kvmcaps_rules kvmcaps_rules_vmx = { 0 };
