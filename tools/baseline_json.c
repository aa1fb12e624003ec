// SPDX-License-Identifier: GPL-2.0
/*
 * A pool for programs; docs/schema/baseline.schema.json has the shape. Members
 * may be added, any other change takes another number of the format.
 */
#include "baseline.h"
#include "bitname.h"
#include "fail.h"
#include "place.h"
#include "show.h"

#define FORMAT	1

static const char *const kinds[] = {
	[FIELD_EQUAL] = "equal",
	[FIELD_BITS] = "bit",
	[FIELD_INVERTED] = "inverted",
	[FIELD_LIMIT] = "limit",
};

static json_t *hosts_json(const struct pool_cost *cost)
{
	json_t *array = json_array();
	unsigned int i;

	for (i = 0; i < cost->nr; i++) {
		if (json_array_append_new(array, json_pack("{s:s, s:s}",
							   "host", cost->by[i].host,
							   "reason", cost->by[i].reason))) {
			json_decref(array);
			return NULL;
		}
	}
	return array;
}

static json_t *bit_json(const struct pool_loss *loss)
{
	struct bitname_reg names;

	bitname_find(loss->place->entry.function, loss->place->entry.index,
		     loss->part->field.reg, &names);
	return json_pack("{s:s, s:i, s:s?, s:s, s:s, s:n, s:n}",
			 "register", place_reg_keys[loss->part->field.reg],
			 "bit", (int)loss->bit,
			 "name", names.names[loss->bit],
			 "what", loss->part->field.row->what,
			 "why", loss->part->field.row->why,
			 "least", "most");
}

static json_t *limit_json(const struct pool_loss *loss)
{
	return json_pack("{s:s, s:n, s:n, s:s, s:s, s:I, s:I}",
			 "register", place_reg_keys[loss->part->field.reg],
			 "bit", "name",
			 "what", loss->part->field.row->what,
			 "why", loss->part->field.row->why,
			 "least", (json_int_t)loss->part->least,
			 "most", (json_int_t)loss->part->most);
}

static json_t *layout_json(void)
{
	return json_pack("{s:n, s:n, s:n, s:s, s:s, s:n, s:n}", "register", "bit", "name",
			 "what", "registers that all hosts must have alike",
			 "why", "a guest has made itself at home with them",
			 "least", "most");
}

static json_t *details_json(const struct pool_loss *loss)
{
	if (!loss->part)
		return layout_json();
	return loss->bit == MISS_ALL_BITS ? limit_json(loss) : bit_json(loss);
}

/**
 * struct losses - an array being made
 * @array: the array
 * @table: name of the table
 * @bad: there was no memory, or a name is not UTF-8
 */
struct losses {
	json_t *array;
	const char *table;
	bool bad;
};

static void add_loss(void *ctx, const struct pool_loss *loss)
{
	struct losses *losses = ctx;
	const struct kvm_cpuid_entry2 *entry = &loss->place->entry;
	json_t *details = details_json(loss);
	json_t *object;

	object = json_pack("{s:s, s:s, s:I, s:I, s:s, s:I, s:o}",
			   "table", losses->table,
			   "place", place_entry(entry).name,
			   "function", (json_int_t)entry->function,
			   "index", (json_int_t)entry->index,
			   "kind", kinds[loss->part ? loss->part->field.row->kind : FIELD_EQUAL],
			   "count", (json_int_t)loss->cost->count,
			   "hosts", hosts_json(loss->cost));
	losses->bad |= json_object_update(object, details);
	losses->bad |= json_array_append_new(losses->array, object);
	json_decref(details);
}

static json_t *losses_json(const struct pool *pool)
{
	struct losses losses = { .array = json_array(), .table = "supported" };

	pool_losses(&pool->supported, add_loss, &losses);
	losses.table = "emulated";
	pool_losses(&pool->emulated, add_loss, &losses);
	if (!losses.bad)
		return losses.array;
	json_decref(losses.array);
	return NULL;
}

int baseline_json(const struct baseline *baseline)
{
	json_t *root = json_pack("{s:i, s:I, s:I, s:o, s:o, s:o}", "format", FORMAT,
				 "hosts", (json_int_t)baseline->pool.nr_hosts,
				 "skipped", (json_int_t)baseline->skipped,
				 "supported", show_json_table(baseline->offer.supported),
				 "emulated", show_json_table(baseline->offer.emulated),
				 "lost", losses_json(&baseline->pool));

	if (!root)
		return fail("cannot make JSON of this: out of memory, or a name is not UTF-8");
	/* output_finish() finds what could not be written. */
	if (!json_dumpf(root, stdout, JSON_INDENT(2)))
		putchar('\n');
	json_decref(root);
	return STATUS_GOOD;
}
