// unit: sources kernel/fs/inode.c kernel/fs/file.c kernel/fs/file_table.c kernel/fs/context.c
// unit: sources kernel/fs/walk.c kernel/fs/path.c kernel/fs/tmpfs.c kernel/fs/tmpfs_file.c kernel/fs/tmpfs_limit.c
// unit: sources kernel/fs/names.c kernel/fs/rename.c kernel/fs/attributes.c
// unit: sources kernel/fs/tmpfs_allocate.c kernel/lib/format.c kernel/fs/pagecache.c kernel/fs/radix.c kernel/fs/pipe.c
// unit: sources kernel/lib/rbtree.c libc/string/strlcpy.c
// unit: flags -Ikernel -DDIRECT_BASE=0x200000000000ul -DFRAMES_BASE=0x210000000000ul
/* Path walks over tmpfs: what is found, made, opened and removed, and every way to be refused. */
#include "path_machine.h"

static void walks(void)
{
	char name[4200];

	begin();
	UNIT_CHECK(make_directory("/a") == 0 && make_directory("a/b//") == 0 &&
		try_open("/a/b/f", ABI_O_CREAT) == 0);
	UNIT_CHECK(make_directory("/a") == -EEXIST && make_directory("/") == -EEXIST &&
		make_directory(".") == -EEXIST);
	UNIT_CHECK(make_directory("/none/x") == -ENOENT && make_directory("/a/b/f/x") == -ENOTDIR);
	UNIT_CHECK(try_open("a/./b/../b//f", 0) == 0 && try_open("/../../a", 0) == 0 &&
		try_open("//", 0) == 0);
	UNIT_CHECK(try_open("a/b/f/", 0) == -ENOTDIR && try_open("a/b/f/.", 0) == -ENOTDIR);
	UNIT_CHECK(try_open("", 0) == -ENOENT && try_open("nothing", 0) == -ENOENT &&
		try_open("a/b/g/", 0) == -ENOENT);
	UNIT_CHECK(
		try_open("/a", ABI_O_WRONLY) == -EISDIR && try_open("/a", ABI_O_CREAT) == -EISDIR);
	UNIT_CHECK(try_open("new/", ABI_O_CREAT) == -EISDIR &&
		try_open("/a/..", ABI_O_CREAT) == -EISDIR);
	UNIT_CHECK(try_open("/a/b/f", ABI_O_CREAT | ABI_O_EXCL) == -EEXIST);
	UNIT_CHECK(try_open("/a/b/f", ABI_O_DIRECTORY) == -ENOTDIR &&
		try_open("/a/b", ABI_O_DIRECTORY) == 0);
	memset(name, 'n', sizeof(name));
	name[255] = 0;
	UNIT_CHECK(try_open(name, ABI_O_CREAT) == 0 && path_unlink(context, NULL, name) == 0);
	name[255] = 'n', name[256] = 0;
	UNIT_CHECK(
		try_open(name, 0) == -ENAMETOOLONG && try_open(name, ABI_O_CREAT) == -ENAMETOOLONG);
	memset(name, '/', sizeof(name));
	name[4095] = 0;
	UNIT_CHECK(try_open(name, 0) == 0);
	name[4095] = '/', name[4096] = 0;
	UNIT_CHECK(try_open(name, 0) == -ENAMETOOLONG);
	end();
}

static void links_followed(void)
{
	struct file *file;

	begin();
	UNIT_CHECK(make_directory("/d") == 0);
	make_link("/absolute", "/d");
	make_link("/d/self", ".");
	make_link("/d/up", "../d/self/self");
	make_link("/d/file", "target");
	make_link("/loop", "loop2");
	make_link("/loop2", "loop");
	make_link("/slash", "d/f/");
	UNIT_CHECK(try_open("/absolute/file", 0) == -ENOENT);
	file = open_at("/absolute/up/file",
		ABI_O_CREAT | ABI_O_WRONLY); /* makes the target of a dangling link */
	UNIT_CHECK(!IS_ERR(file) && put_text(file, "through links") == 13);
	file_put(file);
	check_text("/d/target", "through links");
	UNIT_CHECK(try_open("/loop", 0) == -ELOOP && try_open("/loop/x", 0) == -ELOOP);
	UNIT_CHECK(try_open("/d/file", ABI_O_NOFOLLOW) == -ELOOP &&
		try_open("/absolute", ABI_O_NOFOLLOW) == -ELOOP);
	UNIT_CHECK(
		try_open("/absolute/", ABI_O_NOFOLLOW) == 0 && try_open("/d/file/", 0) == -ENOTDIR);
	UNIT_CHECK(try_open("/d/file", ABI_O_CREAT | ABI_O_EXCL) == -EEXIST);
	UNIT_CHECK(try_open("/d/f", ABI_O_CREAT) == 0 && try_open("/slash", 0) == -ENOTDIR);
	UNIT_CHECK(try_open("/d/file", ABI_O_NOFOLLOW | ABI_O_PATH) == 0);
	UNIT_CHECK(make_directory("/absolute") == -EEXIST &&
		path_rmdir(context, NULL, "/absolute") == -ENOTDIR);
	UNIT_CHECK(path_unlink(context, NULL, "/absolute") == 0 && try_open("/d", 0) == 0);
	end();
}

static void forty_links(void)
{
	char name[2] = "a", target[2] = "b";

	begin();
	UNIT_CHECK(try_open("/end", ABI_O_CREAT) == 0);
	for (int i = 0; i < 41; i++) {
		name[0] = '0' + i;
		target[0] = '0' + i + 1;
		make_link(name, i < 40 ? target : "end");
	}
	UNIT_CHECK(try_open("1", 0) == 0 && try_open("0", 0) == -ELOOP);
	end();
}

