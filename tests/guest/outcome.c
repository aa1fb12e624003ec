// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include "outcome.h"

bool outcome_differs(const struct outcome *a, const struct outcome *b,
		     struct difference *diff)
{
	diff->in_reply = !reply_equal(a->reply, b->reply);
	diff->at = 0;
	if (diff->in_reply)
		return true;
	if (!a->has_memory || !memcmp(a->window, b->window, WINDOW))
		return false;
	while (a->window[diff->at] == b->window[diff->at])
		diff->at++;
	return true;
}

static __u32 word_at(const struct outcome *o, size_t at)
{
	__u32 word;

	memcpy(&word, o->window + at, sizeof(word));
	return word;
}

static void describe_entry(const struct outcome *a, const struct outcome *b,
			   size_t offset, char *text, size_t size)
{
	static const char * const members[] = {
		"function", "index", "flags", "eax", "ebx", "ecx", "edx",
		"padding[0]", "padding[1]", "padding[2]",
	};
	size_t nr = (offset - HEAD_SIZE) / ENTRY_SIZE;
	size_t entry = GUARD + HEAD_SIZE + nr * ENTRY_SIZE;
	size_t member = (offset - HEAD_SIZE) % ENTRY_SIZE / 4;

	snprintf(text, size,
		 "offset %zu, entry %zu, leaf %x.%x | %x.%x, %s %08x | %08x",
		 offset, nr, word_at(a, entry), word_at(a, entry + 4),
		 word_at(b, entry), word_at(b, entry + 4), members[member],
		 word_at(a, entry + 4 * member),
		 word_at(b, entry + 4 * member));
}

/* A wrong count says little: adds the first entry that differs, if any. */
static void describe_header(const struct outcome *a, const struct outcome *b,
			    size_t offset, char *text, size_t size)
{
	const size_t word = offset & ~(size_t)3;
	int n = snprintf(text, size, "%s %u | %u",
			 word ? "header padding" : "nent",
			 word_at(a, GUARD + word), word_at(b, GUARD + word));

	for (offset = HEAD_SIZE; offset < sizeof(struct answer); offset++)
		if (a->window[GUARD + offset] != b->window[GUARD + offset])
			break;
	if (offset == sizeof(struct answer) || (size_t)n + 2 >= size)
		return;
	text[n++] = ',';
	text[n++] = ' ';
	describe_entry(a, b, offset, text + n, size - n);
}

static void describe_memory(const struct outcome *a, const struct outcome *b,
			    size_t at, char *text, size_t size)
{
	size_t offset = at - GUARD;

	if (at < GUARD)
		snprintf(text, size, "guard %zu bytes before: %02x | %02x",
			 GUARD - at, a->window[at], b->window[at]);
	else if (offset >= sizeof(struct answer))
		snprintf(text, size, "guard %zu bytes behind: %02x | %02x",
			 offset - sizeof(struct answer), a->window[at],
			 b->window[at]);
	else if (offset >= HEAD_SIZE)
		describe_entry(a, b, offset, text, size);
	else
		describe_header(a, b, offset, text, size);
}

void outcome_describe(const struct outcome *a, const struct outcome *b,
		      const struct difference *diff, char *text, size_t size)
{
	int n = snprintf(text, size, "%s | %s", reply_name(a->reply),
			 reply_name(b->reply));

	if (diff->in_reply || n < 0 || (size_t)n + 2 >= size)
		return;
	text[n++] = ',';
	text[n++] = ' ';
	describe_memory(a, b, diff->at, text + n, size - n);
}
