// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "../source.h"
#include "complaint.h"

/**
 * struct libkvmcaps_host - a host out of a file
 * @source: it, with its tables
 */
struct libkvmcaps_host {
	struct source source;
};

/*
 * Readers are not made to go back where there is no memory: what they had stays
 * allocated then.
 */
static int open_source(struct source *source, const char *path,
		       const struct source_change *change, struct fail_sink *sink)
{
	if (setjmp(sink->memory))
		return -ENOMEM;
	sink->catches = true;
	if (!source_open_file(source, path, change))
		return 0;
	source_close(source);
	return sink->err ? -sink->err : -EINVAL;
}

int libkvmcaps_host_open(struct libkvmcaps_host **host, const char *path, const char *release,
			 const char *policy, int cpu, struct libkvmcaps_error *error)
{
	const struct source_change change = {
		.release = release,
		.policy = policy,
		.cpu = cpu,
		.like = -1,
	};
	struct libkvmcaps_host *new = calloc(1, sizeof(*new));
	struct complaint complaint;
	int err = -ENOMEM;

	*host = NULL;
	complaint_begin(&complaint, error);
	if (new)
		err = open_source(&new->source, path, &change, &complaint.sink);
	else
		fail("out of memory");
	complaint_end(&complaint);
	if (err)
		free(new);
	else
		*host = new;
	return err;
}

void libkvmcaps_host_close(struct libkvmcaps_host *host)
{
	if (!host)
		return;
	source_close(&host->source);
	free(host);
}

const struct kvm_cpuid2 *libkvmcaps_host_table(const struct libkvmcaps_host *host,
					       enum libkvmcaps_table which)
{
	return which == LIBKVMCAPS_EMULATED ? host->source.tables.emulated :
	       host->source.tables.supported;
}
