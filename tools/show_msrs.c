// SPDX-License-Identifier: GPL-2.0
/* Feature MSRs of KVM: for people a line each, for programs with their bits' reasons. */
#include <stdio.h>
#include <linux/bits.h>

#include "facts.h"
#include "fail.h"
#include "kvmmsr.h"
#include "show.h"

int show_msrs(const struct source *show)
{
	const struct kvmmsr *msr;
	unsigned int nr;
	u64 value;

	if (!show->caps)
		return fail("%s tells no facts of its host, from which feature MSRs follow",
			    show->name);
	for (nr = 0; (msr = kvmmsr_listed(show->host, show->caps, nr)); nr++) {
		kvmmsr_feature(show->host, show->caps, msr->number, &value);
		printf("0x%08x 0x%016llx %s%s\n", msr->number, (unsigned long long)value, msr->name,
		       kvmmsr_assumed(show->host, show->caps, msr->number) ? " (assumed)" : "");
	}
	return STATUS_GOOD;
}

/* Those that are set. Missing memory shows in the end, as jansson passes NULL on. */
static json_t *bits_json(const struct source *show, u32 msr, u64 value)
{
	json_t *bits = json_object();
	unsigned int bit;
	char number[8];

	for (bit = 0; bit < 64; bit++) {
		if (!(value & BIT_ULL(bit)))
			continue;
		snprintf(number, sizeof(number), "%u", bit);
		if (json_object_set_new(bits, number,
					json_string(kvmmsr_why(show->host, show->caps, msr,
							       bit).text))) {
			json_decref(bits);
			return NULL;
		}
	}
	return bits;
}

/* In hexadecimal, as many a reader of JSON has no integers of 64 bits. */
static json_t *msr_json(const struct source *show, const struct kvmmsr *msr)
{
	char text[24];
	u64 value;

	kvmmsr_feature(show->host, show->caps, msr->number, &value);
	snprintf(text, sizeof(text), "0x%016llx", (unsigned long long)value);
	return json_pack("{s:I, s:s, s:s, s:b, s:o}", "msr", (json_int_t)msr->number,
			 "name", msr->name, "value", text,
			 "assumed", kvmmsr_assumed(show->host, show->caps, msr->number),
			 "bits", bits_json(show, msr->number, value));
}

json_t *show_msrs_json(const struct source *show)
{
	json_t *array = json_array();
	const struct kvmmsr *msr;
	unsigned int nr;

	if (!show->caps) {
		json_decref(array);
		return json_null();
	}
	for (nr = 0; (msr = kvmmsr_listed(show->host, show->caps, nr)); nr++) {
		if (json_array_append_new(array, msr_json(show, msr))) {
			json_decref(array);
			return NULL;
		}
	}
	return array;
}
