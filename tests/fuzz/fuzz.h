/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the fuzzers share: messages are judged instead of printed, and what a
 * reader takes is asked for its answer.
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <linux/types.h>

#include "format.h"

/* What messages call the input. */
#define FUZZ_NAME	"input"

/* What libFuzzer calls; each program has its own. */
int fuzz_one_input(const u8 *data, size_t size);

/* A copy that ends with a NUL, to free(). */
char *fuzz_text(const u8 *data, size_t size);

/* The same as a file that was read, to input_close(). */
struct input fuzz_input(const u8 *data, size_t size);

/* Ends the program, which libFuzzer takes for a crash, unless @good. */
void fuzz_expect(bool good, const char *what);

/*
 * There is one message if and only if @err says so. It begins with @prefix and
 * is fit for a terminal, unless that is NULL: then it is of the user's own words.
 */
void fuzz_expect_message(int err, const char *prefix);

/* Reads a file in all ways, and computes KVM's answer on the host that it is. */
void fuzz_read(const struct format *format, const struct input *in);

#endif /* FUZZ_FUZZ_H */
