#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The module beside the real kvm-amd, as tests/parity-amd.t.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/../.."
exec scripts/parity -s "kasan${SERIES:+-$SERIES}" -j 1
