/* SPDX-License-Identifier: GPL-2.0 */
/* A recorded host and its kernel. */
#ifndef CORPUS_MODEL_H
#define CORPUS_MODEL_H

#include <kvmcaps/host.h>

/**
 * model_host() - a host that answers as a recorded one did
 * @host: replaced: the first CPU of the dump
 * @dump: file, of any format of the tool
 * @changes: file of lines that replace the dump's; NULL for none
 * @knobs: words that change the model, with blanks between them; see model.c
 * @release: of the kernel and its KVM, KVMCAPS_RELEASE()
 */
void model_host(struct kvmcaps_host *host, const char *dump, const char *changes,
		const char *knobs, u16 release);

#endif /* CORPUS_MODEL_H */
