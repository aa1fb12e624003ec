# SPDX-License-Identifier: GPL-2.0
# The registry, a model or a word on a line, out of what scripts/qemu-registry
# has asked. Given: known, bits, depend (features that need another one), needed
# (the other ones), same, tcg and kvm (expansions), caches.

# Feature words in QEMU's order, by what QEMU calls them in a warning.
def words: [
	["1.EDX", "01 EDX"], ["1.ECX", "01 ECX"], ["7.0.EBX", "07 EBX"], ["7.0.ECX", "07 ECX"],
	["7.0.EDX", "07 EDX"], ["7.1.EAX", "07 EAX"], ["80000001.EDX", "80000001 EDX"],
	["80000001.ECX", "80000001 ECX"], ["80000007.EBX", "80000007 EBX"],
	["80000007.EDX", "80000007 EDX"], ["80000008.EBX", "80000008 EBX"],
	["80000021.EAX", "80000021 EAX"], ["80000021.EBX", "80000021 EBX"],
	["80000022.EAX", "80000022 EAX"], ["C0000001.EDX", "C0000001 EDX"],
	["40000001.EAX", "40000001 EAX"], ["40000001.EDX", "40000001 EDX"],
	["8000000A.EDX", "8000000A EDX"], ["D.1.EAX", "0D EAX"], ["6.EAX", "06 EAX"],
	["arch-capabilities", "10A"], ["core-capability", "CF"], ["perf-capabilities", "345"],
	["vmx-procbased-ctls", "48E"], ["vmx-secondary-ctls", "48B"],
	["vmx-pinbased-ctls", "48D"], ["vmx-exit-ctls", "48F"], ["vmx-entry-ctls", "490"],
	["vmx-misc", "485"], ["vmx-ept-vpid-caps", "48C"], ["vmx-basic", "480"],
	["vmx-vmfunc", "491"], ["14.0.ECX", "14 ECX"], ["12.0.EAX", "12 EAX"],
	["12.0.EBX", "12 EBX"], ["12.1.EAX", "12 EAX"], ["7.1.EDX", "07 EDX"],
	["7.2.EDX", "07 EDX"], ["24.0.EBX", "24 EBX"]];

# A warning does not tell the index. But words come in order, and so do bits.
def runs: reduce .[] as $bit ([];
	if length > 0 and .[-1].at == $bit.at and .[-1].bits[-1].bit < $bit.bit
	then .[-1].bits += [$bit] else . + [{at: $bit.at, bits: [$bit]}] end);
# The second of two that are called alike gets another number than the first.
def number(at): [foreach .[] as $one ({seen: {}}; .seen[$one | at] += 1 |
	.out = {key: "\($one | at) \(.seen[$one | at])", one: $one}; .out)];

def hex: if . < 16 then "0123456789ABCDEF"[.:. + 1] else (. / 16 | floor | hex) + (. % 16 | hex) end;
def place: [.function, .index, .register] | map(values | if type == "number" then hex else . end) | join(".");

def only($names): . as $all | $names | map({(.): $all[.]}) | add // {};
def changed($base): with_entries(select(.key as $key | .value != $base[$key]));
def lines: map("\t\t" + tojson) | join(",\n");
def members: to_entries | map("\t\t\(.key | tojson): \(.value | tojson)") | join(",\n");
def version: capture("^(?<of>.*)-v(?<nr>[0-9]+)$");

$known[0] as $known | $known.features as $features |

