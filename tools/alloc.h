/* SPDX-License-Identifier: GPL-2.0 */
/* Memory, of which there is enough or the program ends with a message. */
#ifndef TOOLS_ALLOC_H
#define TOOLS_ALLOC_H

#include <stddef.h>

#include "printf.h"

/* Room for @nr elements; new memory is not zeroed. */
void *alloc_array(void *old, size_t nr, size_t size);
void *alloc_zeroed(size_t size);
char *alloc_copy(const char *text);
char *alloc_text(const char *format, ...) __printf(1, 2);

#endif /* TOOLS_ALLOC_H */
