# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
# TAP for scripts, in a test machine or outside. Source it; plan when done. Who has
# a directory of its own in tmp is not disturbed by others.

points=0

# point STATUS NAME: a test point, which passed if STATUS is 0.
point() {
	points=$((points + 1))
	if [ "$1" = 0 ]; then
		echo "ok $points - $2"
	else
		echo "not ok $points - $2"
	fi
}

# check NAME COMMAND...: a point that passes if the command succeeds; what it
# prints shows only if it does not.
check() {
	name=$1
	shift
	"$@" >"${tmp:-/tmp}/check" 2>&1
	status=$?
	point $status "$name"
	[ $status = 0 ] || sed 's/^/# /' "${tmp:-/tmp}/check"
}

# gives STATUS TEXT COMMAND...: whether it exits so, and says that among others.
gives() {
	status=$1 text=$2
	shift 2
	"$@" >"${tmp:-/tmp}/gives" 2>&1
	got=$?
	cat "${tmp:-/tmp}/gives"
	echo "status $got, expected $status and: $text"
	[ $got = "$status" ] && grep -qF -- "$text" "${tmp:-/tmp}/gives"
}

# takes_in FILE: adds the points of a program's own TAP, renumbered.
takes_in() {
	before=$points
	points=$((points + $(grep -c '^\(not \)\?ok ' "$1")))
	awk -v n="$before" '
		/^(not )?ok / { sub(/ok [0-9]*/, "ok " ++n) }
		!/^1\.\.[0-9]/ && !/^TAP version/ { print }' "$1"
	# A program that died before its plan was fulfilled must not pass.
	plan=$(sed -n 's/^1\.\.\([0-9]*\).*/\1/p' "$1")
	[ "$plan" = $((points - before)) ]
	point $? "all of its points were reached"
}

plan() {
	echo "1..$points"
}
