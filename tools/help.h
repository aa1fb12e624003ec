/* SPDX-License-Identifier: GPL-2.0 */
/* Help, made from the tables of commands and options. */
#ifndef TOOLS_HELP_H
#define TOOLS_HELP_H

#include "command.h"

extern const struct command_option help_option;

/* Prints a command's help on stdout; returns STATUS_GOOD. */
int help_command(const struct command *command);

#endif /* TOOLS_HELP_H */
