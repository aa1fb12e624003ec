// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "fail.h"
#include "output.h"

void output_init(void)
{
	/* Room for any real answer: the one write is where errno is known. */
	static char buffer[1 << 18];

	setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
	/* A closed pipe is an error like others, with a message. */
	signal(SIGPIPE, SIG_IGN);
}

int output_finish(int status)
{
	bool failed;

	errno = 0;
	failed = ferror(stdout);
	if (fclose(stdout) || failed)
		return fail("cannot write the output: %s",
			    errno ? strerror(errno) : "write error");
	return status;
}
