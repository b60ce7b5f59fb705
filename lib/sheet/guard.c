/* SPDX-License-Identifier: MIT */
/* Input that can be read from any place, and a process that can do nothing but read and write. */
#include "sheet/place.h"
#include "sheet/sheet.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* ---------- the temporary file ---------- */

static bool write_all(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, bytes, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return false;
		bytes += done;
		n -= (size_t)done;
	}
	return true;
}

int sheet_spool(int fd, const char *folder, int64_t max, struct fault *f)
{
	char piece[1 << 16];
	int64_t total = 0;
	ssize_t n;
	int copy;

	if (lseek(fd, 0, SEEK_CUR) >= 0)
		return fd;
	copy = place_temporary(folder, f);
	if (copy < 0)
		return -1;
	while ((n = read(fd, piece, sizeof piece)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			fault_errno(f, STATUS_IO, "cannot read");
			goto fail;
		}
		total += n;
		if (total > max) {
			fault_set(f, STATUS_DATA, "longer than %lld MB; give it as a file",
			        (long long)(max >> 20));
			goto fail;
		}
		if (!write_all(copy, piece, (size_t)n)) {
			fault_errno(f, STATUS_IO, "cannot write the temporary file in %s",
			        quote(folder));
			goto fail;
		}
	}
	if (lseek(copy, 0, SEEK_SET) == 0)
		return copy;
	fault_errno(f, STATUS_IO, "cannot go back to the beginning");
fail:
	close(copy);
	return -1;
}

/* ---------- the guard ---------- */

/* A sanitizer reads /proc and starts a thread to look for leaks when the program ends. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif

/* With no rule added, everything that is handled is denied: no file can be opened any more. */
static bool close_landlock(void)
{
	struct landlock_ruleset_attr attr = { 0 };
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	long ruleset;
	bool ok;

	if (abi < 1)
		return false;
	attr.handled_access_fs =
	        (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1; /* all of the first version */
	ruleset = syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
	if (ruleset < 0)
		return false;
	ok = syscall(SYS_landlock_restrict_self, (int)ruleset, 0) == 0;
	close((int)ruleset);
	return ok;
}

/* All that is needed from here on. Anything else fails with EPERM, as on a system that forbids it,
 * rather than killing the process: a C library that grows a new habit must not break reading. */
static bool close_seccomp(void)
{
	static const int allowed[] = {
		SCMP_SYS(read),
		SCMP_SYS(pread64),
		SCMP_SYS(readv),
		SCMP_SYS(write),
		SCMP_SYS(writev),
		SCMP_SYS(pwrite64),
		SCMP_SYS(lseek),
		SCMP_SYS(_llseek),
		SCMP_SYS(close),
		SCMP_SYS(dup),
		SCMP_SYS(fstat),
		SCMP_SYS(fstat64),
		SCMP_SYS(newfstatat),
		SCMP_SYS(statx),
		SCMP_SYS(fcntl),
		SCMP_SYS(fcntl64),
		SCMP_SYS(fsync),
		SCMP_SYS(ftruncate),
		SCMP_SYS(ioctl), /* only: is it a terminal? */
		SCMP_SYS(brk),
		SCMP_SYS(mmap),
		SCMP_SYS(mmap2),
		SCMP_SYS(munmap),
		SCMP_SYS(mremap),
		SCMP_SYS(mprotect),
		SCMP_SYS(madvise),
		SCMP_SYS(futex),
		SCMP_SYS(getrandom),
		SCMP_SYS(clock_gettime),
		SCMP_SYS(clock_gettime64),
		SCMP_SYS(gettimeofday),
		SCMP_SYS(rt_sigaction),
		SCMP_SYS(rt_sigprocmask),
		SCMP_SYS(rt_sigreturn),
		SCMP_SYS(sigreturn),
		SCMP_SYS(sigaltstack),
		SCMP_SYS(getpid),
		SCMP_SYS(gettid),
		SCMP_SYS(tgkill),
		SCMP_SYS(restart_syscall),
		SCMP_SYS(exit),
		SCMP_SYS(exit_group),
		SCMP_SYS(rseq),
		SCMP_SYS(set_robust_list),
		SCMP_SYS(poll),
		SCMP_SYS(ppoll),
	};
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	bool ok = filter != NULL;

	/* A call that this processor does not have is no reason to go without the filter. */
	for (size_t i = 0; ok && i < COUNT(allowed); i++)
		seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	ok = ok && seccomp_load(filter) == 0;
	seccomp_release(filter);
	return ok;
}

unsigned sheet_guard_close(void)
{
	unsigned closed = 0;

#ifdef SANITIZED
	return closed;
#endif
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	/* libzip turns the times of entries, which nobody wants, into local ones; it need not look
	 * for the zone of this place. */
	setenv("TZ", "UTC0", 1);
	tzset();
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return 0;
	if (close_landlock())
		closed |= SHEET_GUARD_LANDLOCK;
	if (close_seccomp())
		closed |= SHEET_GUARD_SECCOMP;
	return closed;
}
