#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# One host of many: make parity-capture has them all.
exec "$(dirname "$0")/../scripts/vm-test" capture
