// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <linux/kernel.h>

#include "alloc.h"
#include "fail.h"
#include "input.h"

#define STDIN_NAME	"standard input"
#define FIRST_ROOM	65536u

/**
 * struct reader - a file that is coming in
 * @fd: it
 * @text: what has come, with room for a NUL
 * @size: how much that is
 * @room: how much @text can hold besides the NUL
 */
struct reader {
	int fd;
	char *text;
	size_t size;
	size_t room;
};

/* Of a file the size is known, and one more byte finds its end. */
static size_t first_room(int fd)
{
	struct stat st;

	if (fstat(fd, &st) || !S_ISREG(st.st_mode) || st.st_size < FIRST_ROOM)
		return FIRST_ROOM;
	return min_t(size_t, st.st_size, INPUT_MAX) + 1;
}

static int fill(struct reader *reader)
{
	ssize_t got;

	for (;;) {
		if (reader->size > INPUT_MAX)
			return -EFBIG;
		if (reader->size == reader->room || !reader->text) {
			reader->room = reader->text ? 2 * reader->room : first_room(reader->fd);
			reader->text = alloc_array(reader->text, reader->room + 1, 1);
		}
		got = read(reader->fd, reader->text + reader->size, reader->room - reader->size);
		if (got < 0 && errno != EINTR)
			return -errno;
		if (!got)
			return 0;
		if (got > 0)
			reader->size += got;
	}
}

/* A device such as /dev/cpu/0/cpuid has no end. */
static bool is_endless(int fd)
{
	struct stat st;

	return !fstat(fd, &st) && S_ISCHR(st.st_mode) && !isatty(fd);
}

static int take(struct input *in, int fd)
{
	struct reader reader = { .fd = fd };
	int err;

	if (is_endless(fd))
		return input_fail(in, 0, "a device, of which only a copy can be read");
	err = fill(&reader);
	if (err) {
		free(reader.text);
		if (err == -EFBIG)
			return input_fail(in, 0, "more than %u MiB", INPUT_MAX >> 20);
		return fail_errno(-err, "%s", in->path);
	}
	reader.text[reader.size] = '\0';
	in->text = reader.text;
	in->size = reader.size;
	return STATUS_GOOD;
}

int input_open(struct input *in, const char *path)
{
	int fd, err;

	*in = (struct input){ .path = path };
	if (!strcmp(path, "-")) {
		in->path = STDIN_NAME;
		return take(in, STDIN_FILENO);
	}
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fail_errno(errno, "%s", path);
	err = take(in, fd);
	close(fd);
	return err;
}

void input_close(struct input *in)
{
	free((char *)in->text);
	*in = (struct input){};
}

bool input_next(const struct input *in, struct input_line *line)
{
	const char *end = in->text + in->size;
	const char *at = line->text ? line->text + line->len : in->text;
	const char *stop;

	/* Behind the end of the line before. */
	if (line->text && *at == '\r' && line->ended)
		at++;
	at += line->text && line->ended;
	if (at == end)
		return false;
	stop = memchr(at, '\n', end - at);
	line->ended = stop;
	stop = stop ? stop : end;
	line->len = stop - at;
	if (line->ended && line->len && stop[-1] == '\r')
		line->len--;
	line->text = at;
	line->number++;
	return true;
}

unsigned int input_number(const struct input *in, const char *at)
{
	struct input_line line = {};

	while (input_next(in, &line)) {
		if (at <= line.text + line.len)
			break;
	}
	return line.number;
}

int input_fail(const struct input *in, unsigned int line, const char *format, ...)
{
	char why[256];
	va_list args;

	va_start(args, format);
	vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	if (!line)
		return fail("%s: %s", in->path, why);
	return fail("%s:%u: %s", in->path, line, why);
}

struct input_quote input_quote(const char *text, size_t len)
{
	struct input_quote quote;
	size_t i;

	for (i = 0; i < len && i < sizeof(quote.text) - 1; i++)
		quote.text[i] = text[i] < ' ' || text[i] > '~' ? '?' : text[i];
	quote.text[i] = '\0';
	return quote;
}
