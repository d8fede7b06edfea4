/* poweroff: ends the machine; poweroff -r starts it again. */
#include <stdbool.h>
#include <stdio.h>
#include <sys/reboot.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	bool restart = false;
	int option;

	while ((option = getopt(argc, argv, "r")) != -1) {
		if (option == '?')
			return 2;
		restart = true;
	}
	if (optind < argc) {
		fprintf(stderr, "usage: poweroff [-r]\n");
		return 2;
	}
	reboot(restart ? RB_AUTOBOOT : RB_POWER_OFF);
	perror("poweroff");
	return 1;
}
