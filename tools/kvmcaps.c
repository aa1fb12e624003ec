// SPDX-License-Identifier: GPL-2.0
/* kvmcaps: which CPUID would KVM offer to a guest here. */
#include <stddef.h>

#include "command.h"
#include "output.h"

const struct command *const commands[] = {
	&command_show,
	&command_explain,
	&command_compare,
	&command_baseline,
	&command_report,
	&command_supported,
	&command_models,
	&command_guest,
	&command_capture,
	&command_releases,
	&command_completion,
	&command_help,
	&command_version,
	NULL
};

int main(int argc, char **argv)
{
	output_init();
	return output_finish(command_run(argc, argv));
}
