/* Streams on files: modes, positions, ungetc, buffering, and the error cases of fopen. */
#include "test.h"

int main(void)
{
	char path[256], line[64];
	FILE *file;

	strcpy(path, scratch_path("stdio"));
	CHECK_ERRNO(fopen(path, "r"), ENOENT);
	CHECK_ERRNO(fopen(path, "q"), EINVAL);
	file = fopen(path, "w");
	CHECK(file != NULL);
	CHECK_EQ(fprintf(file, "one\ntwo\nthree"), 13);
	CHECK_EQ(ftell(file), 13);
	CHECK_EQ(fclose(file), 0);

	file = fopen(path, "r+");
	CHECK(file != NULL);
	CHECK_STR(fgets(line, sizeof(line), file), "one\n");
	CHECK_EQ(ungetc('X', file), 'X');
	CHECK_EQ(fgetc(file), 'X');
	CHECK_STR(fgets(line, 3, file), "tw");
	CHECK_EQ(fseek(file, -5, SEEK_END), 0);
	CHECK_EQ(fread(line, 1, sizeof(line), file), 5);
	CHECK(feof(file) && !ferror(file));
	CHECK_EQ(fseek(file, 4, SEEK_SET), 0);
	CHECK(!feof(file));
	CHECK(fputs("TWO", file) >= 0);
	CHECK_EQ(fflush(file), 0);
	rewind(file);
	CHECK_EQ(fread(line, 1, 7, file), 7);
	CHECK_EQ(memcmp(line, "one\nTWO", 7), 0);
	/* A seek that fails changes nothing: what was pushed back is still there, and so is the end of the file. */
	CHECK_EQ(ungetc('Y', file), 'Y');
	CHECK_ERRNO(fseek(file, -1, SEEK_SET), EINVAL);
	CHECK_EQ(fgetc(file), 'Y');
	CHECK_EQ(fseek(file, -1, SEEK_CUR), 0);
	CHECK_EQ(fgetc(file), 'O');
	CHECK_EQ(fseek(file, 0, SEEK_END), 0);
	CHECK_EQ(fgetc(file), EOF);
	CHECK(fputs("!", file) >= 0);
	CHECK(feof(file));
	CHECK_EQ(fclose(file), 0);

	file = fopen(path, "a+");
	CHECK_EQ(fputs("!", file) >= 0, 1);
	CHECK_EQ(fseek(file, 0, SEEK_SET), 0);
	CHECK_EQ(fgetc(file), 'o');
	CHECK_EQ(fclose(file), 0);
	file = fopen(path, "r");
	CHECK_EQ(fputc('x', file), EOF);
	CHECK(ferror(file));
	fclose(file);
	CHECK_EQ(remove(path), 0);
	PASS();
}
