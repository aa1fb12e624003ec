#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# 64- and 32-bit callers.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/../.."
exec scripts/vm-test -s "kasan${SERIES:+-$SERIES}" device
