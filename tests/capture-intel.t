#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The same with kvm-intel on one part, feature MSRs of VMX among it; make parity-capture
# has more, and parameters.
exec "$(dirname "$0")/../scripts/parity-capture" -i -q -m corei7_skylake_x
