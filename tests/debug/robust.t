#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Threads, CPUs and loads.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/../.."
exec scripts/vm-test -s "kasan${SERIES:+-$SERIES}" robust
