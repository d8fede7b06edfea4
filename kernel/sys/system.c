/* System calls on the machine as a whole. */
#include "core/printk.h"
#include "core/random.h"
#include "lib/errno.h"
#include "lib/string.h"
#include "mem/frame.h"
#include "proc/process.h"
#include "sched/load.h"
#include "sched/time.h"
#include "vm/user.h"
#include "x86/power.h"
#include <abi/random.h>
#include <abi/reboot.h>
#include <abi/sysinfo.h>
#include <abi/syslog.h>
#include <abi/utsname.h>
#include <gen/syscalls.h>

/* Programs built for Linux refuse releases older than what they were built for, so the release is
 * that of the ABI which this kernel follows. */
long sys_uname(struct user_ptr buf)
{
	static const struct abi_utsname names = {
		.sysname = "SynOS",
		.nodename = "synos",
		.release = "6.1.0-synos",
		.version = "#1",
		.machine = "x86_64",
		.domainname = "(none)",
	};

	return user_put(buf, &names);
}

/* There is no swap. */
long sys_sysinfo(struct user_ptr info)
{
	struct frame_counts frames;

	frame_count(&frames);
	struct abi_sysinfo answer = {
		.uptime = clock_ns() / NS_PER_SEC,
		.totalram = frames.total * PAGE_SIZE,
		.freeram = frames.free * PAGE_SIZE,
		.procs = process_count(),
		.mem_unit = 1,
	};
	load_get(answer.loads);
	return user_put(info, &answer);
}

static bool is_magic(unsigned int magic, unsigned int magic2)
{
	return magic == ABI_REBOOT_MAGIC1 &&
		(magic2 == ABI_REBOOT_MAGIC2 || magic2 == ABI_REBOOT_MAGIC2A ||
			magic2 == ABI_REBOOT_MAGIC2B || magic2 == ABI_REBOOT_MAGIC2C);
}

long sys_reboot(unsigned int magic, unsigned int magic2, unsigned int cmd, unsigned long arg)
{
	(void)arg;
	if (task_current()->thread.fs->euid != 0)
		return -EPERM;
	if (!is_magic(magic, magic2))
		return -EINVAL;
	switch (cmd) {
	case ABI_REBOOT_CAD_ON:
	case ABI_REBOOT_CAD_OFF:
		return 0;	/* there is no Ctrl-Alt-Delete to decide on */
	case ABI_REBOOT_HALT:
	case ABI_REBOOT_POWER_OFF:
		printk("power off\n");
		power_off(process_current()->pid == PID_INIT ? POWER_STATUS_OFF
							      : POWER_STATUS_PROGRAM);
	case ABI_REBOOT_RESTART:
		printk("restart\n");
		power_restart();
	default:
		return -EINVAL;
	}
}

/* The last `size` bytes of the log. */
static long put_log(struct user_ptr buf, size_t size)
{
	char block[256];
	u64 end = printk_end(), position = end - MIN(end, MIN(size, PRINTK_LOG_SIZE));
	size_t done = 0, part;

	while (position < end) {
		part = printk_read(&position, block, MIN(end - position, sizeof(block)));
		if (part == 0)
			break;
		if (user_write_bytes(user_ptr_add(buf, done), block, part) < 0)
			return -EFAULT;
		done += part;
	}
	return (long)done;
}

/* What reads the log does; the rest of syslog(2) steers a console, and the log never goes there. */
long sys_syslog(int action, struct user_ptr buf, int len)
{
	switch (action) {
	case ABI_SYSLOG_OPEN:
	case ABI_SYSLOG_CLOSE:
		return 0;
	case ABI_SYSLOG_READ_ALL:
		return user_ptr_is_null(buf) || len < 0 ? -EINVAL : put_log(buf, (size_t)len);
	case ABI_SYSLOG_SIZE_BUFFER:
		return PRINTK_LOG_SIZE;
	default:
		return -EINVAL;
	}
}

/* Up to size bytes; fewer if the caller is killed or its buffer ends early. */
static size_t put_random(struct user_ptr buf, size_t size)
{
	u8 block[256];
	size_t done = 0;

	while (done < size) {
		size_t part = MIN(size - done, sizeof(block));
		random_bytes(block, part);
		size_t copied = user_write_some(user_ptr_add(buf, done), block, part);
		done += copied;
		if (copied < part || sched_relax())
			break;
	}
	memset(block, 0, sizeof(block));
	return done;
}

/* The generator is seeded when the first program runs, so it never blocks and all flags mean the
 * same. */
long sys_getrandom(struct user_ptr buf, size_t buflen, unsigned int flags)
{
	if (flags & ~(ABI_GRND_NONBLOCK | ABI_GRND_RANDOM | ABI_GRND_INSECURE))
		return -EINVAL;
	if (flags & ABI_GRND_RANDOM && flags & ABI_GRND_INSECURE)
		return -EINVAL;
	size_t done = put_random(buf, MIN(buflen, (size_t)INT32_MAX));
	return done == 0 && buflen > 0 ? -EFAULT : (long)done;
}
