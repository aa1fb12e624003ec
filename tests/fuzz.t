#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The fuzzers: their seeds, and a second of new inputs each. "make fuzz" has more.
cd "$(dirname "$(realpath "$0")")/.." || exit
. tests/vm/tap.sh
scripts/setup build tools fuzz

# A fuzzer that cannot find anything would pass, too.
finds_a_crash() {
	local dir
	dir=$(mktemp -d) || return
	cat >"$dir/fuzz.c" <<-'END'
	int LLVMFuzzerTestOneInput(const unsigned char *data, unsigned long size)
	{
		return size > 3 && data[0] == 'C' && data[1] == 'P' && data[2] == 'U' ?
		       data[size] : 0;
	}
	END
	clang-19 -g -fsanitize=fuzzer,address,undefined -o "$dir/fuzz" "$dir/fuzz.c" &&
		! "$dir/fuzz" -max_total_time=60 -artifact_prefix="$dir/" >"$dir/log" 2>&1 &&
		grep 'heap-buffer-overflow' "$dir/log"
	status=$?
	rm -rf "$dir"
	return $status
}

check "the fuzzers can be built" make -s -j "$(nproc)" -C tests/fuzz O="$PWD/build/fuzz"
check "they find a read beyond the end" finds_a_crash
for fuzzer in $(make -s -C tests/fuzz list); do
	check "$fuzzer: seeds and what was found before" scripts/fuzz -r "$fuzzer"
	check "$fuzzer: new inputs" scripts/fuzz -s 1 "$fuzzer"
done
plan
