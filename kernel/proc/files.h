/* The files of /proc that show processes and the machine: self/maps, self/status, meminfo, uptime,
 * and synos, all numbers of core/stat. */
#ifndef PROC_FILES_H
#define PROC_FILES_H

void files_init(void);

#endif
