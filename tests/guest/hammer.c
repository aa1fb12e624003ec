// SPDX-License-Identifier: GPL-2.0
/*
 * hammer DEVICE MODULE.ko [SECONDS [LOADS]]: whether the module survives being
 * used from all sides while CPUs, and then the module itself, come and go.
 */
#include <stdio.h>
#include <stdlib.h>

#include "hammer.h"
#include "tap.h"

int main(int argc, char **argv)
{
	int seconds = argc > 3 ? atoi(argv[3]) : 10;
	int loads = argc > 4 ? atoi(argv[4]) : 100;

	if (argc < 3 || argc > 5 || seconds < 0 || loads < 0) {
		fprintf(stderr,
			"usage: hammer DEVICE MODULE.ko [SECONDS [LOADS]]\n");
		return 2;
	}
	if (seconds)
		storm(argv[1], seconds);
	if (loads)
		reload(argv[1], argv[2], loads);
	return tap_done();
}
