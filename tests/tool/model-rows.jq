# SPDX-License-Identifier: GPL-2.0
# The table of a CPU model of QEMU, from what qemu-model prints, as rows for
# pack-cpuid2: features from the emulator's registers, the rest from properties.
# Run it with --slurp.

def ascii_word: explode | reverse | reduce .[] as $c (0; . * 256 + $c);
def words($length): . + "\u0000" * ($length - length) |
	[range(0; $length; 4) as $at | .[$at:$at + 4] | ascii_word];
# Bit for bit, as jq has no "or" of numbers.
def ored: . as $all | reduce range(0; 32) as $bit (0;
	. + if any($all[]; ((. / pow(2; $bit) | floor) % 2) == 1) then pow(2; $bit) else 0 end);
def anded($mask): . as $value | reduce range(0; 32) as $bit (0;
	. + if (($value / pow(2; $bit) | floor) % 2) == 1 and
	      (($mask / pow(2; $bit) | floor) % 2) == 1 then pow(2; $bit) else 0 end);
def register: {"EAX": 0, "EBX": 1, "ECX": 2, "EDX": 3}[.];
def range_of: if . >= 3221225472 then 3221225472 elif . >= 2147483648 then 2147483648
	elif . >= 1073741824 then 1073741824 else 0 end;
def row($function; $index; $register; $value):
	{function: $function, index: $index, register: $register, value: $value};

.[0].return.model.props as $p |
# Sizes of XSAVE's states, and which there are, no property tells.
[.[1:][].return[] | row(.["cpuid-input-eax"]; .["cpuid-input-ecx"] // 0;
			.["cpuid-register"] | register; .features) |
 select(.value != 0 and (.function != 13 or (.index == 1 and .register == 0)))] as $features |
($p.vendor | words(12)) as $vendor |
# AMD's second place for features of leaf 1: APM volume 3, 80000001H:EDX.
[if $p.vendor == "AuthenticAMD" then
	row(2147483649; 0; 3; [$features[] | select(.function == 1 and .register == 3) | .value] |
	    ored | anded(25424895)) else empty end] +
[row(1; 0; 0; $p.stepping + $p.model % 16 * 16 + ($p.model / 16 | floor) * 65536 +
	      if $p.family > 15 then 3840 + ($p.family - 15) * 1048576 else $p.family * 256 end),
 row(0; 0; 0; $p.level), row(2147483648; 0; 0; $p.xlevel),
 row((0, 2147483648); 0; 1; $vendor[0]), row((0, 2147483648); 0; 3; $vendor[1]),
 row((0, 2147483648); 0; 2; $vendor[2]),
 if $p.xlevel2 > 0 then row(3221225472; 0; 0; $p.xlevel2) else empty end,
 if $p["level-func7"] > 0 then row(7; 0; 0; $p["level-func7"]) else empty end,
 if $p.lm then
	row(2147483656; 0; 0; [$p["phys-bits"], 40 | select(. > 0)][0] +
	    256 * if $p.la57 then 57 else 48 end) else empty end,
 ($p["model-id"] | words(48) | to_entries[] |
	row(2147483650 + (.key / 4 | floor); 0; .key % 4; .value)),
 if any($features[]; .function == 1073741825) then
	row(1073741824; 0; 0; 1073741825),
	("KVMKVMKVM" | words(12) | to_entries[] | row(1073741824; 0; .key + 1; .value))
	else empty end] + $features |
({"0": $p.level, "1073741824": 1073741825, "2147483648": $p.xlevel,
  "3221225472": $p.xlevel2}) as $last |
map(select(.function <= $last[.function | range_of | tostring])) |
group_by([.function, .index])[] | . as $entry |
[$entry[0].function, $entry[0].index,
 (if $entry[0].function | IN(7, 13, 18, 20, 36) then 1 else 0 end),
 (range(0; 4) as $r | [$entry[] | select(.register == $r) | .value] | ored)] | @tsv
