/* SPDX-License-Identifier: GPL-2.0 */
/* The options and arguments by which commands say whose answer they are about. */
#ifndef TOOLS_ASK_H
#define TOOLS_ASK_H

#include "command.h"
#include "source.h"

/* Rows of a command's options. */
#define ASK_DEVICE	{ 'd', "device", "PATH", "ask this device (default: " DEVICE_KVMCAPS ")" }
#define ASK_HOST	\
	{ 'H', "host", "FILE", "the host in this file instead, - for standard input" }
#define ASK_RELEASE	{ 'R', "release", "X.Y", "as this release of KVM would answer" }
#define ASK_SET		{ 's', "set", "POLICY", "with these parameters of KVM, npt=0,nested=0" }
#define ASK_CPU		\
	{ 'c', "cpu", "N", "with --host: the CPU that answers (default: the first)" }

/* Their part of the usage line. */
#define ASK_TAKES "[--device PATH | --host FILE] [--release X.Y] [--set POLICY]"

/* Returns 0, or STATUS_TROUBLE after a message. source_close() follows either way. */
int ask_source(const struct command_line *line, struct source *source);

/*
 * The same of the arguments, each PATH or PATH@RELEASE, with --set and --cpu;
 * @sources are empty and as many.
 */
int ask_named(const struct command_line *line, struct source *sources);

#endif /* TOOLS_ASK_H */
