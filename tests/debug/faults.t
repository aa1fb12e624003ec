#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Failures of allocations and of copies.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/../.."
exec scripts/vm-test -s "kasan${SERIES:+-$SERIES}" faults