static void removal(void)
{
	struct file *file;

	begin();
	UNIT_CHECK(make_directory("/d") == 0 && make_directory("/d/e") == 0 &&
		try_open("/d/f", ABI_O_CREAT) == 0);
	UNIT_CHECK(path_rmdir(context, NULL, "/d") == -ENOTEMPTY &&
		path_rmdir(context, NULL, "/d/f") == -ENOTDIR);
	UNIT_CHECK(path_rmdir(context, NULL, "/d/e/.") == -EINVAL &&
		path_rmdir(context, NULL, "/d/e/..") == -ENOTEMPTY);
	UNIT_CHECK(path_rmdir(context, NULL, "/") == -EBUSY &&
		path_unlink(context, NULL, "/") == -EISDIR);
	UNIT_CHECK(path_unlink(context, NULL, "/d/e") == -EISDIR &&
		path_unlink(context, NULL, "/d/f/") == -ENOTDIR);
	UNIT_CHECK(path_unlink(context, NULL, "/d/none") == -ENOENT &&
		path_unlink(context, NULL, "/d/none/") == -ENOENT);
	file = open_at("/d/f", ABI_O_RDWR);
	UNIT_CHECK(path_unlink(context, NULL, "/d/f") == 0 && try_open("/d/f", 0) == -ENOENT);
	UNIT_CHECK(put_text(file, "still there") == 11 && file->inode->links == 0);
	file_put(file);
	UNIT_CHECK(path_chdir(context, "/d/e") == 0);
	check_cwd("/d/e");
	UNIT_CHECK(path_rmdir(context, NULL, "/d/e/") == 0 &&
		path_rmdir(context, NULL, "../../d") == 0);
	UNIT_CHECK(path_getcwd(context, (char[64]){ 0 }, 64) == -ENOENT);
	UNIT_CHECK(try_open("x", ABI_O_CREAT) == -ENOENT && make_directory("x") == -ENOENT &&
		try_open(".", 0) == 0);
	UNIT_CHECK(try_open("..", 0) == 0 && path_chdir(context, "../..") == 0);
	check_cwd("/");
	end();
}

static void mounts(void)
{
	struct inode *covered, *device_file_system;

	begin();
	device_file_system = tmpfs_new(0755);
	UNIT_CHECK(make_directory("/dev") == 0);
	covered = path_lookup(context, NULL, "/dev", true);
	device_file_system->covers = covered;
	covered->mounted = device_file_system;
	UNIT_CHECK(make_directory("/dev/sub") == 0 && path_chdir(context, "/dev/sub") == 0);
	check_cwd("/dev/sub");
	UNIT_CHECK(
		path_rmdir(context, NULL, "/dev") == -EBUSY && path_chdir(context, "../..") == 0);
	check_cwd("/");
	UNIT_CHECK(path_rmdir(context, NULL, "/dev/sub") == 0);
	covered->mounted = NULL;
	inode_put(covered);
	inode_put(device_file_system);
	end();
}

static void rights(void)
{
	struct inode *open, *secret;

	begin();
	UNIT_CHECK(make_directory("/open") == 0 && try_open("/open/root", ABI_O_CREAT) == 0);
	UNIT_CHECK(try_open("/secret", ABI_O_CREAT) == 0);
	open = path_lookup(context, NULL, "/open", true);
	secret = path_lookup(context, NULL, "/secret", true);
	open->mode = ABI_S_IFDIR | 01777;
	secret->mode = ABI_S_IFREG | 0640;
	secret->gid = 5;
	UNIT_CHECK(path_permission(context, secret, PATH_EXEC) == -EACCES);
	context->euid = 1000, context->egid = 1000;
	UNIT_CHECK(try_open("/secret", 0) == -EACCES && try_open("/new", ABI_O_CREAT) == -EACCES);
	UNIT_CHECK(path_unlink(context, NULL, "/secret") == -EACCES &&
		make_directory("/new") == -EACCES);
	UNIT_CHECK(path_unlink(context, NULL, "/open/root") == -EPERM &&
		try_open("/open/root", ABI_O_TRUNC) == -EACCES);
	UNIT_CHECK(try_open("/open/mine", ABI_O_CREAT | ABI_O_RDWR) == 0 &&
		path_unlink(context, NULL, "/open/mine") == 0);
	context->egid = 5;
	UNIT_CHECK(try_open("/secret", 0) == 0 && try_open("/secret", ABI_O_RDWR) == -EACCES);
	open->mode = ABI_S_IFDIR | 0700;
	UNIT_CHECK(try_open("/open/root", 0) == -EACCES && path_chdir(context, "/open") == -EACCES);
	inode_put(open);
	inode_put(secret);
	end();
}

/* A removed directory that is open holds its parent, which holds its own: as deep as anybody
 * likes. */
static void deep_removal(void)
{
	struct file *file;

	begin();
	for (int i = 0; i < 20000; i++)
		UNIT_CHECK(make_directory("d") == 0 && path_chdir(context, "d") == 0);
	UNIT_CHECK(path_getcwd(context, (char[4096]){ 0 }, 4096) == -ERANGE);
	file = open_at(".", 0);
	for (int i = 0; i < 20000; i++)
		UNIT_CHECK(path_chdir(context, "..") == 0 && path_rmdir(context, NULL, "d") == 0);
	UNIT_CHECK(inode_count() == 20001);
	file_put(file);
	UNIT_CHECK(inode_count() == 1);
	end();
}

int main(void)
{
	make_machine();
	UNIT_CASE(walks);
	UNIT_CASE(links_followed);
	UNIT_CASE(forty_links);
	UNIT_CASE(removal);
	UNIT_CASE(mounts);
	UNIT_CASE(rights);
	UNIT_CASE(deep_removal);
	return unit_done();
}
