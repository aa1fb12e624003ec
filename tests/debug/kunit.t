#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The KUnit suites as modules.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/../.."
exec scripts/kunit-tap scripts/kunit-modules -k "kasan${SERIES:+-$SERIES}" --
