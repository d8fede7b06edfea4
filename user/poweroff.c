/* poweroff: ends the machine; poweroff -r starts it again. */
#include <stdio.h>
#include <string.h>
#include <sys/reboot.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int restart = argc > 1 && strcmp(argv[1], "-r") == 0;

	if (argc > 1 && !restart) {
		fprintf(stderr, "usage: poweroff [-r]\n");
		return 2;
	}
	reboot(restart ? RB_AUTOBOOT : RB_POWER_OFF);
	perror("poweroff");
	return 1;
}