# Names of bits: {word: {name: [bit, ...]}}
(words | number(.[1]) | map({(.key): .one[0]}) | add) as $word_at |
([$bits | split("\n")[] | split(" ") | select(length > 1) |
  {at: (.[0:-2] | map(select(. != "")) | join(" ")), name: .[-2], bit: (.[-1] | tonumber)}] |
 runs | number(.at) | map(.key as $key | .one.bits[] |
	{word: ($word_at[$key] // error("no word for \($key)")), name, bit})) as $warned |
($warned + [$told[] | {word: place, name, bit}]) as $all_bits |
($features - ($all_bits | map(.name)) | if length > 0 then error("unknown bits: \(.)") else . end) |
(words | map(.[0] as $word | [$all_bits[] | select(.word == $word)] | sort_by(.bit) |
	{key: $word, value: (reduce .[] as $bit ({}; .[$bit.name] += [$bit.bit]) |
			     map_values(if length == 1 then .[0] else . end))} |
	select(.value != {})) | from_entries) as $names |
# In the order of QEMU's lists.
($names | map(keys_unsorted[])) as $ordered |

# Other names: what switches something else on as well.
([$known.listed[] | {key: .name, value: .}] | from_entries) as $listed |
([$same[] | .name as $name | select($features | index([$name]) | not) |
  {key: $name, value: ([.got | changed($known.base) | to_entries[] |
			select(.value == true and .key != $name) | .key] |
		       (. - (. - $features))[0] // .[0])} |
  # Of two that do the same, one is enough.
  select(.value != null and ((.value as $value | $features | index([$value])) or .key < .value))] |
 from_entries) as $switches |
($switches + ([$known.base | keys_unsorted[] | select(contains("_") and $switches[.] == null) |
  {key: ., value: gsub("_"; "-")}] | from_entries)) as $aliases |

# What QEMU settles only when it has all features.
(["level", "level-func7", "xlevel", "xlevel2"]) as $settled |
# Properties that are neither.
($known.base | keys - $features - ($aliases | keys)) as $others |
($others | map({(.): {type: ($listed[.].type // "bool"),
		      default: (if IN($settled[]) then $listed[.]["default-value"]
				else $known.base[.] end)}}) | add) as $properties |

(["min-level", "min-xlevel", "min-xlevel2"]) as $least |
($depend[0] - ($depend[0] - $needed)) as $both |
def merged: reduce .[] as $one ({};
	if $one.as == "is" then .[$one.model] += ($one.got | only($features - $depend[0])) +
		($one.got | only($others - $settled - $least)) +
		($one.got | with_entries(select(.key as $key | $known.base | has($key) | not)))
	elif $one.as == "bare" then .[$one.model] += ($one.got | only($least))
	elif $one.as == "on" then .[$one.model] += ($one.got | only($depend[0] - $both))
	else .[$one.model] += ($one.got | only([$one.as])) end);
($tcg | merged) as $tcg | ($kvm | merged) as $kvm |
([$known.models[] | select((.["alias-of"] == null) and (.name | version)) | .name]) as $named |
# What an accelerator sets in each of them, the other one leaves alone.
([$features[], $others[] | . as $name | select(any($named[]; $tcg[.][$name] != $kvm[.][$name]))]) as $touched |
($touched | map(. as $name | select([$named[] | $kvm[.][$name]] | unique | length == 1))) as $by_kvm |
($touched - $by_kvm | map(. as $name | select([$named[] | $tcg[.][$name]] | unique | length != 1)) |
 if length > 0 then error("both accelerators change \(.)") else . end) |
($named | map({(.): ($tcg[.] + ($kvm[.] | only($touched - $by_kvm)))}) | add) as $raw |
($properties | map_values(.default)) as $base |
def own: only($others - $settled) | changed($base) |
	with_entries(select(.value != null));
def has_features: . as $all | $ordered | map(select($all[.] == true));


def marks: {deprecated, static, "migration-safe": .["migration-safe"]} | with_entries(select(.value));
def parent: .typename as $type | [$known.types[] | select(.name == $type) | .parent][0] |
	if . == "x86_64-cpu" then . else sub("-x86_64-cpu$"; "") end;
def some($key; $value): if ($value | length) > 0 then {($key): $value} else {} end;
def before: version | "\(.of)-v\((.nr | tonumber) - 1)";
# A version is what it changes of the one before.
def contents($name): $raw[$name] as $new | ($raw[$name | before]) as $old |
	($new | has_features) as $has | ($old // {} | has_features) as $had |
	if $old then {after: ($name | before)} + some("add"; $has - $had | join(" ")) +
		     some("drop"; $had - $has | join(" ")) +
		     some("props"; $new | only($others - $settled) | changed($old))
	else {features: ($has | join(" "))} + some("props"; $new | own) end +
	(if $caches[0][$name] and $caches[0][$name] != $caches[0][$name | before]
	 then {caches: $caches[0][$name]} else {} end);
# What they are is the host's, and was this one's.
def unnamed($name): some("props"; $tcg[$name] | with_entries(select(.key as $key |
	.value == $kvm[$name][$key] and .value != $base[$key] and
	(["vendor", "family", "model", "stepping", "model-id"] + $features + $least |
	 index([$key]) | not))));

[$known.models[] | {name, parent: parent} +
 (if .["alias-of"] then {"alias-of": .["alias-of"]} else {} end) + marks +
 if .["alias-of"] then {} elif $raw[.name] then contents(.name) else unnamed(.name) end] as $models |

"{", "\t\"$comment\": \"SPDX-License-Identifier: GPL-2.0\",",
"\t\"format\": 1,", "\t\"qemu\": \($known.qemu | tojson),",
"\t\"words\": {", ($names | members), "\t},",
"\t\"aliases\": {", ($aliases | members), "\t},",
"\t\"properties\": {", ($properties | members), "\t},",
"\t\"kvm\": \($by_kvm - ["vendor"] | map({(.): $kvm[$named[0]][.]}) | add | tojson),",
"\t\"models\": [", ($models | lines), "\t]", "}"
