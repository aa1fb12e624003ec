#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The KUnit suites in a build of the default kernel. Its points are what the
# kernel's own kunit.py has read from the machine's console.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/.."
scripts/setup kunit test
exec scripts/kunit-tap scripts/kunit
