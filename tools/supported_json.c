// SPDX-License-Identifier: GPL-2.0
/* One register for programs: docs/schema/supported.schema.json. */
#include <linux/bits.h>

#include "fail.h"
#include "place.h"
#include "qemu/options.h"
#include "show.h"
#include "supported.h"

#define FORMAT	1

/* Missing memory shows in the end, as jansson passes NULL on. */
static json_t *change_json(const struct supported *of, unsigned int bit, const char *name)
{
	return json_pack("{s:i, s:s?, s:b, s:s}",
			 "bit", bit,
			 "name", name,
			 "qemu_has_it", !!(of->value & BIT(bit)),
			 "reason", of->why[bit]->reason);
}

static json_t *changes_json(const struct supported *of, const struct bitname_reg *names)
{
	json_t *array = json_array();
	unsigned int bit;

	for (bit = 0; bit < 32; bit++) {
		if (of->why[bit] &&
		    json_array_append_new(array, change_json(of, bit, names->names[bit]))) {
			json_decref(array);
			return NULL;
		}
	}
	return array;
}

int supported_json(const struct supported *of, const struct qemu_accel *accel)
{
	struct bitname_reg names;
	json_t *root;

	bitname_find(of->function, of->index, of->reg, &names);
	root = json_pack("{s:i, s:s, s:o, s:I, s:I, s:s, s:I, s:I, s:o, s:o}",
			 "format", FORMAT,
			 "device", accel->source->name,
			 "machine", qemu_options_json(accel->machine),
			 "function", (json_int_t)of->function,
			 "index", (json_int_t)of->index,
			 "register", place_reg_keys[of->reg],
			 "value", (json_int_t)of->value,
			 "kvm", (json_int_t)of->kvm,
			 "features", show_json_bits(of->value, &names),
			 "changes", changes_json(of, &names));
	if (!root)
		return fail("cannot make JSON of this: out of memory, or %s is not UTF-8",
			    accel->source->name);
	/* output_finish() finds what could not be written. */
	if (!json_dumpf(root, stdout, JSON_INDENT(2)))
		putchar('\n');
	json_decref(root);
	return STATUS_GOOD;
}
