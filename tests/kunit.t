#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The KUnit suites in a build of the default kernel. Its points are what the
# kernel's own kunit.py has read from the machine's console.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/.."
scripts/setup kunit test
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

status=0
scripts/kunit --json="$tmp/results" >"$tmp/out" 2>&1 || status=$?
[[ -s $tmp/results ]] || echo '{}' >"$tmp/results"
jq -r '
	def points($path):
		(.test_cases[]? | [.status, ($path + [.name] | join(": "))]),
		(.sub_groups[]? | points($path + [.name]));
	[points([])] + [[if $status == "0" then "PASS" else "FAIL" end, "kunit.py is content"]]
	| to_entries[]
	| (.value[0] | if . == "PASS" or . == "SKIP" then "ok" else "not ok" end)
		+ " \(.key + 1) - \(.value[1] | gsub("#"; "\\#"))"
		+ (if .value[0] == "SKIP" then " # SKIP" else "" end)
' --arg status "$status" "$tmp/results" >"$tmp/points"
cat "$tmp/points"
((status == 0)) || sed 's/^/# /' "$tmp/out"
printf '1..%d\n' "$(wc -l <"$tmp/points")"
