// SPDX-License-Identifier: GPL-2.0
/*
 * libkvmcaps on a KVM that is made up, and on saved hosts. The sequences of room
 * are those of QEMU: it begins with one entry and doubles while KVM says E2BIG,
 * or has filled what there was.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>
#include <libkvmcaps.h>

#include "fakekvm.h"
#include "suite.h"

#define HOSTS	"tests/tool/hosts/"

static struct libkvmcaps_error error;

static struct libkvmcaps_device *open_fake(void)
{
	struct libkvmcaps_device *device;

	check(!libkvmcaps_device_open(&device, FAKEKVM_PATH, &error), "%s", error.text);
	return device;
}

static void reset(__u32 entries)
{
	fakekvm = (struct fakekvm){ .version = KVM_API_VERSION, .entries = entries };
	*error.text = '\0';
}

static void the_room_grows_as_qemu_has_it(void **state)
{
	static const struct {
		__u32 entries;
		__u32 last;
	} rows[] = {
		{ 0, 1 }, { 1, 2 }, { 2, 4 }, { 31, 32 }, { 32, 64 }, { 33, 64 }, { 256, 512 },
	};
	const struct kvm_cpuid2 *table, *again;
	struct libkvmcaps_device *device;
	unsigned int i, call;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		reset(rows[i].entries);
		device = open_fake();
		assert_int_equal(libkvmcaps_device_table(device, LIBKVMCAPS_SUPPORTED, &table,
							 &error), 0);
		assert_int_equal(table->nent, rows[i].entries);
		for (call = 0; call < fakekvm.nr_calls; call++) {
			assert_int_equal(fakekvm.room[call], 1u << call);
			assert_int_equal(fakekvm.command[call], KVM_GET_SUPPORTED_CPUID);
		}
		assert_int_equal(fakekvm.room[fakekvm.nr_calls - 1], rows[i].last);
		call = fakekvm.nr_calls;
		assert_int_equal(libkvmcaps_device_table(device, LIBKVMCAPS_SUPPORTED, &again,
							 NULL), 0);
		assert_ptr_equal(again, table);
		assert_int_equal(fakekvm.nr_calls, call);
		assert_int_equal(libkvmcaps_device_table(device, LIBKVMCAPS_EMULATED, &again,
							 NULL), 0);
		assert_int_equal(fakekvm.command[call], KVM_GET_EMULATED_CPUID);
		assert_ptr_not_equal(again, table);
		libkvmcaps_device_close(device);
	}
}

static void a_table_is_looked_up(void **state)
{
	const struct kvm_cpuid2 *table;
	struct libkvmcaps_device *device;

	(void)state;
	reset(9);
	device = open_fake();
	assert_int_equal(libkvmcaps_device_table(device, LIBKVMCAPS_SUPPORTED, &table, NULL), 0);
	assert_ptr_equal(libkvmcaps_entry(table, 7, 0), &table->entries[7]);
	assert_null(libkvmcaps_entry(table, 7, 1));
	assert_null(libkvmcaps_entry(table, 9, 0));
	assert_int_equal(libkvmcaps_value(table, 8, 0, LIBKVMCAPS_EBX), 8);
	assert_int_equal(libkvmcaps_value(table, 9, 0, LIBKVMCAPS_EBX), 0);
	assert_int_equal(libkvmcaps_value(table, 8, 0, (enum libkvmcaps_register)4), 0);
	libkvmcaps_device_close(device);
}

static void errors_of_a_device_say_what_to_do(void **state)
{
	static const struct {
		struct fakekvm kvm;
		int err;
		const char *says;
	} rows[] = {
		{ { .entries = 1000000 }, -E2BIG, "has no end" },
		{ { .entries = 1, .boasts = true }, -EPROTO, "more entries than it had room for" },
		{ { .err = EFAULT }, -EFAULT, "Bad address" },
		{ { .err = ENOMEM }, -ENOMEM, "out of memory" },
	};
	const struct kvm_cpuid2 *table;
	struct libkvmcaps_device *device;
	unsigned int i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		reset(0);
		device = open_fake();
		fakekvm = rows[i].kvm;
		assert_int_equal(libkvmcaps_device_table(device, LIBKVMCAPS_SUPPORTED, &table,
							 &error), rows[i].err);
		assert_null(table);
		check(strstr(error.text, FAKEKVM_PATH) && strstr(error.text, rows[i].says), "%s",
		      error.text);
		/* An error is not kept. */
		fakekvm = (struct fakekvm){ .entries = 1 };
		assert_int_equal(libkvmcaps_device_table(device, LIBKVMCAPS_SUPPORTED, &table,
							 &error), 0);
		assert_int_equal(libkvmcaps_device_table(device, (enum libkvmcaps_table)2, &table,
							 &error), -EINVAL);
		libkvmcaps_device_close(device);
	}
}

