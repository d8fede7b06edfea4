/* opendir and readdir: every entry once, with its type; rewinddir begins again. */
#include "test.h"
#include <dirent.h>
#include <sys/stat.h>
#include <fcntl.h>

#define COUNT 50

static int count_entries(DIR *directory)
{
	struct dirent *entry;
	int count = 0;

	while ((entry = readdir(directory))) {
		if (entry->d_name[0] == '.')
			continue;
		CHECK(entry->d_type == DT_REG || entry->d_type == DT_UNKNOWN);
		CHECK(entry->d_ino != 0);
		count++;
	}
	return count;
}

int main(void)
{
	char path[256], file[300];
	DIR *directory;

	strcpy(path, scratch_path("dirent"));
	CHECK_EQ(mkdir(path, 0755), 0);
	for (int i = 0; i < COUNT; i++) {
		snprintf(file, sizeof(file), "%s/file-with-some-length-%d", path, i);
		CHECK_EQ(close(open(file, O_CREAT | O_WRONLY, 0644)), 0);
	}
	directory = opendir(path);
	CHECK(directory != NULL);
	CHECK_EQ(count_entries(directory), COUNT);
	rewinddir(directory);
	CHECK_EQ(count_entries(directory), COUNT);
	CHECK_EQ(closedir(directory), 0);
	CHECK_ERRNO(opendir(file), ENOTDIR);
	for (int i = 0; i < COUNT; i++) {
		snprintf(file, sizeof(file), "%s/file-with-some-length-%d", path, i);
		CHECK_EQ(unlink(file), 0);
	}
	CHECK_ERRNO(opendir(file), ENOENT);
	rmdir(path);
	PASS();
}
