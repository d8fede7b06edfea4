/* The public headers say again what abi/ says, under the names of POSIX; here the compiler compares
 * the two. Nothing is generated from this file. */
#include <abi/auxv.h>
#include <abi/dirent.h>
#include <abi/fcntl.h>
#include <abi/ioctl.h>
#include <abi/mman.h>
#include <abi/poll.h>
#include <abi/prctl.h>
#include <abi/random.h>
#include <abi/reboot.h>
#include <abi/resource.h>
#include <abi/sched.h>
#include <abi/signal.h>
#include <abi/stat.h>
#include <abi/statfs.h>
#include <abi/sysinfo.h>
#include <abi/time.h>
#include <abi/uio.h>
#include <abi/utsname.h>
#include <abi/wait.h>
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/auxv.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <utime.h>

#define SAME_SIZE(name) \
	_Static_assert(sizeof(struct name) == sizeof(struct abi_##name), "size of struct " #name)

#define SAME_FIELD(name, field) \
	_Static_assert(offsetof(struct name, field) == offsetof(struct abi_##name, field) && \
			sizeof(((struct name *)0)->field) == \
				sizeof(((struct abi_##name *)0)->field), \
		"struct " #name ", " #field)

#define SAME(name) _Static_assert(name == ABI_##name, #name)

/* unistd/vfork.asm has the number as it is. */
_Static_assert(SYS_vfork == 58, "SYS_vfork");

SAME_SIZE(stat);
SAME_FIELD(stat, st_dev);
SAME_FIELD(stat, st_ino);
SAME_FIELD(stat, st_nlink);
SAME_FIELD(stat, st_mode);
SAME_FIELD(stat, st_uid);
SAME_FIELD(stat, st_gid);
SAME_FIELD(stat, st_rdev);
SAME_FIELD(stat, st_size);
SAME_FIELD(stat, st_blksize);
SAME_FIELD(stat, st_blocks);
SAME_FIELD(stat, st_atim);
SAME_FIELD(stat, st_mtim);
SAME_FIELD(stat, st_ctim);
SAME(S_IFMT);
SAME(S_IFSOCK);
SAME(S_IFLNK);
SAME(S_IFREG);
SAME(S_IFBLK);
SAME(S_IFDIR);
SAME(S_IFCHR);
SAME(S_IFIFO);
SAME(S_ISUID);
SAME(S_ISGID);
SAME(S_ISVTX);

SAME_SIZE(statfs);
SAME_FIELD(statfs, f_type);
SAME_FIELD(statfs, f_bavail);
SAME_FIELD(statfs, f_fsid);
SAME_FIELD(statfs, f_flags);
SAME(UTIME_NOW);
SAME(UTIME_OMIT);
SAME(O_TMPFILE);
SAME(AT_EACCESS);
SAME(AT_SYMLINK_FOLLOW);
SAME(RENAME_NOREPLACE);
SAME(RENAME_EXCHANGE);
SAME_SIZE(utimbuf);
SAME_FIELD(utimbuf, modtime);

SAME_SIZE(timespec);
SAME_FIELD(timespec, tv_sec);
SAME_FIELD(timespec, tv_nsec);
SAME_SIZE(timeval);
SAME_FIELD(timeval, tv_sec);
SAME_FIELD(timeval, tv_usec);
SAME(CLOCK_REALTIME);
SAME(CLOCK_MONOTONIC);
SAME(CLOCK_PROCESS_CPUTIME_ID);
SAME(CLOCK_THREAD_CPUTIME_ID);
SAME(CLOCK_MONOTONIC_RAW);
SAME(CLOCK_REALTIME_COARSE);
SAME(CLOCK_MONOTONIC_COARSE);
SAME(CLOCK_BOOTTIME);

SAME(TIMER_ABSTIME);

SAME_SIZE(pollfd);
SAME_FIELD(pollfd, fd);
SAME_FIELD(pollfd, events);
SAME_FIELD(pollfd, revents);
SAME(POLLIN);
SAME(POLLPRI);
SAME(POLLOUT);
SAME(POLLERR);
SAME(POLLHUP);
SAME(POLLNVAL);
SAME(POLLRDNORM);
SAME(POLLRDBAND);
SAME(POLLWRNORM);
SAME(POLLWRBAND);
SAME(FD_SETSIZE);
_Static_assert(sizeof(fd_set) == sizeof(struct abi_fd_set), "fd_set");

SAME_SIZE(rusage);
SAME_FIELD(rusage, ru_utime);
SAME_FIELD(rusage, ru_stime);
SAME_FIELD(rusage, ru_maxrss);
SAME_FIELD(rusage, ru_ixrss);
SAME_FIELD(rusage, ru_idrss);
SAME_FIELD(rusage, ru_isrss);
SAME_FIELD(rusage, ru_minflt);
SAME_FIELD(rusage, ru_majflt);
SAME_FIELD(rusage, ru_nswap);
SAME_FIELD(rusage, ru_inblock);
SAME_FIELD(rusage, ru_oublock);
SAME_FIELD(rusage, ru_msgsnd);
SAME_FIELD(rusage, ru_msgrcv);
SAME_FIELD(rusage, ru_nsignals);
SAME_FIELD(rusage, ru_nvcsw);
SAME_FIELD(rusage, ru_nivcsw);

SAME_SIZE(rlimit);
SAME_FIELD(rlimit, rlim_cur);
SAME_FIELD(rlimit, rlim_max);
SAME(RLIM_INFINITY);
SAME(RLIMIT_CPU);
SAME(RLIMIT_FSIZE);
SAME(RLIMIT_DATA);
SAME(RLIMIT_STACK);
SAME(RLIMIT_CORE);
SAME(RLIMIT_RSS);
SAME(RLIMIT_NPROC);
SAME(RLIMIT_NOFILE);
SAME(RLIMIT_MEMLOCK);
SAME(RLIMIT_AS);
SAME(RLIMIT_LOCKS);
SAME(RLIMIT_SIGPENDING);
SAME(RLIMIT_MSGQUEUE);
SAME(RLIMIT_NICE);
SAME(RLIMIT_RTPRIO);
SAME(RLIMIT_RTTIME);
_Static_assert(RLIM_NLIMITS == ABI_RLIMITS, "RLIM_NLIMITS");

SAME(RUSAGE_SELF);
SAME(RUSAGE_CHILDREN);
SAME(RUSAGE_THREAD);
SAME_SIZE(tms);
SAME_FIELD(tms, tms_utime);
SAME_FIELD(tms, tms_stime);
SAME_FIELD(tms, tms_cutime);
SAME_FIELD(tms, tms_cstime);
SAME_SIZE(sysinfo);
SAME_FIELD(sysinfo, uptime);
SAME_FIELD(sysinfo, loads);
SAME_FIELD(sysinfo, totalram);
SAME_FIELD(sysinfo, freeswap);
SAME_FIELD(sysinfo, procs);
SAME_FIELD(sysinfo, totalhigh);
SAME_FIELD(sysinfo, freehigh);
SAME_FIELD(sysinfo, mem_unit);

_Static_assert(offsetof(struct dirent, d_name) == offsetof(struct abi_dirent64, d_name),
	"struct dirent, d_name");
_Static_assert(offsetof(struct dirent, d_ino) == offsetof(struct abi_dirent64, d_ino),
	"struct dirent, d_ino");
_Static_assert(offsetof(struct dirent, d_off) == offsetof(struct abi_dirent64, d_off),
	"struct dirent, d_off");
_Static_assert(offsetof(struct dirent, d_reclen) == offsetof(struct abi_dirent64, d_reclen),
	"struct dirent, d_reclen");
_Static_assert(offsetof(struct dirent, d_type) == offsetof(struct abi_dirent64, d_type),
	"struct dirent, d_type");
SAME(DT_UNKNOWN);
SAME(DT_FIFO);
SAME(DT_CHR);
SAME(DT_DIR);
SAME(DT_BLK);
SAME(DT_REG);
SAME(DT_LNK);
SAME(DT_SOCK);

SAME_SIZE(iovec);
SAME_FIELD(iovec, iov_base);
SAME_FIELD(iovec, iov_len);
SAME(IOV_MAX);

SAME_SIZE(utsname);
SAME_FIELD(utsname, sysname);
SAME_FIELD(utsname, nodename);
SAME_FIELD(utsname, release);
SAME_FIELD(utsname, version);
SAME_FIELD(utsname, machine);
SAME_FIELD(utsname, domainname);

SAME_SIZE(winsize);
SAME_FIELD(winsize, ws_row);
SAME_FIELD(winsize, ws_col);
SAME_FIELD(winsize, ws_xpixel);
SAME_FIELD(winsize, ws_ypixel);
SAME_SIZE(termios);
SAME_FIELD(termios, c_iflag);
SAME_FIELD(termios, c_oflag);
SAME_FIELD(termios, c_cflag);
SAME_FIELD(termios, c_lflag);
SAME_FIELD(termios, c_line);
SAME_FIELD(termios, c_cc);

SAME(O_ACCMODE);
SAME(O_RDONLY);
SAME(O_WRONLY);
SAME(O_RDWR);
SAME(O_CREAT);
SAME(O_EXCL);
SAME(O_NOCTTY);
SAME(O_TRUNC);
SAME(O_APPEND);
SAME(O_NONBLOCK);
SAME(O_DSYNC);
SAME(O_DIRECT);
SAME(O_LARGEFILE);
SAME(O_DIRECTORY);
SAME(O_NOFOLLOW);
SAME(O_NOATIME);
SAME(O_CLOEXEC);
SAME(O_SYNC);
SAME(O_PATH);
SAME(AT_FDCWD);
SAME(AT_SYMLINK_NOFOLLOW);
SAME(AT_REMOVEDIR);
SAME(AT_NO_AUTOMOUNT);
SAME(AT_EMPTY_PATH);
SAME(SEEK_SET);
SAME(SEEK_CUR);
SAME(SEEK_END);
SAME(F_DUPFD);
SAME(F_GETFD);
SAME(F_SETFD);
SAME(F_GETFL);
SAME(F_SETFL);
SAME(F_DUPFD_CLOEXEC);

SAME(TCGETS);
SAME(TCSETS);
SAME(TCSETSW);
SAME(TCSETSF);
SAME(TCSBRK);
SAME(TCFLSH);
SAME(TIOCSCTTY);
SAME(TIOCGPGRP);
SAME(TIOCSPGRP);
SAME(TIOCOUTQ);
SAME(TIOCGWINSZ);
SAME(TIOCSWINSZ);
SAME(FIONREAD);
SAME(TIOCNOTTY);
SAME(TIOCGSID);
SAME(TCIFLUSH);
SAME(TCOFLUSH);
SAME(TCIOFLUSH);
SAME(ICRNL);
SAME(OPOST);
SAME(ONLCR);
SAME(ISIG);
SAME(ICANON);
SAME(ECHO);
SAME(ECHOE);
SAME(ECHOK);
SAME(ECHONL);
SAME(NOFLSH);
SAME(TOSTOP);
SAME(ECHOCTL);
SAME(ECHOKE);
SAME(VINTR);
SAME(VQUIT);
SAME(VERASE);
SAME(VKILL);
SAME(VEOF);
SAME(VTIME);
SAME(VMIN);
SAME(VEOL);
SAME(VWERASE);

SAME(PROT_NONE);
SAME(PROT_READ);
SAME(PROT_WRITE);
SAME(PROT_EXEC);
SAME(PROT_GROWSDOWN);
SAME(PROT_GROWSUP);
SAME(MAP_SHARED);
SAME(MAP_PRIVATE);
SAME(MAP_SHARED_VALIDATE);
SAME(MAP_TYPE);
SAME(MAP_FIXED);
SAME(MAP_ANONYMOUS);
SAME(MAP_32BIT);
SAME(MAP_GROWSDOWN);
SAME(MAP_DENYWRITE);
SAME(MAP_EXECUTABLE);
SAME(MAP_LOCKED);
SAME(MAP_NORESERVE);
SAME(MAP_POPULATE);
SAME(MAP_NONBLOCK);
SAME(MAP_STACK);
SAME(MAP_HUGETLB);
SAME(MAP_FIXED_NOREPLACE);
SAME(MREMAP_MAYMOVE);
SAME(MREMAP_FIXED);
SAME(MREMAP_DONTUNMAP);
SAME(MADV_NORMAL);
SAME(MADV_RANDOM);
SAME(MADV_SEQUENTIAL);
SAME(MADV_WILLNEED);
SAME(MADV_DONTNEED);
SAME(MADV_FREE);
SAME(MADV_DONTDUMP);
SAME(MADV_DODUMP);
SAME(MADV_COLD);
SAME(MADV_PAGEOUT);
SAME(MS_ASYNC);
SAME(MS_INVALIDATE);
SAME(MS_SYNC);

SAME(PR_SET_PDEATHSIG);
SAME(PR_GET_PDEATHSIG);
SAME(PR_SET_NAME);
SAME(PR_GET_NAME);
SAME(PR_SET_CHILD_SUBREAPER);
SAME(PR_GET_CHILD_SUBREAPER);

SAME(GRND_NONBLOCK);
SAME(GRND_RANDOM);
SAME(GRND_INSECURE);

SAME(AT_NULL);
SAME(AT_PHDR);
SAME(AT_PHENT);
SAME(AT_PHNUM);
SAME(AT_PAGESZ);
SAME(AT_BASE);
SAME(AT_FLAGS);
SAME(AT_ENTRY);
SAME(AT_UID);
SAME(AT_EUID);
SAME(AT_GID);
SAME(AT_EGID);
SAME(AT_PLATFORM);
SAME(AT_HWCAP);
SAME(AT_CLKTCK);
SAME(AT_SECURE);
SAME(AT_RANDOM);
SAME(AT_HWCAP2);
SAME(AT_EXECFN);

SAME(SIGHUP);
SAME(SIGINT);
SAME(SIGQUIT);
SAME(SIGILL);
SAME(SIGTRAP);
SAME(SIGABRT);
SAME(SIGBUS);
SAME(SIGFPE);
SAME(SIGKILL);
SAME(SIGUSR1);
SAME(SIGSEGV);
SAME(SIGUSR2);
SAME(SIGPIPE);
SAME(SIGALRM);
SAME(SIGTERM);
SAME(SIGSTKFLT);
SAME(SIGCHLD);
SAME(SIGCONT);
SAME(SIGSTOP);
SAME(SIGTSTP);
SAME(SIGTTIN);
SAME(SIGTTOU);
SAME(SIGURG);
SAME(SIGXCPU);
SAME(SIGXFSZ);
SAME(SIGVTALRM);
SAME(SIGPROF);
SAME(SIGWINCH);
SAME(SIGIO);
SAME(SIGPWR);
SAME(SIGSYS);

SAME(PATH_MAX);
SAME(NAME_MAX);

SAME(WNOHANG);
SAME(WUNTRACED);
SAME(WCONTINUED);

SAME_SIZE(itimerval);
SAME_FIELD(itimerval, it_interval);
SAME_FIELD(itimerval, it_value);
SAME(ITIMER_REAL);
SAME(ITIMER_VIRTUAL);
SAME(ITIMER_PROF);

SAME(SIG_BLOCK);
SAME(SIG_UNBLOCK);
SAME(SIG_SETMASK);
SAME(SA_NOCLDSTOP);
SAME(SA_NOCLDWAIT);
SAME(SA_SIGINFO);
SAME(SA_ONSTACK);
SAME(SA_RESTART);
SAME(SA_NODEFER);
SAME(SA_RESETHAND);
SAME(SI_USER);
SAME(SI_KERNEL);
SAME(SI_QUEUE);
SAME(SI_TIMER);
SAME(SI_MESGQ);
SAME(SI_ASYNCIO);
SAME(SI_TKILL);
SAME(ILL_ILLOPN);
SAME(FPE_INTDIV);
SAME(FPE_FLTDIV);
SAME(FPE_FLTOVF);
SAME(FPE_FLTUND);
SAME(FPE_FLTRES);
SAME(FPE_FLTINV);
SAME(SEGV_MAPERR);
SAME(SEGV_ACCERR);
SAME(BUS_ADRALN);
SAME(BUS_ADRERR);
SAME(TRAP_BRKPT);
SAME(TRAP_TRACE);
SAME(CLD_EXITED);
SAME(SCHED_FIFO);
SAME(SCHED_IDLE);
SAME(SCHED_RESET_ON_FORK);
SAME_SIZE(sched_param);
SAME(PRIO_USER);
SAME(CLD_KILLED);
SAME(CLD_DUMPED);
SAME(CLD_STOPPED);
SAME(CLD_CONTINUED);
SAME(SS_ONSTACK);
SAME(SS_DISABLE);
SAME(MINSIGSTKSZ);

#define SAME_PLACE(type, field, abi_type, abi_field) \
	_Static_assert(offsetof(type, field) == offsetof(struct abi_type, abi_field), \
		#type ", " #field)

_Static_assert(sizeof(siginfo_t) == sizeof(struct abi_siginfo), "siginfo_t");
SAME_PLACE(siginfo_t, si_code, abi_siginfo, si_code);
SAME_PLACE(siginfo_t, si_pid, abi_siginfo, data);
SAME_PLACE(siginfo_t, si_addr, abi_siginfo, data);
SAME_PLACE(siginfo_t, si_status, abi_siginfo, data[1]);
SAME_PLACE(siginfo_t, si_value, abi_siginfo, data[1]);
_Static_assert(sizeof(stack_t) == sizeof(struct abi_stack), "stack_t");
SAME_PLACE(stack_t, ss_flags, abi_stack, ss_flags);
SAME_PLACE(stack_t, ss_size, abi_stack, ss_size);
_Static_assert(sizeof(mcontext_t) == sizeof(struct abi_sigcontext), "mcontext_t");
SAME_PLACE(mcontext_t, gregs[REG_RSP], abi_sigcontext, rsp);
SAME_PLACE(mcontext_t, gregs[REG_RIP], abi_sigcontext, rip);
SAME_PLACE(mcontext_t, gregs[REG_CR2], abi_sigcontext, cr2);
SAME_PLACE(mcontext_t, fpregs, abi_sigcontext, fpstate);
SAME_PLACE(ucontext_t, uc_stack, abi_ucontext, uc_stack);
SAME_PLACE(ucontext_t, uc_mcontext, abi_ucontext, uc_mcontext);
SAME_PLACE(ucontext_t, uc_sigmask, abi_ucontext, uc_sigmask);
_Static_assert(sizeof(struct _fpstate) == 512, "an FXSAVE area");

/* setjmp/sigsetjmp.asm and signal/restore.asm have the numbers as they are. */
_Static_assert(SYS_rt_sigprocmask == 14 && SYS_rt_sigreturn == 15, "numbers of calls");

_Static_assert(NSIG == ABI_NSIG + 1, "NSIG");
_Static_assert(RB_AUTOBOOT == ABI_REBOOT_RESTART, "RB_AUTOBOOT");
_Static_assert(RB_HALT_SYSTEM == ABI_REBOOT_HALT, "RB_HALT_SYSTEM");
_Static_assert(RB_POWER_OFF == ABI_REBOOT_POWER_OFF, "RB_POWER_OFF");
_Static_assert(RB_ENABLE_CAD == ABI_REBOOT_CAD_ON, "RB_ENABLE_CAD");
_Static_assert(RB_DISABLE_CAD == ABI_REBOOT_CAD_OFF, "RB_DISABLE_CAD");