static void what_is_no_such_device_does_not_open(void **state)
{
	static const struct {
		const char *path;
		int version;
		int err;
		const char *says;
	} rows[] = {
		{ FAKEKVM_PATH, 0, -ENOTTY, "is not a device that speaks" },
		{ FAKEKVM_PATH, 11, -ENOTTY, "is not a device that speaks" },
		{ "/dev/missing", KVM_API_VERSION, -ENOENT, "/dev/missing: No such file" },
	};
	struct libkvmcaps_device *device;
	unsigned int i;
	int fd = open(FAKEKVM_PATH, O_RDONLY);

	(void)state;
	close(fd);
	for (i = 0; i < ROWS(rows); i++) {
		reset(0);
		fakekvm.version = rows[i].version;
		assert_int_equal(libkvmcaps_device_open(&device, rows[i].path, &error),
				 rows[i].err);
		assert_null(device);
		check(strstr(error.text, rows[i].says), "%s", error.text);
		assert_int_equal(libkvmcaps_device_open(&device, rows[i].path, NULL),
				 rows[i].err);
	}
	libkvmcaps_device_close(NULL);
	/* Nothing stays open. */
	assert_int_equal(open(FAKEKVM_PATH, O_RDONLY), fd);
	close(fd);
}

static void a_device_answers_for_itself(void **state)
{
	struct libkvmcaps_device *device;

	(void)state;
	reset(0);
	device = open_fake();
	fakekvm.extensions = 7;
	assert_int_equal(libkvmcaps_device_api_version(device), 12);
	assert_int_equal(libkvmcaps_device_check_extension(device, KVM_CAP_EXT_CPUID), 7);
	check(fcntl(libkvmcaps_device_fd(device), F_GETFD) & FD_CLOEXEC, "it is inherited");
	fakekvm.version = 0;
	assert_int_equal(libkvmcaps_device_api_version(device), -ENOTTY);
	libkvmcaps_device_close(device);
}

/* AVX-512 is there on wide and not on narrow; SVM's leaf needs nested=1. */
static void a_saved_host_answers_without_a_device(void **state)
{
	struct libkvmcaps_host *host;

	(void)state;
	check(!libkvmcaps_host_open(&host, HOSTS "wide", NULL, NULL, -1, &error), "%s", error.text);
	check(libkvmcaps_value(libkvmcaps_host_table(host, LIBKVMCAPS_SUPPORTED), 7, 0,
			       LIBKVMCAPS_EBX) & 1u << 16, "there is no AVX512F");
	check(libkvmcaps_value(libkvmcaps_host_table(host, LIBKVMCAPS_SUPPORTED), 1, 0,
			       LIBKVMCAPS_ECX) & 1u << 5, "there is no VMX");
	check(libkvmcaps_host_table(host, LIBKVMCAPS_EMULATED)->nent, "nothing is emulated");
	libkvmcaps_host_close(host);
	check(!libkvmcaps_host_open(&host, HOSTS "narrow", "6.1", "nested=0", -1, &error), "%s",
	      error.text);
	check(!(libkvmcaps_value(libkvmcaps_host_table(host, LIBKVMCAPS_SUPPORTED), 7, 0,
				 LIBKVMCAPS_EBX) & 1u << 16), "there is AVX512F");
	check(!(libkvmcaps_value(libkvmcaps_host_table(host, LIBKVMCAPS_SUPPORTED), 1, 0,
				 LIBKVMCAPS_ECX) & 1u << 5), "there is VMX with nested=0");
	libkvmcaps_host_close(host);
	libkvmcaps_host_close(NULL);
}

