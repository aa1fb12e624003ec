#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The module beside the real kvm-amd, as tests/parity-amd.t, but for the number of
# machines, each of which takes minutes here: a rich one, and one whose leaves end
# early.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/../.."
exec scripts/parity -s "kasan${SERIES:+-$SERIES}" -j 1 -c '' \
	-m EPYC-Milan,+svm -m EPYC-Genoa,+svm,level=6
