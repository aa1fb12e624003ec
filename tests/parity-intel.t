#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Three of the models; make parity-intel has them all.
exec "$(dirname "$0")/../scripts/parity" -i -m sapphire_rapids -m corei7_skylake_x \
	-m core2_penryn_t9600 -c "" -c "clearcpuid=avx2,rdtscp,invpcid nopku"