static void errors_of_a_host_name_file_and_line(void **state)
{
	static const struct {
		const char *path;
		const char *release;
		const char *policy;
		int cpu;
		int err;
		const char *says;
	} rows[] = {
		{ HOSTS "missing", NULL, NULL, -1, -ENOENT, HOSTS "missing: No such file" },
		{ "tests", NULL, NULL, -1, -EISDIR, "tests: Is a directory" },
		{ HOSTS "wide", "9.9", NULL, -1, -EINVAL, "KVM '9.9' is not reproduced" },
		{ HOSTS "wide", NULL, "npt=2", -1, -EINVAL, "'npt=2' is no parameter of KVM" },
		{ HOSTS "wide", NULL, NULL, 99, -EINVAL, "there is no CPU 99 in it" },
		{ "Makefile", NULL, NULL, -1, -EINVAL, "no known format" },
		{ "tests/fuzz/seeds/host/amd", "6", NULL, -1, -EINVAL, "" },
	};
	struct libkvmcaps_host *host;
	unsigned int i;
	int err;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		*error.text = '\0';
		err = libkvmcaps_host_open(&host, rows[i].path, rows[i].release, rows[i].policy,
					   rows[i].cpu, &error);
		check(err == rows[i].err, "row %u: %d, %s", i, err, error.text);
		assert_null(host);
		check(*error.text && strstr(error.text, rows[i].says), "row %u: %s", i, error.text);
		err = libkvmcaps_host_open(&host, rows[i].path, rows[i].release, rows[i].policy,
					   rows[i].cpu, NULL);
		assert_int_equal(err, rows[i].err);
	}
}

/* The format's first line, and then one that is none of it. */
static void a_line_is_counted(void **state)
{
	char path[] = "/tmp/suite_library.XXXXXX";
	struct libkvmcaps_host *host;
	int fd = mkstemp(path);

	(void)state;
	check(fd >= 0 && dprintf(fd, "CPU 0: # kvmcaps-host 1\nnonsense\n") > 0, "no file");
	close(fd);
	assert_int_equal(libkvmcaps_host_open(&host, path, NULL, NULL, -1, &error), -EINVAL);
	unlink(path);
	check(!strncmp(error.text, path, strlen(path)) && strstr(error.text, ":2: "), "%s",
	      error.text);
}

#define ROUNDS	50

static void *ask_often(void *arg)
{
	struct libkvmcaps_device *device = arg;
	const struct kvm_cpuid2 *table;
	struct libkvmcaps_error mine;
	struct libkvmcaps_host *host;
	unsigned long i, bad = 0;

	for (i = 0; i < ROUNDS; i++) {
		bad += !!libkvmcaps_device_table(device, i % 2, &table, &mine);
		bad += libkvmcaps_value(table, 30, 0, LIBKVMCAPS_EAX) != 30;
		bad += !libkvmcaps_host_open(&host, HOSTS "missing", NULL, NULL, -1, &mine);
		bad += !strstr(mine.text, HOSTS "missing");
		bad += libkvmcaps_host_open(&host, HOSTS "wide", "7.3", NULL, -1, &mine) != 0;
		libkvmcaps_host_close(host);
	}
	return (void *)bad;
}

static void threads_do_not_meet(void **state)
{
	struct libkvmcaps_device *device;
	pthread_t threads[4];
	unsigned int i;
	void *bad;

	(void)state;
	reset(31);
	device = open_fake();
	for (i = 0; i < ROWS(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, ask_often, device), 0);
	for (i = 0; i < ROWS(threads); i++) {
		assert_int_equal(pthread_join(threads[i], &bad), 0);
		assert_null(bad);
	}
	/* Each table was asked for once: 1 to 32. */
	assert_int_equal(fakekvm.nr_calls, 2 * 6);
	libkvmcaps_device_close(device);
}

static void the_version_is_the_tools(void **state)
{
	(void)state;
	assert_string_equal(libkvmcaps_version(), "0.1");
}

int main(void)
{
	const struct cmocka_test tests[] = {
		cmocka_unit_test(the_room_grows_as_qemu_has_it),
		cmocka_unit_test(a_table_is_looked_up),
		cmocka_unit_test(errors_of_a_device_say_what_to_do),
		cmocka_unit_test(what_is_no_such_device_does_not_open),
		cmocka_unit_test(a_device_answers_for_itself),
		cmocka_unit_test(a_saved_host_answers_without_a_device),
		cmocka_unit_test(errors_of_a_host_name_file_and_line),
		cmocka_unit_test(a_line_is_counted),
		cmocka_unit_test(threads_do_not_meet),
		cmocka_unit_test(the_version_is_the_tools),
	};

	return cmocka_run_group_tests_name("library", tests, NULL, NULL);
}
