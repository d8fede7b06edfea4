/* What a user who is not 0 may do: rights of owner, group and others, sticky directories, what only an owner changes. */
#define _GNU_SOURCE
#include "scratch.h"

#include <grp.h>
#include <sys/stat.h>

#define USER	1234
#define GROUP	2345
#define OTHER	3456

static void become_user(void)
{
	gid_t more = OTHER;

	CHECK_EQ(setgroups(1, &more), 0);
	CHECK_EQ(setgid(GROUP), 0);
	CHECK_EQ(setuid(USER), 0);
}

static void reading_and_writing(void)
{
	become_user();
	CHECK_ERRNO(open("root", O_RDONLY), EACCES);
	CHECK_ERRNO(open("root", O_WRONLY), EACCES);
	CHECK_ERRNO(truncate("root", 0), EACCES);
	CHECK(open("group", O_RDONLY) >= 0);		/* by a supplementary group */
	CHECK_ERRNO(open("group", O_RDWR), EACCES);
	CHECK_ERRNO(open("mine", O_RDONLY), EACCES);	/* others may, its owner may not */
	CHECK_EQ(chmod("mine", 0600), 0);
	CHECK(open("mine", O_RDWR) >= 0);
	CHECK_EQ(access("mine", R_OK | W_OK), 0);
	CHECK_ERRNO(access("root", R_OK), EACCES);
	CHECK_EQ(access("root", F_OK), 0);
	CHECK_ERRNO(open("closed/f", O_RDONLY), EACCES);
	CHECK_ERRNO(chdir("closed"), EACCES);
	CHECK_ERRNO(open("root", O_RDONLY | O_NOATIME), EACCES);
	CHECK_ERRNO(open("group", O_RDONLY | O_NOATIME), EPERM);
}

static void directories(void)
{
	become_user();
	CHECK_ERRNO(open("new", O_CREAT | O_WRONLY, 0600), EACCES);
	CHECK_ERRNO(mkdir("new", 0700), EACCES);
	CHECK_ERRNO(symlink("x", "new"), EACCES);
	CHECK_ERRNO(unlink("root"), EACCES);
	CHECK_ERRNO(rename("root", "other"), EACCES);
	CHECK_ERRNO(unlink("sticky/root"), EPERM);
	CHECK_ERRNO(rename("sticky/root", "sticky/x"), EPERM);
	make_file("sticky/own", "x");
	CHECK_ERRNO(rename("sticky/own", "sticky/root"), EPERM);
	CHECK_EQ(status_of("sticky/own").st_uid, USER);
	CHECK_EQ(status_of("sticky/own").st_gid, GROUP);
	CHECK_EQ(unlink("sticky/own"), 0);
}

static void attributes(void)
{
	struct timespec times[2] = { { 5, 0 }, { 6, 0 } };

	become_user();
	CHECK_ERRNO(chmod("root", 0777), EPERM);
	CHECK_ERRNO(chown("root", USER, -1), EPERM);
	CHECK_ERRNO(chown("mine", OTHER, -1), EPERM);
	CHECK_ERRNO(chown("mine", -1, 77), EPERM);	/* no group of the user's */
	CHECK_EQ(chown("mine", USER, OTHER), 0);
	CHECK_ERRNO(utimensat(AT_FDCWD, "root", times, 0), EPERM);
	CHECK_ERRNO(utimensat(AT_FDCWD, "root", NULL, 0), EACCES);
	CHECK_ERRNO(utimensat(AT_FDCWD, "writable", times, 0), EPERM);
	CHECK_EQ(utimensat(AT_FDCWD, "writable", NULL, 0), 0);	/* who may write may say: now */
	CHECK_EQ(utimensat(AT_FDCWD, "mine", times, 0), 0);
}

static void real_user(void)
{
	CHECK_EQ(setresuid(USER, 0, 0), 0);
	CHECK_ERRNO(access("root", R_OK), EACCES);	/* asks for who it really is */
	CHECK_EQ(faccessat(AT_FDCWD, "root", R_OK, AT_EACCESS), 0);
	close(open("root", O_RDONLY));
}

int main(void)
{
	scratch_enter();
	make_file("root", "x");
	CHECK_EQ(chmod("root", 0600), 0);
	make_file("group", "x");
	CHECK_EQ(chown("group", 0, OTHER) | chmod("group", 0640), 0);
	make_file("mine", "x");
	CHECK_EQ(chown("mine", USER, GROUP) | chmod("mine", 0066), 0);
	make_file("writable", "x");
	CHECK_EQ(chmod("writable", 0666), 0);
	CHECK_EQ(mkdir("closed", 0700), 0);
	make_file("closed/f", "x");
	CHECK_EQ(mkdir("sticky", 0755) | chmod("sticky", 01777), 0);
	make_file("sticky/root", "x");
	CHECK_EXIT(reading_and_writing, 0);
	CHECK_EXIT(directories, 0);
	CHECK_EXIT(attributes, 0);
	CHECK_EXIT(real_user, 0);
	CHECK_EQ(unlink("closed/f") | rmdir("closed") | unlink("sticky/root") | rmdir("sticky"), 0);
	CHECK_EQ(unlink("root") | unlink("group") | unlink("mine") | unlink("writable"), 0);
	scratch_leave();
	PASS();
}
